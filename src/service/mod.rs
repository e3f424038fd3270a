//! Use cases, one a function, each over a [`Reading`]: clients are `graphql` and the pages.
//!
//! Nothing here knows GraphQL, HTTP or SQL. Public reads are answered from the snapshot alone; every
//! change goes through [`perform`].

pub mod account;
pub mod attestation;
pub mod audit;
pub mod case;
pub mod compact;
pub mod entry;
pub mod evidence;
pub mod expiring;
pub mod issuer;
pub mod law;
pub mod listing;
pub mod notice;
pub mod place;
pub mod proposal;
pub mod provider;
pub mod schedule;
pub mod scope;
pub mod screening;
pub mod search;
pub mod task;
pub mod terms;
pub mod watch;

mod change;
mod personal;
mod read_log;
mod reading;
mod requester;
mod trouble;

pub use change::{Change, Order, perform};
pub use index::{Facets, Notice, Place, Want};
pub use reading::Reading;
pub use requester::{AuthMethod, Requester};
pub use trouble::{Trouble, UserError, UserErrorCode};
