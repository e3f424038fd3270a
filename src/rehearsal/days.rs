//! Instants, counted back from the one at which the rehearsal was asked for.

use chrono::{DateTime, Days as Span, NaiveTime, SubsecRound, TimeDelta, Utc};

/// Days through which the made-up people act.
pub(super) const LENGTH: i64 = 170;

/// Office hours begin at this hour of the day in UTC, which is morning in Washington.
const OPENS: NaiveTime = NaiveTime::from_hms_opt(13, 0, 0).expect("one in the afternoon is a time");

/// Minutes of office hours that are used: acts of a day before are over when those of today begin.
pub(super) const OFFICE_MINUTES: i64 = 300;

/// When something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// So many days ago, so many minutes into office hours.
    Day(i64, i64),
    /// So many minutes ago; fewer than 300.
    Minutes(i64),
}

/// The instant of asking, and everything counted back from it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Days {
    now: DateTime<Utc>,
}

impl Days {
    /// Of a rehearsal that is asked for now. Whole seconds, which every store keeps as they are.
    pub(super) fn of(now: DateTime<Utc>) -> Self {
        Self {
            now: now.trunc_subsecs(0),
        }
    }

    /// Of one that began then.
    pub(super) fn begun_at(began: DateTime<Utc>) -> Self {
        Self::of(began + TimeDelta::days(LENGTH))
    }

    /// The first instant.
    pub(super) fn begin(self) -> DateTime<Utc> {
        self.now - TimeDelta::days(LENGTH)
    }

    /// The last one: when it was asked for.
    pub(super) const fn end(self) -> DateTime<Utc> {
        self.now
    }

    /// When something is done.
    pub(super) fn at(self, when: When) -> DateTime<Utc> {
        match when {
            When::Day(days, minute) => {
                let day = self.now.date_naive();
                let day = u64::try_from(days)
                    .ok()
                    .and_then(|days| day.checked_sub_days(Span::new(days)))
                    .unwrap_or(day);
                day.and_time(OPENS).and_utc() + TimeDelta::minutes(minute)
            }
            When::Minutes(minutes) => self.now - TimeDelta::minutes(minutes),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_done_yesterday_is_over_when_the_acts_of_today_begin() {
        for now in ["2026-11-21T00:00:01Z", "2026-11-21T23:59:59Z"] {
            let days = Days::of(now.parse().unwrap());
            let yesterday = days.at(When::Day(1, OFFICE_MINUTES));
            assert!(
                yesterday < days.at(When::Minutes(OFFICE_MINUTES - 1)),
                "{now}"
            );
            assert!(days.begin() < days.at(When::Day(LENGTH - 1, 0)), "{now}");
        }
    }

    #[test]
    fn a_rehearsal_that_goes_on_has_the_days_that_it_began_with() {
        let days = Days::of("2026-11-21T09:30:00.75Z".parse().unwrap());
        assert_eq!(Days::begun_at(days.begin()).end(), days.end());
    }
}
