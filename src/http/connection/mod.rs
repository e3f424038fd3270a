//! Connections that cannot be held for ever, and not too many of them.
//!
//! The HTTP reader below poem is not given any timeout for the head of a request, and an accept that
//! fails (no file descriptor left) would be tried again at once, for ever. [`acceptor::Guarded`] hands out
//! connections that watch their own client: [`patience::Patient`].

mod acceptor;
mod head;
mod patience;

pub(crate) use acceptor::Guarded;
