//! The states of an attestation, each with the facts that belong to it.
//!
//! No other crate can make one of these by writing down its fields: they come from a
//! [`transition`](super::transition), or from [`Attestation`]'s stored form by the `stored`
//! functions, which are for reading rows back and for nothing else. LAPSED is no state here: it is
//! what [`Accepted::read`] says on a later day (N8).

use chrono::{DateTime, NaiveDate, Utc};

use super::finding::Finding;
use super::product::NeedleLine;
use super::sampling::Sample;
use super::sentence::AttestationAssurance;
use super::statement::{Answers, Statement};
use super::validity::{self, LapseReason, Limits};
use crate::attestation::{AttestationId, AttestationState};
use crate::case::CaseId;
use crate::duty::{AccountId, ReasonCode};
pub use crate::duty::{Sha256, SignatureMeaning};
use crate::npi::Npi;
use crate::place::Jurisdiction;
use crate::provider::LocationId;

/// What is said, before and after it is signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Where it holds.
    pub locations: Vec<LocationId>,
    /// Which needles.
    pub lines: Vec<NeedleLine>,
    /// The answers to the statements.
    pub answers: Answers,
    /// The wording that they answer.
    pub statement_text_version: u32,
}

/// Which attestation says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its stored number.
    pub id: AttestationId,
    /// Whose it is.
    pub subject: Npi,
    /// Counts up when it is revised after a finding.
    pub version: u32,
    /// What is said.
    pub content: Content,
}

/// Stands for the account of an act that was brought in without one: records of made-up people, and
/// those from before accounts. No account has this number.
pub const UNRECORDED: AccountId = AccountId(0);

/// A signature: who, when, what it means, over what (21 CFR 11.50).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Whose account.
    pub signer: AccountId,
    /// The printed name.
    pub printed_name: Box<str>,
    /// The jurisdiction and number of the licence that the signer names.
    pub license: (Jurisdiction, Box<str>),
    /// What it means.
    pub meaning: SignatureMeaning,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// Over the canonical form of the content.
    pub payload_sha256: Sha256,
}

/// DRAFT: being written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Draft {
    /// What it says so far.
    pub claim: Claim,
}

/// SIGNED: the checks have not run.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Signed {
    /// What was signed.
    pub claim: Claim,
    /// By whom.
    pub signature: Signature,
}

/// `NEEDS_FIX`: a check failed hard.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct NeedsFix {
    /// What was signed.
    pub signed: Signed,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

/// Why a person looks at an attestation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewReason {
    /// The person's first.
    First,
    /// A check warned.
    Warning(Finding),
    /// A statement was denied.
    Denied(Statement),
    /// Chance chose it.
    Sampled(Sample),
    /// The checks did not run with the signature, and nothing accepts it without the signer's hand.
    CheckedLate,
}

/// `UNDER_REVIEW`: somebody looks at the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnderReview {
    /// What was signed.
    pub signed: Signed,
    /// Why; never empty.
    pub reasons: Vec<ReviewReason>,
    /// What limits it once it is accepted.
    pub limits: Limits,
}

/// ACCEPTED: in force until its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Accepted {
    /// What was signed.
    pub signed: Signed,
    /// How sure we are.
    pub assurance: AttestationAssurance,
    /// Since when.
    pub accepted_at: DateTime<Utc>,
    /// Who looked at the evidence; nobody, where nothing called for it.
    pub accepted_by: Option<AccountId>,
    /// What limits it.
    pub limits: Limits,
    /// Its last day.
    pub valid_until: NaiveDate,
}

/// REJECTED: refused by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    /// What was signed.
    pub signed: Signed,
    /// What would have limited it.
    pub limits: Limits,
    /// Who refused it.
    pub rejected_by: AccountId,
    /// When.
    pub rejected_at: DateTime<Utc>,
    /// Why.
    pub reason: ReasonCode,
    /// The case for cause that decided it; `None` where a reviewer did.
    pub case: Option<CaseId>,
    /// Was an appeal filed?
    pub appealed: bool,
}

/// Who took an attestation out of force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvalidatedBy {
    /// A person of compliance.
    Compliance(AccountId),
    /// The arrival of a recall.
    Recall,
}

/// INVALIDATED: taken out of force.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Invalidated {
    /// What was in force.
    pub accepted: Accepted,
    /// By whom.
    pub by: InvalidatedBy,
    /// When.
    pub invalidated_at: DateTime<Utc>,
    /// Why.
    pub reason: ReasonCode,
    /// Was an appeal filed?
    pub appealed: bool,
}

/// WITHDRAWN: taken back by the person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withdrawn {
    /// What was signed.
    pub signed: Signed,
    /// When.
    pub withdrawn_at: DateTime<Utc>,
}

/// SUPERSEDED: replaced by a later one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Superseded {
    /// What was in force.
    pub accepted: Accepted,
    /// By which.
    pub by: AttestationId,
    /// When.
    pub superseded_at: DateTime<Utc>,
}

/// An attestation in whatever state it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attestation {
    /// Being written.
    Draft(Draft),
    /// Signed, not checked.
    Signed(Signed),
    /// To be mended.
    NeedsFix(NeedsFix),
    /// Being looked at.
    UnderReview(UnderReview),
    /// In force until its last day.
    Accepted(Accepted),
    /// Refused.
    Rejected(Rejected),
    /// Taken out of force.
    Invalidated(Invalidated),
    /// Taken back.
    Withdrawn(Withdrawn),
    /// Replaced.
    Superseded(Superseded),
}

impl Attestation {
    /// The state as stored; never LAPSED.
    pub const fn state(&self) -> AttestationState {
        match self {
            Self::Draft(_) => AttestationState::Draft,
            Self::Signed(_) => AttestationState::Signed,
            Self::NeedsFix(_) => AttestationState::NeedsFix,
            Self::UnderReview(_) => AttestationState::UnderReview,
            Self::Accepted(_) => AttestationState::Accepted,
            Self::Rejected(_) => AttestationState::Rejected,
            Self::Invalidated(_) => AttestationState::Invalidated,
            Self::Withdrawn(_) => AttestationState::Withdrawn,
            Self::Superseded(_) => AttestationState::Superseded,
        }
    }

    /// What it says.
    pub const fn claim(&self) -> &Claim {
        match self {
            Self::Draft(draft) => &draft.claim,
            Self::Signed(signed) => &signed.claim,
            Self::NeedsFix(state) => &state.signed.claim,
            Self::UnderReview(state) => &state.signed.claim,
            Self::Accepted(state) => &state.signed.claim,
            Self::Rejected(state) => &state.signed.claim,
            Self::Invalidated(state) => &state.accepted.signed.claim,
            Self::Withdrawn(state) => &state.signed.claim,
            Self::Superseded(state) => &state.accepted.signed.claim,
        }
    }
}

impl Attestation {
    /// The signature under it; nothing of a draft.
    pub const fn signature(&self) -> Option<&Signature> {
        match self {
            Self::Draft(_) => None,
            Self::Signed(signed) => Some(&signed.signature),
            Self::NeedsFix(state) => Some(&state.signed.signature),
            Self::UnderReview(state) => Some(&state.signed.signature),
            Self::Accepted(state) => Some(&state.signed.signature),
            Self::Rejected(state) => Some(&state.signed.signature),
            Self::Invalidated(state) => Some(&state.accepted.signed.signature),
            Self::Withdrawn(state) => Some(&state.signed.signature),
            Self::Superseded(state) => Some(&state.accepted.signed.signature),
        }
    }

    /// What is in force, or was until it was taken out of force or replaced.
    pub const fn accepted(&self) -> Option<&Accepted> {
        match self {
            Self::Accepted(accepted) => Some(accepted),
            Self::Invalidated(state) => Some(&state.accepted),
            Self::Superseded(state) => Some(&state.accepted),
            Self::Draft(_)
            | Self::Signed(_)
            | Self::NeedsFix(_)
            | Self::UnderReview(_)
            | Self::Rejected(_)
            | Self::Withdrawn(_) => None,
        }
    }
}

impl Accepted {
    /// ACCEPTED or, past its last day, LAPSED with the reason (N8).
    pub fn read(&self, on: NaiveDate) -> (AttestationState, Option<LapseReason>) {
        validity::read(self.valid_until, &self.signed.claim.content.lines, on)
    }
}
