//! Operations over a socket, by graphql-transport-ws.

mod client;
mod protocol;
mod queue;
