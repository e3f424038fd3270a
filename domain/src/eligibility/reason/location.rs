use chrono::NaiveDate;

use super::day_after;
use crate::eligibility::ReasonOutcome;
use crate::eligibility::case::Case;
use crate::time::{Day, days_after};

/// Whether the person is known to work at the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocationFinding {
    /// Confirmed lately.
    Confirmed {
        /// When.
        on: NaiveDate,
        /// The last day on which that counts.
        until: NaiveDate,
    },
    /// Confirmed too long ago.
    Old {
        /// When.
        on: NaiveDate,
    },
    /// Nobody ever confirmed it.
    NeverConfirmed,
    /// No place of practice is on file.
    NoPlace,
}

impl LocationFinding {
    pub(super) const fn outcome(&self) -> ReasonOutcome {
        match self {
            Self::Confirmed { .. } => ReasonOutcome::Pass,
            Self::Old { .. } | Self::NeverConfirmed | Self::NoPlace => ReasonOutcome::Unknown,
        }
    }

    pub(super) const fn due_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Confirmed { until, .. } => Some(*until),
            Self::Old { .. } | Self::NeverConfirmed | Self::NoPlace => None,
        }
    }
}

pub(super) fn find(case: &Case<'_>, day: Day) -> LocationFinding {
    let Some(location) = case.practice.location else {
        return LocationFinding::NoPlace;
    };
    let latest = location
        .last_confirmed(day.evidence_on())
        .map(|at| case.local(at));
    match latest {
        None => LocationFinding::NeverConfirmed,
        Some(on) => {
            let until = days_after(on, case.rules.policy.location_confirmed_days);
            if until < day.evidence_on() {
                LocationFinding::Old { on }
            } else {
                LocationFinding::Confirmed { on, until }
            }
        }
    }
}

pub(super) fn days(case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    let Some(location) = case.practice.location else {
        return;
    };
    for at in &location.confirmed_at {
        let on = case.local(*at);
        let until = days_after(on, case.rules.policy.location_confirmed_days);
        days.extend([on, day_after(until)]);
    }
    days.extend(location.moved_at.iter().map(|at| case.local(*at)));
}
