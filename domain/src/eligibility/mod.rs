//! May this person be listed for dry needling, here, under this licence, on this day — and why?
//!
//! Eight reasons are judged, each PASS, FAIL or UNKNOWN. `NOT_LISTED` follows from a FAIL of `NPI_ACTIVE`,
//! LICENSE, EXCLUSION, STANDING or SCOPE; VERIFIED from eight times PASS (SCOPE may be UNKNOWN where the
//! law is SILENT and the policy shows that); UNVERIFIED is everything else.

//!
//! [`findings`] are facts, one type a reason; [`judge()`] tells them in English and [`outcome`] only
//! what follows. `english` is the only place with words: another language is another such folder.

mod case;
mod change_points;
mod english;
mod judge;
mod reason;

pub use change_points::{ChangePoints, change_points};
pub use judge::{findings, judge, outcome};
pub use reason::{
    ExclusionFinding, Finding, LicenseReasonFinding, LocationFinding, NpiFinding, ScopeFinding,
    StandingFinding, SterilityFinding, TrainingFinding,
};

use chrono::NaiveDate;

use crate::codes::codes;
use crate::license::compact::Compacts;
use crate::policy::Policy;
use crate::scope::ScopeLaw;

codes! {
    /// What a person is shown as. Ordered: a later one is worth more.
    pub enum ListingOutcome("listing outcome") {
        /// Not shown.
        NotListed = "NOT_LISTED",
        /// Shown as "in the federal registry; dry needling not confirmed".
        Unverified = "UNVERIFIED",
        /// Shown as proved.
        Verified = "VERIFIED",
    }
}

codes! {
    /// What was found of one reason.
    pub enum ReasonOutcome("reason outcome") {
        /// Proved.
        Pass = "PASS",
        /// Proved to be otherwise.
        Fail = "FAIL",
        /// Not proved.
        Unknown = "UNKNOWN",
    }
}

codes! {
    /// The checks that decide a listing.
    pub enum ListingReasonCode("listing reason") {
        /// Is the NPI in use?
        NpiActive = "NPI_ACTIVE",
        /// Does the law let the discipline needle here, and are its conditions met?
        Scope = "SCOPE",
        /// Is the licence in force here?
        License = "LICENSE",
        /// Is there a verified dry-needling training?
        Training = "TRAINING",
        /// Is a sterility attestation in force here?
        Sterility = "STERILITY",
        /// Is the person excluded?
        Exclusion = "EXCLUSION",
        /// Is a credential suspended or revoked?
        Standing = "STANDING",
        /// Did somebody confirm lately that the person works here?
        LocationConfirmed = "LOCATION_CONFIRMED",
    }
}

/// The law and the policy by which listings are judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rulebook {
    /// Who may needle where.
    pub scope: ScopeLaw,
    /// Which state takes part how in which compact.
    pub compacts: Compacts,
    /// The directory's own choices.
    pub policy: Policy,
}

/// One check and what it found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingReason {
    /// Which check.
    pub code: ListingReasonCode,
    /// What it found.
    pub outcome: ReasonOutcome,
    /// Why, in a sentence the public may read.
    pub message: String,
    /// The text that decides it.
    pub citation: Option<String>,
    /// The last day on which a PASS holds, or the day on which something ends by itself.
    pub due_on: Option<NaiveDate>,
}

/// What a person is shown as, and the eight checks behind it in the order of their codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Shown as what.
    pub outcome: ListingOutcome,
    /// Why.
    pub reasons: Vec<ListingReason>,
}
