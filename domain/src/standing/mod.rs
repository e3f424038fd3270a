//! The standing of a credential: what decisions have made of it, S1 to S11 of verification.md 3.3.
//!
//! In reading order: the standings with their facts ([`record`]), the steps that raise trust ([`grant`],
//! which all begin at an approved case or at two people), those that lower it ([`lower`]), all of them
//! behind one door ([`action`]), and why a step was not taken ([`refusal`]).
//!
//! S3 is no step: that a verification is due again is read from the calendar
//! ([`crate::credential::Credential::effective_status`]). What is stored is a row a step ([`Entry`]),
//! so that any past day can be asked about.
//!
//! A person may be verified by an approved case:
//! ```
//! # use domain::{case::Approved, duty::Person, standing::{Because, Unverified}};
//! # use chrono::{DateTime, Utc};
//! fn ask(state: Unverified, person: &Person, case: &Approved, at: DateTime<Utc>) {
//!     let _ = Because::of(person, case, at).map(|because| state.verify(&because));
//! }
//! ```
//! The system cannot ask for it, because the system is no person:
//! ```compile_fail,E0308
//! # use domain::{case::Approved, duty::Actor, standing::{Because, Unverified}};
//! # use chrono::{DateTime, Utc};
//! fn ask(state: Unverified, case: &Approved, at: DateTime<Utc>) {
//!     let _ = Because::of(&Actor::System, case, at).map(|because| state.verify(&because));
//! }
//! ```
//! Nor can anybody make up what it would be because of:
//! ```compile_fail,E0451
//! # use domain::{case::Purpose, standing::Because};
//! let _ = Because { purpose: Purpose::Initial };
//! ```

pub mod action;
pub mod grant;
pub mod lower;
pub mod record;
pub mod refusal;

pub use action::{Action, ActionKind, Effect, Moved, take};
pub use grant::{Because, Replacement};
pub use lower::{Ground, Suspending, SystemCause, is_open_to};
pub use record::{
    EnteredInError, Entry, Overturned, Record, Revoked, Stood, Superseded, Suspended, Unverified,
    Verified, Withdrawn,
};
pub use refusal::{Guard, Refusal};
