//! drypoint: who does dry needling near you, and what of it is proved.
//!
//! Rooms in reading order: [`clock`], [`store`] (the only SQL), [`import`] and [`sample`] (what fills
//! it), [`service`] (one use case a function), [`rehearsal`] (made-up people who act by it), [`graphql`],
//! [`http`], and [`cli`] (the wiring).

pub mod app;
pub mod chance;
pub mod cli;
pub mod clock;
pub mod config;
pub mod graphql;
pub mod http;
pub mod import;
pub mod outbox;
pub mod password;
pub mod rehearsal;
pub mod sample;
pub mod secret;
pub mod service;
pub mod store;
pub mod telemetry;
pub mod vault;
