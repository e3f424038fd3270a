//! Sentences about the law.

use super::requirement::{asked, lacking};
use super::{sentence, the};
use crate::eligibility::reason::ScopeFinding;
use crate::provider::Practice;
use crate::scope::{
    Confidence, Evaluation, Judged, RequirementResult, RequirementSubject, ScopeRule,
};

pub(super) fn message(finding: &ScopeFinding<'_>, practice: &Practice<'_>) -> String {
    let people = format!("{}s", practice.discipline.noun());
    let Some(place) = practice.jurisdiction().map(the) else {
        return "No place of practice and no license on file says whose law counts.".to_owned();
    };
    let doubt = doubt(finding.rule());
    sentence(&match finding {
        ScopeFinding::NoJurisdiction => {
            "no place of practice and no license on file says whose law counts.".to_owned()
        }
        ScopeFinding::Permitted(_) => {
            format!("{place} law lets {people} dry needle{doubt}.")
        }
        ScopeFinding::Prohibited(_) => {
            format!("{place} law does not let {people} dry needle{doubt}.")
        }
        ScopeFinding::Silent { .. } => {
            format!("in {place}, state law does not say whether {people} may dry needle{doubt}.")
        }
        // Low confidence belongs to our ignorance and would read as a hint at the law.
        ScopeFinding::NotResearched(_) => {
            format!("whether {people} may dry needle in {place} is not researched.")
        }
        ScopeFinding::Conditional(rule, evaluation) => {
            let told = conditional(rule, evaluation);
            format!("{place} law lets {people} dry needle on conditions{doubt}; {told}.")
        }
    })
}

fn doubt(rule: Option<&ScopeRule>) -> &'static str {
    match rule.map(|rule| rule.confidence) {
        Some(Confidence::Low) => " (low confidence)",
        Some(Confidence::High | Confidence::Medium) | None => "",
    }
}

fn conditional(rule: &ScopeRule, evaluation: &Evaluation<'_>) -> String {
    if let Some(paper) = evaluation.endorsement {
        return format!(
            "the state's own paper proves that they are met: {}",
            paper.title
        );
    }
    if rule.requirements.is_empty() {
        return "they were not found in any text".to_owned();
    }
    let result = evaluation.answer.result();
    match result {
        RequirementResult::Met => met(rule, evaluation),
        RequirementResult::NotMet | RequirementResult::NotEvidenced => {
            let lacks: Vec<_> = groups(&evaluation.judged)
                .filter(|group| of_group(group) == result)
                .map(|group| {
                    let ways: Vec<_> = group.iter().map(|one| lacking(one)).collect();
                    ways.join(" or ")
                })
                .collect();
            let how = if result == RequirementResult::NotMet {
                "not met"
            } else {
                "not proved"
            };
            format!("{how}: {}", lacks.join("; "))
        }
    }
}

fn met(rule: &ScopeRule, evaluation: &Evaluation<'_>) -> String {
    let judges_people = rule
        .requirements
        .iter()
        .any(|requirement| requirement.subject == RequirementSubject::Provider);
    if !judges_people {
        return "they concern the visit".to_owned();
    }
    let proved: Vec<_> = groups(&evaluation.judged)
        .filter_map(|group| {
            group
                .into_iter()
                .find(|one| one.answer.result() == RequirementResult::Met)
        })
        .map(|one| asked(one.requirement))
        .collect();
    format!("proved: {}", proved.join("; "))
}

/// Requirements that stand alone, and those that are alternatives together.
fn groups<'e, 'a>(judged: &'e [Judged<'a>]) -> impl Iterator<Item = Vec<&'e Judged<'a>>> {
    judged.iter().enumerate().filter_map(move |(at, one)| {
        let Some(group) = &one.requirement.alternative_group else {
            return Some(vec![one]);
        };
        let in_group =
            |other: &&Judged<'_>| other.requirement.alternative_group.as_ref() == Some(group);
        let told = judged[..at].iter().any(|earlier| in_group(&earlier));
        (!told).then(|| judged[at..].iter().filter(in_group).collect())
    })
}

fn of_group(group: &[&Judged<'_>]) -> RequirementResult {
    let any = |result| group.iter().any(|one| one.answer.result() == result);
    if any(RequirementResult::Met) {
        RequirementResult::Met
    } else if any(RequirementResult::NotEvidenced) {
        RequirementResult::NotEvidenced
    } else {
        RequirementResult::NotMet
    }
}
