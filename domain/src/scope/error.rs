//! Why rules are not law that can be applied.

use chrono::NaiveDate;

use super::rule_id::RuleId;
use crate::codes::codes;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;

codes! {
    /// One of the two files that the law is read from.
    pub enum LawFile("law file") {
        /// What the law says in each period.
        Rules = "rules",
        /// What each conditional rule asks for.
        Requirements = "requirements",
    }
}

/// Why a set of rules is not law that can be applied.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LawError {
    /// Two rules of a pair are in force on one day.
    #[error("{discipline} in {jurisdiction}: two rules are in force on {on}")]
    Overlap {
        /// Whose law.
        jurisdiction: Jurisdiction,
        /// To whom.
        discipline: Discipline,
        /// The first such day.
        on: NaiveDate,
    },
    /// A pair's history has days without a rule between two rules.
    #[error("{discipline} in {jurisdiction}: no rule is in force from {from} to {to}")]
    Gap {
        /// Whose law.
        jurisdiction: Jurisdiction,
        /// To whom.
        discipline: Discipline,
        /// The first day without.
        from: NaiveDate,
        /// The first day with one again.
        to: NaiveDate,
    },
    /// A rule ends before it begins, or on the same day.
    #[error("rule {rule} ends before its first day is over")]
    EmptyPeriod {
        /// The rule.
        rule: RuleId,
    },
    /// A rule says something and names neither a text nor an address where it was read.
    #[error("rule {rule} has neither a citation nor a source URL")]
    Unsourced {
        /// The rule.
        rule: RuleId,
    },
    /// A rule is there twice.
    #[error("rule {rule} is there twice")]
    Duplicate {
        /// The rule.
        rule: RuleId,
    },
    /// A requirement belongs to no rule.
    #[error("requirements line {line}: there is no rule {rule}")]
    RequirementWithoutRule {
        /// The line of the requirements file.
        line: u64,
        /// The rule that it names.
        rule: RuleId,
    },
    /// A requirement belongs to a rule that sets no conditions.
    #[error("requirements line {line}: rule {rule} is not CONDITIONAL")]
    RequirementOfUnconditional {
        /// The line of the requirements file.
        line: u64,
        /// The rule that it names.
        rule: RuleId,
    },
    /// A requirement is there twice.
    #[error("requirements line {line} repeats an earlier line of rule {rule}")]
    DuplicateRequirement {
        /// The line of the requirements file.
        line: u64,
        /// The rule that it names.
        rule: RuleId,
    },
    /// A field of a line cannot be read.
    #[error("{file} line {line}, {field}: {reason}")]
    Field {
        /// Which file.
        file: LawFile,
        /// Its line, the header being line 1.
        line: u64,
        /// The column.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
}
