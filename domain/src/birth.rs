//! Birth dates of people who may hold a licence.

use chrono::{Months, NaiveDate};

/// The youngest that somebody on file may be, in whole years: no state licenses a minor.
const LEAST_YEARS: u32 = 18;

/// The oldest, in whole years: more is a slip of the pen.
const MOST_YEARS: u32 = 120;

/// A day on which somebody who is on file can have been born. It is never shown to anybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BirthDate(NaiveDate);

/// Why a day cannot be a birth date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ImpossibleBirthDate {
    /// It has not come yet.
    #[error("a birth date is a day that has passed")]
    InTheFuture,
    /// Too few years ago.
    #[error("somebody who is on file is at least 18 years old")]
    TooYoung,
    /// Too many years ago.
    #[error("somebody who is on file is at most 120 years old")]
    TooOld,
}

impl BirthDate {
    /// A day as a birth date of somebody who is on file today.
    ///
    /// # Errors
    /// Why it cannot be one.
    pub fn new(day: NaiveDate, today: NaiveDate) -> Result<Self, ImpossibleBirthDate> {
        let birthday = |years: u32| day.checked_add_months(Months::new(years * 12));
        if day > today {
            return Err(ImpossibleBirthDate::InTheFuture);
        }
        if birthday(LEAST_YEARS).is_none_or(|adult| adult > today) {
            return Err(ImpossibleBirthDate::TooYoung);
        }
        if birthday(MOST_YEARS + 1).is_some_and(|next| next <= today) {
            return Err(ImpossibleBirthDate::TooOld);
        }
        Ok(Self(day))
    }

    /// The day.
    pub const fn day(self) -> NaiveDate {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_birth_date_is_of_somebody_between_18_and_120_years_old() {
        use ImpossibleBirthDate::{InTheFuture, TooOld, TooYoung};
        let today = "2026-11-21".parse().unwrap();
        for (day, expected) in [
            ("2026-11-22", Some(InTheFuture)),
            ("2026-11-21", Some(TooYoung)),
            ("2008-11-22", Some(TooYoung)),
            ("2008-11-21", None),
            ("1970-03-01", None),
            ("1905-11-22", None),
            ("1905-11-21", Some(TooOld)),
        ] {
            let found = BirthDate::new(day.parse().unwrap(), today).err();
            assert_eq!(found, expected, "{day}");
        }
        // Born on a leap day: of age on the last day of February.
        let leap: NaiveDate = "2008-02-29".parse().unwrap();
        for (today, expected) in [("2026-02-27", Some(TooYoung)), ("2026-02-28", None)] {
            let found = BirthDate::new(leap, today.parse().unwrap()).err();
            assert_eq!(found, expected, "{today}");
        }
    }
}
