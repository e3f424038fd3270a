//! Days as they are judged.

use chrono::{DateTime, Days, Months, NaiveDate, Utc};
use chrono_tz::Tz;

/// The day on which something is judged, seen from a day on which it is asked.
///
/// A past day is judged at its end and today now: law, dates and evidence are those of that day. A
/// day to come takes the law and the expiry dates already known for it, and the evidence of today:
/// nobody can have checked anything on it yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    on: NaiveDate,
    evidence_on: NaiveDate,
}

impl Day {
    /// `on` as judged on `today`; both are days of the same zone.
    pub fn new(on: NaiveDate, today: NaiveDate) -> Self {
        Self {
            on,
            evidence_on: on.min(today),
        }
    }

    /// Today, or a past day: law and evidence are of one day.
    pub const fn at(on: NaiveDate) -> Self {
        Self {
            on,
            evidence_on: on,
        }
    }

    /// The day whose law and expiry dates count.
    pub const fn on(self) -> NaiveDate {
        self.on
    }

    /// The last day whose evidence counts; ages of checks are measured to it.
    pub const fn evidence_on(self) -> NaiveDate {
        self.evidence_on
    }
}

/// The day that an instant falls on in a zone.
pub fn local_day(at: DateTime<Utc>, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
}

/// Did an instant fall on a day or before it, in a zone?
///
/// No zone is a whole day away from Greenwich, so most instants need no look at the zone's history:
/// this is what judging a listing does most.
pub(crate) fn happened_by(at: DateTime<Utc>, zone: Tz, on: NaiveDate) -> bool {
    let in_greenwich = at.date_naive();
    match days_between(in_greenwich, on) {
        ..=-2 => false,
        -1..=1 => local_day(at, zone) <= on,
        2.. => true,
    }
}

/// Whole days from `earlier` to `later`; negative when they are the other way round.
pub fn days_between(earlier: NaiveDate, later: NaiveDate) -> i64 {
    (later - earlier).num_days()
}

/// `days` after `day`; the last day there is when that lies beyond it.
pub fn days_after(day: NaiveDate, days: u32) -> NaiveDate {
    day.checked_add_days(Days::new(u64::from(days)))
        .unwrap_or(NaiveDate::MAX)
}

/// `months` after `day`, on the month's last day where it has no such day.
pub(crate) fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

/// The earlier of two ends, `None` being no end.
pub(crate) fn earlier_end(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<NaiveDate> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (end, None) | (None, end) => end,
    }
}

/// The later of two ends, `None` being no end.
pub(crate) fn later_end(one: Option<NaiveDate>, other: Option<NaiveDate>) -> Option<NaiveDate> {
    one.zip(other).map(|(one, other)| one.max(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_falls_on_the_day_of_its_zone_however_it_is_asked() {
        let zones = [
            Tz::Pacific__Pago_Pago,
            Tz::America__Denver,
            Tz::UTC,
            Tz::Pacific__Guam,
            Tz::Pacific__Kiritimati,
        ];
        let first: DateTime<Utc> = "2026-03-05T00:00:00Z".parse().unwrap();
        for zone in zones {
            for hour in 0..240 {
                let at = first + chrono::TimeDelta::hours(hour);
                for on in first.date_naive().iter_days().take(12) {
                    let exact = local_day(at, zone) <= on;
                    assert_eq!(happened_by(at, zone, on), exact, "{at} {zone} {on}");
                }
            }
        }
    }
}
