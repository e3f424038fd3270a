//! Every step of an attestation behind one door, for callers that hold a state and an act by name.
//!
//! The steps themselves and their guards are [`super::transition`]'s, [`super::appeal`]'s and
//! [`super::decided`]'s; here is only which act is which step in which state. The table of verification.md 3.6 is the match below.

use chrono::{DateTime, NaiveDate, Utc};

use super::actor::Actor;
use super::appeal::{AppealDays, AppealFiled};
use super::attestation::{Accepted, Attestation, Content, Sha256, Signature, UnderReview};
use super::decided::{Because, Overturned, Restoring};
use super::denial::Denial;
use super::reason::ReasonCode;
use super::recall::RecallTable;
use super::refusal::Refusal;
use super::settle::{Rechecked, Settled, Settling};
use super::transition::{AfterRecall, Review};
use crate::attestation::AttestationState;
use crate::case::Approved;
use crate::codes::codes;

codes! {
    /// An act by name.
    pub enum ActionKind("attestation action") {
        /// Change the draft.
        Edit = "EDIT",
        /// N2, then N3, N4 or N5.
        Sign = "SIGN",
        /// N3 or N5 for what was left SIGNED.
        Recheck = "RECHECK",
        /// N6.
        Accept = "ACCEPT",
        /// N6.
        Reject = "REJECT",
        /// N7.
        Revise = "REVISE",
        /// N9 by compliance.
        Invalidate = "INVALIDATE",
        /// N9 by a recall.
        Recall = "RECALL",
        /// N10.
        Supersede = "SUPERSEDE",
        /// N11.
        Withdraw = "WITHDRAW",
        /// N12.
        Appeal = "APPEAL",
        /// What an approved case for cause decided.
        RefuseForCause = "REFUSE_FOR_CAUSE",
        /// What an approved appeal decided.
        Overturn = "OVERTURN",
    }
}

/// An act with what it needs.
#[derive(Debug, Clone)]
pub enum Action<'a> {
    /// Change the draft.
    Edit(Content),
    /// Sign, and settle in the same act unless the checks cannot run now.
    Sign {
        /// The signature.
        signature: Signature,
        /// The SHA-256 of the content on file.
        on_file_sha256: Sha256,
        /// What the checks need; without it the attestation is left SIGNED.
        settling: Option<Settling<'a>>,
    },
    /// Run the checks for what was left SIGNED.
    Recheck(Settling<'a>),
    /// Accept after a look at the evidence.
    Accept(Review<'a>),
    /// Refuse after a look at the evidence.
    Reject {
        /// What was looked at.
        review: Review<'a>,
        /// Why.
        reason: Option<ReasonCode>,
    },
    /// Mend as a new version.
    Revise,
    /// Take out of force.
    Invalidate {
        /// Why.
        reason: Option<ReasonCode>,
    },
    /// Apply the recalls on file.
    Recall {
        /// Every recall on file.
        recalls: &'a RecallTable,
        /// Today.
        on: NaiveDate,
    },
    /// Give way to a later one.
    Supersede {
        /// The later one, in force.
        successor: &'a Accepted,
    },
    /// Take back.
    Withdraw,
    /// Appeal.
    Appeal(AppealDays),
    /// Refuse, by whoever approved a case for cause about it, in the same act.
    RefuseForCause(&'a Approved),
    /// Overturn what was decided against it, by whoever approved the appeal, in the same act.
    Overturn {
        /// The appeal.
        approved: &'a Approved,
        /// What decides whether it can be in force again.
        restoring: Restoring<'a>,
    },
}

/// What follows from a step beside the new state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The provider is told to stop using these lots.
    LotsDropped(Vec<Box<str>>),
    /// Every verified credential of the person is suspended (S5): a statement was false.
    SuspendCredentials,
    /// A case for cause is opened, before a verifier at once: a statement was denied.
    OpenCase(Denial),
    /// A case of appeal is opened (C13).
    OpenAppeal(AppealFiled),
}

/// A step taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Where it stands now.
    pub attestation: Attestation,
    /// The states passed on the way, the last one being where it stands; empty where it stayed.
    pub passed: Vec<AttestationState>,
    /// What follows.
    pub effects: Vec<Effect>,
}

/// Takes a step, or says why not.
pub fn take(
    attestation: Attestation,
    by: &Actor,
    action: Action<'_>,
    at: DateTime<Utc>,
) -> Result<Moved, Refusal> {
    use Attestation as State;
    let from = attestation.state();
    let kind = action.kind();
    match (attestation, action) {
        (State::Draft(draft), Action::Edit(content)) => {
            let draft = draft.edit(by.person()?, content)?;
            Ok(Moved::stays(State::Draft(draft)))
        }
        (
            State::Draft(draft),
            Action::Sign {
                signature,
                on_file_sha256,
                settling,
            },
        ) => {
            let signed = draft.sign(by.person()?, signature, on_file_sha256)?;
            let Some(settling) = settling else {
                return Ok(Moved::to(State::Signed(signed.defer())));
            };
            let mut moved = match signed.settle(&settling) {
                Settled::NeedsFix(state) => Moved::to(State::NeedsFix(state)),
                Settled::Accepted(state) => Moved::to(State::Accepted(state)),
                Settled::UnderReview(state) => Moved::to_review(state),
            };
            moved.passed.insert(0, AttestationState::Signed);
            Ok(moved)
        }
        (State::Signed(signed), Action::Recheck(settling)) => {
            by.system()?;
            Ok(match signed.recheck(&settling) {
                Rechecked::NeedsFix(state) => Moved::to(State::NeedsFix(state)),
                Rechecked::UnderReview(state) => Moved::to_review(state),
            })
        }
        (State::Signed(signed), Action::Withdraw) => {
            let withdrawn = signed.withdraw(by.person()?, at)?;
            Ok(Moved::to(State::Withdrawn(withdrawn)))
        }
        (State::NeedsFix(state), Action::Revise) => {
            let draft = state.revise(by.person()?)?;
            Ok(Moved::to(State::Draft(draft)))
        }
        (State::UnderReview(state), Action::Accept(review)) => {
            let accepted = state.accept(by.person()?, &review)?;
            Ok(Moved::to(State::Accepted(accepted)))
        }
        (State::UnderReview(state), Action::Reject { review, reason }) => {
            let rejected = state.reject(by.person()?, review.uploaded_by, reason, at)?;
            Ok(Moved::to(State::Rejected(rejected)))
        }
        (State::UnderReview(state), Action::RefuseForCause(approved)) => {
            let because = Because::of(by.person()?, approved, at)?;
            Ok(Moved::to(State::Rejected(
                state.refuse_for_cause(&because)?,
            )))
        }
        (State::Accepted(accepted), action) => take_accepted(accepted, by, &action, at),
        (
            state @ (State::Rejected(_) | State::Invalidated(_)),
            Action::Overturn {
                approved,
                restoring,
            },
        ) => overturn(state, &Because::of(by.person()?, approved, at)?, &restoring),
        (State::Rejected(state), Action::Appeal(days)) => {
            let (state, filed) = state.appeal(by.person()?, days)?;
            Ok(Moved::stays(State::Rejected(state)).with(Effect::OpenAppeal(filed)))
        }
        (State::Invalidated(state), Action::Appeal(days)) => {
            let (state, filed) = state.appeal(by.person()?, days)?;
            Ok(Moved::stays(State::Invalidated(state)).with(Effect::OpenAppeal(filed)))
        }
        (
            State::Draft(_)
            | State::Signed(_)
            | State::NeedsFix(_)
            | State::UnderReview(_)
            | State::Rejected(_)
            | State::Invalidated(_)
            | State::Withdrawn(_)
            | State::Superseded(_),
            _,
        ) => Err(Refusal::IllegalTransition { from, action: kind }),
    }
}

/// Puts what was refused or taken out of force in force again, where it still can be.
fn overturn(
    attestation: Attestation,
    because: &Because,
    restoring: &Restoring<'_>,
) -> Result<Moved, Refusal> {
    Ok(match attestation {
        Attestation::Rejected(state) => match state.overturn(because, restoring)? {
            Overturned::InForce(accepted) => Moved::to(Attestation::Accepted(*accepted)),
            Overturned::Stays(state) => Moved::stays(Attestation::Rejected(state)),
        },
        Attestation::Invalidated(state) => match state.overturn(because, restoring)? {
            Overturned::InForce(accepted) => Moved::to(Attestation::Accepted(*accepted)),
            Overturned::Stays(state) => Moved::stays(Attestation::Invalidated(state)),
        },
        other => {
            return Err(Refusal::IllegalTransition {
                from: other.state(),
                action: ActionKind::Overturn,
            });
        }
    })
}

fn take_accepted(
    accepted: Accepted,
    by: &Actor,
    action: &Action<'_>,
    at: DateTime<Utc>,
) -> Result<Moved, Refusal> {
    use Attestation as State;
    let kind = action.kind();
    match *action {
        Action::Invalidate { reason } => {
            let invalidated = accepted.invalidate(by.person()?, reason, at)?;
            let suspends = invalidated.suspends_credentials();
            let moved = Moved::to(State::Invalidated(invalidated));
            Ok(if suspends {
                moved.with(Effect::SuspendCredentials)
            } else {
                moved
            })
        }
        Action::Recall { recalls, on } => {
            by.system()?;
            Ok(match accepted.after_recall(recalls, at, on) {
                AfterRecall::Invalidated(state) => Moved::to(State::Invalidated(state)),
                AfterRecall::StillAccepted { accepted, dropped } => {
                    let moved = Moved::stays(State::Accepted(accepted));
                    if dropped.is_empty() {
                        moved
                    } else {
                        moved.with(Effect::LotsDropped(dropped))
                    }
                }
            })
        }
        Action::Supersede { successor } => {
            // It follows from the successor's acceptance, whose actor has been judged.
            by.system()?;
            let superseded = accepted.supersede(successor, at)?;
            Ok(Moved::to(State::Superseded(superseded)))
        }
        Action::Withdraw => {
            let withdrawn = accepted.withdraw(by.person()?, at)?;
            Ok(Moved::to(State::Withdrawn(withdrawn)))
        }
        Action::Edit(_)
        | Action::Sign { .. }
        | Action::Recheck(_)
        | Action::Accept(_)
        | Action::Reject { .. }
        | Action::Revise
        | Action::Appeal(_)
        | Action::RefuseForCause(_)
        | Action::Overturn { .. } => Err(Refusal::IllegalTransition {
            from: AttestationState::Accepted,
            action: kind,
        }),
    }
}

impl Moved {
    fn to(attestation: Attestation) -> Self {
        Self {
            passed: vec![attestation.state()],
            attestation,
            effects: Vec::new(),
        }
    }

    /// A denied statement opens a case beside the review.
    fn to_review(state: UnderReview) -> Self {
        let denial = Denial::of(&state);
        let moved = Self::to(Attestation::UnderReview(state));
        match denial {
            Some(denial) => moved.with(Effect::OpenCase(denial)),
            None => moved,
        }
    }

    const fn stays(attestation: Attestation) -> Self {
        Self {
            attestation,
            passed: Vec::new(),
            effects: Vec::new(),
        }
    }

    fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }
}

impl Action<'_> {
    /// Its name.
    pub const fn kind(&self) -> ActionKind {
        match self {
            Self::Edit(_) => ActionKind::Edit,
            Self::Sign { .. } => ActionKind::Sign,
            Self::Recheck(_) => ActionKind::Recheck,
            Self::Accept(_) => ActionKind::Accept,
            Self::Reject { .. } => ActionKind::Reject,
            Self::Revise => ActionKind::Revise,
            Self::Invalidate { .. } => ActionKind::Invalidate,
            Self::Recall { .. } => ActionKind::Recall,
            Self::Supersede { .. } => ActionKind::Supersede,
            Self::Withdraw => ActionKind::Withdraw,
            Self::Appeal(_) => ActionKind::Appeal,
            Self::RefuseForCause(_) => ActionKind::RefuseForCause,
            Self::Overturn { .. } => ActionKind::Overturn,
        }
    }
}

#[cfg(test)]
mod tests;
