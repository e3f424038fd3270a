//! The public surface, over a real port: one binary, one module a subject.

mod brute_force;
mod faults;
mod http;
mod import;
mod journey;
mod log;
mod provider;
mod sample;
mod schema;
mod search;
mod store;
mod support;
mod tidy;
