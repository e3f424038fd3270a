//! Screening: holding people against the lists of excluded people, and deciding about what is found.
//!
//! [`run`] holds everybody, or some, against the list in force; [`judge`] is what that comes to for
//! one batch; [`adjudicate`] what people decide; [`read`] what they may look at; [`birth`] keeps the
//! birth dates that rows are compared with.

pub mod adjudicate;
pub mod birth;
mod judge;
pub mod read;
pub mod run;

pub use crate::store::exclusion::hit::{Change as MatchEvent, Filter, MatchId, StoredMatch};
pub use crate::store::exclusion::run::{Cause, Run, RunId};
pub use run::{screen, screen_changed, screen_people, screen_person};
