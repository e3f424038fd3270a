//! Dates of labels: two-digit years, months without a day, days of the year.

use chrono::{Datelike, Months, NaiveDate};

use crate::codes::codes;

codes! {
    /// How precisely a date is known.
    pub enum DatePrecision("date precision") {
        /// To the day.
        Day = "DAY",
        /// To the month; its last day stands for it.
        Month = "MONTH",
    }
}

/// A last day of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExpiryDate {
    /// The last day itself, or the last day of the month.
    pub last_day: NaiveDate,
    /// How precisely the label says it.
    pub precision: DatePrecision,
}

/// The digits are no date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no date")]
pub struct InvalidLabelDate(pub Box<str>);

impl ExpiryDate {
    /// To the day.
    pub const fn day(last_day: NaiveDate) -> Self {
        Self {
            last_day,
            precision: DatePrecision::Day,
        }
    }

    /// To the month; `None` when there is no such month.
    pub fn month(year: i32, month: u32) -> Option<Self> {
        Some(Self {
            last_day: last_day_of_month(year, month)?,
            precision: DatePrecision::Month,
        })
    }
}

/// The year that two digits mean: the one at most 50 years ahead and 49 back.
///
/// GS1 General Specifications 7.12, "Determination of century in dates". HIBC's two-digit years are
/// read by the same window: its standard has none of its own.
pub fn full_year(two_digits: u32, today: NaiveDate) -> i32 {
    let two_digits = i32::try_from(two_digits % 100).unwrap_or_default();
    let this_year = today.year();
    let in_this_century = this_year - this_year.rem_euclid(100) + two_digits;
    match in_this_century - this_year {
        51.. => in_this_century - 100,
        ..=-50 => in_this_century + 100,
        _ => in_this_century,
    }
}

/// Reads `YYMMDD`; a day of 00 is the last of the month.
pub fn yymmdd(digits: &str, today: NaiveDate) -> Result<ExpiryDate, InvalidLabelDate> {
    let read = || {
        let (year, rest) = split_number(digits, 2)?;
        let (month, rest) = split_number(rest, 2)?;
        let (day, rest) = split_number(rest, 2)?;
        let year = full_year(year, today);
        match (day, rest) {
            (0, "") => ExpiryDate::month(year, month),
            (_, "") => NaiveDate::from_ymd_opt(year, month, day).map(ExpiryDate::day),
            _ => None,
        }
    };
    read().ok_or_else(|| InvalidLabelDate(digits.into()))
}

/// Takes a number of `width` ASCII digits off the front of a text.
pub(super) fn split_number(text: &str, width: usize) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(width)?;
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, rest))
}

fn last_day_of_month(year: i32, month: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, 1)?
        .checked_add_months(Months::new(1))?
        .pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_century_is_the_nearest_one() {
        #[track_caller]
        fn check(this_year: i32, two_digits: u32, expected: i32) {
            assert_eq!(full_year(two_digits, day(this_year, 6, 1)), expected);
        }
        check(2026, 26, 2026);
        check(2026, 76, 2076);
        check(2026, 77, 1977);
        check(2026, 0, 2000);
        check(2026, 99, 1999);
        check(2080, 31, 2031);
        check(2080, 30, 2130);
        check(1999, 49, 2049);
        check(1999, 50, 1950);
        check(2000, 50, 2050);
        check(2000, 51, 1951);
    }

    #[test]
    fn six_digits_are_a_day_or_a_month() {
        #[track_caller]
        fn check(text: &str, expected: Option<(NaiveDate, DatePrecision)>) {
            let read = yymmdd(text, day(2026, 11, 21)).ok();
            let read = read.map(|date| (date.last_day, date.precision));
            assert_eq!(read, expected, "{text}");
        }
        check("280930", Some((day(2028, 9, 30), DatePrecision::Day)));
        check("280900", Some((day(2028, 9, 30), DatePrecision::Month)));
        check("280200", Some((day(2028, 2, 29), DatePrecision::Month)));
        check("270200", Some((day(2027, 2, 28), DatePrecision::Month)));
        check("271200", Some((day(2027, 12, 31), DatePrecision::Month)));
        check("270229", None);
        check("271301", None);
        check("270001", None);
        check("270431", None);
        check("27043", None);
        check("2704300", None);
        check("27 430", None);
        check("+70430", None);
        check("٢٧٠٤", None);
    }
}
