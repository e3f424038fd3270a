//! What a credential says of itself: the document that people sign for and decide about.
//!
//! A content is a plain record of what is printed on a paper, whole and in the paper's own words. It
//! knows nothing of whether any of it is true: that is a case's to find out, and a standing's to say.
//! Its fields serialise under the names by which checks and requests for information call them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::credential::CredentialKind;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;
use crate::training::TrainingHours;

codes! {
    /// How a course ended, as its certificate says.
    pub enum AssessmentResult("assessment result") {
        /// A written examination was passed.
        PassedWritten = "PASSED_WRITTEN",
        /// A practical examination was passed.
        PassedPractical = "PASSED_PRACTICAL",
        /// Both were.
        PassedBoth = "PASSED_BOTH",
        /// Nobody was examined.
        AttendanceOnly = "ATTENDANCE_ONLY",
        /// It was not passed.
        Failed = "FAILED",
        /// The certificate does not say.
        Unknown = "UNKNOWN",
    }
}

/// Everything that a credential says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Content {
    /// What it is.
    pub kind: CredentialKind,
    /// Its title as printed.
    pub title: Box<str>,
    /// The holder's name as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder_name: Option<Box<str>>,
    /// Who issued it.
    pub issuer: NamedIssuer,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Box<str>>,
    /// What it proves, by the name that requirements use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub names: Option<Box<str>>,
    /// The state whose endorsement or permit it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub jurisdiction: Option<Jurisdiction>,
    /// The profession it was given for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discipline: Option<Discipline>,
    /// The number of sessions of a log, or of a training's supervised practice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sessions: Option<u32>,
    /// First day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_on: Option<NaiveDate>,
    /// The day on which the work for it began: the first session of a log. A training has its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_on: Option<NaiveDate>,
    /// The day on which the work for it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<NaiveDate>,
    /// Last day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_on: Option<NaiveDate>,
    /// What only a dry-needling training says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub training: Option<TrainingContent>,
}

/// An issuer, and the name under which the paper was issued.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NamedIssuer {
    /// The issuer's stored number.
    pub id: i64,
    /// The name as the paper prints it, which may be one that the issuer no longer bears.
    pub named: Box<str>,
}

/// What only a dry-needling training says.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TrainingContent {
    /// The course's code: "DN-1".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course_code: Option<Box<str>>,
    /// Its level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<Box<str>>,
    /// The year of the edition that was taught.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edition_year: Option<i32>,
    /// First day of the course.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started_on: Option<NaiveDate>,
    /// Minutes by mode.
    pub hours: ContentHours,
    /// Minutes of theory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theory_minutes: Option<u32>,
    /// Minutes of practical work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub practical_minutes: Option<u32>,
    /// Minutes taken after the entry-level degree.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub postgraduate_minutes: Option<u32>,
    /// Regions of the body that were taught.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub body_regions: Vec<Box<str>>,
    /// How it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assessment: Option<AssessmentResult>,
    /// Who taught it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub instructors: Vec<Instructor>,
    /// Bodies that approved the course.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub approvals: Vec<Approval>,
    /// Where it was taught, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Box<str>>,
    /// The state in whose time zone its days are read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place_jurisdiction: Option<Jurisdiction>,
    /// The number of its certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_number: Option<Box<str>>,
}

/// Whole minutes by mode.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ContentHours {
    /// Taught in one room.
    pub in_person_minutes: u32,
    /// Taught live over a line.
    pub live_online_minutes: u32,
    /// Read or watched alone.
    pub self_paced_minutes: u32,
    /// Done on patients under supervision.
    pub supervised_clinical_minutes: u32,
}

/// Somebody who taught.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Instructor {
    /// Their name as printed.
    pub name: Box<str>,
    /// Their licence as printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub license: Option<Box<str>>,
}

/// A body's approval of a course.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Approval {
    /// Who approved it.
    pub body: Box<str>,
    /// Its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<Box<str>>,
    /// First day on which it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// Last day on which it held.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
}

impl From<ContentHours> for TrainingHours {
    fn from(hours: ContentHours) -> Self {
        Self {
            in_person_minutes: hours.in_person_minutes,
            live_online_minutes: hours.live_online_minutes,
            self_paced_minutes: hours.self_paced_minutes,
            supervised_clinical_minutes: hours.supervised_clinical_minutes,
        }
    }
}

impl ContentHours {
    /// All modes together; `None` where no number holds the sum.
    pub fn total_minutes(&self) -> Option<u32> {
        self.in_person_minutes
            .checked_add(self.live_online_minutes)?
            .checked_add(self.self_paced_minutes)?
            .checked_add(self.supervised_clinical_minutes)
    }
}

impl Content {
    /// The day by which its issuer is known and trusted: of issue, else of completion.
    pub fn paper_day(&self) -> Option<NaiveDate> {
        self.issued_on.or(self.completed_on)
    }

    /// The fields that a paper of its kind cannot do without and that are not filled in, by name.
    ///
    /// A training says how long it took and when it ended, an endorsement or permit whose it is and
    /// since when, a log how many sessions it holds and from when to when, an examination or a proof what it proves.
    pub fn missing(&self) -> Vec<&'static str> {
        let mut missing = Vec::new();
        let mut want = |field, there: bool| {
            if !there {
                missing.push(field);
            }
        };
        want("title", !self.title.trim().is_empty());
        match self.kind {
            CredentialKind::DryNeedlingTraining => {
                let training = self.training.as_ref();
                let total = training.and_then(|training| training.hours.total_minutes());
                want("hours", total.is_some_and(|minutes| minutes > 0));
                want("completedOn", self.completed_on.is_some());
            }
            CredentialKind::StateEndorsement | CredentialKind::StatePermit => {
                want("jurisdiction", self.jurisdiction.is_some());
                want("issuedOn", self.issued_on.is_some());
            }
            CredentialKind::SupervisedSessionsLog => {
                want("sessions", self.sessions.is_some_and(|count| count > 0));
                want("startedOn", self.started_on.is_some());
                want("completedOn", self.completed_on.is_some());
            }
            CredentialKind::ExamResult | CredentialKind::RequirementProof => {
                want("names", self.names.is_some());
                want("completedOn", self.completed_on.is_some());
            }
            CredentialKind::Degree
            | CredentialKind::NationalCertification
            | CredentialKind::CleanNeedleTechnique
            | CredentialKind::BloodbornePathogens => {
                want(
                    "completedOn",
                    self.completed_on.is_some() || self.issued_on.is_some(),
                );
            }
        }
        missing
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_content(kind: CredentialKind) -> Content {
        Content {
            kind,
            title: "A paper of examples".into(),
            holder_name: None,
            issuer: NamedIssuer {
                id: 1,
                named: "A school of examples".into(),
            },
            number: None,
            names: None,
            jurisdiction: None,
            discipline: None,
            sessions: None,
            issued_on: None,
            started_on: None,
            completed_on: None,
            expires_on: None,
            training: None,
        }
    }

    #[test]
    fn a_training_without_hours_or_an_end_is_not_complete() {
        let mut content = a_content(CredentialKind::DryNeedlingTraining);
        assert_eq!(content.missing(), ["hours", "completedOn"]);
        content.completed_on = NaiveDate::from_ymd_opt(2026, 1, 2);
        content.training = Some(TrainingContent {
            hours: ContentHours {
                in_person_minutes: 1_650,
                ..ContentHours::default()
            },
            ..TrainingContent::default()
        });
        assert!(content.missing().is_empty());
    }

    #[test]
    fn hours_that_no_number_holds_are_no_hours() {
        let hours = ContentHours {
            in_person_minutes: u32::MAX,
            self_paced_minutes: 1,
            ..ContentHours::default()
        };
        assert_eq!(hours.total_minutes(), None);
    }

    #[test]
    fn every_kind_wants_something_beside_its_title() {
        for kind in CredentialKind::ALL {
            assert!(!a_content(*kind).missing().is_empty(), "{kind}");
        }
    }
}
