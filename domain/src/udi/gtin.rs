//! Global Trade Item Numbers.

use std::fmt;

use crate::check_digit;

/// A Global Trade Item Number, written with fourteen digits. Every value has a correct check digit
/// and is not all zeros.
///
/// GS1 General Specifications, "Identification of trade items"; the check digit is 7.9.1's.
///
/// ```
/// use domain::udi::gtin::Gtin;
/// assert_eq!(Gtin::parse("885234000121").unwrap().to_string(), "00885234000121");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Gtin(Box<str>);

/// Why a text is no GTIN.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidGtin {
    /// Something other than ASCII digits.
    #[error("a GTIN has digits only")]
    NotDigits,
    /// None of the lengths.
    #[error("a GTIN has 8, 12, 13 or 14 digits, not {0}")]
    Length(usize),
    /// The sum of nothing is right and means nothing.
    #[error("a GTIN of zeros names nothing")]
    Zeros,
    /// The last digit does not match the others.
    #[error("the check digit of GTIN {0} is wrong")]
    CheckDigit(Box<str>),
}

impl Gtin {
    /// Reads 8, 12, 13 or 14 digits; space around them is no part of them.
    pub fn parse(text: &str) -> Result<Self, InvalidGtin> {
        let text = text.trim();
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidGtin::NotDigits);
        }
        if !matches!(text.len(), 8 | 12 | 13 | 14) {
            return Err(InvalidGtin::Length(text.len()));
        }
        let digits = format!("{text:0>14}");
        if digits.bytes().all(|byte| byte == b'0') {
            return Err(InvalidGtin::Zeros);
        }
        let (data, last) = digits.split_at(13);
        if check_digit::gs1(data) != last.chars().next() {
            return Err(InvalidGtin::CheckDigit(text.into()));
        }
        Ok(Self(digits.into()))
    }

    /// The fourteen digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does it name goods sold by measure (indicator 9)? No box of needles is.
    pub fn is_variable_measure(&self) -> bool {
        self.0.starts_with('9')
    }
}

impl fmt::Display for Gtin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Result<&str, InvalidGtin>) {
        assert_eq!(
            Gtin::parse(text).map(|gtin| gtin.to_string()),
            expected.map(str::to_owned),
            "{text:?}"
        );
    }

    #[test]
    fn the_verified_numbers_are_read() {
        for text in [
            "51022222233336",
            "00885234000121",
            "10885234000128",
            "00034567890125",
        ] {
            check(text, Ok(text));
        }
    }

    #[test]
    fn shorter_numbers_are_written_with_fourteen_digits() {
        check("885234000121", Ok("00885234000121"));
        check("0885234000121", Ok("00885234000121"));
        check("034567890125", Ok("00034567890125"));
        check("96385074", Ok("00000096385074"));
        check("  96385074 ", Ok("00000096385074"));
    }

    #[test]
    fn zeros_are_refused_although_their_sum_is_right() {
        check("00000000000000", Err(InvalidGtin::Zeros));
        check("00000000", Err(InvalidGtin::Zeros));
    }

    #[test]
    fn everything_else_is_refused() {
        check("", Err(InvalidGtin::NotDigits));
        check("5102222223333x", Err(InvalidGtin::NotDigits));
        check("٥١٠٢٢٢٢٢", Err(InvalidGtin::NotDigits));
        check("5102222223", Err(InvalidGtin::Length(10)));
        check("510222222333366", Err(InvalidGtin::Length(15)));
        check(
            "51022222233337",
            Err(InvalidGtin::CheckDigit("51022222233337".into())),
        );
    }

    #[test]
    fn an_indicator_of_nine_is_goods_by_measure() {
        let data = "9088523400012";
        let text = format!("{data}{}", check_digit::gs1(data).unwrap());
        assert!(Gtin::parse(&text).unwrap().is_variable_measure());
        assert!(!Gtin::parse("10885234000128").unwrap().is_variable_measure());
    }
}
