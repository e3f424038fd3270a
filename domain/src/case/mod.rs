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
pub use open::{Appeal, AppealPapers, Opened, Opening, file_appeal, make_room, open};
pub use refusal::{Guard, GuardCode, Refusal};
pub use state::{
    Approved, Case, Decision, Draft, InReview, InfoRequest, InfoRequested, Lapsed, Lease, Notice,
    PendingDecision, Recommendation, Recommended, Rejected, Submission, Submitted, Withdrawn,
};
pub use stored::{BrokenCase, Stored};
