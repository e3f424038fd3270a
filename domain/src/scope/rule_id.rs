//! The natural names of rules.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;

/// Jurisdiction, discipline and first day name a rule: `FL-PHYSICAL_THERAPIST-2021-04-19`, or
/// `AL-CHIROPRACTOR-open` where the start was not found.
///
/// ```
/// use domain::scope::RuleId;
/// for name in ["FL-PHYSICAL_THERAPIST-2021-04-19", "AL-CHIROPRACTOR-open"] {
///     assert_eq!(name.parse::<RuleId>().unwrap().to_string(), name);
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId {
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// To whom.
    pub discipline: Discipline,
    /// First day.
    pub effective_from: Option<NaiveDate>,
}

/// The text names no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no rule: one reads like FL-PHYSICAL_THERAPIST-2021-04-19 or AL-CHIROPRACTOR-open"
)]
pub struct InvalidRuleId(pub String);

const OPEN: &str = "open";

impl fmt::Display for RuleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-", self.jurisdiction, self.discipline)?;
        match self.effective_from {
            Some(from) => write!(f, "{}", from.format("%Y-%m-%d")),
            None => f.write_str(OPEN),
        }
    }
}

impl FromStr for RuleId {
    type Err = InvalidRuleId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        parse(text).ok_or_else(|| InvalidRuleId(text.to_owned()))
    }
}

fn parse(text: &str) -> Option<RuleId> {
    let (jurisdiction, rest) = text.split_once('-')?;
    let (discipline, from) = rest.split_once('-')?;
    let id = RuleId {
        jurisdiction: jurisdiction.parse().ok()?,
        discipline: discipline.parse().ok()?,
        effective_from: match from {
            OPEN => None,
            day => Some(NaiveDate::parse_from_str(day, "%Y-%m-%d").ok()?),
        },
    };
    // Every rule has one name: "2021-4-19" is not another way to write it.
    (id.to_string() == text).then_some(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_one_spelling_of_a_rule_is_read() {
        for text in [
            "",
            "FL",
            "FL-PHYSICAL_THERAPIST",
            "FL-PHYSICAL_THERAPIST-",
            "FL-PHYSICAL_THERAPIST-2021-4-19",
            "FL-PHYSICAL_THERAPIST-2021-02-30",
            "fl-PHYSICAL_THERAPIST-open",
            "FL-MASSAGE_THERAPIST-open",
            "XX-PHYSICAL_THERAPIST-open",
            "FL-PHYSICAL_THERAPIST-open-",
        ] {
            assert_eq!(text.parse::<RuleId>(), Err(InvalidRuleId(text.to_owned())));
        }
    }
}
