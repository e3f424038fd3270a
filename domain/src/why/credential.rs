use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{WhyNot, WhyNotCode};
use crate::case::{Case, CaseState, Purpose};
use crate::credential::{Credential, EffectiveStatus, StandingChange, SuspensionKind};
use crate::duty::Role;
use crate::notice::business_days_after;
use crate::policy::Policy;
use crate::time::{Day, days_after, local_day};

/// Why a credential is not verified at an instant, given its latest case.
///
/// Open work is told before what a closed case decided; what speaks against the credential itself is
/// told before either.
pub fn credential(
    credential: &Credential,
    latest: Option<&Case>,
    at: DateTime<Utc>,
    zone: Tz,
    policy: &Policy,
) -> Vec<WhyNot> {
    let on = local_day(at, zone);
    let status = credential.effective_status(Day::at(on), zone, policy.revalidation_months);
    let why = match status {
        Some(EffectiveStatus::Verified) => return Vec::new(),
        None => WhyNot::new(WhyNotCode::EnteredInError, None, None),
        Some(EffectiveStatus::Revoked) if credential.is_overturned(on, zone) => {
            WhyNot::new(WhyNotCode::Replaced, None, None)
        }
        Some(EffectiveStatus::Revoked) => revoked(latest, on, zone, policy),
        Some(EffectiveStatus::Withdrawn) => WhyNot::new(WhyNotCode::Withdrawn, None, None),
        Some(EffectiveStatus::Superseded) => WhyNot::new(WhyNotCode::Superseded, None, None),
        Some(EffectiveStatus::Suspended) => suspended(credential.standing(on, zone), zone, policy),
        Some(EffectiveStatus::Expired) => WhyNot::new(
            WhyNotCode::Expired,
            Some(Role::Provider),
            credential.expires_on,
        ),
        Some(EffectiveStatus::NotYetValid) => {
            WhyNot::new(WhyNotCode::NotYetValid, None, credential.issued_on)
        }
        Some(EffectiveStatus::RevalidationRequired) => {
            let due = credential.revalidation_due_on(on, zone, policy.revalidation_months);
            return [WhyNot::new(
                WhyNotCode::RevalidationRequired,
                Some(Role::Provider),
                due,
            )]
            .into_iter()
            .chain(latest.and_then(|case| open_work(case, at, zone, policy)))
            .collect();
        }
        Some(EffectiveStatus::Unverified) => unverified(latest, at, zone, policy),
    };
    vec![why]
}

/// What an undecided credential waits for, or what became of it.
fn unverified(latest: Option<&Case>, at: DateTime<Utc>, zone: Tz, policy: &Policy) -> WhyNot {
    let Some(case) = latest else {
        return WhyNot::new(WhyNotCode::NotSubmitted, Some(Role::Provider), None);
    };
    if let Some(work) = open_work(case, at, zone, policy) {
        return work;
    }
    let provider = Some(Role::Provider);
    match case.reading(at, zone, policy) {
        CaseState::Rejected => WhyNot::new(
            WhyNotCode::Rejected,
            provider,
            appeal_through(case, local_day(at, zone), zone, policy),
        ),
        CaseState::Withdrawn => WhyNot::new(WhyNotCode::CaseWithdrawn, provider, None),
        CaseState::Lapsed => WhyNot::new(WhyNotCode::CaseLapsed, provider, None),
        // Approved, and yet not verified: it decided about something else.
        CaseState::Approved
        | CaseState::Draft
        | CaseState::Submitted
        | CaseState::InReview
        | CaseState::InfoRequested
        | CaseState::PendingDecision => WhyNot::new(WhyNotCode::NotSubmitted, provider, None),
    }
}

/// What an open case waits for.
fn open_work(case: &Case, at: DateTime<Utc>, zone: Tz, policy: &Policy) -> Option<WhyNot> {
    let is_appeal = case.file().purpose == Purpose::Appeal;
    let reviewer = if is_appeal {
        Role::Appeals
    } else {
        Role::Verifier
    };
    let decider = if is_appeal {
        Role::Appeals
    } else {
        Role::Approver
    };
    let (code, actor, due_on) = match case.reading(at, zone, policy) {
        CaseState::Draft => (WhyNotCode::NotSubmitted, Role::Provider, None),
        CaseState::Submitted => (WhyNotCode::AwaitsVerifier, reviewer, None),
        CaseState::InReview => (WhyNotCode::InReview, reviewer, None),
        CaseState::InfoRequested => {
            let due_on = match case {
                Case::InfoRequested(state) => Some(state.request.due_on),
                _ => None,
            };
            (WhyNotCode::InfoRequested, Role::Provider, due_on)
        }
        CaseState::PendingDecision => (WhyNotCode::AwaitsDecision, decider, None),
        CaseState::Approved | CaseState::Rejected | CaseState::Withdrawn | CaseState::Lapsed => {
            return None;
        }
    };
    Some(WhyNot::new(code, Some(actor), due_on))
}

fn suspended(change: Option<&StandingChange>, zone: Tz, policy: &Policy) -> WhyNot {
    let code = match change.and_then(|change| change.suspension) {
        Some(SuspensionKind::IssuerTaint) => WhyNotCode::IssuerTainted,
        _ => WhyNotCode::Suspended,
    };
    let review_by = change.map(|change| {
        let since = local_day(change.at, zone);
        business_days_after(since, policy.suspension_review_business_days)
    });
    WhyNot::new(code, Some(Role::Compliance), review_by)
}

fn revoked(latest: Option<&Case>, on: NaiveDate, zone: Tz, policy: &Policy) -> WhyNot {
    let appeal_through = latest.and_then(|case| appeal_through(case, on, zone, policy));
    let actor = appeal_through.map(|_| Role::Provider);
    WhyNot::new(WhyNotCode::Revoked, actor, appeal_through)
}

/// The last day on which the decision can be appealed; `None` when it is over, or was used.
fn appeal_through(case: &Case, on: NaiveDate, zone: Tz, policy: &Policy) -> Option<NaiveDate> {
    let is_open = match case {
        Case::Rejected(state) => !state.appealed,
        Case::Approved(state) => !state.appealed,
        _ => false,
    };
    let told = case.notice()?.sent_at?;
    let last = days_after(local_day(told, zone), policy.appeal_days);
    (is_open && case.file().purpose != Purpose::Appeal && on <= last).then_some(last)
}
