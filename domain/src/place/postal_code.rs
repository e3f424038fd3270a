use std::fmt;
use std::str::FromStr;

/// A five-digit ZIP code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PostalCode(u32);

/// The text is no ZIP code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a ZIP code has five digits, or nine with or without a dash")]
pub struct InvalidPostalCode;

impl FromStr for PostalCode {
    type Err = InvalidPostalCode;

    /// Takes `80205`, `80205-1234` and `802051234`; the last four digits are dropped.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = match text.len() {
            5 | 9 => text,
            10 if text.as_bytes()[5] == b'-'
                && text.as_bytes()[6..].iter().all(u8::is_ascii_digit) =>
            {
                &text[..5]
            }
            _ => return Err(InvalidPostalCode),
        };
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidPostalCode);
        }
        Ok(Self(
            digits
                .bytes()
                .take(5)
                .fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0')),
        ))
    }
}

impl fmt::Display for PostalCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zip_codes_come_with_and_without_their_last_four() {
        for (text, expected) in [
            ("80205", Some("80205")),
            ("00501", Some("00501")),
            ("80205-1234", Some("80205")),
            ("802051234", Some("80205")),
            ("8020", None),
            ("80205-", None),
            ("80205-123x", None),
            ("8020S", None),
            ("８０２０５", None),
            ("802é5", None),
            ("8020é-1234", None),
            ("", None),
        ] {
            let parsed = text.parse::<PostalCode>().ok().map(|code| code.to_string());
            assert_eq!(parsed.as_deref(), expected, "{text}");
        }
    }
}
