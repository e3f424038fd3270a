use async_graphql::{Description, Object};

use crate::graphql::codes::{ReviewPolicy, SilentScope};
use crate::graphql::scalar::DateTime;

/// The directory's own choices: what the law leaves open. Every decision names the version it was made
/// under.
#[derive(Description)]
pub struct Policy {
    /// What it says.
    pub policy: domain::policy::Policy,
    /// From when on it holds; nothing where that was not asked for.
    pub effective_at: Option<chrono::DateTime<chrono::Utc>>,
    /// The versions that will hold after it.
    pub scheduled: Vec<(domain::policy::Policy, chrono::DateTime<chrono::Utc>)>,
}

fn amount(number: u32) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

#[Object(use_type_description)]
impl Policy {
    /// Counts up with every change.
    async fn version(&self) -> i32 {
        amount(self.policy.version)
    }

    /// From when on it holds; null for the one in force.
    async fn effective_at(&self) -> Option<DateTime> {
        self.effective_at.map(Into::into)
    }

    /// The versions that will hold after the one in force, in the order in which they come; of any other
    /// version empty.
    async fn scheduled(&self) -> Vec<Policy> {
        let scheduled = self.scheduled.iter().cloned();
        scheduled
            .map(|(policy, effective_at)| Policy {
                policy,
                effective_at: Some(effective_at),
                scheduled: Vec::new(),
            })
            .collect()
    }

    /// What SILENT law means for a listing.
    async fn silent_scope(&self) -> SilentScope {
        self.policy.silent_scope.into()
    }

    /// How many people a decision that raises trust takes.
    async fn review(&self) -> ReviewPolicy {
        self.policy.review.into()
    }

    /// Does the directory verify for others? Then the shorter age of checks holds.
    async fn cvo(&self) -> bool {
        self.policy.cvo
    }

    /// A licence check counts through this many days after its source's as-of day.
    async fn license_check_days(&self) -> i32 {
        amount(self.policy.license_check_days)
    }

    /// A screening is due again after this many days.
    async fn screening_due_days(&self) -> i32 {
        amount(self.policy.screening_due_days)
    }

    /// A screening older than this is overdue and proves nothing.
    async fn screening_overdue_days(&self) -> i32 {
        amount(self.policy.screening_overdue_days)
    }

    /// A location counts as confirmed through this many days.
    async fn location_confirmed_days(&self) -> i32 {
        amount(self.policy.location_confirmed_days)
    }

    /// A verification of a credential counts through this many months.
    async fn revalidation_months(&self) -> i32 {
        amount(self.policy.revalidation_months)
    }

    /// A scope rule whose source is older than this many days is flagged.
    async fn scope_source_days(&self) -> i32 {
        amount(self.policy.scope_source_days)
    }

    /// At a decision, a check with a source may be this many days old.
    async fn psv_days(&self) -> i32 {
        amount(self.policy.psv_days)
    }

    /// The same for a credentials verification organization.
    async fn cvo_psv_days(&self) -> i32 {
        amount(self.policy.cvo_psv_days)
    }

    /// A revalidation decided more than this many days late takes every check of a first verification.
    async fn late_revalidation_days(&self) -> i32 {
        amount(self.policy.late_revalidation_days)
    }

    /// A verifier holds a case for this many hours.
    async fn lease_hours(&self) -> i32 {
        amount(self.policy.lease_hours)
    }

    /// Days in which the person is told of a decision.
    async fn notice_days(&self) -> i32 {
        amount(self.policy.notice_days)
    }

    /// Days that a person has to bring what was asked for.
    async fn info_request_days(&self) -> i32 {
        amount(self.policy.info_request_days)
    }

    /// Days after that in which a case ends because nothing came.
    async fn info_lapse_days(&self) -> i32 {
        amount(self.policy.info_lapse_days)
    }

    /// Days after the notice of a decision in which an appeal may be filed.
    async fn appeal_days(&self) -> i32 {
        amount(self.policy.appeal_days)
    }

    /// Business days in which a suspension is looked at again.
    async fn suspension_review_business_days(&self) -> i32 {
        amount(self.policy.suspension_review_business_days)
    }

    /// Days for which the signature under an attestation holds.
    async fn attestation_days(&self) -> i32 {
        amount(self.policy.attestation_days)
    }

    /// The same where every place of the attestation lies in Illinois.
    async fn attestation_days_illinois(&self) -> i32 {
        amount(self.policy.attestation_days_illinois)
    }

    /// How many attestations in a hundred are looked at by chance.
    async fn sample_percent(&self) -> i32 {
        amount(self.policy.sample_percent)
    }

    /// Business days in which a change is published and a report answered.
    async fn publish_business_days(&self) -> i32 {
        amount(self.policy.publish_business_days)
    }

    /// Business days in which a claim is taken up: its code is read out or posted, or its evidence looked at.
    async fn claim_business_days(&self) -> i32 {
        amount(self.policy.claim_business_days)
    }

    /// A claim's code that was read out over the telephone holds for this many hours.
    async fn claim_call_code_hours(&self) -> i32 {
        amount(self.policy.claim_call_code_hours)
    }

    /// A claim's code that was posted holds for this many days.
    async fn claim_letter_code_days(&self) -> i32 {
        amount(self.policy.claim_letter_code_days)
    }

    /// Wrong codes that one may enter before a claim's code is worth nothing.
    async fn claim_code_attempts(&self) -> i32 {
        amount(self.policy.claim_code_attempts)
    }

    /// Days in which a request that an entry goes is decided.
    async fn removal_days(&self) -> i32 {
        amount(self.policy.removal_days)
    }
}
