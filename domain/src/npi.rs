//! National Provider Identifiers.

use std::fmt;
use std::str::FromStr;

/// A National Provider Identifier. Every value has ten digits, a first digit of 1, 2 or 9 and a
/// correct check digit.
///
/// 45 CFR 162.406. The check digit is the Luhn sum over `80840` and the first nine digits (CMS,
/// 23 January 2004). Numbers are issued with a first digit of 1 or 2 only; those beginning with 9
/// belong to made-up people, and only [`SampleNpis::Allowed`] lets them in.
///
/// ```
/// use domain::npi::{Npi, SampleNpis};
/// assert!(Npi::parse("1234567893", SampleNpis::Refused).is_ok());
/// assert!(Npi::parse("9941339100", SampleNpis::Refused).is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Npi(u64);

/// Whether numbers beginning with 9, which only made-up people carry, are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SampleNpis {
    /// Tests, samples and demonstrations.
    Allowed,
    /// Everything that comes from the registry or from a person.
    Refused,
}

/// Why a text is not an NPI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidNpi {
    /// Not ten ASCII digits.
    #[error("an NPI has ten digits")]
    NotTenDigits,
    /// The first digit is none that is issued.
    #[error("an NPI begins with 1 or 2")]
    FirstDigit,
    /// The last digit does not match the others.
    #[error("the check digit of NPI {0} is wrong")]
    CheckDigit(String),
}

impl Npi {
    /// Reads ten digits; `samples` says whether a made-up person's number will do.
    pub fn parse(text: &str, samples: SampleNpis) -> Result<Self, InvalidNpi> {
        if text.len() != 10 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidNpi::NotTenDigits);
        }
        match (text.as_bytes()[0], samples) {
            (b'1' | b'2', _) | (b'9', SampleNpis::Allowed) => {}
            _ => return Err(InvalidNpi::FirstDigit),
        }
        let number: u64 = text
            .bytes()
            .fold(0, |sum, byte| sum * 10 + u64::from(byte - b'0'));
        if check_digit(number / 10) != number % 10 {
            return Err(InvalidNpi::CheckDigit(text.to_owned()));
        }
        Ok(Self(number))
    }

    /// The made-up person's number with the given eight digits after the leading 9.
    ///
    /// # Panics
    /// When `serial` has more than eight digits.
    pub fn sample(serial: u32) -> Self {
        assert!(serial < 100_000_000, "a sample NPI has eight free digits");
        let first_nine = 900_000_000 + u64::from(serial);
        Self(first_nine * 10 + check_digit(first_nine))
    }

    /// The ten digits as a number.
    pub const fn number(self) -> u64 {
        self.0
    }

    /// Does the number belong to a made-up person?
    pub const fn is_sample(self) -> bool {
        self.0 / 1_000_000_000 == 9
    }
}

impl FromStr for Npi {
    type Err = InvalidNpi;

    /// Accepts made-up people's numbers: use it for numbers that have passed the door before.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text, SampleNpis::Allowed)
    }
}

impl fmt::Display for Npi {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}

/// The digit that makes `80840` + `first_nine` + itself pass the Luhn test.
fn check_digit(first_nine: u64) -> u64 {
    // 80840 before nine digits adds a constant 24 to the sum (CMS, 23 January 2004).
    let mut sum = 24;
    let mut rest = first_nine;
    let mut double = true;
    while rest > 0 {
        let digit = rest % 10;
        sum += if double {
            digit * 2 / 10 + digit * 2 % 10
        } else {
            digit
        };
        double = !double;
        rest /= 10;
    }
    (10 - sum % 10) % 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, samples: SampleNpis, expected: &Result<(), InvalidNpi>) {
        assert_eq!(&Npi::parse(text, samples).map(drop), expected, "{text}");
    }

    #[test]
    fn published_numbers_are_judged_as_published() {
        check("1234567893", SampleNpis::Refused, &Ok(()));
        check(
            "1234567890",
            SampleNpis::Refused,
            &Err(InvalidNpi::CheckDigit("1234567890".into())),
        );
        check(
            "9941339100",
            SampleNpis::Refused,
            &Err(InvalidNpi::FirstDigit),
        );
        check("9941339100", SampleNpis::Allowed, &Ok(()));
    }

    #[test]
    fn only_ten_ascii_digits_pass() {
        for text in [
            "",
            "123456789",
            "12345678931",
            "12345678 3",
            "١٢٣٤٥٦٧٨٩٣",
            "-234567893",
        ] {
            check(text, SampleNpis::Allowed, &Err(InvalidNpi::NotTenDigits));
        }
        check(
            "3234567891",
            SampleNpis::Allowed,
            &Err(InvalidNpi::FirstDigit),
        );
    }

    #[test]
    fn every_sample_number_passes_its_own_door_and_only_that() {
        for serial in [0, 1, 7, 99, 12_345_678, 99_999_999] {
            let text = Npi::sample(serial).to_string();
            check(&text, SampleNpis::Allowed, &Ok(()));
            check(&text, SampleNpis::Refused, &Err(InvalidNpi::FirstDigit));
        }
    }
}
