//! The HTTP room over a real port: the protocol, the gate, hostile and slow clients, operations.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

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
mod values;

/// What `GraphiQL` and most code generators send.
const INTROSPECTION: &str = include_str!("introspection.graphql");
