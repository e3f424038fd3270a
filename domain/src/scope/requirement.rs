//! What a conditional rule asks for, in closed kinds.

use chrono::NaiveDate;

use super::amount::whole_parts;
use super::rule::Confidence;
use crate::codes::codes;

codes! {
    /// Of whom something is asked.
    pub enum RequirementSubject("requirement subject") {
        /// Of the person: judged.
        Provider = "PROVIDER",
        /// Of the visit: shown, never judged.
        Visit = "VISIT",
    }
}

codes! {
    /// What is asked.
    pub enum RequirementKind("requirement kind") {
        /// Hours of training in all.
        TrainingHoursTotal = "TRAINING_HOURS_TOTAL",
        /// Hours in person, the supervised clinic included.
        TrainingHoursInPerson = "TRAINING_HOURS_IN_PERSON",
        /// Hours of theory.
        TrainingHoursTheory = "TRAINING_HOURS_THEORY",
        /// Hours of practical work.
        TrainingHoursPractical = "TRAINING_HOURS_PRACTICAL",
        /// Hours after the entry-level degree.
        TrainingHoursPostgraduate = "TRAINING_HOURS_POSTGRADUATE",
        /// Hours from which limited practice is allowed; never required.
        InterimHours = "INTERIM_HOURS",
        /// Years from the start to the end of the training.
        CompletionWindowYears = "COMPLETION_WINDOW_YEARS",
        /// Years licensed.
        YearsLicensed = "YEARS_LICENSED",
        /// Another licence beside this one.
        DualLicense = "DUAL_LICENSE",
        /// A degree, or a licence since a day.
        DegreeOrLicensedSince = "DEGREE_OR_LICENSED_SINCE",
        /// A course that a body approved.
        ApprovedCourse = "APPROVED_COURSE",
        /// A passed examination.
        Exam = "EXAM",
        /// The state's endorsement, registration or letter.
        StateEndorsement = "STATE_ENDORSEMENT",
        /// The state's permit or certificate.
        StatePermit = "STATE_PERMIT",
        /// National certification.
        NationalCertification = "NATIONAL_CERTIFICATION",
        /// Sessions under supervision.
        SupervisedSessions = "SUPERVISED_SESSIONS",
        /// The patient's consent.
        Consent = "CONSENT",
        /// A referral.
        Referral = "REFERRAL",
        /// A limit of technique.
        Technique = "TECHNIQUE",
        /// A limit of body region.
        BodyRegion = "BODY_REGION",
        /// No handing over to assistants.
        NoDelegation = "NO_DELEGATION",
        /// A duty to report adverse events.
        AdverseEventReporting = "ADVERSE_EVENT_REPORTING",
        /// Anything else; without a value we do not know what.
        Other = "OTHER",
    }
}

/// One thing that a rule asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Of whom.
    pub subject: RequirementSubject,
    /// What.
    pub kind: RequirementKind,
    /// How much, or which; absent where no text was seen.
    pub value: Option<Box<str>>,
    /// In what unit.
    pub unit: Option<Box<str>>,
    /// Requirements of one non-empty group are alternatives to each other.
    pub alternative_group: Option<Box<str>>,
    /// In our words.
    pub note: Option<Box<str>>,
    /// How sure we are of it.
    pub confidence: Confidence,
}

impl Requirement {
    /// The name that is asked for; `None` where any of the kind will do.
    pub fn name(&self) -> Option<&str> {
        self.value.as_deref().filter(|value| !is_generic(value))
    }

    /// What a [`RequirementProof`](crate::credential::CredentialKind::RequirementProof) of it names:
    /// its value, with the unit where that says more than TEXT ("50 HOURS"), or the kind itself
    /// where the value is a mere yes. `None` where nobody knows what is asked.
    pub fn proof_name(&self) -> Option<String> {
        let value = self.value.as_deref()?;
        if is_generic(value) && self.kind != RequirementKind::Other {
            return Some(self.kind.code().to_owned());
        }
        Some(match self.unit.as_deref() {
            Some(unit) if !unit.eq_ignore_ascii_case("TEXT") => format!("{value} {unit}"),
            Some(_) | None => value.to_owned(),
        })
    }

    /// The value as hours, in whole minutes.
    pub(crate) fn minutes(&self) -> Option<u32> {
        whole_parts(self.value.as_deref()?, 60)
    }

    /// The value as years, in whole months.
    pub(crate) fn months(&self) -> Option<u32> {
        whole_parts(self.value.as_deref()?, 12)
    }

    /// The value as a day; a year alone is its last day.
    pub(crate) fn last_day(&self) -> Option<NaiveDate> {
        let value = self.value.as_deref()?;
        if value.len() == 4 {
            return NaiveDate::from_ymd_opt(value.parse().ok()?, 12, 31);
        }
        NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()
    }

    /// The value as a count.
    pub(crate) fn count(&self) -> Option<u32> {
        whole_parts(self.value.as_deref()?, 1)
    }
}

/// Values that name nothing.
fn is_generic(value: &str) -> bool {
    ["BOARD", "REQUIRED", "YES"]
        .iter()
        .any(|generic| value.eq_ignore_ascii_case(generic))
}
