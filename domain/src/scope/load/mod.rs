//! Reads the law from the columns of two files: `scope_rules.csv` and `scope_requirements.csv`.
//!
//! The reader of the files names lines; what a line cannot say is told with its line and column. All
//! mistakes are told at once, and a file with one is refused whole: half of the law is not law.

mod field;
mod requirement;
mod rule;

pub use requirement::RequirementFields;
pub use rule::RuleFields;

use std::collections::BTreeMap;

use super::error::LawError;
use super::law::ScopeLaw;
use super::requirement::Requirement;
use super::rule::{ScopeRule, ScopeStatus};
use super::rule_id::RuleId;

/// Reads the law from numbered lines, the header of a file being its line 1.
pub fn law(
    rules: impl IntoIterator<Item = (u64, RuleFields)>,
    requirements: impl IntoIterator<Item = (u64, RequirementFields)>,
) -> Result<ScopeLaw, Vec<LawError>> {
    let mut errors = Vec::new();
    let mut read = Vec::new();
    for (line, fields) in rules {
        match rule::read(line, &fields) {
            Ok(rule) => read.push(rule),
            Err(found) => errors.extend(found),
        }
    }
    let mut by_id: BTreeMap<RuleId, usize> = BTreeMap::new();
    for (at, rule) in read.iter().enumerate() {
        by_id.insert(rule.id(), at);
    }
    for (line, fields) in requirements {
        match requirement::read(line, &fields) {
            Ok((id, requirement)) => {
                let rule = by_id.get(&id).map(|at| &mut read[*at]);
                errors.extend(attach(line, id, requirement, rule).err());
            }
            Err(found) => errors.extend(found),
        }
    }
    // A rule that could not be read would leave a gap, which is not what is wrong.
    if errors.is_empty() {
        ScopeLaw::new(read)
    } else {
        Err(errors)
    }
}

fn attach(
    line: u64,
    id: RuleId,
    requirement: Requirement,
    rule: Option<&mut ScopeRule>,
) -> Result<(), LawError> {
    let Some(rule) = rule else {
        return Err(LawError::RequirementWithoutRule { line, rule: id });
    };
    if rule.status != ScopeStatus::Conditional {
        return Err(LawError::RequirementOfUnconditional { line, rule: id });
    }
    let repeats = rule.requirements.iter().any(|earlier| {
        earlier.subject == requirement.subject
            && earlier.kind == requirement.kind
            && earlier.value == requirement.value
            && earlier.unit == requirement.unit
            && earlier.alternative_group == requirement.alternative_group
            && earlier.note == requirement.note
    });
    if repeats {
        return Err(LawError::DuplicateRequirement { line, rule: id });
    }
    rule.requirements.push(requirement);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scope::LawFile;

    fn rule(status: &str, from: &str, to: &str) -> RuleFields {
        RuleFields {
            jurisdiction: "CO".to_owned(),
            discipline: "PHYSICAL_THERAPIST".to_owned(),
            status: status.to_owned(),
            effective_from: from.to_owned(),
            effective_to: to.to_owned(),
            instrument: "STATUTE".to_owned(),
            citation: "a statute".to_owned(),
            confidence: "HIGH".to_owned(),
            summary: "in words".to_owned(),
            ..RuleFields::default()
        }
    }

    fn requirement(from: &str, kind: &str, value: &str, unit: &str) -> RequirementFields {
        RequirementFields {
            jurisdiction: "CO".to_owned(),
            discipline: "PHYSICAL_THERAPIST".to_owned(),
            effective_from: from.to_owned(),
            subject: "PROVIDER".to_owned(),
            kind: kind.to_owned(),
            value: value.to_owned(),
            unit: unit.to_owned(),
            confidence: "HIGH".to_owned(),
            ..RequirementFields::default()
        }
    }

    fn load(rules: &[RuleFields], requirements: &[RequirementFields]) -> Result<ScopeLaw, String> {
        law(
            (2..).zip(rules.iter().cloned()),
            (2..).zip(requirements.iter().cloned()),
        )
        .map_err(|errors| {
            let lines: Vec<_> = errors.iter().map(ToString::to_string).collect();
            lines.join("\n")
        })
    }

    #[track_caller]
    fn refused(rules: &[RuleFields], requirements: &[RequirementFields], expected: &str) {
        assert_eq!(load(rules, requirements), Err(expected.to_owned()));
    }

    #[test]
    fn two_rules_on_one_day_are_refused() {
        refused(
            &[
                rule("SILENT", "", "2020-01-02"),
                rule("PERMITTED", "2020-01-01", ""),
            ],
            &[],
            "PHYSICAL_THERAPIST in CO: two rules are in force on 2020-01-01",
        );
        refused(
            &[rule("SILENT", "", ""), rule("PERMITTED", "2020-01-01", "")],
            &[],
            "PHYSICAL_THERAPIST in CO: two rules are in force on 2020-01-01",
        );
    }

    #[test]
    fn days_between_two_rules_are_refused() {
        refused(
            &[
                rule("PERMITTED", "2020-01-03", ""),
                rule("SILENT", "", "2020-01-01"),
            ],
            &[],
            "PHYSICAL_THERAPIST in CO: no rule is in force from 2020-01-01 to 2020-01-03",
        );
    }

    #[test]
    fn the_same_rule_twice_is_refused() {
        refused(
            &[
                rule("SILENT", "2020-01-01", ""),
                rule("SILENT", "2020-01-01", ""),
            ],
            &[],
            "rule CO-PHYSICAL_THERAPIST-2020-01-01 is there twice",
        );
    }

    #[test]
    fn a_rule_that_ends_before_it_begins_is_refused() {
        for to in ["2019-12-31", "2020-01-01"] {
            refused(
                &[rule("SILENT", "2020-01-01", to)],
                &[],
                "rule CO-PHYSICAL_THERAPIST-2020-01-01 ends before its first day is over",
            );
        }
    }

    #[test]
    fn only_unknown_needs_neither_citation_nor_address() {
        let unsourced = |status| RuleFields {
            citation: String::new(),
            ..rule(status, "", "")
        };
        refused(
            &[unsourced("SILENT")],
            &[],
            "rule CO-PHYSICAL_THERAPIST-open has neither a citation nor a source URL",
        );
        assert!(load(&[unsourced("UNKNOWN")], &[]).is_ok());
        let by_address = RuleFields {
            source_url: "https://example.org".to_owned(),
            ..unsourced("SILENT")
        };
        assert!(load(&[by_address], &[]).is_ok());
    }

    #[test]
    fn a_requirement_needs_a_conditional_rule_of_its_own() {
        let hours = requirement("2020-01-01", "TRAINING_HOURS_TOTAL", "50", "HOURS");
        refused(
            &[rule("CONDITIONAL", "", "")],
            std::slice::from_ref(&hours),
            "requirements line 2: there is no rule CO-PHYSICAL_THERAPIST-2020-01-01",
        );
        refused(
            &[rule("PERMITTED", "2020-01-01", "")],
            std::slice::from_ref(&hours),
            "requirements line 2: rule CO-PHYSICAL_THERAPIST-2020-01-01 is not CONDITIONAL",
        );
        refused(
            &[rule("CONDITIONAL", "2020-01-01", "")],
            &[hours.clone(), hours],
            "requirements line 3 repeats an earlier line of rule CO-PHYSICAL_THERAPIST-2020-01-01",
        );
    }

    #[test]
    fn what_a_field_cannot_say_is_told_with_line_and_column() {
        let bad = RuleFields {
            jurisdiction: "XX".to_owned(),
            effective_to: "2020-13-01".to_owned(),
            min_training_hours: "many".to_owned(),
            summary: " ".to_owned(),
            ..rule("ALLOWED", "", "")
        };
        let expected = [
            (
                LawFile::Rules,
                "jurisdiction",
                "\"XX\" is not a jurisdiction code",
            ),
            (
                LawFile::Rules,
                "status",
                "\"ALLOWED\" is not a scope status code",
            ),
            (
                LawFile::Rules,
                "effective_to",
                "\"2020-13-01\" is not a day like 2026-11-21",
            ),
            (
                LawFile::Rules,
                "min_training_hours",
                "\"many\" is not a whole number",
            ),
            (LawFile::Rules, "summary", "is blank"),
        ]
        .map(|(file, field, reason)| LawError::Field {
            file,
            line: 2,
            field,
            reason: reason.to_owned(),
        });
        assert_eq!(law([(2, bad)], []), Err(expected.to_vec()));
    }

    #[test]
    fn a_value_has_to_fit_its_kind_and_unit() {
        let conditional = [rule("CONDITIONAL", "", "")];
        for (kind, value, unit, expected) in [
            ("TRAINING_HOURS_TOTAL", "27.5", "hours", None),
            ("TRAINING_HOURS_TOTAL", "", "HOURS", None),
            (
                "TRAINING_HOURS_TOTAL",
                "fifty",
                "HOURS",
                Some("value: \"fifty\" is no number of hours in whole minutes"),
            ),
            (
                "TRAINING_HOURS_TOTAL",
                "50",
                "SESSIONS",
                Some("unit: \"SESSIONS\" is not HOURS"),
            ),
            ("YEARS_LICENSED", "1.5", "YEARS_IN_STATE", None),
            (
                "YEARS_LICENSED",
                "0.1",
                "YEARS",
                Some("value: \"0.1\" is no number of years in whole months"),
            ),
            (
                "SUPERVISED_SESSIONS",
                "2.5",
                "SESSIONS",
                Some("value: \"2.5\" is no whole number"),
            ),
            (
                "DUAL_LICENSE",
                "DENTIST",
                "TEXT",
                Some("value: \"DENTIST\" is not a discipline code"),
            ),
            (
                "DEGREE_OR_LICENSED_SINCE",
                "2008-06-31",
                "DATE",
                Some("value: \"2008-06-31\" is neither a day nor a year"),
            ),
            ("DEGREE_OR_LICENSED_SINCE", "2003", "DATE", None),
            ("DEGREE_OR_LICENSED_SINCE", "DOCTORATE", "TEXT", None),
            ("EXAM", "2", "exams", None),
            ("OTHER", "", "", None),
        ] {
            let asked = requirement("", kind, value, unit);
            let expected = match expected {
                None => Ok(()),
                Some(reason) => Err(format!("requirements line 2, {reason}")),
            };
            assert_eq!(
                load(&conditional, &[asked]).map(drop),
                expected,
                "{kind} {value} {unit}"
            );
        }
    }
}
