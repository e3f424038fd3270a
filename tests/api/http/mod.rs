//! The HTTP room over a real port: the protocol, the gate, hostile and slow clients, operations.

mod audits;
mod hostile;
mod limits;
mod log;
mod operations;
mod protocol;
mod real;
mod schemathesis;
mod server;
mod slow;

/// What GraphiQL and most code generators send.
const INTROSPECTION: &str = include_str!("introspection.graphql");
