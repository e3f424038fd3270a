//! All rules of all pairs, and the one that is in force on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::rule::{ScopeRule, ScopeStatus};
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;

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
}

/// What the law says to a discipline in a jurisdiction on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScopeDecision<'a> {
    /// To whom.
    pub discipline: Discipline,
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// On which day.
    pub on: NaiveDate,
    /// What it says; UNKNOWN where there is no rule.
    pub status: ScopeStatus,
    /// The rule that decided.
    pub rule: Option<&'a ScopeRule>,
}

/// The law as we know it: for every pair its periods, none overlapping, none missing in between.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ScopeLaw {
    rules: BTreeMap<(Jurisdiction, Discipline), Vec<ScopeRule>>,
}

impl ScopeLaw {
    /// Takes rules in any order and refuses what contradicts itself.
    pub fn new(rules: impl IntoIterator<Item = ScopeRule>) -> Result<Self, Vec<LawError>> {
        let mut law = Self::default();
        for rule in rules {
            law.rules
                .entry((rule.jurisdiction, rule.discipline))
                .or_default()
                .push(rule);
        }
        let mut errors = Vec::new();
        for periods in law.rules.values_mut() {
            periods.sort_by_key(|rule| rule.effective_from);
            for pair in periods.windows(2) {
                errors.extend(seam(&pair[0], &pair[1]));
            }
        }
        if errors.is_empty() {
            Ok(law)
        } else {
            Err(errors)
        }
    }

    /// What the law says on a day.
    pub fn decide(
        &self,
        discipline: Discipline,
        jurisdiction: Jurisdiction,
        on: NaiveDate,
    ) -> ScopeDecision<'_> {
        let rule = self
            .periods(discipline, jurisdiction)
            .iter()
            .find(|rule| rule.covers(on));
        let status = rule.map_or(ScopeStatus::Unknown, |rule| rule.status);
        ScopeDecision {
            discipline,
            jurisdiction,
            on,
            status,
            rule,
        }
    }

    /// The periods of a pair, oldest first.
    pub fn periods(&self, discipline: Discipline, jurisdiction: Jurisdiction) -> &[ScopeRule] {
        self.rules
            .get(&(jurisdiction, discipline))
            .map_or(&[], Vec::as_slice)
    }

    /// Every rule, by jurisdiction, discipline and period.
    pub fn rules(&self) -> impl Iterator<Item = &ScopeRule> {
        self.rules.values().flatten()
    }
}

/// What is wrong between a period and the next.
fn seam(earlier: &ScopeRule, later: &ScopeRule) -> Option<LawError> {
    let (jurisdiction, discipline) = (earlier.jurisdiction, earlier.discipline);
    let starts = later.effective_from.unwrap_or(NaiveDate::MIN);
    match earlier.effective_to {
        Some(ends) if ends == starts => None,
        Some(ends) if ends < starts => Some(LawError::Gap {
            jurisdiction,
            discipline,
            from: ends,
            to: starts,
        }),
        _ => Some(LawError::Overlap {
            jurisdiction,
            discipline,
            on: starts,
        }),
    }
}
