//! What the approver does, and on appeal the second of two officers: approve (C9), reject (C10),
//! return (C11). A decision binds to the one content that it was made about.

use chrono::{DateTime, Utc};

use super::action::{Deciding, Signing};
use super::facts::Facts;
use super::file::Purpose;
use super::guard;
use super::refusal::Refusal;
use super::state::{
    Approved, Decision, InReview, Lease, Notice, PendingDecision, Recommendation, Rejected,
};
use crate::check::Reading;
use crate::duty::{Person, ReasonCode, SignatureMeaning};
use crate::time::{days_after, local_day};

impl PendingDecision {
    /// C9. Freshness is judged anew, by the policy and on the day of the decision.
    pub fn approve(
        self,
        by: &Person,
        deciding: Deciding,
        facts: &Facts<'_>,
        at: DateTime<Utc>,
    ) -> Result<Approved, Refusal> {
        let did_both = self.may_decide(by, facts)?;
        self.binds(&deciding.signing, SignatureMeaning::Approval)?;
        let file = &self.submitted.file;
        let reading = guard::ready(file, Recommendation::Approve, facts, at)?;
        guard::fresh(&reading, facts.policy)?;
        let (decision, notice) = self.decision(by, deciding, &reading, (facts, at), did_both);
        Ok(Approved {
            pending: self.under(facts),
            decision,
            notice,
            appealed: false,
        })
    }

    /// C10.
    pub fn reject(
        self,
        by: &Person,
        deciding: Deciding,
        facts: &Facts<'_>,
        at: DateTime<Utc>,
    ) -> Result<Rejected, Refusal> {
        let did_both = self.may_decide(by, facts)?;
        let reason = deciding.reason.ok_or(Refusal::ReasonRequired)?;
        self.binds(&deciding.signing, SignatureMeaning::Rejection)?;
        let nothing = Reading::default();
        let (decision, notice) = self.decision(by, deciding, &nothing, (facts, at), did_both);
        let mut pending = self.under(facts);
        pending.submitted.file.fraud_flag |= reason == ReasonCode::Fraud;
        Ok(Rejected {
            pending,
            decision,
            notice,
            appealed: false,
        })
    }

    /// C11, to the verifier who recommended, with a new lease.
    pub fn send_back(
        self,
        by: &Person,
        reason: Option<ReasonCode>,
        facts: &Facts<'_>,
        at: DateTime<Utc>,
    ) -> Result<InReview, Refusal> {
        self.may_decide(by, facts)?;
        reason.ok_or(Refusal::ReasonRequired)?;
        let lease = Lease::new(self.recommended.by, at, facts.policy);
        Ok(InReview {
            submitted: self.submitted,
            lease,
        })
    }

    fn may_decide(&self, by: &Person, facts: &Facts<'_>) -> Result<bool, Refusal> {
        guard::may_decide(by, &self.submitted, self.recommended.by, facts)
    }

    /// What was shown to whoever decides is what is on file, and the signature means it.
    fn binds(&self, signing: &Signing, expected: SignatureMeaning) -> Result<(), Refusal> {
        let file = &self.submitted.file;
        if signing.content_sha256 != file.content.sha256 {
            return Err(Refusal::StaleVersion);
        }
        let expected = match file.purpose {
            Purpose::Appeal => SignatureMeaning::AppealDecision,
            Purpose::Initial
            | Purpose::Revalidation
            | Purpose::Correction
            | Purpose::ForCause
            | Purpose::Reinstatement => expected,
        };
        guard::meaning(signing, expected)
    }

    fn decision(
        &self,
        by: &Person,
        deciding: Deciding,
        reading: &Reading,
        (facts, at): (&Facts<'_>, DateTime<Utc>),
        did_both: bool,
    ) -> (Decision, Notice) {
        let content = &self.submitted.file.content;
        let decision = Decision {
            by: by.account,
            role: by.role,
            printed_name: deciding.signing.printed_name,
            meaning: deciding.signing.meaning,
            at,
            content_version: content.version,
            content_sha256: content.sha256,
            reason: deciding.reason,
            note: deciding.note,
            policy_version: facts.policy.version,
            single_reviewer: did_both,
            psv_as_of: reading.psv_as_of,
        };
        let notice = Notice {
            due_on: days_after(local_day(at, facts.zone), facts.policy.notice_days),
            sent_at: None,
        };
        (decision, notice)
    }

    fn under(mut self, facts: &Facts<'_>) -> Self {
        self.submitted.file.policy_version = facts.policy.version;
        self
    }
}
