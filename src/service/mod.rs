//! Use cases, one a function, each over a [`Reading`]: clients are `graphql` and the pages.
//!
//! Nothing here knows GraphQL, HTTP or SQL. Public reads are answered from the snapshot alone.

pub mod listing;
pub mod place;
pub mod provider;
pub mod scope;
pub mod search;

mod reading;

pub use index::{Facets, Notice, Place, Want};
pub use reading::Reading;
