//! 510(k) numbers: under which premarket notification a device was cleared.

use std::fmt;

use chrono::{Datelike, NaiveDate};

/// A 510(k) number: K, the year's last two digits, and four digits. Written with a capital.
///
/// The year is 1976, in which premarket notification began, or later.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KNumber(Box<str>);

/// Why a text is no 510(k) number of a needle.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidKNumber {
    /// Not K and six digits.
    #[error("a 510(k) number is K and six digits")]
    Format,
    /// No number of that year can exist yet.
    #[error("{0} is of a year to come")]
    Year(Box<str>),
    /// K000000.
    #[error("a 510(k) number of zeros names nothing")]
    Zeros,
    /// A De Novo request or a premarket approval: another device's way to market.
    #[error("{0} is not a 510(k) for this device")]
    OtherSubmission(Box<str>),
}

impl KNumber {
    /// Reads a number as typed: space around it and small letters are forgiven.
    ///
    /// ```
    /// # use domain::needle::k_number::KNumber;
    /// let on = chrono::NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
    /// assert_eq!(KNumber::parse("k961339 ", on).unwrap().to_string(), "K961339");
    /// ```
    pub fn parse(text: &str, on: NaiveDate) -> Result<Self, InvalidKNumber> {
        let text = text.trim().to_ascii_uppercase();
        for other in ["DEN", "P"] {
            if text.strip_prefix(other).is_some_and(is_six_digits) {
                return Err(InvalidKNumber::OtherSubmission(text.into()));
            }
        }
        let digits = text
            .strip_prefix('K')
            .filter(|digits| is_six_digits(digits))
            .ok_or(InvalidKNumber::Format)?;
        if digits == "000000" {
            return Err(InvalidKNumber::Zeros);
        }
        let (years, _) = digits.split_at(2);
        let years: i32 = years.parse().map_err(|_| InvalidKNumber::Format)?;
        let year = if years >= 76 {
            1900 + years
        } else {
            2000 + years
        };
        if year > on.year() {
            return Err(InvalidKNumber::Year(text.into()));
        }
        Ok(Self(text.into()))
    }
}

impl fmt::Display for KNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_six_digits(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: Result<&str, InvalidKNumber>) {
        let read = KNumber::parse(text, on()).map(|number| number.to_string());
        assert_eq!(read, expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn a_number_is_written_with_a_capital_and_without_space() {
        check("K961339", Ok("K961339"));
        check(" k162566\t", Ok("K162566"));
        check("K760001", Ok("K760001"));
        check("K261234", Ok("K261234"));
        check("K000001", Ok("K000001"));
    }

    #[test]
    fn everything_else_is_refused_with_its_reason() {
        check("", Err(InvalidKNumber::Format));
        check("961339", Err(InvalidKNumber::Format));
        check("K96133", Err(InvalidKNumber::Format));
        check("K9613399", Err(InvalidKNumber::Format));
        check("K96133O", Err(InvalidKNumber::Format));
        check("K٩٦١٣٣٩", Err(InvalidKNumber::Format));
        check("K000000", Err(InvalidKNumber::Zeros));
        check("K271234", Err(InvalidKNumber::Year("K271234".into())));
        check("K750001", Err(InvalidKNumber::Year("K750001".into())));
        check(
            "DEN123456",
            Err(InvalidKNumber::OtherSubmission("DEN123456".into())),
        );
        check(
            "p123456",
            Err(InvalidKNumber::OtherSubmission("P123456".into())),
        );
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in any::<String>(), near in "[KkPpDEN]{0,3}[0-9]{0,8}") {
            for text in [&text, &near] {
                if let Ok(number) = KNumber::parse(text, on()) {
                    prop_assert_eq!(KNumber::parse(&number.to_string(), on()), Ok(number));
                }
            }
        }
    }
}
