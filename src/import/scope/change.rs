//! What a file of the law changes in the law on file.
//!
//! A change of the law is a new period: it closes the last one and begins another. What would alter
//! or remove a period on file is a correction of our own research, and only made when asked for by
//! name; the period that it replaces is retired, not deleted.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::scope::{Requirement, RuleId, ScopeLaw, ScopeRule};
use serde::Serialize;

/// The difference between the law on file and the law of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// New periods.
    pub added: Vec<String>,
    /// Open periods that end.
    pub closed: Vec<Closed>,
    /// Periods on file that the file tells otherwise.
    pub altered: Vec<Altered>,
    /// Periods on file that the file lacks though it has others of the pair.
    pub removed: Vec<String>,
    /// Periods that both tell alike.
    pub unchanged: usize,
    /// Periods of pairs that the file does not speak of; they stay as they are.
    pub not_in_file: usize,
}

/// An open period that ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Closed {
    /// Which.
    pub rule: String,
    /// First day on which it no longer holds.
    pub effective_to: NaiveDate,
}

/// A period that the file tells otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Altered {
    /// Which.
    pub rule: String,
    /// In what.
    pub fields: Vec<&'static str>,
}

impl Change {
    /// Does the file say what is on file already?
    pub fn is_nothing(&self) -> bool {
        self.added.is_empty() && self.closed.is_empty() && !self.is_correction()
    }

    /// Does it alter or remove what is on file?
    pub fn is_correction(&self) -> bool {
        !self.altered.is_empty() || !self.removed.is_empty()
    }
}

/// The rules of the law as it will be, and what changes on the way there.
///
/// Pairs of jurisdiction and discipline that the file does not speak of stay as they are.
pub fn compare(on_file: &ScopeLaw, file: &ScopeLaw) -> (Vec<ScopeRule>, Change) {
    let mut change = Change::default();
    let mut rules = Vec::new();
    let spoken_of: BTreeSet<_> = file.rules().map(pair).collect();
    for rule in file.rules() {
        let id = rule.id();
        let before = find(on_file, id);
        match before {
            None => change.added.push(id.to_string()),
            Some(before) if differing(before, rule).is_empty() => change.unchanged += 1,
            Some(before) => tell(before, rule, &mut change),
        }
        // What says the same stays as it is, in whatever order the file lists its requirements.
        let same = before.filter(|before| differing(before, rule).is_empty());
        rules.push(same.unwrap_or(rule).clone());
    }
    for before in on_file.rules() {
        if !spoken_of.contains(&pair(before)) {
            change.not_in_file += 1;
            rules.push(before.clone());
        } else if find(file, before.id()).is_none() {
            change.removed.push(before.id().to_string());
        }
    }
    (rules, change)
}

fn tell(before: &ScopeRule, rule: &ScopeRule, change: &mut Change) {
    let fields = differing(before, rule);
    let id = rule.id().to_string();
    match (&fields[..], before.effective_to, rule.effective_to) {
        (["effectiveTo"], None, Some(effective_to)) => change.closed.push(Closed {
            rule: id,
            effective_to,
        }),
        _ => change.altered.push(Altered { rule: id, fields }),
    }
}

fn differing(a: &ScopeRule, b: &ScopeRule) -> Vec<&'static str> {
    let pairs = [
        ("status", a.status == b.status),
        ("effectiveTo", a.effective_to == b.effective_to),
        ("instrument", a.instrument == b.instrument),
        ("citation", a.citation == b.citation),
        ("sourceUrl", a.source_url == b.source_url),
        ("sourceAsOf", a.source_as_of == b.source_as_of),
        ("confidence", a.confidence == b.confidence),
        ("summary", a.summary == b.summary),
        (
            "minTrainingHours",
            a.min_training_hours == b.min_training_hours,
        ),
        (
            "minInPersonHours",
            a.min_in_person_hours == b.min_in_person_hours,
        ),
        (
            "minYearsLicensed",
            a.min_years_licensed == b.min_years_licensed,
        ),
        (
            "referralRequired",
            a.referral_required == b.referral_required,
        ),
        ("consentRequired", a.consent_required == b.consent_required),
        (
            "requirements",
            sorted(&a.requirements) == sorted(&b.requirements),
        ),
    ];
    pairs
        .into_iter()
        .filter_map(|(field, same)| (!same).then_some(field))
        .collect()
}

/// Requirements in an order of their own: that of the file means nothing.
fn sorted(requirements: &[Requirement]) -> Vec<&Requirement> {
    let mut sorted: Vec<_> = requirements.iter().collect();
    sorted.sort_by_key(|asked| {
        (
            asked.kind,
            asked.subject,
            &asked.alternative_group,
            &asked.value,
            &asked.unit,
            &asked.note,
        )
    });
    sorted
}

fn pair(rule: &ScopeRule) -> (domain::place::Jurisdiction, domain::taxonomy::Discipline) {
    (rule.jurisdiction, rule.discipline)
}

fn find(law: &ScopeLaw, id: RuleId) -> Option<&ScopeRule> {
    law.periods(id.discipline, id.jurisdiction)
        .iter()
        .find(|rule| rule.effective_from == id.effective_from)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::seed;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The seed law, and the rules of Colorado's physical therapists in it.
    fn colorado() -> (ScopeLaw, Vec<ScopeRule>) {
        let law = seed::law().unwrap();
        let rules = law
            .rules()
            .filter(|rule| rule.id().to_string().starts_with("CO-PHYSICAL_THERAPIST"))
            .cloned()
            .collect();
        (law, rules)
    }

    fn with(rules: Vec<ScopeRule>) -> ScopeLaw {
        ScopeLaw::new(rules).unwrap()
    }

    #[test]
    fn the_law_on_file_changes_nothing() {
        let (law, _) = colorado();
        let (rules, change) = compare(&law, &law);
        assert!(change.is_nothing());
        assert_eq!((change.unchanged, rules.len()), (293, 293));
    }

    #[test]
    fn the_order_of_requirements_means_nothing() {
        let (law, mut rules) = colorado();
        for rule in &mut rules {
            rule.requirements.reverse();
        }
        let (after, change) = compare(&law, &with(rules));
        assert!(change.is_nothing());
        assert_eq!(with(after), law);
    }

    #[test]
    fn a_new_period_closes_the_open_one_and_leaves_other_pairs_alone() {
        let (law, mut rules) = colorado();
        let held = rules.len();
        let mut next = rules.last().unwrap().clone();
        rules.last_mut().unwrap().effective_to = Some(day("2027-01-01"));
        next.effective_from = Some(day("2027-01-01"));
        rules.push(next);
        let (after, change) = compare(&law, &with(rules));
        assert_eq!(change.added, ["CO-PHYSICAL_THERAPIST-2027-01-01"]);
        assert_eq!(change.closed[0].effective_to, day("2027-01-01"));
        assert!(!change.is_correction());
        assert_eq!(change.unchanged, held - 1);
        assert_eq!((change.not_in_file, after.len()), (293 - held, 294));
    }

    #[test]
    fn another_word_about_a_period_on_file_is_a_correction() {
        let (law, mut rules) = colorado();
        rules[0].summary = "otherwise".into();
        let (_, change) = compare(&law, &with(rules.clone()));
        assert_eq!(change.altered[0].fields, ["summary"]);
        rules.remove(0);
        let (_, change) = compare(&law, &with(rules));
        assert_eq!(change.removed.len(), 1);
        assert!(change.is_correction());
    }

    #[test]
    fn a_closed_period_that_opens_again_is_a_correction() {
        let (_, mut rules) = colorado();
        let open = rules.pop().unwrap();
        let mut closed = open.clone();
        closed.effective_to = Some(day("2027-01-01"));
        let (_, change) = compare(&with(vec![closed]), &with(vec![open]));
        assert_eq!(change.altered[0].fields, ["effectiveTo"]);
    }
}
