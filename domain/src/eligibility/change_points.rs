use chrono::NaiveDate;

use super::case::Case;
use super::{ListingOutcome, ListingReasonCode, Rulebook, reason};
use crate::provider::{Practice, Provider};
use crate::time::Day;

/// The outcome of a listing on every past day and today, as the few days on which it changes.
///
/// It also tells what becomes of a listing as the clock rolls on and nothing new happens: checks
/// age, licences end, scheduled law begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangePoints(Vec<(NaiveDate, ListingOutcome)>);

impl ChangePoints {
    /// The outcome on a day that is not to come; `NOT_LISTED` before the first change.
    pub fn on(&self, day: NaiveDate) -> ListingOutcome {
        match self.0.partition_point(|(from, _)| *from <= day) {
            0 => ListingOutcome::NotListed,
            after => self.0[after - 1].1,
        }
    }

    /// The first days of each outcome, oldest first; no two neighbours have the same.
    pub fn iter(&self) -> impl Iterator<Item = (NaiveDate, ListingOutcome)> {
        self.0.iter().copied()
    }
}

/// Works out the days on which the outcome changes.
///
/// Every reason is looked at only on the days on which it can itself change; the listing is the
/// least of what the eight allow, so its changes are among theirs.
pub fn change_points(
    provider: &Provider,
    practice: Practice<'_>,
    rules: &Rulebook,
) -> ChangePoints {
    let case = Case::new(provider, practice, rules);
    let mut days = Vec::new();
    let mut whole = vec![(NaiveDate::MIN, ListingOutcome::Verified)];
    for code in ListingReasonCode::ALL {
        days.clear();
        days.push(NaiveDate::MIN);
        reason::days(*code, &case, &mut days);
        days.sort_unstable();
        days.dedup();
        let steps = days
            .iter()
            .map(|day| (*day, reason::find(*code, &case, Day::at(*day)).allows()));
        whole = least(&whole, &changes(steps));
    }
    ChangePoints(whole)
}

/// The steps at which something changes.
fn changes(
    steps: impl Iterator<Item = (NaiveDate, ListingOutcome)>,
) -> Vec<(NaiveDate, ListingOutcome)> {
    let mut kept: Vec<(NaiveDate, ListingOutcome)> = Vec::new();
    for (day, outcome) in steps {
        if kept.last().is_none_or(|(_, before)| *before != outcome) {
            kept.push((day, outcome));
        }
    }
    kept
}

/// The lower of two step functions that both begin on the first day there is.
fn least(
    one: &[(NaiveDate, ListingOutcome)],
    two: &[(NaiveDate, ListingOutcome)],
) -> Vec<(NaiveDate, ListingOutcome)> {
    let mut days: Vec<_> = one.iter().chain(two).map(|(day, _)| *day).collect();
    days.sort_unstable();
    days.dedup();
    let at = |steps: &[(NaiveDate, ListingOutcome)], day| {
        let after = steps.partition_point(|(from, _)| *from <= day);
        steps[after - 1].1
    };
    changes(
        days.into_iter()
            .map(|day| (day, at(one, day).min(at(two, day)))),
    )
}
