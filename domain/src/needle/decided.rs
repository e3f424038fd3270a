//! What an approved case makes of an attestation, in the hand of whoever approved it and at that instant:
//! a case for cause refuses it, an appeal overturns what was decided against it.
//!
//! What was overturned is in force again from that instant on, where it still can be; no day in between
//! becomes another. The system is no person and cannot make that call.

use chrono::{DateTime, NaiveDate, Utc};

use super::actor::{AccountId, Person};
use super::attestation::{Accepted, Claim, Invalidated, Rejected, Signed, UnderReview};
use super::recall::RecallTable;
use super::refusal::{Guard, Refusal};
use super::sentence::AttestationAssurance;
use super::transition::can_hold;
use super::validity::Limits;
use crate::attestation::AttestationId;
use crate::case::{About, Approved, CaseId, Purpose};
use crate::duty::ReasonCode;
use crate::npi::Npi;

/// A decision that is just taking effect: an approved case about an attestation, in the hand of whoever
/// approved it, at the instant of the decision. None is used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Because {
    attestation: AttestationId,
    subject: Npi,
    by: AccountId,
    at: DateTime<Utc>,
    case: CaseId,
    decides: Decides,
    reason: Option<ReasonCode>,
}

/// What the case is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Decides {
    /// Whether there is cause to refuse it.
    Cause,
    /// Whether what a reviewer, compliance or a recall decided stands.
    Decision,
    /// Whether what this case decided stands.
    DecisionOf(CaseId),
}

impl Decides {
    /// An appeal against whatever decided: this case, or none.
    fn appeal(decided_by: Option<CaseId>) -> Self {
        decided_by.map_or(Self::Decision, Self::DecisionOf)
    }
}

impl Because {
    /// Refuses anybody but whoever approved it, any other time, and a case about something else.
    pub fn of(by: &Person, approved: &Approved, at: DateTime<Utc>) -> Result<Self, Refusal> {
        let file = &approved.pending.submitted.file;
        let decision = &approved.decision;
        if (by.account, by.role) != (decision.by, decision.role) {
            return Err(Refusal::Forbidden);
        }
        if decision.at != at {
            return Err(Guard::NotNow.into());
        }
        let About::Attestation(attestation) = file.about else {
            return Err(Guard::OtherAttestation.into());
        };
        let decides = match (&file.appeals, file.purpose) {
            (Some(appealed), _) => Decides::appeal(appealed.case),
            (None, Purpose::ForCause) => Decides::Cause,
            (None, _) => return Err(Guard::OtherPurpose.into()),
        };
        Ok(Self {
            attestation,
            subject: file.subject,
            by: decision.by,
            at,
            case: file.id,
            decides,
            reason: decision.reason,
        })
    }

    /// Is it against the decision of this case, or, without one, against whoever decided?
    fn overturns(&self, claim: &Claim, decided_by: Option<CaseId>) -> Result<(), Refusal> {
        self.is_about(claim)?;
        if self.decides == Decides::appeal(decided_by) {
            Ok(())
        } else {
            Err(Guard::OtherPurpose.into())
        }
    }

    fn is_about(&self, claim: &Claim) -> Result<(), Refusal> {
        if (self.attestation, self.subject) == (claim.id, claim.subject) {
            Ok(())
        } else {
            Err(Guard::OtherAttestation.into())
        }
    }
}

impl UnderReview {
    /// What a case for cause found: it is refused, for the reason of that decision.
    pub fn refuse_for_cause(self, because: &Because) -> Result<Rejected, Refusal> {
        because.is_about(&self.signed.claim)?;
        if because.decides != Decides::Cause {
            return Err(Guard::OtherPurpose.into());
        }
        Ok(Rejected {
            reason: because.reason.ok_or(Refusal::ReasonRequired)?,
            signed: self.signed,
            limits: self.limits,
            rejected_by: because.by,
            rejected_at: because.at,
            case: Some(because.case),
            appealed: false,
        })
    }
}

/// What decides whether something overturned can be in force again.
#[derive(Debug, Clone, Copy)]
pub struct Restoring<'a> {
    /// Every recall on file.
    pub recalls: &'a RecallTable,
    /// Is one in force that was signed later and covers every place of it?
    pub replaced: bool,
    /// The day of the decision in the zone of the place.
    pub on: NaiveDate,
}

/// What became of an attestation when a decision against it was overturned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Overturned<Before> {
    /// In force again, from now on.
    InForce(Box<Accepted>),
    /// It stays what it was, because it could not be in force today: its lots or its signature have run
    /// out, a statement is denied, or a later one took its place.
    Stays(Before),
}

impl Rejected {
    /// Overturns that it was refused.
    pub fn overturn(
        self,
        because: &Because,
        restoring: &Restoring<'_>,
    ) -> Result<Overturned<Self>, Refusal> {
        because.overturns(&self.signed.claim, self.case)?;
        Ok(match restoring.valid_until(&self.signed, self.limits) {
            Some(last) => {
                Overturned::InForce(restored(self.signed, self.limits, last, because).into())
            }
            None => Overturned::Stays(self),
        })
    }
}

impl Invalidated {
    /// Overturns that it was taken out of force. What was suspended with it stays suspended: each
    /// credential takes a reinstatement of its own (S6).
    pub fn overturn(
        self,
        because: &Because,
        restoring: &Restoring<'_>,
    ) -> Result<Overturned<Self>, Refusal> {
        let (signed, limits) = (&self.accepted.signed, self.accepted.limits);
        because.overturns(&signed.claim, None)?;
        Ok(match restoring.valid_until(signed, limits) {
            Some(last) => {
                Overturned::InForce(restored(self.accepted.signed, limits, last, because).into())
            }
            None => Overturned::Stays(self),
        })
    }
}

impl Restoring<'_> {
    fn valid_until(&self, signed: &Signed, limits: Limits) -> Option<NaiveDate> {
        if self.replaced {
            return None;
        }
        can_hold(&signed.claim.content, limits, self.recalls, self.on).ok()
    }
}

/// The officers looked at what a reviewer looks at: an appeal takes one confirmed check.
fn restored(signed: Signed, limits: Limits, valid_until: NaiveDate, because: &Because) -> Accepted {
    Accepted {
        signed,
        assurance: AttestationAssurance::EvidenceReviewed,
        accepted_at: because.at,
        accepted_by: Some(because.by),
        limits,
        valid_until,
    }
}
