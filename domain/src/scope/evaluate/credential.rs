//! Requirements that a paper proves: endorsements, examinations, approvals, logs, proofs.

use super::answer::{Answer, Lack, Shortfall};
use crate::credential::{Credential, CredentialKind};
use crate::scope::evidence::{Evidence, Verified};
use crate::scope::requirement::{Requirement, RequirementKind};
use crate::time::later_end;

/// The state's own endorsement or permit that a requirement asks for, the one that counts longest,
/// unless its register has said since that there is none.
pub(super) fn state_paper<'a>(
    requirement: &Requirement,
    evidence: &Evidence<'a>,
) -> Option<Verified<'a, Credential>> {
    let name = requirement.name();
    papers(credential_kind(requirement.kind)?, name, evidence)
        .filter(|paper| evidence.contradicted(paper.it, name).is_none())
        .reduce(|one, other| {
            if later_end(one.until, other.until) == one.until {
                one
            } else {
                other
            }
        })
}

/// A verified credential of the kind that the requirement is named after, unless a register has said
/// since that there is none.
pub(super) fn of_kind(requirement: &Requirement, evidence: &Evidence<'_>) -> Answer {
    let Some(kind) = credential_kind(requirement.kind) else {
        return Answer::NotEvidenced(Lack::NotKnown);
    };
    let name = requirement.name();
    papers(kind, name, evidence)
        .map(|held| match evidence.contradicted(held.it, name) {
            Some(on) => Answer::NotMet(Shortfall::NotInRegister(on)),
            None => Answer::Met { until: held.until },
        })
        .reduce(Answer::or)
        .unwrap_or_else(|| none(kind, name, evidence))
}

/// Verified papers of a kind that go by a name; those that states give, of the state that asks.
fn papers<'a>(
    kind: CredentialKind,
    name: Option<&str>,
    evidence: &Evidence<'a>,
) -> impl Iterator<Item = Verified<'a, Credential>> {
    let of_state = kind == CredentialKind::StateEndorsement || kind == CredentialKind::StatePermit;
    let state = evidence.jurisdiction;
    evidence
        .credentials(kind)
        .filter(move |paper| !of_state || paper.it.jurisdiction == Some(state))
        .filter(move |paper| goes_by(paper.it, name))
}

/// A verified training that the named body approved, or any body where none is named.
pub(super) fn approved_course(requirement: &Requirement, evidence: &Evidence<'_>) -> Answer {
    let body = requirement.name();
    let approved = evidence.training().filter(|training| {
        training
            .it
            .approvals
            .iter()
            .any(|approval| body.is_none_or(|body| approval.body.eq_ignore_ascii_case(body)))
    });
    any(
        approved,
        CredentialKind::DryNeedlingTraining,
        body,
        evidence,
    )
}

/// A passed examination of that name; a number asks for so many of any name.
pub(super) fn exam(requirement: &Requirement, evidence: &Evidence<'_>) -> Answer {
    let kind = CredentialKind::ExamResult;
    let name = requirement.name();
    let Some(needed) = name.and_then(|name| name.parse::<usize>().ok()) else {
        let passed = evidence.credentials(kind).filter(|exam| {
            name.is_none_or(|name| {
                exam.it
                    .names
                    .as_deref()
                    .is_some_and(|held| held.eq_ignore_ascii_case(name))
            })
        });
        return any(passed, kind, name, evidence);
    };
    let mut ends: Vec<_> = evidence.credentials(kind).map(|exam| exam.until).collect();
    if ends.len() >= needed {
        // Those that count longest decide; an end that is none is the latest.
        ends.sort_by_key(|end| std::cmp::Reverse(end.unwrap_or(chrono::NaiveDate::MAX)));
        return Answer::Met {
            until: needed.checked_sub(1).and_then(|last| ends[last]),
        };
    }
    match evidence.looked_up_in_vain(kind, None) {
        Some(on) => Answer::NotMet(Shortfall::NotInRegister(on)),
        None if ends.is_empty() => Answer::NotEvidenced(Lack::NothingVerified),
        None => Answer::NotEvidenced(Lack::Incomplete),
    }
}

/// A verified log of so many sessions. Two logs may tell of the same sessions, so they are not added
/// up to pass; they fall short only when even their sum does.
pub(super) fn sessions(requirement: &Requirement, evidence: &Evidence<'_>) -> Answer {
    let Some(needed) = requirement.count() else {
        return Answer::NotEvidenced(Lack::NotKnown);
    };
    let kind = CredentialKind::SupervisedSessionsLog;
    let logs: Vec<_> = evidence.credentials(kind).collect();
    let enough = logs
        .iter()
        .filter(|log| log.it.sessions.is_some_and(|held| held >= needed))
        .map(|log| Answer::Met { until: log.until })
        .reduce(Answer::or);
    if let Some(met) = enough {
        return met;
    }
    if logs.is_empty() {
        return none(kind, None, evidence);
    }
    let Some(together) = logs
        .iter()
        .map(|log| log.it.sessions)
        .try_fold(0_u32, |sum, held| Some(sum.saturating_add(held?)))
    else {
        return Answer::NotEvidenced(Lack::NotStated);
    };
    if together >= needed {
        Answer::NotEvidenced(Lack::Incomplete)
    } else {
        Answer::NotMet(Shortfall::Sessions(together))
    }
}

/// A verified proof that names what is asked for; what nobody named cannot be proved.
pub(super) fn proof(requirement: &Requirement, evidence: &Evidence<'_>) -> Answer {
    let kind = CredentialKind::RequirementProof;
    let Some(name) = requirement.proof_name() else {
        return Answer::NotEvidenced(Lack::NotKnown);
    };
    let held = evidence.credentials(kind).filter(|proof| {
        proof
            .it
            .names
            .as_deref()
            .is_some_and(|held| held.eq_ignore_ascii_case(&name))
    });
    any(held, kind, Some(&name), evidence)
}

/// Any of these will do; without one, what the register says.
fn any<'a, T: 'a>(
    held: impl Iterator<Item = Verified<'a, T>>,
    kind: CredentialKind,
    name: Option<&str>,
    evidence: &Evidence<'_>,
) -> Answer {
    held.map(|one| Answer::Met { until: one.until })
        .reduce(Answer::or)
        .unwrap_or_else(|| none(kind, name, evidence))
}

fn none(kind: CredentialKind, name: Option<&str>, evidence: &Evidence<'_>) -> Answer {
    match evidence.looked_up_in_vain(kind, name) {
        Some(on) => Answer::NotMet(Shortfall::NotInRegister(on)),
        None => Answer::NotEvidenced(Lack::NothingVerified),
    }
}

/// A paper that says which one it is has to be the one asked for; one that does not is taken by its
/// kind.
fn goes_by(paper: &Credential, name: Option<&str>) -> bool {
    match (paper.names.as_deref(), name) {
        (Some(held), Some(asked)) => held.eq_ignore_ascii_case(asked),
        _ => true,
    }
}

const fn credential_kind(kind: RequirementKind) -> Option<CredentialKind> {
    match kind {
        RequirementKind::StateEndorsement => Some(CredentialKind::StateEndorsement),
        RequirementKind::StatePermit => Some(CredentialKind::StatePermit),
        RequirementKind::NationalCertification => Some(CredentialKind::NationalCertification),
        _ => None,
    }
}
