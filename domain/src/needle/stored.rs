//! Attestations as rows kept them. For reading back, never for a change: a change is a transition.

use chrono::{DateTime, NaiveDate, Utc};

use super::actor::AccountId;
use super::attestation::{
    Accepted, Claim, Draft, Invalidated, InvalidatedBy, NeedsFix, Rejected, ReviewReason,
    Signature, Signed, Superseded, UnderReview, Withdrawn,
};
use super::finding::Finding;
use super::reason::ReasonCode;
use super::sentence::AttestationAssurance;
use super::validity::Limits;
use crate::attestation::AttestationId;
use crate::case::CaseId;

impl Draft {
    /// As its row kept it.
    pub const fn stored(claim: Claim) -> Self {
        Self { claim }
    }
}

impl Signed {
    /// As its row kept it.
    pub const fn stored(claim: Claim, signature: Signature) -> Self {
        Self { claim, signature }
    }
}

impl NeedsFix {
    /// As its row kept it.
    pub const fn stored(signed: Signed, findings: Vec<Finding>) -> Self {
        Self { signed, findings }
    }
}

impl UnderReview {
    /// As its row kept it.
    pub const fn stored(signed: Signed, reasons: Vec<ReviewReason>, limits: Limits) -> Self {
        Self {
            signed,
            reasons,
            limits,
        }
    }
}

impl Accepted {
    /// As its row kept it. Whoever looked at the evidence is what makes the assurance.
    pub const fn stored(
        signed: Signed,
        accepted_at: DateTime<Utc>,
        accepted_by: Option<AccountId>,
        limits: Limits,
        valid_until: NaiveDate,
    ) -> Self {
        let assurance = match accepted_by {
            Some(_) => AttestationAssurance::EvidenceReviewed,
            None => AttestationAssurance::MachineChecked,
        };
        Self {
            signed,
            assurance,
            accepted_at,
            accepted_by,
            limits,
            valid_until,
        }
    }
}

impl Rejected {
    /// As its row kept it.
    pub fn stored(
        (signed, limits): (Signed, Limits),
        (rejected_by, rejected_at): (AccountId, DateTime<Utc>),
        reason: ReasonCode,
        case: Option<CaseId>,
        appealed: bool,
    ) -> Self {
        Self {
            signed,
            limits,
            rejected_by,
            rejected_at,
            reason,
            case,
            appealed,
        }
    }
}

impl Invalidated {
    /// As its row kept it.
    pub const fn stored(
        accepted: Accepted,
        (by, invalidated_at): (InvalidatedBy, DateTime<Utc>),
        reason: ReasonCode,
        appealed: bool,
    ) -> Self {
        Self {
            accepted,
            by,
            invalidated_at,
            reason,
            appealed,
        }
    }
}

impl Withdrawn {
    /// As its row kept it.
    pub const fn stored(signed: Signed, withdrawn_at: DateTime<Utc>) -> Self {
        Self {
            signed,
            withdrawn_at,
        }
    }
}

impl Superseded {
    /// As its row kept it.
    pub const fn stored(
        accepted: Accepted,
        by: AttestationId,
        superseded_at: DateTime<Utc>,
    ) -> Self {
        Self {
            accepted,
            by,
            superseded_at,
        }
    }
}
