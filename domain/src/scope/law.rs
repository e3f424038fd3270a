//! All rules of all pairs, and the one that is in force on a day.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::error::LawError;
use super::rule::{ScopeRule, ScopeStatus};
use super::rule_id::RuleId;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;

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
        let mut errors: Vec<_> = law.rules().filter_map(fault).collect();
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

    /// The rule of that name.
    pub fn by_id(&self, id: RuleId) -> Option<&ScopeRule> {
        self.periods(id.discipline, id.jurisdiction)
            .iter()
            .find(|rule| rule.effective_from == id.effective_from)
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

/// What is wrong with a rule by itself.
fn fault(rule: &ScopeRule) -> Option<LawError> {
    if rule
        .effective_from
        .zip(rule.effective_to)
        .is_some_and(|(from, to)| to <= from)
    {
        return Some(LawError::EmptyPeriod { rule: rule.id() });
    }
    let sourced = rule.citation.is_some() || rule.source_url.is_some();
    (!sourced && rule.status != ScopeStatus::Unknown)
        .then(|| LawError::Unsourced { rule: rule.id() })
}

/// What is wrong between a period and the next.
fn seam(earlier: &ScopeRule, later: &ScopeRule) -> Option<LawError> {
    if earlier.id() == later.id() {
        return Some(LawError::Duplicate { rule: later.id() });
    }
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
