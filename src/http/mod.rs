//! The service on a port: the only room that knows HTTP.
//!
//! A request passes, from the outside in: [`connection`] (slow clients), [`shell`] (id, log, metrics,
//! headers, panics), then a page of [`pages`] or [`graphql_endpoint`]: [`negotiate`] and [`parameters`]
//! (GraphQL over HTTP), [`gate`] (limits, before anything is executed), [`rate`] (the client's bucket),
//! [`door`] (who is asking), [`executor`] (the schema) and [`answer`]; [`socket`] leads operations the same way.
//! [`auth`] is where people sign in, [`evidence`] where files come in and go out. Every "no" of this room is a [`refusal`].
//!
//! async-graphql's own endpoint is not used: it executes mutations over GET and from plain forms, always
//! answers 200, and has no limit that holds before the parser (docs/decisions/0040).
//!
//! Nothing here knows tables or rules; the application is seen through [`Vitals`], [`Doorman`],
//! [`Archive`] and [`Executor`].

mod answer;
mod auth;
mod body;
mod client;
mod connection;
mod door;
mod evidence;
mod executor;
pub mod gate;
mod graphql_endpoint;
mod metrics;
mod negotiate;
mod outcome;
mod pages;
mod parameters;
mod rate;
mod refusal;
mod request_id;
mod server;
mod settings;
mod shell;
mod socket;
mod vitals;

pub use door::{Doorman, Failed};
pub use evidence::Archive;
pub use executor::Executor;
pub use server::Server;
pub use settings::{InvalidNetwork, Network, Rate, Settings};
pub use vitals::{ChoreNumbers, Vitals};
