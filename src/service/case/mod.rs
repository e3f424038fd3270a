//! Credentials and their cases, one use case a function.
//!
//! Everything is decided by `domain::case` and `domain::standing`; here is what they are told ([`step`])
//! and what is written when they agree. In reading order: what a credential says ([`content`]), writing
//! it down ([`mod@draft`]), a case from its opening to its decision ([`mod@open`], [`mod@submit`], [`review`],
//! [`decide`], [`appeal`], both of what begins SUBMITTED by [`mod@lodge`]; `approved` says which content
//! stands), what is said of it beside its steps
//! ([`flag`]), what is done to a credential beside its cases ([`standing`]) and
//! what reviewers read ([`read`]).

mod appeal;
mod approved;
pub mod content;
mod decide;
mod draft;
mod flag;
mod lodge;
mod notice;
mod open;
pub mod read;
mod review;
mod standing;
mod step;
mod submit;

pub use crate::store::case::{
    AttachedFile, CaseRecord, ContentVersion, CredentialFile, Passed, QueueFilter, QueueOrder,
    QueuePlace, StandingRow, Wanted, Work, hex,
};
pub use appeal::file as file_appeal;
pub use decide::{Reason, approve, reject, send_back};
pub use draft::{IssuerRef, NewDraft, draft, update_draft};
pub use flag::{declare_conflict, flag_fraud};
pub(in crate::service) use lodge::{lodge, make_room};
pub use open::{Opening, open, reinstate};
pub use review::{NewCheck, claim, recommend, record_check, release, request_info, resolve_check};
pub use standing::{
    CredentialOrder, InBulk, InError, apply_mark_in_error, apply_reinstate_in_bulk,
    propose_in_bulk, propose_in_error, suspend, suspend_for, withdraw as withdraw_credential,
};
pub(in crate::service) use step::refused;
pub use step::{CaseOrder, state_at};
pub use submit::{Signed, Supplying, submit, supply, withdraw};
pub(in crate::service) use submit::{attached, files};
