//! Operations over a socket, by graphql-transport-ws.

pub(crate) mod client;
mod protocol;
mod queue;
