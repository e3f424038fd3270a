//! The two files that are shipped, as a whole.

use std::collections::BTreeSet;

use domain::scope::{RequirementSubject, RuleId, ScopeStatus};

use crate::support::law;

#[test]
fn every_rule_is_found_by_its_name_and_by_every_day_it_covers() {
    let mut names = BTreeSet::new();
    for rule in law().rules() {
        let name = rule.id().to_string();
        assert_eq!(name.parse::<RuleId>(), Ok(rule.id()));
        assert_eq!(law().by_id(rule.id()), Some(rule));
        for on in [rule.effective_from, rule.last_day()].into_iter().flatten() {
            let decision = law().decide(rule.discipline, rule.jurisdiction, on);
            assert_eq!(decision.rule, Some(rule), "{name} on {on}");
        }
        assert!(names.insert(name));
    }
    assert_eq!(names.len(), 293);
}

#[test]
fn all_requirements_belong_to_conditional_rules_and_every_such_rule_has_some() {
    let mut requirements = 0;
    for rule in law().rules() {
        requirements += rule.requirements.len();
        assert_eq!(
            rule.requirements.is_empty(),
            rule.status != ScopeStatus::Conditional,
            "{}",
            rule.id()
        );
    }
    assert_eq!(requirements, 300);
}

#[test]
fn published_minimums_agree_with_what_is_judged() {
    for rule in law().rules() {
        let judged = |kinds: &[&str]| {
            rule.requirements
                .iter()
                .filter(|asked| {
                    asked.subject == RequirementSubject::Provider
                        && kinds.contains(&asked.kind.code())
                })
                .filter_map(|asked| asked.value.as_deref()?.parse::<u32>().ok())
                .collect::<Vec<_>>()
        };
        // Where all hours are in person, some rules list them as that alone.
        let total = ["TRAINING_HOURS_TOTAL", "TRAINING_HOURS_IN_PERSON"];
        for (minimum, kinds) in [
            (rule.min_training_hours, &total[..]),
            (rule.min_in_person_hours, &["TRAINING_HOURS_IN_PERSON"]),
            (rule.min_years_licensed, &["YEARS_LICENSED"]),
        ] {
            if let Some(minimum) = minimum {
                assert!(judged(kinds).contains(&minimum), "{} {kinds:?}", rule.id());
            }
        }
    }
}
