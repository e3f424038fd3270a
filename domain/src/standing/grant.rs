//! What an approved case does to a standing: S1, S2, S4, S6, S7, S8 and S9. What two people do without
//! a case: the reinstatement in bulk of what an issuer's taint suspended.

use chrono::{DateTime, NaiveDate, Utc};

use super::record::{
    Entry, Overturned, Record, Revoked, Stood, Superseded, Suspended, Unverified, Verified,
};
use super::refusal::{Guard, Refusal};
use crate::case::{About, Approved, CaseId, Purpose};
use crate::credential::{CredentialId, Standing, SuspensionKind};
use crate::duty::{Bar, Person, ReasonCode, TwoPeople};
use crate::npi::Npi;

/// A decision that is just taking effect: an approved case, in the hand of whoever approved it, at the
/// instant of the decision. Nothing else raises trust, and no decision is used twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Because {
    about: CredentialId,
    subject: Npi,
    /// What it decides: of an appeal, what was appealed.
    purpose: Purpose,
    is_appeal: bool,
    case: CaseId,
    reason: Option<ReasonCode>,
    single_reviewer: bool,
    psv_as_of: Option<NaiveDate>,
    at: DateTime<Utc>,
}

impl Because {
    /// Refuses anybody but whoever approved it, and any other time.
    pub fn of(by: &Person, approved: &Approved, at: DateTime<Utc>) -> Result<Self, Refusal> {
        let file = &approved.pending.submitted.file;
        let decision = &approved.decision;
        if (by.account, by.role) != (decision.by, decision.role) {
            return Err(Refusal::Forbidden);
        }
        if decision.at != at {
            return Err(Guard::NotNow.into());
        }
        let About::Credential(about, _) = file.about else {
            return Err(Guard::OtherCredential.into());
        };
        let appealed = file.appeals.as_ref().map(|appealed| appealed.purpose);
        Ok(Self {
            about,
            subject: file.subject,
            purpose: match appealed {
                Some(purpose) => purpose.ok_or(Guard::OtherPurpose)?,
                None => file.purpose,
            },
            is_appeal: appealed.is_some(),
            case: file.id,
            reason: decision.reason,
            single_reviewer: decision.single_reviewer,
            psv_as_of: decision.psv_as_of,
            at,
        })
    }

    /// What it decides; of an appeal, what the appealed case was for.
    pub const fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// Does it overturn a decision?
    pub const fn is_appeal(&self) -> bool {
        self.is_appeal
    }

    pub(super) fn is_about(&self, record: &Record) -> Result<(), Refusal> {
        if self.about == record.id && self.subject == record.subject {
            Ok(())
        } else {
            Err(Guard::OtherCredential.into())
        }
    }

    pub(super) fn entry(&self, standing: Standing) -> Entry {
        let verifies = standing == Standing::Verified;
        Entry {
            at: self.at,
            standing,
            suspension: None,
            reason: self.reason,
            case: Some(self.case),
            single_reviewer: self.single_reviewer,
            psv_as_of: self.psv_as_of.filter(|_| verifies),
        }
    }

    const fn verified(&self) -> Verified {
        Verified {
            verified_at: self.at,
            psv_as_of: self.psv_as_of,
            case: Some(self.case),
        }
    }

    fn decides(&self, purposes: &[Purpose]) -> Result<(), Refusal> {
        if purposes.contains(&self.purpose) {
            Ok(())
        } else {
            Err(Guard::OtherPurpose.into())
        }
    }
}

impl Unverified {
    /// S1.
    pub fn verify(self, because: &Because) -> Result<Verified, Refusal> {
        because.decides(&[Purpose::Initial, Purpose::Correction])?;
        Ok(because.verified())
    }
}

impl Verified {
    /// S2 and, read as `REVALIDATION_REQUIRED`, S4: the dates move, without a gap. How much had to be
    /// checked was the case's to judge.
    pub fn revalidate(self, because: &Because) -> Result<Self, Refusal> {
        because.decides(&[Purpose::Revalidation])?;
        Ok(because.verified())
    }

    /// S7.
    pub fn revoke(self, because: &Because) -> Result<Revoked, Refusal> {
        revoke(because)
    }
}

impl Suspended {
    /// S6, by a case of reinstatement.
    pub fn reinstate(self, because: &Because) -> Result<Verified, Refusal> {
        because.decides(&[Purpose::Reinstatement])?;
        Ok(because.verified())
    }

    /// S6 in bulk, by two people, of what an issuer's taint suspended: what was in force is in force
    /// again, as old as it is.
    pub fn reinstate_in_bulk(self, _by: &TwoPeople) -> Result<Verified, Refusal> {
        if self.kind != SuspensionKind::IssuerTaint {
            return Err(Guard::NotInBulk.into());
        }
        self.was.ok_or(Guard::NotInBulk.into())
    }

    /// S7.
    pub fn revoke(self, because: &Because) -> Result<Revoked, Refusal> {
        revoke(because)
    }
}

fn revoke(because: &Because) -> Result<Revoked, Refusal> {
    because.decides(&[Purpose::ForCause])?;
    if because.is_appeal {
        return Err(Guard::OtherPurpose.into());
    }
    Ok(Revoked {
        case: Some(because.case),
        at: because.at,
        overturned: None,
    })
}

/// What a revocation that was overturned leaves to be made: a record of its own, which is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    because: Because,
    replaces: CredentialId,
}

impl Revoked {
    /// S8: it stays revoked, with an annotation, and another record takes its place.
    pub fn overturn(
        mut self,
        id: CredentialId,
        because: &Because,
    ) -> Result<(Self, Replacement), Refusal> {
        because.decides(&[Purpose::ForCause])?;
        if !because.is_appeal {
            return Err(Guard::OtherPurpose.into());
        }
        if self.overturned.is_some() {
            return Err(Guard::OverturnedBefore.into());
        }
        self.overturned = Some(Overturned {
            case: because.case,
            at: because.at,
        });
        let replacement = Replacement {
            because: *because,
            replaces: id,
        };
        Ok((self, replacement))
    }
}

impl Replacement {
    /// The revoked record.
    pub const fn replaces(&self) -> CredentialId {
        self.replaces
    }

    /// The new record under its number, and its first row.
    pub fn record(self, id: CredentialId) -> (Record, Entry) {
        let record = Record {
            id,
            subject: self.because.subject,
            supersedes: None,
            replaces: Some(self.replaces),
            stood: Stood::Verified(self.because.verified()),
        };
        (record, self.because.entry(Standing::Verified))
    }
}

impl Record {
    /// S9, in the transaction of the decision that verified the later version: any standing that is not
    /// final gives way. A suspension does not: a corrected paper lifts none.
    pub fn supersede(
        mut self,
        successor: &Self,
        because: &Because,
    ) -> Result<(Self, Entry), Refusal> {
        let is_successor = successor.supersedes == Some(self.id)
            && successor.subject == self.subject
            && successor.standing() == Standing::Verified;
        because.is_about(successor)?;
        because.decides(&[Purpose::Correction])?;
        if !is_successor {
            return Err(Guard::NoSuccessor.into());
        }
        match self.stood {
            Stood::Unverified(_) | Stood::Verified(_) => {
                self.stood = Stood::Superseded(Superseded {
                    at: because.at,
                    case: Some(because.case),
                });
                Ok((self, because.entry(Standing::Superseded)))
            }
            Stood::Suspended(_)
            | Stood::Revoked(_)
            | Stood::Withdrawn(_)
            | Stood::Superseded(_)
            | Stood::EnteredInError(_) => Err(Refusal::IllegalTransition {
                from: self.standing(),
                action: super::ActionKind::Supersede,
            }),
        }
    }
}

/// The two people of an act without a case: whoever confirms it is who asks now.
pub(super) fn confirms(two: &TwoPeople, by: &Person) -> Result<(), Bar> {
    if two.confirmed_by() == by.account {
        Ok(())
    } else {
        Err(Bar::SeparationOfDuties)
    }
}
