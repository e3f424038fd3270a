use chrono::NaiveDate;

use super::day_after;
use crate::eligibility::ReasonOutcome;
use crate::eligibility::case::Case;
use crate::screening::{ExclusionList, ScreeningFinding};
use crate::time::{Day, days_after};

/// What the lists of excluded people say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExclusionFinding {
    /// Confirmed to be excluded.
    Excluded(ExclusionList),
    /// A match waits for review. In public: "a check is unfinished".
    Held,
    /// Screened lately, and nothing stands.
    Clear {
        /// When.
        screened_on: NaiveDate,
        /// The day through which no new screening is due.
        due_on: NaiveDate,
        /// The last day on which the screening counts.
        until: NaiveDate,
    },
    /// Screened too long ago.
    Overdue {
        /// When.
        screened_on: NaiveDate,
    },
    /// Never screened.
    NeverScreened,
}

impl ExclusionFinding {
    pub(super) const fn outcome(&self) -> ReasonOutcome {
        match self {
            Self::Clear { .. } => ReasonOutcome::Pass,
            Self::Excluded(_) => ReasonOutcome::Fail,
            Self::Held | Self::Overdue { .. } | Self::NeverScreened => ReasonOutcome::Unknown,
        }
    }

    pub(super) const fn due_on(&self) -> Option<NaiveDate> {
        match self {
            Self::Clear { until, .. } => Some(*until),
            Self::Excluded(_) | Self::Held | Self::Overdue { .. } | Self::NeverScreened => None,
        }
    }
}

pub(super) fn find(case: &Case<'_>, day: Day) -> ExclusionFinding {
    let place = case.practice.jurisdiction();
    let screening = &case.provider.screening;
    match screening.finding(day.evidence_on(), case.zone, place) {
        ScreeningFinding::Excluded(list) => ExclusionFinding::Excluded(list),
        ScreeningFinding::Held => ExclusionFinding::Held,
        ScreeningFinding::Never => ExclusionFinding::NeverScreened,
        ScreeningFinding::Clear { screened_on } => {
            let policy = &case.rules.policy;
            let until = days_after(screened_on, policy.screening_overdue_days);
            if until < day.evidence_on() {
                ExclusionFinding::Overdue { screened_on }
            } else {
                ExclusionFinding::Clear {
                    screened_on,
                    due_on: days_after(screened_on, policy.screening_due_days),
                    until,
                }
            }
        }
    }
}

pub(super) fn days(case: &Case<'_>, days: &mut Vec<NaiveDate>) {
    let screening = &case.provider.screening;
    for at in &screening.screened_at {
        let on = case.local(*at);
        let until = days_after(on, case.rules.policy.screening_overdue_days);
        days.extend([on, day_after(until)]);
    }
    let changes = screening.matches.iter().flat_map(|found| &found.history);
    days.extend(changes.map(|change| case.local(change.at)));
}
