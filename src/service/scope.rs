//! The law, as we know it.

use std::sync::Arc;

use chrono::NaiveDate;
use domain::eligibility::Rulebook;
use domain::place::Jurisdiction;
use domain::scope::{RuleId, ScopeRule, ScopeStatus, SourceAge};
use domain::taxonomy::Discipline;

use super::Reading;

/// One rule of the law that a reading holds.
#[derive(Debug, Clone)]
pub struct Rule {
    rules: Arc<Rulebook>,
    jurisdiction: Jurisdiction,
    discipline: Discipline,
    period: usize,
}

impl Rule {
    /// What it says.
    pub fn get(&self) -> &ScopeRule {
        &self.rules.scope.periods(self.discipline, self.jurisdiction)[self.period]
    }
}

/// What the law says on a day, and the rule that says it.
#[derive(Debug, Clone)]
pub struct Decision {
    /// To whom.
    pub discipline: Discipline,
    /// Whose law.
    pub jurisdiction: Jurisdiction,
    /// The day.
    pub on: NaiveDate,
    /// What it says; UNKNOWN where there is no rule.
    pub status: ScopeStatus,
    /// The rule, where there is one.
    pub rule: Option<Rule>,
}

/// What the law of a jurisdiction says to a discipline on a day, or today there.
pub fn decide(
    reading: &Reading,
    discipline: Discipline,
    jurisdiction: Jurisdiction,
    on: Option<NaiveDate>,
) -> Decision {
    let on = on.unwrap_or_else(|| reading.today(jurisdiction.zone()));
    let rules = reading.rules();
    let decision = rules.scope.decide(discipline, jurisdiction, on);
    let periods = rules.scope.periods(discipline, jurisdiction);
    let period = decision
        .rule
        .and_then(|rule| periods.iter().position(|one| std::ptr::eq(one, rule)));
    Decision {
        discipline,
        jurisdiction,
        on,
        status: decision.status,
        rule: period.map(|period| Rule {
            rules: Arc::clone(rules),
            jurisdiction,
            discipline,
            period,
        }),
    }
}

/// Every rule of a jurisdiction, of a discipline, in force on a day, as far as each is named; by
/// jurisdiction's code, discipline and period.
pub fn rules(
    reading: &Reading,
    jurisdiction: Option<Jurisdiction>,
    discipline: Option<Discipline>,
    on: Option<NaiveDate>,
) -> Vec<Rule> {
    let mut asked: Vec<_> = Jurisdiction::ALL
        .iter()
        .copied()
        .filter(|one| jurisdiction.is_none_or(|asked| asked == *one))
        .collect();
    asked.sort_unstable_by_key(|one| one.code());
    asked
        .into_iter()
        .flat_map(|jurisdiction| {
            Discipline::ALL
                .iter()
                .filter(move |one| discipline.is_none_or(|asked| asked == **one))
                .map(move |discipline| (jurisdiction, *discipline))
        })
        .flat_map(|(jurisdiction, discipline)| periods(reading, jurisdiction, discipline))
        .filter(|rule| on.is_none_or(|on| rule.get().covers(on)))
        .collect()
}

/// The rule with that name.
pub fn rule(reading: &Reading, id: RuleId) -> Option<Rule> {
    periods(reading, id.jurisdiction, id.discipline).find(|rule| rule.get().id() == id)
}

/// Is the source of a rule older today than the policy lets a source be?
pub fn is_stale(reading: &Reading, rule: &ScopeRule) -> bool {
    let today = reading.today(rule.jurisdiction.zone());
    match rule.source_age(today, reading.policy().scope_source_days) {
        SourceAge::Stale { .. } => true,
        SourceAge::Fresh | SourceAge::Undated => false,
    }
}

fn periods(
    reading: &Reading,
    jurisdiction: Jurisdiction,
    discipline: Discipline,
) -> impl Iterator<Item = Rule> {
    let rules = Arc::clone(reading.rules());
    let count = rules.scope.periods(discipline, jurisdiction).len();
    (0..count).map(move |period| Rule {
        rules: Arc::clone(&rules),
        jurisdiction,
        discipline,
        period,
    })
}
