//! How people are reached, and the languages in which: texts that are what they say they are.
//!
//! Nothing here asks a network whether a number rings or an address receives.

use std::fmt;
use std::str::FromStr;

/// The text is not what it should be; `0` says what that is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InvalidText(pub &'static str);

/// A telephone number of the North American Numbering Plan: ten digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone(Box<str>);

/// An address of electronic mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Email(Box<str>);

/// The address of a page, with `https` or `http`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Website(Box<str>);

/// A language as RFC 5646 writes it: `es`, `es-MX`, `zh-Hant`, `sgn-ase`. In its usual case.
///
/// ```
/// use domain::contact::LanguageTag;
/// assert_eq!("ES-mx".parse::<LanguageTag>().unwrap().as_str(), "es-MX");
/// assert!("Spanish".parse::<LanguageTag>().is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LanguageTag(Box<str>);

macro_rules! text {
    ($name:ident) => {
        impl $name {
            /// As shown.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text itself.
            pub fn into_text(self) -> Box<str> {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text!(Phone);
text!(Email);
text!(Website);
text!(LanguageTag);

impl FromStr for Phone {
    type Err = InvalidText;

    /// Takes ten digits, or eleven that begin with the country's 1, however they are set apart.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: InvalidText =
            InvalidText("a telephone number has ten digits, the area code first");
        if !text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-' | '.' | '(' | ')' | '+'))
        {
            return Err(WANTED);
        }
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let ten = match digits.len() {
            10 => digits.as_str(),
            11 => digits.strip_prefix('1').ok_or(WANTED)?,
            _ => return Err(WANTED),
        };
        // Neither an area code nor an exchange begins with 0 or 1.
        let bytes = ten.as_bytes();
        if bytes[0] < b'2' || bytes[3] < b'2' {
            return Err(WANTED);
        }
        Ok(Self(ten.into()))
    }
}

impl FromStr for Email {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: InvalidText = InvalidText("an e-mail address reads like name@example.org");
        let text = text.trim();
        let (local, host) = text.rsplit_once('@').ok_or(WANTED)?;
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\",;".contains(c);
        let fits = (1..=64).contains(&local.len())
            && text.len() <= 254
            && text.chars().all(plain)
            && !local.contains('@')
            && !local.starts_with('.')
            && !local.ends_with('.')
            && !local.contains("..")
            && is_host(host);
        if fits {
            Ok(Self(text.into()))
        } else {
            Err(WANTED)
        }
    }
}

impl FromStr for Website {
    type Err = InvalidText;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: InvalidText =
            InvalidText("an address of a page begins with https:// or http:// and names a host");
        let text = text.trim();
        let rest = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"))
            .ok_or(WANTED)?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let host = &rest[..end];
        let host = match host.rsplit_once(':') {
            Some((host, port)) if port.parse::<u16>().is_ok() => host,
            Some(_) => return Err(WANTED),
            None => host,
        };
        // A user's name before the host is how one page passes for another.
        let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"\\^`{|}".contains(c);
        if text.len() <= 500 && text.chars().all(plain) && is_host(host) {
            Ok(Self(text.into()))
        } else {
            Err(WANTED)
        }
    }
}

impl FromStr for LanguageTag {
    type Err = InvalidText;

    /// Takes what RFC 5646 calls well-formed, without extensions and private use.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WANTED: InvalidText = InvalidText("a language is a BCP 47 tag like es or es-MX");
        let mut subtags = text.split('-');
        let language = subtags.next().unwrap_or_default();
        if !(2..=3).contains(&language.len()) || !is_alphabetic(language) {
            return Err(WANTED);
        }
        let mut tag = language.to_ascii_lowercase();
        let mut last = Subtag::Language;
        for subtag in subtags {
            let kind = Subtag::of(subtag).ok_or(WANTED)?;
            // Each kind stands after the ones before it, and only variants more than once.
            if kind < last || (kind == last && kind != Subtag::Variant) {
                return Err(WANTED);
            }
            last = kind;
            tag.push('-');
            match kind {
                Subtag::Script => {
                    tag.push_str(&subtag[..1].to_ascii_uppercase());
                    tag.push_str(&subtag[1..].to_ascii_lowercase());
                }
                Subtag::Region => tag.push_str(&subtag.to_ascii_uppercase()),
                Subtag::Language | Subtag::Extended | Subtag::Variant => {
                    tag.push_str(&subtag.to_ascii_lowercase());
                }
            }
        }
        Ok(Self(tag.into()))
    }
}

/// The parts of a language tag in the order in which they stand.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Subtag {
    Language,
    Extended,
    Script,
    Region,
    Variant,
}

impl Subtag {
    fn of(text: &str) -> Option<Self> {
        let is_alphanumeric = text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let begins_with_digit = text.starts_with(|c: char| c.is_ascii_digit());
        match text.len() {
            2 if is_alphabetic(text) => Some(Self::Region),
            3 if is_alphabetic(text) => Some(Self::Extended),
            3 if text.bytes().all(|byte| byte.is_ascii_digit()) => Some(Self::Region),
            4 if is_alphabetic(text) => Some(Self::Script),
            4 if is_alphanumeric && begins_with_digit => Some(Self::Variant),
            5..=8 if is_alphanumeric => Some(Self::Variant),
            _ => None,
        }
    }
}

fn is_alphabetic(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A name of the domain name system with at least two labels (RFC 1123, 2.1).
fn is_host(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c == '-' || c.is_alphanumeric())
    };
    let last = text.rsplit('.').next().unwrap_or_default();
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(label)
        && !last.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check<T: FromStr + fmt::Display>(cases: &[(&str, Option<&str>)]) {
        for (text, expected) in cases {
            let read = text.parse::<T>().ok().map(|read| read.to_string());
            assert_eq!(read.as_deref(), *expected, "{text:?}");
        }
    }

    #[test]
    fn a_telephone_number_is_ten_digits_that_can_be_dialled() {
        check::<Phone>(&[
            ("303-555-0100", Some("3035550100")),
            ("+1 (303) 555-0100", Some("3035550100")),
            ("3035550100", Some("3035550100")),
            ("103-555-0100", None),
            ("303-155-0100", None),
            ("555-0100", None),
            ("+44 20 7946 0958", None),
            ("3035550100 ext 5", None),
            ("", None),
        ]);
    }

    #[test]
    fn an_e_mail_address_has_one_name_and_a_host() {
        check::<Email>(&[
            (" zoe@example.org ", Some("zoe@example.org")),
            (
                "zoe.o'hara+x@mail.example.org",
                Some("zoe.o'hara+x@mail.example.org"),
            ),
            ("zoe", None),
            ("zoe@example", None),
            ("zoe@-example.org", None),
            ("a@b@example.org", None),
            ("a b@example.org", None),
            ("a,b@example.org", None),
            ("Zoe <zoe@example.org>", None),
            (".zoe@example.org", None),
            ("zoe@example.org\r\nBcc: all@example.org", None),
        ]);
    }

    #[test]
    fn a_page_is_named_by_scheme_and_host_and_nothing_that_runs() {
        check::<Website>(&[
            (
                "https://example.org/zoë?x=1#y",
                Some("https://example.org/zoë?x=1#y"),
            ),
            ("http://example.org:8080", Some("http://example.org:8080")),
            ("example.org", None),
            ("javascript:alert(1)", None),
            ("https://", None),
            ("https://localhost/", None),
            ("https://127.0.0.1/", None),
            ("https://user:word@example.org/", None),
            ("https://example.org/ x", None),
            ("https://example.org/\"onclick=", None),
        ]);
    }

    #[test]
    fn a_language_is_a_well_formed_tag_in_its_usual_case() {
        check::<LanguageTag>(&[
            ("es", Some("es")),
            ("ES-mx", Some("es-MX")),
            ("zh-hant-TW", Some("zh-Hant-TW")),
            ("es-419", Some("es-419")),
            ("sgn-ase", Some("sgn-ase")),
            ("de-1996", Some("de-1996")),
            ("ca-ES-valencia", Some("ca-ES-valencia")),
            ("haw", Some("haw")),
            ("english", None),
            ("e", None),
            ("es-MX-MX", None),
            ("es-MX-Latn", None),
            ("es_MX", None),
            ("es-", None),
            ("x-private", None),
            ("", None),
        ]);
    }
}
