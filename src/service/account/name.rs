use std::fmt;
use std::str::FromStr;

/// What an account is called: 2 to 64 lower-case letters, digits, `.`, `_`, `-` and `@`, of which the
/// first is a letter or digit. Capitals are taken as small ones, so that no two names look alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(Box<str>);

/// A text that is no name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "a name has 2 to 64 letters, digits, `.`, `_`, `-` and `@`, and begins with a letter or digit"
)]
pub struct InvalidName;

impl Name {
    /// The name as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Name {
    type Err = InvalidName;

    fn from_str(text: &str) -> Result<Self, InvalidName> {
        let name = text.trim().to_ascii_lowercase();
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-@".contains(&byte);
        let begins_well = name
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_alphanumeric());
        if (2..=64).contains(&name.len()) && begins_well && name.bytes().all(is_plain) {
            Ok(Self(name.into()))
        } else {
            Err(InvalidName)
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_plain_and_small() {
        for (text, expected) in [
            ("Vera", Some("vera")),
            (" vera.k@example.org ", Some("vera.k@example.org")),
            ("v2", Some("v2")),
            ("v", None),
            ("", None),
            (".vera", None),
            ("vera k", None),
            ("věra", None),
            ("vera\n", Some("vera")),
            ("ve\nra", None),
        ] {
            let parsed = text.parse::<Name>().ok();
            assert_eq!(parsed.as_ref().map(Name::as_str), expected, "{text:?}");
        }
        assert!("a".repeat(64).parse::<Name>().is_ok() && "a".repeat(65).parse::<Name>().is_err());
    }
}
