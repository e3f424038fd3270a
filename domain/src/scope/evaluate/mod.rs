//! Does a person meet what a conditional rule asks for?
//!
//! One file a kind of evidence: `hours`, `window`, `licensed`, `credential`. Requirements of
//! the visit are not judged. What is not proved is never taken as met, and only two things say that
//! it is not met: verified evidence of that very kind that falls short, and a register that was asked
//! and has none.

mod answer;
mod credential;
mod hours;
mod licensed;
mod window;

pub use answer::{Answer, Lack, RequirementResult, Shortfall};

use super::evidence::{Evidence, Verified};
use super::requirement::{Requirement, RequirementKind, RequirementSubject};
use super::rule::ScopeRule;
use crate::credential::Credential;

/// One requirement and what was found of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged<'a> {
    /// The requirement.
    pub requirement: &'a Requirement,
    /// What was found.
    pub answer: Answer,
}

/// What was found of a whole rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evaluation<'a> {
    /// Of the rule: one of each alternative group, and everything that has no alternative.
    pub answer: Answer,
    /// The state's endorsement or permit that satisfies the whole rule; nothing else is judged then.
    pub endorsement: Option<&'a Credential>,
    /// What is asked of the person, in the order of the rule.
    pub judged: Vec<Judged<'a>>,
}

/// Judges what a rule asks of a person.
///
/// A verified endorsement or permit of the state satisfies a rule that asks for one. A rule without
/// any requirement on file is one whose conditions nobody has seen: `NOT_EVIDENCED`.
pub fn evaluate<'a>(rule: &'a ScopeRule, evidence: &Evidence<'a>) -> Evaluation<'a> {
    if let Some(Verified { it, until }) = endorsement(rule, evidence) {
        return Evaluation {
            answer: Answer::Met { until },
            endorsement: Some(it),
            judged: Vec::new(),
        };
    }
    let training = window::counted(rule, evidence);
    let limited = hours::limited_practice(rule, &training.counted);
    let judged: Vec<_> = asked_of_provider(rule)
        .map(|requirement| Judged {
            requirement,
            answer: judge(requirement, &training, limited, evidence),
        })
        .collect();
    Evaluation {
        answer: if rule.requirements.is_empty() {
            Answer::NotEvidenced(Lack::NotKnown)
        } else {
            all_of(&judged)
        },
        endorsement: None,
        judged,
    }
}

/// The requirements that are judged: those of the person, without what merely allows practice early.
fn asked_of_provider(rule: &ScopeRule) -> impl Iterator<Item = &Requirement> {
    rule.requirements.iter().filter(|requirement| {
        requirement.subject == RequirementSubject::Provider
            && requirement.kind != RequirementKind::InterimHours
    })
}

fn endorsement<'a>(rule: &ScopeRule, evidence: &Evidence<'a>) -> Option<Verified<'a, Credential>> {
    asked_of_provider(rule)
        .filter(|requirement| {
            matches!(
                requirement.kind,
                RequirementKind::StateEndorsement | RequirementKind::StatePermit
            )
        })
        .find_map(|requirement| credential::state_paper(requirement, evidence))
}

fn judge(
    requirement: &Requirement,
    training: &window::Training<'_>,
    limited: Option<Lack>,
    evidence: &Evidence<'_>,
) -> Answer {
    use RequirementKind as Kind;
    match requirement.kind {
        Kind::TrainingHoursTotal
        | Kind::TrainingHoursInPerson
        | Kind::TrainingHoursTheory
        | Kind::TrainingHoursPractical
        | Kind::TrainingHoursPostgraduate => {
            hours::judge(requirement, &training.counted, limited, evidence)
        }
        Kind::CompletionWindowYears => training.window,
        Kind::YearsLicensed => licensed::years(requirement, evidence),
        Kind::DegreeOrLicensedSince => licensed::degree_or_since(requirement, evidence),
        Kind::DualLicense => licensed::dual(requirement, evidence),
        Kind::ApprovedCourse => credential::approved_course(requirement, evidence),
        Kind::Exam => credential::exam(requirement, evidence),
        Kind::StateEndorsement | Kind::StatePermit | Kind::NationalCertification => {
            credential::of_kind(requirement, evidence)
        }
        Kind::SupervisedSessions => credential::sessions(requirement, evidence),
        Kind::Other
        | Kind::AdverseEventReporting
        | Kind::Consent
        | Kind::Referral
        | Kind::Technique
        | Kind::BodyRegion
        | Kind::NoDelegation => credential::proof(requirement, evidence),
        Kind::InterimHours => Answer::Met { until: None },
    }
}

/// Everything without an alternative, and one of each group.
fn all_of(judged: &[Judged<'_>]) -> Answer {
    let mut whole = Answer::Met { until: None };
    for (at, one) in judged.iter().enumerate() {
        let answer = match &one.requirement.alternative_group {
            None => one.answer,
            Some(group) => {
                let in_group = |other: &&Judged<'_>| {
                    other.requirement.alternative_group.as_ref() == Some(group)
                };
                if judged[..at].iter().any(|earlier| in_group(&earlier)) {
                    continue;
                }
                judged[at..]
                    .iter()
                    .filter(in_group)
                    .map(|other| other.answer)
                    .reduce(Answer::or)
                    .unwrap_or(one.answer)
            }
        };
        whole = whole.and(answer);
    }
    whole
}
