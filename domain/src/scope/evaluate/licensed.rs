//! Years licensed, degrees that stand in for them, and second licences.

use chrono::NaiveDate;

use super::answer::{Answer, Lack, Shortfall};
use crate::credential::CredentialKind;
use crate::license::LicenseFinding;
use crate::scope::evidence::Evidence;
use crate::scope::requirement::Requirement;
use crate::taxonomy::Discipline;
use crate::time::months_after;

/// The unit of years that count only when licensed in the state that asks.
const IN_STATE: &str = "YEARS_IN_STATE";

/// What a degree that included the training is called.
const DEGREE_TRAINING: &str = "DEGREE_TRAINING";

/// Years since the first day of the earliest licence of the discipline that a source confirmed. The
/// anniversary itself completes the year.
pub(super) fn years(requirement: &Requirement, evidence: &Evidence<'_>) -> Answer {
    let Some(months) = requirement.months() else {
        return Answer::NotEvidenced(Lack::NotKnown);
    };
    let in_state = requirement
        .unit
        .as_deref()
        .is_some_and(|unit| unit.eq_ignore_ascii_case(IN_STATE));
    let jurisdiction = in_state.then_some(evidence.jurisdiction);
    match evidence.licensed_since(jurisdiction).min() {
        None => Answer::NotEvidenced(Lack::NothingVerified),
        Some(since) if months_after(since, months) <= evidence.day.on() => {
            Answer::Met { until: None }
        }
        Some(since) => Answer::NotMet(Shortfall::LicensedSince(since)),
    }
}

/// A verified degree of that name, or a licence there since that day; a year alone is its last day.
pub(super) fn degree_or_since(requirement: &Requirement, evidence: &Evidence<'_>) -> Answer {
    let Some(value) = requirement.value.as_deref() else {
        return Answer::NotEvidenced(Lack::NotKnown);
    };
    match requirement.last_day() {
        Some(by) => licensed_by(by, evidence),
        None => degree(value, evidence),
    }
}

/// Another licence there that a recent check found in force.
pub(super) fn dual(requirement: &Requirement, evidence: &Evidence<'_>) -> Answer {
    let Some(other) = requirement
        .value
        .as_deref()
        .and_then(|value| value.parse::<Discipline>().ok())
    else {
        return Answer::NotEvidenced(Lack::NotKnown);
    };
    let check_days = evidence.policy.license_check_days;
    let when = (evidence.day, evidence.zone);
    let held = &evidence.provider.licenses;
    held.iter()
        .filter(|license| {
            license.discipline == other && license.jurisdiction == evidence.jurisdiction
        })
        .map(
            |license| match license.finding_among(held, evidence.compacts, when, check_days) {
                LicenseFinding::InForce { until, .. } => Answer::Met { until: Some(until) },
                LicenseFinding::OutOfForce(_)
                | LicenseFinding::WrongKind(_)
                | LicenseFinding::Expired(_)
                | LicenseFinding::NotYetIssued(_) => {
                    Answer::NotMet(Shortfall::OtherLicenseNotInForce)
                }
                LicenseFinding::NoPrivilege(none) if none.is_known() => {
                    Answer::NotMet(Shortfall::OtherLicenseNotInForce)
                }
                LicenseFinding::Mismatch(_)
                | LicenseFinding::Unclear(_)
                | LicenseFinding::Old(_)
                | LicenseFinding::SelfReported
                | LicenseFinding::NoneIssued
                | LicenseFinding::NoPrivilege(_) => Answer::NotEvidenced(Lack::NothingVerified),
            },
        )
        .reduce(Answer::or)
        .unwrap_or(Answer::NotEvidenced(Lack::NothingVerified))
}

fn licensed_by(by: NaiveDate, evidence: &Evidence<'_>) -> Answer {
    match evidence.licensed_since(Some(evidence.jurisdiction)).min() {
        None => Answer::NotEvidenced(Lack::NothingVerified),
        Some(since) if since <= by => Answer::Met { until: None },
        Some(since) => Answer::NotMet(Shortfall::LicensedSince(since)),
    }
}

fn degree(name: &str, evidence: &Evidence<'_>) -> Answer {
    let degrees = || evidence.credentials(CredentialKind::Degree);
    let is = |held: Option<&str>| held.is_some_and(|held| held.eq_ignore_ascii_case(name));
    let met = degrees()
        .filter(|degree| is(degree.it.names.as_deref()))
        .map(|degree| Answer::Met {
            until: degree.until,
        })
        .reduce(Answer::or);
    if let Some(met) = met {
        return met;
    }
    if let Some(on) = evidence.looked_up_in_vain(CredentialKind::Degree, Some(name)) {
        return Answer::NotMet(Shortfall::NotInRegister(on));
    }
    // A master's degree is not a doctorate; it may well have included the training.
    let lower = name != DEGREE_TRAINING
        && degrees().any(|degree| degree.it.names.as_deref().is_some_and(is_lower));
    if lower {
        Answer::NotMet(Shortfall::LowerDegree)
    } else {
        Answer::NotEvidenced(Lack::NothingVerified)
    }
}

/// Is a degree of that name below a doctorate?
fn is_lower(name: &str) -> bool {
    ["ASSOCIATE", "BACHELOR", "MASTER"]
        .iter()
        .any(|level| name.to_ascii_uppercase().starts_with(level))
}
