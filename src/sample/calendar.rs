//! Days and instants counted back from the clock.

use chrono::{DateTime, Days, NaiveDate, SubsecRound, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::time::local_day;

use super::dice::Dice;

/// The clock at which the sample was asked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    now: DateTime<Utc>,
}

impl Calendar {
    /// Whole seconds, which every store keeps as they are.
    pub(super) fn new(now: DateTime<Utc>) -> Self {
        Self {
            now: now.trunc_subsecs(0),
        }
    }

    /// An instant so many days ago, at some time of the day before that hour.
    pub(super) fn instant(self, dice: &mut Dice, days_ago: u32) -> DateTime<Utc> {
        self.at(days_ago) - TimeDelta::minutes(i64::from(dice.between(1, 23 * 60)))
    }

    /// Exactly so many days ago.
    pub(super) fn at(self, days_ago: u32) -> DateTime<Utc> {
        self.now - TimeDelta::days(i64::from(days_ago))
    }

    /// The day so many days ago, see [`Calendar::day_of`].
    pub(super) fn day(self, days_ago: u32) -> NaiveDate {
        Self::day_of(self.at(days_ago))
    }

    /// The day so many days from now.
    pub(super) fn day_ahead(self, days: u32) -> NaiveDate {
        self.day(0) + Days::new(u64::from(days))
    }

    /// The day of an instant where the day begins last, in American Samoa: whatever is dated so lies in
    /// the future nowhere in the United States.
    pub(super) fn day_of(at: DateTime<Utc>) -> NaiveDate {
        local_day(at, Tz::Pacific__Pago_Pago)
    }
}
