use std::fmt;
use std::str::FromStr;

/// Names a field of a record as the API spells it: `hours.inPersonMinutes`, or the whole record.
///
/// A path covers itself and everything below it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldPath(Box<str>);

/// The text was not a path of field names.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a field: names joined by dots, at most 100 letters")]
pub struct InvalidFieldPath(pub String);

/// The whole record.
const ALL: &str = "*";

impl FieldPath {
    /// The whole record: `*`.
    pub fn all() -> Self {
        Self(ALL.into())
    }

    /// A field that is known to be spelled right.
    pub(super) fn known(field: &'static str) -> Self {
        Self(field.into())
    }

    /// As the API spells it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Is the other field this one or part of it?
    pub fn covers(&self, other: &str) -> bool {
        &*self.0 == ALL
            || other
                .strip_prefix(&*self.0)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    }

    /// Does either cover the other?
    pub fn touches(&self, other: &Self) -> bool {
        self.covers(&other.0) || other.covers(&self.0)
    }
}

impl FromStr for FieldPath {
    type Err = InvalidFieldPath;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_name = |name: &str| {
            name.starts_with(|first: char| first.is_ascii_lowercase())
                && name.chars().all(|letter| letter.is_ascii_alphanumeric())
        };
        let is_path = text == ALL || (text.len() <= 100 && text.split('.').all(is_name));
        if is_path {
            Ok(Self(text.into()))
        } else {
            Err(InvalidFieldPath(text.to_owned()))
        }
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_covers_itself_and_what_is_below_it() {
        #[track_caller]
        fn check(path: &str, other: &str, expected: bool) {
            let path: FieldPath = path.parse().unwrap();
            assert_eq!(path.covers(other), expected, "{path} {other}");
        }
        check("hours", "hours", true);
        check("hours", "hours.inPersonMinutes", true);
        check("hours.inPersonMinutes", "hours", false);
        check("hour", "hours", false);
        check("*", "holderName", true);
        let (outer, inner): (FieldPath, FieldPath) =
            ("hours".parse().unwrap(), "hours.total".parse().unwrap());
        assert!(outer.touches(&inner) && inner.touches(&outer));
    }

    #[test]
    fn only_names_joined_by_dots_are_paths() {
        for text in [
            "",
            ".",
            "hours.",
            "Hours",
            "a b",
            "*.hours",
            &"a".repeat(101),
        ] {
            assert!(text.parse::<FieldPath>().is_err(), "{text}");
        }
    }
}
