//! Business days: Monday to Friday. Public holidays count as business days, so that what is due by
//! this reckoning is due no later than by any other.

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The day that lies so many business days after another; the last day there is when that lies
/// beyond it.
pub fn business_days_after(day: NaiveDate, count: u32) -> NaiveDate {
    let mut at = day;
    let mut left = count;
    while left > 0 {
        let Some(next) = at.checked_add_days(Days::new(1)) else {
            return NaiveDate::MAX;
        };
        at = next;
        if !matches!(at.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_do_not_count() {
        for (day, count, expected) in [
            // A Friday.
            ("2026-11-20", 1, "2026-11-23"),
            ("2026-11-20", 10, "2026-12-04"),
            // A Saturday.
            ("2026-11-21", 1, "2026-11-23"),
            ("2026-11-23", 5, "2026-11-30"),
            ("2026-11-23", 0, "2026-11-23"),
        ] {
            let day: NaiveDate = day.parse().unwrap();
            assert_eq!(
                business_days_after(day, count).to_string(),
                expected,
                "{day}+{count}"
            );
        }
        assert_eq!(business_days_after(NaiveDate::MAX, 1), NaiveDate::MAX);
    }
}
