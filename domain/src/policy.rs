//! The directory's own choices, as values: what the law leaves open.

use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::needle::policy::AttestationPolicy;

codes! {
    /// What happens to a person whose state's law says neither yes nor no.
    pub enum SilentScope("silent scope policy") {
        /// Shown with the words "state law does not say".
        Show = "SHOW",
        /// Not VERIFIED there.
        Withhold = "WITHHOLD",
    }
}

codes! {
    /// How many people a decision that raises trust takes.
    pub enum ReviewPolicy("review policy") {
        /// One verifies, another approves.
        FourEyes = "FOUR_EYES",
        /// One verifier may do both, for first verifications, revalidations and corrections. Told
        /// to the public as "checked by one reviewer".
        SingleReviewer = "SINGLE_REVIEWER",
    }
}

/// One version of the directory's policy. Ages are whole days, counted in the zone of the place.
///
/// An age is reached at the end of its last day: a check of 1 November with an age of 30 days counts
/// through 1 December. Nothing here is law; what the law says is in [`crate::scope`]. A version that
/// was stored before a choice existed reads with the choice's default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Policy {
    /// Counts up with every change.
    pub version: u32,
    /// What SILENT law means for a listing.
    pub silent_scope: SilentScope,
    /// A licence check counts through this many days after its source's as-of day.
    pub license_check_days: u32,
    /// A screening is due again after this many days.
    pub screening_due_days: u32,
    /// A screening older than this is overdue and proves nothing.
    pub screening_overdue_days: u32,
    /// A location counts as confirmed through this many days.
    pub location_confirmed_days: u32,
    /// A verification of a credential counts through this many months.
    pub revalidation_months: u32,
    /// A scope rule whose source is older than this many days is flagged; its status is kept.
    #[serde(default = "default::scope_source_days")]
    pub scope_source_days: u32,
    /// How many people a decision takes.
    #[serde(default = "default::review")]
    pub review: ReviewPolicy,
    /// Does the directory verify for others (a credentials verification organization)? Then the
    /// shorter age of checks holds.
    #[serde(default)]
    pub cvo: bool,
    /// At a decision, a check with a source may be this many days old.
    #[serde(default = "default::psv_days")]
    pub psv_days: u32,
    /// The same for a credentials verification organization.
    #[serde(default = "default::cvo_psv_days")]
    pub cvo_psv_days: u32,
    /// A revalidation decided more than this many days late takes every check of a first
    /// verification.
    #[serde(default = "default::late_revalidation_days")]
    pub late_revalidation_days: u32,
    /// A verifier holds a case for this many hours.
    #[serde(default = "default::lease_hours")]
    pub lease_hours: u32,
    /// Days in which the person is told of a decision.
    #[serde(default = "default::notice_days")]
    pub notice_days: u32,
    /// Days that a person has to bring what was asked for.
    #[serde(default = "default::info_request_days")]
    pub info_request_days: u32,
    /// Days after that in which the case lapses.
    #[serde(default = "default::info_lapse_days")]
    pub info_lapse_days: u32,
    /// Days after the notice of a decision in which an appeal may be filed.
    #[serde(default = "default::appeal_days")]
    pub appeal_days: u32,
    /// Business days in which a suspension is looked at again.
    #[serde(default = "default::suspension_review_business_days")]
    pub suspension_review_business_days: u32,
    /// Days for which the signature under an attestation holds.
    #[serde(default = "default::attestation_days")]
    pub attestation_days: u32,
    /// The same where every place of the attestation lies in Illinois.
    #[serde(default = "default::attestation_days_illinois")]
    pub attestation_days_illinois: u32,
    /// How many attestations in a hundred are looked at by chance.
    #[serde(default = "default::sample_percent")]
    pub sample_percent: u32,
    /// Business days in which a change is published.
    #[serde(default = "default::publish_business_days")]
    pub publish_business_days: u32,
    /// Business days in which a claim is taken up: its code is read out or posted, or its evidence
    /// looked at.
    #[serde(default = "default::claim_business_days")]
    pub claim_business_days: u32,
    /// A claim's code that was read out over the telephone holds for this many hours.
    #[serde(default = "default::claim_call_code_hours")]
    pub claim_call_code_hours: u32,
    /// A claim's code that was posted holds for this many days.
    #[serde(default = "default::claim_letter_code_days")]
    pub claim_letter_code_days: u32,
    /// Wrong codes that one may enter before a claim's code is worth nothing.
    #[serde(default = "default::claim_code_attempts")]
    pub claim_code_attempts: u32,
    /// Days in which a request that an entry goes is decided.
    #[serde(default = "default::removal_days")]
    pub removal_days: u32,
}

/// Why a policy is not accepted: the field as the API spells it, and the reason.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {reason}")]
pub struct InvalidPolicy {
    /// The field as the API spells it: `psvDays`.
    pub field: &'static str,
    /// What is wrong with it.
    pub reason: String,
}

impl Policy {
    /// How old a check with a source may be at a decision.
    pub const fn psv_age_days(&self) -> u32 {
        if self.cvo {
            self.cvo_psv_days
        } else {
            self.psv_days
        }
    }

    /// What it says of attestations.
    pub const fn attestation(&self) -> AttestationPolicy {
        AttestationPolicy {
            signature_days: self.attestation_days,
            signature_days_illinois: self.attestation_days_illinois,
            sample_percent: self.sample_percent,
            appeal_days: self.appeal_days,
        }
    }

    /// Is every choice within the range in which it makes sense?
    pub fn validate(&self) -> Result<(), InvalidPolicy> {
        for (field, value, (least, most)) in self.amounts() {
            if !(least..=most).contains(&value) {
                return Err(InvalidPolicy {
                    field,
                    reason: format!("must be from {least} to {most}, not {value}"),
                });
            }
        }
        let (due, overdue) = (self.screening_due_days, self.screening_overdue_days);
        if overdue < due {
            return Err(InvalidPolicy {
                field: "screeningOverdueDays",
                reason: format!("must not be less than screeningDueDays, which is {due}"),
            });
        }
        if self.cvo_psv_days > self.psv_days {
            return Err(InvalidPolicy {
                field: "cvoPsvDays",
                reason: format!("must not be more than psvDays, which is {}", self.psv_days),
            });
        }
        Ok(())
    }

    /// Every amount with its range. No age is longer than five years: what never ends is no policy.
    const fn amounts(&self) -> [(&'static str, u32, (u32, u32)); 25] {
        const AGE: (u32, u32) = (1, 1826);
        const TERM: (u32, u32) = (1, 365);
        [
            ("licenseCheckDays", self.license_check_days, AGE),
            ("screeningDueDays", self.screening_due_days, TERM),
            ("screeningOverdueDays", self.screening_overdue_days, TERM),
            ("locationConfirmedDays", self.location_confirmed_days, AGE),
            ("revalidationMonths", self.revalidation_months, (1, 60)),
            ("scopeSourceDays", self.scope_source_days, AGE),
            ("psvDays", self.psv_days, TERM),
            ("cvoPsvDays", self.cvo_psv_days, TERM),
            (
                "lateRevalidationDays",
                self.late_revalidation_days,
                (0, 365),
            ),
            ("leaseHours", self.lease_hours, (1, 72)),
            ("noticeDays", self.notice_days, TERM),
            ("infoRequestDays", self.info_request_days, TERM),
            ("infoLapseDays", self.info_lapse_days, (0, 365)),
            ("appealDays", self.appeal_days, TERM),
            (
                "suspensionReviewBusinessDays",
                self.suspension_review_business_days,
                (1, 60),
            ),
            ("attestationDays", self.attestation_days, TERM),
            (
                "attestationDaysIllinois",
                self.attestation_days_illinois,
                TERM,
            ),
            ("samplePercent", self.sample_percent, (0, 100)),
            ("publishBusinessDays", self.publish_business_days, (1, 30)),
            ("claimBusinessDays", self.claim_business_days, (1, 30)),
            ("claimCallCodeHours", self.claim_call_code_hours, (1, 24)),
            ("claimLetterCodeDays", self.claim_letter_code_days, (1, 60)),
            // Of 2^40 codes, twenty guesses are none.
            ("claimCodeAttempts", self.claim_code_attempts, (1, 20)),
            // Cal. Civ. Code 1798.130(a)(2): 45 days.
            ("removalDays", self.removal_days, (1, 45)),
            ("version", self.version, (1, u32::MAX)),
        ]
    }
}

impl Default for Policy {
    /// NCQA's monthly monitoring, age of checks, notice and 36 months between credentialings (2025),
    /// the No Surprises Act's 90 and 2 business days (s. 116), and CAQH's cadence of attestations.
    fn default() -> Self {
        Self {
            version: 1,
            silent_scope: SilentScope::Show,
            license_check_days: 30,
            screening_due_days: 30,
            screening_overdue_days: 35,
            location_confirmed_days: 90,
            revalidation_months: 36,
            scope_source_days: default::scope_source_days(),
            review: default::review(),
            cvo: false,
            psv_days: default::psv_days(),
            cvo_psv_days: default::cvo_psv_days(),
            late_revalidation_days: default::late_revalidation_days(),
            lease_hours: default::lease_hours(),
            notice_days: default::notice_days(),
            info_request_days: default::info_request_days(),
            info_lapse_days: default::info_lapse_days(),
            appeal_days: default::appeal_days(),
            suspension_review_business_days: default::suspension_review_business_days(),
            attestation_days: default::attestation_days(),
            attestation_days_illinois: default::attestation_days_illinois(),
            sample_percent: default::sample_percent(),
            publish_business_days: default::publish_business_days(),
            claim_business_days: default::claim_business_days(),
            claim_call_code_hours: default::claim_call_code_hours(),
            claim_letter_code_days: default::claim_letter_code_days(),
            claim_code_attempts: default::claim_code_attempts(),
            removal_days: default::removal_days(),
        }
    }
}

/// What a stored version without the choice reads as.
mod default {
    use super::ReviewPolicy;

    /// A year: the same rules are looked at again at least once a year.
    pub(super) const fn scope_source_days() -> u32 {
        365
    }

    pub(super) const fn review() -> ReviewPolicy {
        ReviewPolicy::FourEyes
    }

    /// NCQA, files processed on or after 1 July 2025.
    pub(super) const fn psv_days() -> u32 {
        120
    }

    /// NCQA's certification of credentials verification organizations, from the same day.
    pub(super) const fn cvo_psv_days() -> u32 {
        90
    }

    /// NCQA: without a grace, but finished within 30 days or begun again.
    pub(super) const fn late_revalidation_days() -> u32 {
        30
    }

    /// A working day.
    pub(super) const fn lease_hours() -> u32 {
        8
    }

    /// NCQA, 2025.
    pub(super) const fn notice_days() -> u32 {
        30
    }

    pub(super) const fn info_request_days() -> u32 {
        30
    }

    pub(super) const fn info_lapse_days() -> u32 {
        30
    }

    pub(super) const fn appeal_days() -> u32 {
        30
    }

    pub(super) const fn suspension_review_business_days() -> u32 {
        10
    }

    /// CAQH's attestation cadence.
    pub(super) const fn attestation_days() -> u32 {
        120
    }

    /// CAQH's attestation cadence in Illinois.
    pub(super) const fn attestation_days_illinois() -> u32 {
        180
    }

    pub(super) const fn sample_percent() -> u32 {
        10
    }

    /// No Surprises Act, s. 116.
    pub(super) const fn publish_business_days() -> u32 {
        2
    }

    /// As fast as a change is published.
    pub(super) const fn claim_business_days() -> u32 {
        2
    }

    /// A call is now.
    pub(super) const fn claim_call_code_hours() -> u32 {
        1
    }

    /// A letter takes the post's time.
    pub(super) const fn claim_letter_code_days() -> u32 {
        21
    }

    pub(super) const fn claim_code_attempts() -> u32 {
        6
    }

    /// The shortest term that a state's privacy law gives (45 days, Cal. Civ. Code 1798.130), less
    /// the time that the post takes.
    pub(super) const fn removal_days() -> u32 {
        30
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_policy_is_valid() {
        assert_eq!(Policy::default().validate(), Ok(()));
        assert_eq!(
            Policy::default().attestation(),
            AttestationPolicy::default()
        );
    }

    #[test]
    fn a_choice_out_of_its_range_is_refused_by_its_name() {
        #[track_caller]
        fn check(spoil: impl FnOnce(&mut Policy), field: &str) {
            let mut policy = Policy::default();
            spoil(&mut policy);
            assert_eq!(policy.validate().unwrap_err().field, field);
        }
        check(|policy| policy.psv_days = 0, "psvDays");
        check(|policy| policy.psv_days = 366, "psvDays");
        check(|policy| policy.cvo_psv_days = 121, "cvoPsvDays");
        check(|policy| policy.sample_percent = 101, "samplePercent");
        check(
            |policy| policy.screening_overdue_days = 29,
            "screeningOverdueDays",
        );
        check(|policy| policy.lease_hours = 73, "leaseHours");
        check(|policy| policy.version = 0, "version");
    }

    #[test]
    fn every_amount_has_a_range() {
        let json = serde_json::to_value(Policy::default()).unwrap();
        let amounts = json.as_object().unwrap().iter();
        let amounts = amounts.filter(|(field, value)| value.is_u64() && *field != "version");
        for (field, _) in amounts {
            let mut spoilt = json.clone();
            spoilt[field] = u32::MAX.into();
            let spoilt: Policy = serde_json::from_value(spoilt).unwrap();
            assert_eq!(spoilt.validate().unwrap_err().field, field);
        }
    }

    #[test]
    fn a_version_from_before_a_choice_existed_reads_with_its_default() {
        let first = r#"{"version":1,"silentScope":"SHOW","licenseCheckDays":30,
            "screeningDueDays":30,"screeningOverdueDays":35,"locationConfirmedDays":90,
            "revalidationMonths":36}"#;
        let read: Policy = serde_json::from_str(first).unwrap();
        assert_eq!(read, Policy::default());
        // What it always had is not made up, and what nobody knows is not passed over.
        let without = first.replace(r#""licenseCheckDays":30,"#, "");
        assert!(serde_json::from_str::<Policy>(&without).is_err());
        let unknown = first.replace("licenseCheckDays", "licenceCheckDays");
        assert!(serde_json::from_str::<Policy>(&unknown).is_err());
    }

    #[test]
    fn a_credentials_verification_organization_has_the_shorter_age() {
        let policy = |cvo| Policy {
            cvo,
            ..Policy::default()
        };
        assert_eq!(policy(false).psv_age_days(), 120);
        assert_eq!(policy(true).psv_age_days(), 90);
    }
}
