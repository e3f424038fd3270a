//! What the verifier does, and on appeal the first of two officers: claim (C3), release (C4), ask for
//! more (C5), record and resolve checks, recommend (C8).

use chrono::{DateTime, NaiveDate, Utc};

use super::action::{Asked, Recommending};
use super::facts::Facts;
use super::guard;
use super::refusal::{Guard, Refusal};
use super::state::{
    InReview, InfoRequest, InfoRequested, Lease, PendingDecision, Recommendation, Recommended,
    Submitted,
};
use crate::check::{Check, CheckId, CheckOutcome, Resolution};
use crate::duty::{Person, ReasonCode};
use crate::policy::Policy;
use crate::time::{days_after, local_day};

impl Submitted {
    /// C3, for as long as the lease holds.
    pub fn claim(
        mut self,
        by: &Person,
        policy: &Policy,
        at: DateTime<Utc>,
    ) -> Result<InReview, Refusal> {
        guard::may_review(by, &self)?;
        if !self.file.reviewers.contains(&by.account) {
            self.file.reviewers.push(by.account);
        }
        let lease = Lease::new(by.account, at, policy);
        Ok(InReview {
            submitted: self,
            lease,
        })
    }
}

impl InReview {
    /// C4: the lease ends, the checks stay.
    pub fn release(self, by: &Person) -> Result<Submitted, Refusal> {
        self.is_held_by(by)?;
        Ok(self.submitted)
    }

    /// C4, when the lease has ended: what a reader sees already.
    pub(super) fn expire(self) -> Submitted {
        self.submitted
    }

    /// C5.
    pub fn request_info(
        mut self,
        by: &Person,
        asked: Asked,
        facts: &Facts<'_>,
        at: DateTime<Utc>,
    ) -> Result<InfoRequested, Refusal> {
        self.is_held_by(by)?;
        let reason = asked.reason.ok_or(Refusal::ReasonRequired)?;
        let items: Vec<_> = asked
            .items
            .into_iter()
            .filter(|item| !item.trim().is_empty())
            .collect();
        if items.is_empty() {
            return Err(Guard::NoItems.into());
        }
        let today = local_day(at, facts.zone);
        let due_on = asked
            .due_on
            .unwrap_or_else(|| days_after(today, facts.policy.info_request_days));
        if due_on < today {
            return Err(Guard::DueInPast.into());
        }
        self.suspect(reason);
        Ok(InfoRequested {
            submitted: self.submitted,
            request: InfoRequest {
                by: by.account,
                at,
                reason,
                items,
                due_on,
                notice_sent_at: None,
            },
        })
    }

    /// A check, made against the content as it is.
    pub fn record(
        &self,
        by: &Person,
        check: Check,
        performed_on: NaiveDate,
        facts: &Facts<'_>,
    ) -> Result<Check, Refusal> {
        self.is_held_by(by)?;
        let file = &self.submitted.file;
        let is_here = check.case == file.id
            && check.content_version == file.content.version
            && check.performed_by == by.account
            && check.resolution.is_none();
        if !is_here {
            return Err(Guard::CheckElsewhere.into());
        }
        check.validate(performed_on).map_err(Guard::from)?;
        guard::issuer_named(file, &check, facts, performed_on)?;
        Ok(check)
    }

    /// Says what an answer that was not plain is taken for; its first outcome stays.
    pub fn resolve(
        &self,
        by: &Person,
        (check, outcome): (CheckId, CheckOutcome),
        checks: &[Check],
        at: DateTime<Utc>,
    ) -> Result<Check, Refusal> {
        self.is_held_by(by)?;
        let found = checks
            .iter()
            .find(|one| one.id == check && one.case == self.submitted.file.id)
            .ok_or(Guard::CheckElsewhere)?;
        let resolution = Resolution {
            outcome,
            by: by.account,
            at,
        };
        Ok(found.clone().resolve(resolution).map_err(Guard::from)?)
    }

    /// C8.
    pub fn recommend(
        mut self,
        by: &Person,
        recommending: Recommending,
        facts: &Facts<'_>,
        at: DateTime<Utc>,
    ) -> Result<PendingDecision, Refusal> {
        self.is_held_by(by)?;
        let Recommending {
            recommendation,
            reason,
            note,
        } = recommending;
        if recommendation == Recommendation::Reject {
            let reason = reason.ok_or(Refusal::ReasonRequired)?;
            self.suspect(reason);
        }
        guard::ready(&self.submitted.file, recommendation, facts, at)?;
        Ok(PendingDecision {
            submitted: self.submitted,
            recommended: Recommended {
                recommendation,
                reason,
                note,
                by: by.account,
                at,
            },
        })
    }

    fn is_held_by(&self, by: &Person) -> Result<(), Refusal> {
        by.in_role(&[guard::reviewer(self.submitted.file.purpose)])?;
        if by.account == self.lease.verifier {
            Ok(())
        } else {
            Err(Refusal::Forbidden)
        }
    }

    fn suspect(&mut self, reason: ReasonCode) {
        self.submitted.file.fraud_flag |= reason == ReasonCode::Fraud;
    }
}
