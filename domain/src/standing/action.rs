//! Every step of a standing behind one door, for callers that hold a record and an act by name.
//!
//! The steps and their guards are [`super::grant`]'s and [`super::lower`]'s; here is only which act is
//! which step from which standing. The table of verification.md 3.3 is the match below.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::grant::{Because, Replacement, confirms};
use super::lower::{self, Suspending, SystemCause};
use super::record::{Entry, Record, Stood, Suspended};
use super::refusal::{Guard, Refusal};
use crate::case::{Approved, Purpose};
use crate::codes::codes;
use crate::credential::{CredentialId, Standing};
use crate::duty::{Actor, ReasonCode, Role, TwoPeople};
use crate::policy::Policy;

codes! {
    /// An act by name.
    pub enum ActionKind("standing action") {
        /// What an approved case decided: S1, S2, S4, S6, S7 or S8.
        Follow = "FOLLOW",
        /// S5.
        Suspend = "SUSPEND",
        /// S5 by the system.
        SuspendFor = "SUSPEND_FOR",
        /// S6 in bulk.
        ReinstateInBulk = "REINSTATE_IN_BULK",
        /// S9.
        Supersede = "SUPERSEDE",
        /// S10.
        Withdraw = "WITHDRAW",
        /// S11.
        MarkInError = "MARK_IN_ERROR",
    }
}

/// An act with what it needs.
#[derive(Debug, Clone)]
pub enum Action<'a> {
    /// What an approved case decided, by whoever approved it, in the same act.
    Follow(&'a Approved),
    /// Suspend, by compliance.
    Suspend(Suspending),
    /// Suspend, by the system.
    SuspendFor(SystemCause),
    /// Lift an issuer's suspension, as the second of two.
    ReinstateInBulk(TwoPeople),
    /// Give way to a later version that the case has just verified.
    Supersede {
        /// The later version, verified.
        successor: &'a Record,
        /// The case that verified it.
        approved: &'a Approved,
    },
    /// Take back.
    Withdraw {
        /// Is a case for cause open? Nobody withdraws from one.
        is_under_investigation: bool,
    },
    /// Say that it never was, as the second of two.
    MarkInError {
        /// The two.
        two: TwoPeople,
        /// Why.
        reason: Option<ReasonCode>,
    },
}

/// What follows from a step beside the new standing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The person is told of the suspension, and it is looked at again by this day.
    ReviewSuspension {
        /// The last day.
        due_on: NaiveDate,
    },
    /// The earlier version gives way in the same transaction (S9).
    SupersedeEarlier(CredentialId),
    /// A record takes the place of the revoked one in the same transaction (S8).
    Replace(Replacement),
}

/// A step taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// How the credential stands now.
    pub record: Record,
    /// The row to be stored; none where it stayed (S8).
    pub entry: Option<Entry>,
    /// What follows.
    pub effects: Vec<Effect>,
}

/// Takes a step, or says why not. `zone` is that in which the days of the credential are told.
pub fn take(
    mut record: Record,
    by: &Actor,
    action: Action<'_>,
    at: DateTime<Utc>,
    (zone, policy): (Tz, &Policy),
) -> Result<Moved, Refusal> {
    let illegal = Refusal::IllegalTransition {
        from: record.standing(),
        action: action.kind(),
    };
    let subject = record.subject;
    let mut effects = Vec::new();
    let (stood, entry) = match (record.stood.clone(), action) {
        (stood, Action::Follow(approved)) => {
            return follow(record, stood, by, approved, at, illegal);
        }
        (Stood::Verified(verified), Action::Suspend(suspending)) => {
            let state = verified.suspend(by.person()?, subject, suspending, at)?;
            suspended(state, &mut effects, (zone, policy))
        }
        (Stood::Suspended(tainted), Action::Suspend(suspending)) if tainted.is_by_taint() => {
            let state = tainted.suspend(by.person()?, subject, suspending, at)?;
            suspended(state, &mut effects, (zone, policy))
        }
        (Stood::Verified(verified), Action::SuspendFor(cause)) => {
            by.system()?;
            let state = verified.suspend_for(cause, at);
            suspended(state, &mut effects, (zone, policy))
        }
        (Stood::Suspended(tainted), Action::SuspendFor(cause))
            if tainted.is_open_to(cause.kind()) =>
        {
            by.system()?;
            suspended(tainted.suspend_for(cause, at), &mut effects, (zone, policy))
        }
        (Stood::Suspended(suspended), Action::ReinstateInBulk(two)) => {
            let person = by.person()?;
            person.in_role(&[Role::Compliance, Role::Approver])?;
            confirms(&two, person)?;
            person.apart_from(subject, &[])?;
            let verified = suspended.reinstate_in_bulk(&two)?;
            let mut entry = lower::row(Standing::Verified, None, at);
            entry.psv_as_of = verified.psv_as_of;
            (Stood::Verified(verified), entry)
        }
        (
            Stood::Unverified(_) | Stood::Verified(_),
            Action::Supersede {
                successor,
                approved,
            },
        ) => {
            let because = Because::of(by.person()?, approved, at)?;
            let (record, entry) = record.supersede(successor, &because)?;
            return Ok(Moved {
                record,
                entry: Some(entry),
                effects,
            });
        }
        (
            Stood::Unverified(_) | Stood::Verified(_) | Stood::Suspended(_),
            Action::Withdraw {
                is_under_investigation: false,
            },
        ) => {
            let (withdrawn, entry) = lower::withdraw(by.person()?, subject, at)?;
            sheds_nothing(&record.stood)?;
            (Stood::Withdrawn(withdrawn), entry)
        }
        (
            Stood::Unverified(_)
            | Stood::Verified(_)
            | Stood::Suspended(_)
            | Stood::Revoked(_)
            | Stood::Withdrawn(_)
            | Stood::Superseded(_),
            Action::MarkInError { two, reason },
        ) => {
            let person = by.person()?;
            person.in_role(&[Role::Verifier, Role::Approver, Role::Compliance])?;
            confirms(&two, person)?;
            person.apart_from(subject, &[])?;
            let (state, entry) = lower::in_error(reason, at)?;
            (Stood::EnteredInError(state), entry)
        }
        (
            Stood::Unverified(_)
            | Stood::Verified(_)
            | Stood::Suspended(_)
            | Stood::Revoked(_)
            | Stood::Withdrawn(_)
            | Stood::Superseded(_)
            | Stood::EnteredInError(_),
            _,
        ) => return Err(illegal),
    };
    record.stood = stood;
    Ok(Moved {
        record,
        entry: Some(entry),
        effects,
    })
}

/// A suspension that says something of the holder is answered, not shed; an issuer's taint says nothing
/// of them.
fn sheds_nothing(stood: &Stood) -> Result<(), Refusal> {
    match stood {
        Stood::Suspended(suspended) if !suspended.is_by_taint() => {
            Err(Guard::HeldBySuspension.into())
        }
        _ => Ok(()),
    }
}

/// S5, with the day on which it is looked at again.
fn suspended(
    state: Suspended,
    effects: &mut Vec<Effect>,
    (zone, policy): (Tz, &Policy),
) -> (Stood, Entry) {
    let due_on = state.review_due_on(zone, policy);
    effects.push(Effect::ReviewSuspension { due_on });
    let entry = state.entry();
    (Stood::Suspended(state), entry)
}

fn follow(
    mut record: Record,
    stood: Stood,
    by: &Actor,
    approved: &Approved,
    at: DateTime<Utc>,
    illegal: Refusal,
) -> Result<Moved, Refusal> {
    if matches!(
        stood,
        Stood::Withdrawn(_) | Stood::Superseded(_) | Stood::EnteredInError(_)
    ) {
        return Err(illegal);
    }
    let because = Because::of(by.person()?, approved, at)?;
    because.is_about(&record)?;
    let mut effects = Vec::new();
    let stood = match (stood, because.purpose()) {
        (Stood::Unverified(state), Purpose::Initial | Purpose::Correction) => {
            if because.purpose() == Purpose::Correction {
                let earlier = record.supersedes.ok_or(Guard::NoSuccessor)?;
                effects.push(Effect::SupersedeEarlier(earlier));
            }
            Stood::Verified(state.verify(&because)?)
        }
        (Stood::Verified(state), Purpose::Revalidation) => {
            Stood::Verified(state.revalidate(&because)?)
        }
        (Stood::Suspended(state), Purpose::Reinstatement) => {
            Stood::Verified(state.reinstate(&because)?)
        }
        (Stood::Verified(state), Purpose::ForCause) if !because.is_appeal() => {
            Stood::Revoked(state.revoke(&because)?)
        }
        (Stood::Suspended(state), Purpose::ForCause) if !because.is_appeal() => {
            Stood::Revoked(state.revoke(&because)?)
        }
        (Stood::Revoked(state), Purpose::ForCause) if because.is_appeal() => {
            let (state, replacement) = state.overturn(record.id, &because)?;
            record.stood = Stood::Revoked(state);
            return Ok(Moved {
                record,
                entry: None,
                effects: vec![Effect::Replace(replacement)],
            });
        }
        _ => return Err(illegal),
    };
    record.stood = stood;
    let entry = because.entry(record.standing());
    Ok(Moved {
        record,
        entry: Some(entry),
        effects,
    })
}

impl Action<'_> {
    /// Its name.
    pub const fn kind(&self) -> ActionKind {
        match self {
            Self::Follow(_) => ActionKind::Follow,
            Self::Suspend(_) => ActionKind::Suspend,
            Self::SuspendFor(_) => ActionKind::SuspendFor,
            Self::ReinstateInBulk(_) => ActionKind::ReinstateInBulk,
            Self::Supersede { .. } => ActionKind::Supersede,
            Self::Withdraw { .. } => ActionKind::Withdraw,
            Self::MarkInError { .. } => ActionKind::MarkInError,
        }
    }
}
