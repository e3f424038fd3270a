//! The names of people.

use serde::{Deserialize, Serialize};

/// A person's name as a source writes it. At least one of `given` and `family` is not empty.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PersonName {
    /// Given name.
    pub given: Option<Box<str>>,
    /// Middle name or names.
    pub middle: Option<Box<str>>,
    /// Family name.
    pub family: Option<Box<str>>,
    /// "Jr.", "III".
    pub suffix: Option<Box<str>>,
}

/// A name needs a given or a family name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a person's name has a given name or a family name")]
pub struct EmptyName;

impl PersonName {
    /// Trims every part, folds runs of white space and drops what is empty.
    pub fn new(given: &str, middle: &str, family: &str, suffix: &str) -> Result<Self, EmptyName> {
        let name = Self {
            given: part(given),
            middle: part(middle),
            family: part(family),
            suffix: part(suffix),
        };
        if name.given.is_none() && name.family.is_none() {
            Err(EmptyName)
        } else {
            Ok(name)
        }
    }

    /// Given, middle and family name and suffix, as far as there are any, with single spaces.
    pub fn full(&self) -> String {
        [&self.given, &self.middle, &self.family, &self.suffix]
            .into_iter()
            .filter_map(Option::as_deref)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

fn part(text: &str) -> Option<Box<str>> {
    let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!folded.is_empty()).then(|| folded.into())
}
