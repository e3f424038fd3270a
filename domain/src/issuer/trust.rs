//! What an issuer's word is worth for what it issued in a range of days.

use chrono::NaiveDate;

use crate::codes::codes;

codes! {
    /// What an issuer's word is worth.
    pub enum TrustLevel("trust level") {
        /// Known, and its word counts.
        Trusted = "TRUSTED",
        /// Nobody has looked into it.
        Unknown = "UNKNOWN",
        /// What it issued is not to be relied on.
        Tainted = "TAINTED",
    }
}

/// What was decided of an issuer for a range of days of issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrustPeriod {
    /// The first day of issue; `None` for all before the end.
    pub from: Option<NaiveDate>,
    /// The last day of issue; `None` for all after the start.
    pub to: Option<NaiveDate>,
    /// What was decided.
    pub level: TrustLevel,
}

impl TrustPeriod {
    /// Does it speak of what was issued on that day?
    pub fn covers(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// What the issuer's word was worth on the day of issue. Of periods that overlap the worst counts; a
/// paper without a day may be of any.
pub fn trust_on(periods: &[TrustPeriod], issued_on: Option<NaiveDate>) -> TrustLevel {
    let levels = periods
        .iter()
        .filter(|period| issued_on.is_none_or(|day| period.covers(day)))
        .map(|period| period.level);
    match levels.max_by_key(|level| *level == TrustLevel::Tainted) {
        Some(TrustLevel::Tainted) => TrustLevel::Tainted,
        Some(TrustLevel::Trusted) if issued_on.is_some() => TrustLevel::Trusted,
        Some(TrustLevel::Trusted | TrustLevel::Unknown) | None => TrustLevel::Unknown,
    }
}

/// Was a credential issued within a tainted range? The day of issue counts, the day of completion where
/// that is all there is; one without either may have been, and is taken to be.
pub fn is_issued_within(
    taint: &TrustPeriod,
    issued_on: Option<NaiveDate>,
    completed_on: Option<NaiveDate>,
) -> bool {
    taint.level == TrustLevel::Tainted
        && issued_on
            .or(completed_on)
            .is_none_or(|day| taint.covers(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn period(from: &str, to: &str, level: TrustLevel) -> TrustPeriod {
        TrustPeriod {
            from: Some(day(from)),
            to: Some(day(to)),
            level,
        }
    }

    #[track_caller]
    fn check(periods: &[TrustPeriod], on: &str, expected: TrustLevel) {
        assert_eq!(trust_on(periods, Some(day(on))), expected, "{on}");
    }

    #[test]
    fn a_taint_speaks_of_its_days_and_outweighs_trust() {
        let periods = [
            period("2016-01-01", "2021-12-31", TrustLevel::Tainted),
            period("2010-01-01", "2026-12-31", TrustLevel::Trusted),
        ];
        check(&periods, "2015-12-31", TrustLevel::Trusted);
        check(&periods, "2016-01-01", TrustLevel::Tainted);
        check(&periods, "2021-12-31", TrustLevel::Tainted);
        check(&periods, "2022-01-01", TrustLevel::Trusted);
        check(&periods, "2009-12-31", TrustLevel::Unknown);
        check(&[], "2020-01-01", TrustLevel::Unknown);
        assert_eq!(trust_on(&periods, None), TrustLevel::Tainted);
        assert_eq!(trust_on(&periods[1..], None), TrustLevel::Unknown);
    }

    #[test]
    fn case_29_a_taint_takes_what_was_issued_in_its_range_and_nothing_else() {
        let taint = period("2016-01-01", "2021-12-31", TrustLevel::Tainted);
        let issued = |on: &str| is_issued_within(&taint, Some(day(on)), None);
        assert!(issued("2016-01-01") && issued("2021-12-31"));
        assert!(!issued("2015-12-31") && !issued("2022-01-01"));
        // Issued after the range for a course that ended in it: the day of issue counts.
        let later = is_issued_within(&taint, Some(day("2022-02-01")), Some(day("2021-12-31")));
        assert!(!later);
        assert!(is_issued_within(&taint, None, Some(day("2018-05-05"))));
        assert!(is_issued_within(&taint, None, None));
    }
}
