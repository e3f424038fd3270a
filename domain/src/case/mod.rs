//! Cases: the work of verifying something, from a claim to a decision that two people made.
//!
//! In reading order: what is the same in every state ([`mod@file`]), the states with their facts
//! ([`state`]), what a step is told ([`facts`]), the steps C1 to C13 of verification.md 3.2 (`author`,
//! `review`, `decide`, and the guards that they share in `guard`), all of them behind one door
//! ([`action`]), and why a step was not taken ([`refusal`]). What a decision does to a credential is
//! [`crate::standing`]'s.
//!
//! C4 by the end of a lease and C7 are no steps: [`Case::reading`] says so on a later day, and nothing
//! stores what only the passing of time causes. No step is the system's.
//!
//! A person may be asked to decide in favour:
//! ```
//! # use domain::{case::{Facts, PendingDecision, action::Deciding}, duty::Person};
//! # use chrono::{DateTime, Utc};
//! fn ask(case: PendingDecision, by: &Person, what: Deciding, facts: &Facts<'_>, at: DateTime<Utc>) {
//!     let _ = case.approve(by, what, facts, at);
//! }
//! ```
//! The system cannot, because the system is no person:
//! ```compile_fail,E0308
//! # use domain::{case::{Facts, PendingDecision, action::Deciding}, duty::Actor};
//! # use chrono::{DateTime, Utc};
//! fn ask(case: PendingDecision, what: Deciding, facts: &Facts<'_>, at: DateTime<Utc>) {
//!     let _ = case.approve(&Actor::System, what, facts, at);
//! }
//! ```

pub mod action;
mod author;
mod decide;
pub mod facts;
pub mod file;
mod guard;
pub mod open;
pub mod refusal;
mod review;
pub mod state;
mod stored;

pub use action::{Action, ActionKind, Effect, Moved, Signing, take};
pub use facts::{Facts, ScreeningFacts};
pub use file::{
    About, Appealed, Attached, CaseFile, CaseId, CaseState, Content, ContentChange, Purpose,
};
pub use open::{
    Appeal, AppealPapers, Opened, Opening, file_appeal, is_suspected, make_room, open,
    open_for_denial,
};
pub use refusal::{Guard, GuardCode, Refusal};
pub use state::{
    Approved, Case, Decision, Draft, InReview, InfoRequest, InfoRequested, Lapsed, Lease, Notice,
    PendingDecision, Recommendation, Recommended, Rejected, Submission, Submitted, Withdrawn,
};
pub use stored::{BrokenCase, Stored};
