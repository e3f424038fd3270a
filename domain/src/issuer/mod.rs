//! Who issues credentials: its names in time ([`name`]), and what its word is worth in time ([`trust`]).

pub mod name;
pub mod trust;

pub use name::{NamePeriod, folded, named};
pub use trust::{TrustLevel, TrustPeriod, is_issued_within, trust_on};
