//! What is the same in every state of a case.

use chrono::{DateTime, Utc};

use crate::attestation::AttestationId;
use crate::check::{Demand, FieldPath};
use crate::codes::codes;
use crate::credential::{CredentialId, CredentialKind};
use crate::duty::{AccountId, Sha256};
use crate::npi::Npi;

/// The stored number of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(pub i64);

codes! {
    /// What a case is for.
    pub enum Purpose("case purpose") {
        /// Verify for the first time.
        Initial = "INITIAL",
        /// Verify again.
        Revalidation = "REVALIDATION",
        /// Verify a new version.
        Correction = "CORRECTION",
        /// Revoke.
        ForCause = "FOR_CAUSE",
        /// Lift a suspension.
        Reinstatement = "REINSTATEMENT",
        /// Overturn a decision.
        Appeal = "APPEAL",
    }
}

impl Purpose {
    /// May one verifier also decide, where the policy allows one reviewer? Never to revoke, to
    /// reinstate or on appeal.
    pub const fn allows_single_reviewer(self) -> bool {
        matches!(self, Self::Initial | Self::Revalidation | Self::Correction)
    }
}

codes! {
    /// A state of a case: as stored, or as read on a later day.
    pub enum CaseState("case state") {
        /// Being written.
        Draft = "DRAFT",
        /// Waiting for a verifier.
        Submitted = "SUBMITTED",
        /// A verifier holds it.
        InReview = "IN_REVIEW",
        /// The person was asked for something.
        InfoRequested = "INFO_REQUESTED",
        /// Waiting for an approver.
        PendingDecision = "PENDING_DECISION",
        /// Decided in favour.
        Approved = "APPROVED",
        /// Decided against.
        Rejected = "REJECTED",
        /// Taken back.
        Withdrawn = "WITHDRAWN",
        /// What was asked for never came. Stored only once a new case has closed it.
        Lapsed = "LAPSED",
    }
}

impl CaseState {
    /// Can nothing more be done to it?
    pub const fn is_terminal(self) -> bool {
        match self {
            Self::Approved | Self::Rejected | Self::Withdrawn | Self::Lapsed => true,
            Self::Draft
            | Self::Submitted
            | Self::InReview
            | Self::InfoRequested
            | Self::PendingDecision => false,
        }
    }
}

/// What a case is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// A credential of this kind.
    Credential(CredentialId, CredentialKind),
    /// An attestation, on appeal only.
    Attestation(AttestationId),
}

/// The content that a decision binds to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// Counts up when it is changed after submission.
    pub version: u32,
    /// Over its canonical form.
    pub sha256: Sha256,
    /// What was changed after submission, oldest first.
    pub changes: Vec<ContentChange>,
}

/// A change of the content after submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContentChange {
    /// The version that it made.
    pub version: u32,
    /// The fields that differ from the version before.
    pub fields: Vec<FieldPath>,
}

impl Content {
    /// Content that was never changed.
    pub const fn first(sha256: Sha256) -> Self {
        Self {
            version: 1,
            sha256,
            changes: Vec::new(),
        }
    }

    /// Does a check of this field, made against that version, still speak of the content (C6)?
    pub fn still_holds(&self, field: &FieldPath, version: u32) -> bool {
        version <= self.version
            && !self
                .changes
                .iter()
                .filter(|change| change.version > version)
                .any(|change| change.fields.iter().any(|changed| changed.touches(field)))
    }
}

/// A file of evidence attached to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attached {
    /// Over the file.
    pub sha256: Sha256,
    /// Who brought it in.
    pub uploaded_by: AccountId,
}

/// The decision that an appeal is against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appealed {
    /// The case that was decided; `None` for a decision about an attestation.
    pub case: Option<CaseId>,
    /// What that case was for; `None` for a decision about an attestation.
    pub purpose: Option<Purpose>,
    /// Everybody who acted on it; none of them hears the appeal.
    pub barred: Vec<AccountId>,
}

/// What is the same in every state of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFile {
    /// Its stored number.
    pub id: CaseId,
    /// About what.
    pub about: About,
    /// Whose it is.
    pub subject: Npi,
    /// What for.
    pub purpose: Purpose,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// By whom.
    pub opened_by: AccountId,
    /// The content that is decided upon.
    pub content: Content,
    /// Evidence that the claimant, or whoever opened it for cause, attached.
    pub evidence: Vec<Attached>,
    /// Everybody who ever held the lease.
    pub reviewers: Vec<AccountId>,
    /// Who said that they are too near to it.
    pub conflicts: Vec<AccountId>,
    /// Did somebody suspect a fraud? It survives a withdrawal.
    pub fraud_flag: bool,
    /// The closed case that this one takes up again.
    pub reopens: Option<CaseId>,
    /// The decision that this appeals; set exactly when the purpose is APPEAL.
    pub appeals: Option<Appealed>,
    /// The policy in force when it was last acted upon; a decided case keeps that of its decision.
    pub policy_version: u32,
}

impl CaseFile {
    /// Who brought the evidence in, each once.
    pub fn uploaders(&self) -> Vec<AccountId> {
        let mut uploaders: Vec<_> = self.evidence.iter().map(|file| file.uploaded_by).collect();
        uploaders.sort_unstable();
        uploaders.dedup();
        uploaders
    }

    /// What has to be checked. An appeal against a revocation or a rejection decides whether the
    /// credential is verified, so it asks for what a first verification asks.
    pub const fn demand(&self, is_anew: bool) -> Demand {
        match self.about {
            About::Credential(_, kind) => Demand::of_credential(kind, self.purpose, is_anew),
            About::Attestation(_) => Demand::Attestation,
        }
    }
}
