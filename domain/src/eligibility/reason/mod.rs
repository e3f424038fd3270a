//! One file a reason: what is found, how much that allows, and the days on which it can change.
//!
//! Every file has a `find` that looks at one day and a `days` that names every day on which the
//! answer of `find` can differ from the day before. The two change together: a property test holds
//! them to each other.

mod exclusion;
mod license;
mod location;
mod npi;
mod scope;
mod standing;
mod sterility;
mod training;

pub use exclusion::ExclusionFinding;
pub use license::LicenseReasonFinding;
pub use location::LocationFinding;
pub use npi::NpiFinding;
pub use scope::ScopeFinding;
pub use standing::StandingFinding;
pub use sterility::SterilityFinding;
pub use training::TrainingFinding;

use chrono::NaiveDate;

use super::case::Case;
use super::{ListingOutcome, ListingReasonCode, ReasonOutcome};
use crate::time::Day;

/// What was found of one reason, with the facts behind it.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding<'a> {
    /// `NPI_ACTIVE`.
    Npi(NpiFinding),
    /// SCOPE.
    Scope(ScopeFinding<'a>),
    /// LICENSE.
    License(LicenseReasonFinding<'a>),
    /// TRAINING.
    Training(TrainingFinding<'a>),
    /// STERILITY.
    Sterility(SterilityFinding),
    /// EXCLUSION.
    Exclusion(ExclusionFinding),
    /// STANDING.
    Standing(StandingFinding),
    /// `LOCATION_CONFIRMED`.
    Location(LocationFinding),
}

impl Finding<'_> {
    /// PASS, FAIL or UNKNOWN.
    pub fn outcome(&self) -> ReasonOutcome {
        match self {
            Self::Npi(finding) => finding.outcome(),
            Self::Scope(finding) => finding.outcome(),
            Self::License(finding) => finding.outcome(),
            Self::Training(finding) => finding.outcome(),
            Self::Sterility(finding) => finding.outcome(),
            Self::Exclusion(finding) => finding.outcome(),
            Self::Standing(finding) => finding.outcome(),
            Self::Location(finding) => finding.outcome(),
        }
    }

    /// The best that a listing can be with this finding; the listing is the least of its eight.
    pub fn allows(&self) -> ListingOutcome {
        match (self.outcome(), self) {
            (ReasonOutcome::Pass, _) => ListingOutcome::Verified,
            (ReasonOutcome::Fail, _) => ListingOutcome::NotListed,
            (ReasonOutcome::Unknown, Self::Scope(ScopeFinding::Silent { shown: true, .. })) => {
                ListingOutcome::Verified
            }
            (ReasonOutcome::Unknown, _) => ListingOutcome::Unverified,
        }
    }

    /// The last day on which a PASS holds if nothing new happens, or the day on which something ends
    /// by itself.
    pub fn due_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Npi(_) | Self::Standing(_) => None,
            Self::Scope(finding) => finding.due_on(),
            Self::License(finding) => finding.due_on(),
            Self::Training(finding) => finding.due_on(),
            Self::Sterility(finding) => finding.due_on(),
            Self::Exclusion(finding) => finding.due_on(),
            Self::Location(finding) => finding.due_on(),
        }
    }
}

/// Judges one reason on a day.
pub(super) fn find<'a>(code: ListingReasonCode, case: &Case<'a>, day: Day) -> Finding<'a> {
    match code {
        ListingReasonCode::NpiActive => Finding::Npi(npi::find(case, day)),
        ListingReasonCode::Scope => Finding::Scope(scope::find(case, day)),
        ListingReasonCode::License => Finding::License(license::find(case, day)),
        ListingReasonCode::Training => Finding::Training(training::find(case, day)),
        ListingReasonCode::Sterility => Finding::Sterility(sterility::find(case, day)),
        ListingReasonCode::Exclusion => Finding::Exclusion(exclusion::find(case, day)),
        ListingReasonCode::Standing => Finding::Standing(standing::find(case, day)),
        ListingReasonCode::LocationConfirmed => Finding::Location(location::find(case, day)),
    }
}

/// Adds every day on which the reason can be found otherwise than on the day before.
pub(super) fn days(code: ListingReasonCode, case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    match code {
        ListingReasonCode::NpiActive => npi::days(case, days),
        ListingReasonCode::Scope => scope::days(case, days),
        ListingReasonCode::License => license::days(case, days),
        ListingReasonCode::Training => training::days(case, days),
        ListingReasonCode::Sterility => sterility::days(case, days),
        ListingReasonCode::Exclusion => exclusion::days(case, days),
        ListingReasonCode::Standing => standing::days(case, days),
        ListingReasonCode::LocationConfirmed => location::days(case, days),
    }
}

/// The day after the last day of something.
fn day_after(last: NaiveDate) -> NaiveDate {
    last.succ_opt().unwrap_or(NaiveDate::MAX)
}
