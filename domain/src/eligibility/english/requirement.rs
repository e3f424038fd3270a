//! Requirements in words.

use super::day;
use crate::scope::{Answer, Judged, Lack, Requirement, RequirementKind, Shortfall};

/// What is asked: "50 hours in person".
pub(super) fn asked(requirement: &Requirement) -> String {
    use RequirementKind as Kind;
    let value = requirement.value.as_deref();
    let hours = |what: &str| match value {
        Some(value) => format!("{value} hours {what}"),
        None => format!("hours {what}, how many was not found"),
    };
    let named = |what: &str| match requirement.name() {
        Some(value) => format!("{what} ({})", words(value)),
        None => what.to_owned(),
    };
    match requirement.kind {
        Kind::TrainingHoursTotal => hours("of training"),
        Kind::TrainingHoursInPerson => hours("of training in person"),
        Kind::TrainingHoursTheory => hours("of theory"),
        Kind::TrainingHoursPractical => hours("of practical training"),
        Kind::TrainingHoursPostgraduate => hours("of postgraduate training"),
        Kind::InterimHours => hours("for limited practice"),
        Kind::CompletionWindowYears => {
            format!("training finished within {} years", value.unwrap_or("some"))
        }
        Kind::YearsLicensed => match value {
            Some("1") => "one year licensed".to_owned(),
            Some(value) => format!("{value} years licensed"),
            None => "years licensed, how many was not found".to_owned(),
        },
        Kind::DualLicense => named("a second license"),
        Kind::DegreeOrLicensedSince => match value {
            Some(value) if value.starts_with(|first: char| first.is_ascii_digit()) => {
                format!("a license there since {value}")
            }
            _ => named("a degree"),
        },
        Kind::ApprovedCourse => named("an approved course"),
        Kind::Exam => match value {
            Some(value) if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                format!("passed examinations: {value}")
            }
            _ => named("a passed examination"),
        },
        Kind::StateEndorsement => named("the state's endorsement"),
        Kind::StatePermit => named("the state's permit"),
        Kind::NationalCertification => named("national certification"),
        Kind::SupervisedSessions => format!("{} supervised sessions", value.unwrap_or("some")),
        Kind::Other => match (value, requirement.unit.as_deref()) {
            (None, _) => "a condition whose text was not found".to_owned(),
            (Some(value), None | Some("TEXT")) => words(value),
            (Some(value), Some(unit)) => match requirement.note.as_deref() {
                Some(note) => format!("{value} {} ({note})", words(unit)),
                None => format!("{value} {}", words(unit)),
            },
        },
        Kind::Consent => named("consent"),
        Kind::Referral => named("a referral"),
        Kind::Technique => named("a limit of technique"),
        Kind::BodyRegion => named("a limit of body region"),
        Kind::NoDelegation => "no delegation".to_owned(),
        Kind::AdverseEventReporting => "reporting of adverse events".to_owned(),
    }
}

/// What is asked and what is missing of it: "50 hours in person (20 hours proved)".
pub(super) fn lacking(judged: &Judged<'_>) -> String {
    let asked = asked(judged.requirement);
    match judged.answer {
        Answer::Met { .. } => asked,
        Answer::NotMet(shortfall) => format!("{asked} ({})", short(shortfall)),
        Answer::NotEvidenced(lack) => match missing(lack) {
            Some(missing) => format!("{asked} ({missing})"),
            None => asked,
        },
    }
}

fn short(shortfall: Shortfall) -> String {
    match shortfall {
        Shortfall::Minutes(proved) => format!("{} proved", hours(proved)),
        Shortfall::Sessions(proved) => format!("{proved} proved"),
        Shortfall::LicensedSince(on) => format!("licensed since {}", day(on)),
        Shortfall::LowerDegree => "the degree proved is a lower one".to_owned(),
        Shortfall::Took { from, to } => format!("it took from {} to {}", day(from), day(to)),
        Shortfall::NotInRegister(on) => format!("the register had none on {}", day(on)),
        Shortfall::OtherLicenseNotInForce => "it is not in force".to_owned(),
    }
}

fn missing(lack: Lack) -> Option<String> {
    match lack {
        Lack::NotKnown | Lack::NothingVerified => None,
        Lack::LimitedPractice(proved) => {
            Some(format!("{} proved: limited practice only", hours(proved)))
        }
        Lack::NotStated => Some("the certificates do not say how many".to_owned()),
        Lack::NotDated => Some("the certificates do not say when".to_owned()),
        Lack::Overlapping => Some("courses that share days count once".to_owned()),
        Lack::HoursIncomplete => Some("the hours are not complete".to_owned()),
        Lack::Incomplete => Some("proved in part".to_owned()),
    }
}

fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (hours, 0) => format!("{hours} hours"),
        (hours, rest) => format!("{hours} hours {rest} minutes"),
    }
}

/// A code as words; abbreviations of bodies and examinations stay as they are.
fn words(code: &str) -> String {
    if code.len() <= 6 && !code.contains('_') {
        code.to_owned()
    } else {
        code.replace('_', " ").to_lowercase()
    }
}
