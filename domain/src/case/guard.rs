//! The conditions that several steps share.

use chrono::NaiveDate;

use super::action::Signing;
use super::facts::Facts;
use super::file::{CaseFile, Purpose};
use super::refusal::{Guard, Refusal};
use super::state::{Recommendation, Submitted};
use crate::check::{Check, CheckOutcome, Demand, Reading, read, required};
use crate::duty::{AccountId, Person, Role, SignatureMeaning};
use crate::issuer::TrustLevel;
use crate::policy::{Policy, ReviewPolicy};
use crate::time::{days_after, days_between, local_day, months_after};
use chrono::{DateTime, Utc};

/// Whoever submits signs that they wrote it.
pub(super) fn authorship(signing: &Signing) -> Result<(), Refusal> {
    meaning(signing, SignatureMeaning::Authorship)
}

pub(super) fn meaning(signing: &Signing, expected: SignatureMeaning) -> Result<(), Refusal> {
    if signing.meaning == expected && !signing.printed_name.trim().is_empty() {
        Ok(())
    } else {
        Err(Guard::Meaning.into())
    }
}

/// The days of the claim: nothing is completed on a day to come (NCQA, 15 September 2022), nor issued
/// before it was completed; and a log's sessions do not take longer than the law allows.
pub(super) fn dates(facts: &Facts<'_>, at: DateTime<Utc>) -> Result<(), Refusal> {
    let Some(claimed) = facts.claimed else {
        return Ok(());
    };
    let today = local_day(at, facts.completion_zone());
    if let Some(day) = claimed.completed_on.filter(|day| today < *day) {
        return Err(Guard::FutureDate(day).into());
    }
    let issued_first = claimed
        .completed_on
        .zip(claimed.issued_on)
        .is_some_and(|(completed, issued)| issued < completed);
    if issued_first {
        return Err(Guard::IssuedBeforeCompleted.into());
    }
    let took = claimed.started_on.zip(claimed.completed_on);
    if let (Some(months), Some((from, to))) = (facts.window_months, took)
        && months_after(from, months) < to
    {
        return Err(Guard::TookTooLong { from, to, months }.into());
    }
    Ok(())
}

/// A name that the issuer did not bear on the paper's day is no match: it is looked at, and whoever did
/// says what it is taken for.
pub(super) fn issuer_named(
    file: &CaseFile,
    check: &Check,
    facts: &Facts<'_>,
    on: NaiveDate,
) -> Result<(), Refusal> {
    const FIELD: &str = "issuer";
    let is_asked = required(demand(file, facts, on)).contains(&FIELD);
    let is_said = check.original_outcome == CheckOutcome::Match && check.field.covers(FIELD);
    match facts.issuer_named {
        CheckOutcome::Match | CheckOutcome::NotApplicable => Ok(()),
        _ if !is_asked || !is_said => Ok(()),
        outcome => Err(Guard::IssuerName(outcome).into()),
    }
}

/// Is the file ready for a recommendation (C8), or for a decision in favour (C9)?
///
/// Screening is asked for where a decision in favour would raise trust: a revocation does not wait
/// for a search of lists.
pub(super) fn ready(
    file: &CaseFile,
    recommendation: Recommendation,
    facts: &Facts<'_>,
    at: DateTime<Utc>,
) -> Result<Reading, Refusal> {
    let on = local_day(at, facts.zone);
    let demand = demand(file, facts, on);
    let reading = read(
        facts.checks,
        &file.content,
        demand,
        on,
        facts.policy.psv_age_days(),
    );
    if !reading.unanswered.is_empty() {
        return Err(Refusal::Unchecked(reading.unanswered));
    }
    if demand.raises_trust() {
        screened(facts, on)?;
    }
    if recommendation == Recommendation::Reject {
        return Ok(reading);
    }
    if !reading.contradicted.is_empty() {
        return Err(Guard::Contradicted(reading.contradicted).into());
    }
    if !reading.is_proved {
        return Err(Refusal::NotProved);
    }
    if demand.raises_trust() {
        dates(facts, at)?;
        if facts.issuer_trust == TrustLevel::Tainted {
            return Err(Guard::IssuerTainted.into());
        }
        if facts.screening.is_excluded {
            return Err(Guard::Excluded.into());
        }
    }
    Ok(reading)
}

/// The proofs are fresh at the decision itself, whatever they were at the recommendation.
pub(super) fn fresh(reading: &Reading, policy: &Policy) -> Result<(), Refusal> {
    if reading.stale.is_empty() {
        Ok(())
    } else {
        Err(Refusal::PsvStale {
            fields: reading.stale.clone(),
            days: policy.psv_age_days(),
        })
    }
}

fn screened(facts: &Facts<'_>, on: NaiveDate) -> Result<(), Refusal> {
    let screened_on = facts.screening.screened_on;
    let is_fresh = screened_on.is_some_and(|searched| {
        days_between(searched, on) <= i64::from(facts.policy.screening_due_days)
    });
    if !is_fresh {
        return Err(Refusal::ScreeningStale { screened_on });
    }
    if facts.screening.unresolved > 0 {
        return Err(Refusal::ScreeningOpen);
    }
    Ok(())
}

/// What has to be checked. A revalidation asks whether it is still so, which has a meaning only of what
/// somebody has approved: of anything else, and too late, it asks for everything (S4).
pub(super) fn demand(file: &CaseFile, facts: &Facts<'_>, on: NaiveDate) -> Demand {
    let is_changed = facts
        .approved_sha256
        .is_some_and(|approved| approved != file.content.sha256);
    file.demand(is_changed || is_too_late(facts, on))
}

/// A revalidation decided so long after it was due that it is a first verification (S4).
fn is_too_late(facts: &Facts<'_>, on: NaiveDate) -> bool {
    facts
        .revalidation_due_on
        .is_some_and(|due| days_after(due, facts.policy.late_revalidation_days) < on)
}

/// May this person take the case up? Not about themselves, nor what they opened, submitted, brought
/// evidence for, said they are too near to, or acted on before it was appealed.
pub(super) fn may_review(by: &Person, submitted: &Submitted) -> Result<(), Refusal> {
    by.in_role(&[reviewer(submitted.file.purpose)])?;
    apart(by, submitted, &[])
}

/// May this person decide? Not who may not review, nor who did; but where the policy allows a single
/// reviewer, a verifier may do both.
///
/// Returns whether one person did both.
pub(super) fn may_decide(
    by: &Person,
    submitted: &Submitted,
    recommended_by: AccountId,
    facts: &Facts<'_>,
) -> Result<bool, Refusal> {
    let file = &submitted.file;
    let mut reviewed = file.reviewers.clone();
    reviewed.push(recommended_by);
    for check in facts.checks {
        reviewed.push(check.performed_by);
        reviewed.extend(check.resolution.map(|resolution| resolution.by));
    }
    let did_both = reviewed.contains(&by.account);
    let one_may = facts.policy.review == ReviewPolicy::SingleReviewer
        && file.purpose.allows_single_reviewer();
    let is_decider = match file.purpose {
        Purpose::Appeal => by.role == Role::Appeals,
        Purpose::Initial
        | Purpose::Revalidation
        | Purpose::Correction
        | Purpose::ForCause
        | Purpose::Reinstatement => {
            by.role == Role::Approver || (one_may && by.role == Role::Verifier)
        }
    };
    if did_both && !one_may {
        // Said before the capacity: a verifier who would approve their own work is told why.
        return Err(Refusal::SeparationOfDuties);
    }
    if !is_decider {
        return Err(Refusal::Forbidden);
    }
    apart(by, submitted, &[])?;
    Ok(did_both)
}

/// Who reviews a case of that purpose.
pub(super) const fn reviewer(purpose: Purpose) -> Role {
    match purpose {
        Purpose::Appeal => Role::Appeals,
        Purpose::Initial
        | Purpose::Revalidation
        | Purpose::Correction
        | Purpose::ForCause
        | Purpose::Reinstatement => Role::Verifier,
    }
}

fn apart(by: &Person, submitted: &Submitted, others: &[AccountId]) -> Result<(), Refusal> {
    let file = &submitted.file;
    let mut involved = file.uploaders();
    involved.extend([file.opened_by, submitted.submission.by]);
    involved.extend(&file.conflicts);
    involved.extend(file.appeals.iter().flat_map(|appealed| &appealed.barred));
    involved.extend(others);
    by.apart_from(file.subject, &involved)?;
    Ok(())
}
