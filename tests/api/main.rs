//! The public surface, over a real port: one binary, one module a subject.
#![expect(
    clippy::unwrap_used,
    reason = "helpers of tests too: what cannot go on fails the test"
)]

mod accounts;
mod attestation;
mod audit;
mod bounds;
mod brute_force;
mod cases;
mod claim;
mod door;
mod engines;
mod entry;
mod erasure;
mod evidence;
mod faults;
mod feed;
mod http;
mod import;
mod issuer;
mod journey;
mod law;
mod log;
mod privilege;
mod proposals;
mod provider;
mod rehearsal;
mod replay;
mod rights;
mod sample;
mod scheduler;
mod schema;
mod scope_cases;
mod screening;
mod search;
mod socket;
mod store;
mod support;
mod tidy;
mod walk;
