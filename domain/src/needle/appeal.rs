//! N12: an appeal against what was decided about an attestation, by its provider, once and in time.
//!
//! It is heard as a case of its own (C13, [`crate::case`]); what that case decides is taken over by
//! [`super::decided`].

use chrono::NaiveDate;

use super::actor::{AccountId, Person};
use super::attestation::{Claim, Invalidated, InvalidatedBy, Rejected, Signature};
use super::refusal::{Guard, Refusal};
use crate::attestation::AttestationId;
use crate::npi::Npi;
use crate::time::days_after;

/// The days that bound an appeal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppealDays {
    /// When the person was told of the decision.
    pub notified_on: Option<NaiveDate>,
    /// Today.
    pub on: NaiveDate,
    /// How many days after the notice there are.
    pub days: u32,
}

/// An appeal to be opened as a case of its own (C13).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppealFiled {
    /// Against the decision on which attestation.
    pub attestation: AttestationId,
    /// Whose.
    pub subject: Npi,
    /// Who may not hear it: everybody who acted on it.
    pub barred: Vec<AccountId>,
}

impl AppealDays {
    /// The last day on which an appeal may be filed; `None` while the person was not told.
    pub fn ends_on(&self) -> Option<NaiveDate> {
        Some(days_after(self.notified_on?, self.days))
    }
}

impl Rejected {
    /// N12. What a case decided is appealed as that case's decision.
    pub fn appeal(mut self, by: &Person, days: AppealDays) -> Result<(Self, AppealFiled), Refusal> {
        if let Some(case) = self.case {
            by.as_subject(self.signed.claim.subject)?;
            return Err(Guard::DecidedByCase(case).into());
        }
        let (claim, signature) = (&self.signed.claim, &self.signed.signature);
        let filed = appeal(
            by,
            (claim, signature),
            self.appealed,
            days,
            [self.rejected_by],
        )?;
        self.appealed = true;
        Ok((self, filed))
    }
}

impl Invalidated {
    /// N12.
    pub fn appeal(mut self, by: &Person, days: AppealDays) -> Result<(Self, AppealFiled), Refusal> {
        let signed = &self.accepted.signed;
        let by_compliance = match self.by {
            InvalidatedBy::Compliance(account) => Some(account),
            InvalidatedBy::Recall => None,
        };
        let acted = self.accepted.accepted_by.into_iter().chain(by_compliance);
        let said = (&signed.claim, &signed.signature);
        let filed = appeal(by, said, self.appealed, days, acted)?;
        self.appealed = true;
        Ok((self, filed))
    }
}

fn appeal(
    by: &Person,
    (claim, signature): (&Claim, &Signature),
    appealed: bool,
    days: AppealDays,
    acted: impl IntoIterator<Item = AccountId>,
) -> Result<AppealFiled, Refusal> {
    by.as_subject(claim.subject)?;
    if appealed {
        return Err(Guard::AppealedBefore.into());
    }
    // Whoever was not told yet is not late: the days begin with the notice.
    if days.ends_on().is_some_and(|last| last < days.on) {
        return Err(Guard::AppealLate.into());
    }
    let mut barred: Vec<_> = acted.into_iter().chain([signature.signer]).collect();
    barred.sort_unstable();
    barred.dedup();
    Ok(AppealFiled {
        attestation: claim.id,
        subject: claim.subject,
        barred,
    })
}
