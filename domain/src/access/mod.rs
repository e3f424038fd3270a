//! Who may do what: roles, acts and the one table that joins them.
//!
//! [`reach`] is the only place where a role is weighed against an act. What a case's own state and the
//! separation of duties add to it is the case machine's to say.

mod act;
mod rights;
mod role;
mod two_people;

pub use act::Act;
pub use rights::{Reach, reach};
pub use role::{Role, Roles, RolesRefused};
pub use two_people::{ProposalKind, ProposalState};

use serde::{Deserialize, Serialize};

/// The stored number of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct AccountId(pub i64);
