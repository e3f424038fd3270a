//! Dry-needling training: hours by mode, in whole minutes.

use chrono::NaiveDate;

use crate::credential::Credential;

/// Hours of a training, as whole minutes so that 27.5 hours is 1,650 and sums are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TrainingHours {
    /// Taught in one room.
    pub in_person_minutes: u32,
    /// Taught live over a line.
    pub live_online_minutes: u32,
    /// Read or watched alone.
    pub self_paced_minutes: u32,
    /// Done on patients under supervision.
    pub supervised_clinical_minutes: u32,
}

impl TrainingHours {
    /// All modes together.
    pub const fn total_minutes(&self) -> u32 {
        self.in_person_minutes
            + self.live_online_minutes
            + self.self_paced_minutes
            + self.supervised_clinical_minutes
    }

    /// What rules call in person: the room and the supervised clinic.
    pub const fn face_to_face_minutes(&self) -> u32 {
        self.in_person_minutes + self.supervised_clinical_minutes
    }
}

/// A body's approval of a course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CourseApproval {
    /// Who approved it: "APTA", "FSBPT", "BOC", a board's name.
    pub body: Box<str>,
    /// Its number, where it has one.
    pub number: Option<Box<str>>,
}

/// A dry-needling training on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingCredential {
    /// Title, issuer, dates and standing.
    pub credential: Credential,
    /// First day of the course.
    pub started_on: Option<NaiveDate>,
    /// Minutes by mode.
    pub hours: TrainingHours,
    /// Minutes of theory, where the certificate says so.
    pub theory_minutes: Option<u32>,
    /// Minutes of practical work, where the certificate says so.
    pub practical_minutes: Option<u32>,
    /// Minutes taken after the entry-level degree, where the certificate says so.
    pub postgraduate_minutes: Option<u32>,
    /// Bodies that approved the course.
    pub approvals: Vec<CourseApproval>,
}
