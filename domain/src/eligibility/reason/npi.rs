use chrono::NaiveDate;

use crate::eligibility::ReasonOutcome;
use crate::eligibility::case::Case;
use crate::npi::Npi;
use crate::provider::NpiStatus;
use crate::time::Day;

/// What the registry says of the NPI.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NpiFinding {
    /// In use since that day.
    Active {
        /// The day.
        since: NaiveDate,
    },
    /// Deactivated since that day.
    Deactivated {
        /// The day.
        since: NaiveDate,
        /// The NPI that replaced it.
        replaced_by: Option<Npi>,
    },
    /// Not seen in the registry by that day.
    NeverSeen,
}

impl NpiFinding {
    pub(super) const fn outcome(&self) -> ReasonOutcome {
        match self {
            Self::Active { .. } => ReasonOutcome::Pass,
            Self::Deactivated { .. } => ReasonOutcome::Fail,
            Self::NeverSeen => ReasonOutcome::Unknown,
        }
    }
}

pub(super) fn find(case: &Case<'_>, day: Day) -> NpiFinding {
    match case.provider.npi_status(day.evidence_on()) {
        None => NpiFinding::NeverSeen,
        Some(change) => match change.status {
            NpiStatus::Active => NpiFinding::Active { since: change.from },
            NpiStatus::Deactivated => NpiFinding::Deactivated {
                since: change.from,
                replaced_by: case.provider.replaced_by,
            },
        },
    }
}

pub(super) fn days(case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    days.extend(case.provider.npi_history.iter().map(|change| change.from));
}
