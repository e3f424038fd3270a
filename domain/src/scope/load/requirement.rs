use serde::Deserialize;

use super::field::{Line, optional_text};
use crate::scope::error::{LawError, LawFile};
use crate::scope::requirement::{Requirement, RequirementKind};
use crate::scope::rule_id::RuleId;
use crate::taxonomy::Discipline;

/// The columns of `scope_requirements.csv`, as text. Blank is "not seen".
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequirementFields {
    /// Postal code of the rule.
    pub jurisdiction: String,
    /// Discipline code of the rule.
    pub discipline: String,
    /// First day of the rule; blank where its start was not found.
    pub effective_from: String,
    /// PROVIDER, VISIT.
    pub subject: String,
    /// Requirement kind code.
    pub kind: String,
    /// How much, or which.
    pub value: String,
    /// Of what.
    pub unit: String,
    /// The name of a group of alternatives.
    pub alternative_group: String,
    /// In our words.
    pub note: String,
    /// HIGH, MEDIUM, LOW.
    pub confidence: String,
}

/// The requirement of a line, and the rule that it belongs to.
pub(super) fn read(
    number: u64,
    fields: &RequirementFields,
) -> Result<(RuleId, Requirement), Vec<LawError>> {
    let mut line = Line::new(LawFile::Requirements, number);
    let jurisdiction = line.code("jurisdiction", &fields.jurisdiction);
    let discipline = line.code("discipline", &fields.discipline);
    let effective_from = line.optional_day("effective_from", &fields.effective_from);
    let subject = line.code("subject", &fields.subject);
    let kind = line.code("kind", &fields.kind);
    let confidence = line.code("confidence", &fields.confidence);
    let read = (|| {
        let id = RuleId {
            jurisdiction: jurisdiction?,
            discipline: discipline?,
            effective_from,
        };
        let requirement = Requirement {
            subject: subject?,
            kind: kind?,
            value: optional_text(&fields.value),
            unit: optional_text(&fields.unit),
            alternative_group: optional_text(&fields.alternative_group),
            note: optional_text(&fields.note),
            confidence: confidence?,
        };
        Some((id, requirement))
    })();
    if let Some((_, requirement)) = &read {
        check_value(requirement, &mut line);
        check_unit(requirement, &mut line);
    }
    line.finish(read)
}

/// A value that its kind cannot mean would never be met, and nobody would see why.
fn check_value(requirement: &Requirement, line: &mut Line) {
    use RequirementKind as Kind;
    let Some(value) = requirement.value.as_deref() else {
        return;
    };
    let reason = match requirement.kind {
        kind if is_hours(kind) => requirement
            .minutes()
            .is_none()
            .then(|| format!("{value:?} is no number of hours in whole minutes")),
        Kind::YearsLicensed | Kind::CompletionWindowYears => requirement
            .months()
            .is_none()
            .then(|| format!("{value:?} is no number of years in whole months")),
        Kind::SupervisedSessions => requirement
            .count()
            .is_none()
            .then(|| format!("{value:?} is no whole number")),
        Kind::DualLicense => value
            .parse::<Discipline>()
            .err()
            .map(|error| error.to_string()),
        Kind::DegreeOrLicensedSince if unit_is(requirement, "DATE") => requirement
            .last_day()
            .is_none()
            .then(|| format!("{value:?} is neither a day nor a year")),
        _ => None,
    };
    if let Some(reason) = reason {
        line.refuse("value", reason);
    }
}

fn check_unit(requirement: &Requirement, line: &mut Line) {
    let allowed: &[&str] = match requirement.kind {
        kind if is_hours(kind) => &["HOURS"],
        RequirementKind::YearsLicensed => &["YEARS", "YEARS_IN_STATE"],
        RequirementKind::CompletionWindowYears => &["YEARS"],
        RequirementKind::SupervisedSessions => &["SESSIONS"],
        _ => return,
    };
    if let Some(unit) = requirement.unit.as_deref()
        && !allowed.iter().any(|allowed| unit_is(requirement, allowed))
    {
        line.refuse("unit", format!("{unit:?} is not {}", allowed.join(" or ")));
    }
}

fn unit_is(requirement: &Requirement, unit: &str) -> bool {
    requirement
        .unit
        .as_deref()
        .is_some_and(|held| held.eq_ignore_ascii_case(unit))
}

const fn is_hours(kind: RequirementKind) -> bool {
    matches!(
        kind,
        RequirementKind::TrainingHoursTotal
            | RequirementKind::TrainingHoursInPerson
            | RequirementKind::TrainingHoursTheory
            | RequirementKind::TrainingHoursPractical
            | RequirementKind::TrainingHoursPostgraduate
            | RequirementKind::InterimHours
    )
}
