use chrono::NaiveDate;

use super::{ListingOutcome, Rulebook};
use crate::provider::{Practice, Provider};

/// The outcome of a listing on every past day and today, as the few days on which it changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ChangePoints(Vec<(NaiveDate, ListingOutcome)>);

impl ChangePoints {
    /// The outcome on a day that is not to come; NOT_LISTED before the first change.
    pub fn on(&self, day: NaiveDate) -> ListingOutcome {
        match self.0.partition_point(|(from, _)| *from <= day) {
            0 => ListingOutcome::NotListed,
            after => self.0[after - 1].1,
        }
    }
}

/// Works out the days on which the outcome changes.
pub fn change_points(
    provider: &Provider,
    practice: Practice<'_>,
    rules: &Rulebook,
) -> ChangePoints {
    let _ = (provider, practice, rules);
    ChangePoints(vec![(NaiveDate::MIN, ListingOutcome::Unverified)])
}
