//! The steps of an attestation, N1 to N11 (verification.md 3.6). Each eats the old state, is given
//! the time, and says why not. N8 is no step: time takes it ([`super::validity::read`]).
//!
//! N3 to N5 follow from a signature and are in [`super::settle`]; N12 and what its case decides are in
//! [`super::appeal`] and [`super::decided`]. What raises trust is [`JustSigned::settle`], which only the
//! signer's own [`Draft::sign`] leads to, [`UnderReview::accept`], which takes a person, and an appeal
//! that two officers decided. The system's own steps lower it.

use chrono::{DateTime, NaiveDate, Utc};

use super::actor::{AccountId, Person, Role};
use super::attestation::{
    Accepted, Claim, Content, Draft, Invalidated, InvalidatedBy, NeedsFix, Rejected, Sha256,
    Signature, SignatureMeaning, Signed, Superseded, UnderReview, Withdrawn,
};
use super::check::check_lines;
use super::finding::{FindingCode, Severity};
use super::reason::ReasonCode;
use super::recall::{LotStatus, RecallTable};
use super::refusal::{Guard, Refusal};
use super::sentence::AttestationAssurance;
use super::settle::JustSigned;
use super::statement::STATEMENT_TEXT_VERSION;
use super::validity::{Limits, statuses, valid_until};
use crate::attestation::AttestationId;
use crate::npi::Npi;

/// What a recall left of an attestation.
#[derive(Debug, PartialEq, Eq)]
pub enum AfterRecall {
    /// Some lot may still be used. The dropped ones are tasks for the provider.
    StillAccepted {
        /// With its last day moved where the lot that lasted longest is gone.
        accepted: Accepted,
        /// Numbers of the lots that a recall took.
        dropped: Vec<Box<str>>,
    },
    /// None is left.
    Invalidated(Invalidated),
}

impl Draft {
    /// N1, by the provider or a delegate.
    pub fn start(
        by: &Person,
        id: AttestationId,
        subject: Npi,
        content: Content,
    ) -> Result<Self, Refusal> {
        by.as_author(subject)?;
        let version = 1;
        Ok(Self {
            claim: Claim {
                id,
                subject,
                version,
                content,
            },
        })
    }

    /// Changes what it says, by the provider or a delegate.
    pub fn edit(mut self, by: &Person, content: Content) -> Result<Self, Refusal> {
        by.as_author(self.claim.subject)?;
        self.claim.content = content;
        Ok(self)
    }

    /// N2, by the provider only. `on_file_sha256` is of the canonical form of the content on file,
    /// so that nobody signs what they were not shown.
    pub fn sign(
        self,
        by: &Person,
        signature: Signature,
        on_file_sha256: Sha256,
    ) -> Result<JustSigned, Refusal> {
        by.as_subject(self.claim.subject)?;
        if signature.signer != by.account {
            return Err(Refusal::Forbidden);
        }
        if signature.payload_sha256 != on_file_sha256 {
            return Err(Refusal::StaleVersion);
        }
        let content = &self.claim.content;
        let unanswered = content.answers.unanswered();
        if content.statement_text_version != STATEMENT_TEXT_VERSION {
            return Err(Guard::StatementText.into());
        }
        if !unanswered.is_empty() {
            return Err(Guard::Unanswered(unanswered).into());
        }
        if content.lines.is_empty() {
            return Err(Guard::NoProduct.into());
        }
        if content.locations.is_empty() {
            return Err(Guard::NoLocation.into());
        }
        if signature.meaning != SignatureMeaning::Responsibility {
            return Err(Guard::Meaning.into());
        }
        Ok(JustSigned(Signed {
            claim: self.claim,
            signature,
        }))
    }
}

impl Signed {
    /// N11, by the provider.
    pub fn withdraw(self, by: &Person, at: DateTime<Utc>) -> Result<Withdrawn, Refusal> {
        by.as_subject(self.claim.subject)?;
        Ok(Withdrawn {
            signed: self,
            withdrawn_at: at,
        })
    }
}

impl NeedsFix {
    /// N7, by the provider: the same content, to be mended, as a new version.
    pub fn revise(self, by: &Person) -> Result<Draft, Refusal> {
        let mut claim = self.signed.claim;
        by.as_subject(claim.subject)?;
        claim.version += 1;
        Ok(Draft { claim })
    }
}

/// What a reviewer acts upon.
#[derive(Debug, Clone, Copy)]
pub struct Review<'a> {
    /// What was seen: a label's photograph, an invoice.
    pub evidence: &'a [Sha256],
    /// Who brought it in; none of them reviews it.
    pub uploaded_by: &'a [AccountId],
    /// Every recall on file.
    pub recalls: &'a RecallTable,
    /// When.
    pub at: DateTime<Utc>,
    /// The same in the zone of the place.
    pub on: NaiveDate,
}

impl UnderReview {
    /// N6, by a verifier who is neither the subject nor brought the evidence.
    ///
    /// Checks are repeated for the day: a lot may have run out or been recalled meanwhile.
    pub fn accept(self, by: &Person, review: &Review<'_>) -> Result<Accepted, Refusal> {
        self.may_decide(by, review.uploaded_by)?;
        if review.evidence.is_empty() {
            return Err(Refusal::EvidenceMissing);
        }
        let content = &self.signed.claim.content;
        let valid_until = can_hold(content, self.limits, review.recalls, review.on)?;
        Ok(Accepted {
            signed: self.signed,
            assurance: AttestationAssurance::EvidenceReviewed,
            accepted_at: review.at,
            accepted_by: Some(by.account),
            limits: self.limits,
            valid_until,
        })
    }

    /// N6, by the same kind of person.
    pub fn reject(
        self,
        by: &Person,
        uploaded_by: &[AccountId],
        reason: Option<ReasonCode>,
        at: DateTime<Utc>,
    ) -> Result<Rejected, Refusal> {
        self.may_decide(by, uploaded_by)?;
        Ok(Rejected {
            signed: self.signed,
            limits: self.limits,
            rejected_by: by.account,
            rejected_at: at,
            reason: reason.ok_or(Refusal::ReasonRequired)?,
            case: None,
            appealed: false,
        })
    }

    fn may_decide(&self, by: &Person, uploaded_by: &[AccountId]) -> Result<(), Refusal> {
        by.in_role(&[Role::Verifier])?;
        by.apart_from(self.signed.claim.subject, uploaded_by)?;
        by.apart_from(self.signed.claim.subject, &[self.signed.signature.signer])?;
        Ok(())
    }
}

/// The last day on which an attestation would hold that is accepted on a day by somebody who looked at
/// it; or why it cannot be.
pub(super) fn can_hold(
    content: &Content,
    limits: Limits,
    recalls: &RecallTable,
    on: NaiveDate,
) -> Result<NaiveDate, Guard> {
    let denied = content.answers.denied();
    if !denied.is_empty() {
        return Err(Guard::Denied(denied));
    }
    // A lot that ran out meanwhile drops out; anything else that is hard now was not before.
    let fails = check_lines(&content.lines, on).into_iter().any(|finding| {
        finding.severity == Severity::Hard && finding.code != FindingCode::LotExpired
    });
    if fails {
        return Err(Guard::HardFinding);
    }
    valid_until(limits, &content.lines, recalls, on)
        .filter(|last| on <= *last)
        .ok_or(Guard::NothingLeft)
}

impl Accepted {
    /// N9, by compliance, at once and alone.
    pub fn invalidate(
        self,
        by: &Person,
        reason: Option<ReasonCode>,
        at: DateTime<Utc>,
    ) -> Result<Invalidated, Refusal> {
        by.in_role(&[Role::Compliance])?;
        by.apart_from(self.signed.claim.subject, &[])?;
        let reason = reason.ok_or(Refusal::ReasonRequired)?;
        Ok(self.invalidated(InvalidatedBy::Compliance(by.account), reason, at))
    }

    /// N9, by the system, when recalls arrive: lots that they take drop out, and with the last one
    /// the attestation. What had run out by itself is for the calendar to say.
    pub fn after_recall(
        mut self,
        recalls: &RecallTable,
        at: DateTime<Utc>,
        on: NaiveDate,
    ) -> AfterRecall {
        let lines = &self.signed.claim.content.lines;
        let dropped: Vec<Box<str>> = statuses(lines, recalls, on)
            .filter(|seen| matches!(seen.status, LotStatus::Recalled | LotStatus::Withdrawn))
            .map(|seen| seen.lot.into())
            .collect();
        match valid_until(self.limits, lines, recalls, on) {
            Some(last) => {
                self.valid_until = self.valid_until.min(last);
                AfterRecall::StillAccepted {
                    accepted: self,
                    dropped,
                }
            }
            None if dropped.is_empty() => AfterRecall::StillAccepted {
                accepted: self,
                dropped,
            },
            None => AfterRecall::Invalidated(self.invalidated(
                InvalidatedBy::Recall,
                ReasonCode::LotRecalled,
                at,
            )),
        }
    }

    /// N10, in the same transaction as the successor's acceptance, which it follows from: the
    /// successor is the same person's, accepted no earlier, and covers every place.
    pub fn supersede(self, successor: &Self, at: DateTime<Utc>) -> Result<Superseded, Refusal> {
        let (old, new) = (&self.signed.claim, &successor.signed.claim);
        let is_successor = old.subject == new.subject
            && old.id != new.id
            && self.accepted_at <= successor.accepted_at;
        if !is_successor {
            return Err(Guard::NoSuccessor.into());
        }
        let covered = &new.content.locations;
        if !old
            .content
            .locations
            .iter()
            .all(|place| covered.contains(place))
        {
            return Err(Guard::PlaceLeftOut.into());
        }
        Ok(Superseded {
            by: new.id,
            accepted: self,
            superseded_at: at,
        })
    }

    /// N11, by the provider.
    pub fn withdraw(self, by: &Person, at: DateTime<Utc>) -> Result<Withdrawn, Refusal> {
        self.signed.withdraw(by, at)
    }

    fn invalidated(self, by: InvalidatedBy, reason: ReasonCode, at: DateTime<Utc>) -> Invalidated {
        Invalidated {
            accepted: self,
            by,
            invalidated_at: at,
            reason,
            appealed: false,
        }
    }
}

impl Invalidated {
    /// Does it bring every verified credential of the person down with it (S5)?
    pub const fn suspends_credentials(&self) -> bool {
        matches!(self.reason, ReasonCode::FalseStatement)
    }
}
