//! Cases as rows kept them. For reading back, never for a change: a change is a step.

use chrono::{DateTime, Utc};

use super::file::{CaseFile, CaseState};
use super::state::{
    Approved, Case, Decision, Draft, InReview, InfoRequest, InfoRequested, Lapsed, Lease, Notice,
    PendingDecision, Recommended, Rejected, Submission, Submitted, Withdrawn,
};
use crate::duty::AccountId;

/// A case as its row kept it: everything that some state has, and what this one has is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// In which state.
    pub state: CaseState,
    /// What is the same in every state.
    pub file: CaseFile,
    /// From SUBMITTED on; of WITHDRAWN where it got so far.
    pub submission: Option<Submission>,
    /// Of `IN_REVIEW`.
    pub lease: Option<Lease>,
    /// Of `INFO_REQUESTED` and LAPSED.
    pub request: Option<InfoRequest>,
    /// From `PENDING_DECISION` on.
    pub recommended: Option<Recommended>,
    /// Of APPROVED and REJECTED.
    pub decision: Option<Decision>,
    /// Of APPROVED and REJECTED.
    pub notice: Option<Notice>,
    /// Of APPROVED and REJECTED.
    pub appealed: bool,
    /// Of WITHDRAWN, by whom and when.
    pub withdrawn: Option<(AccountId, DateTime<Utc>)>,
    /// Of LAPSED.
    pub closed_at: Option<DateTime<Utc>>,
}

/// A row lacks what its state has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a case that is {state} has a {what}")]
pub struct BrokenCase {
    /// The state that the row names.
    pub state: CaseState,
    /// What it lacks: "lease".
    pub what: &'static str,
}

impl TryFrom<Stored> for Case {
    type Error = BrokenCase;

    fn try_from(stored: Stored) -> Result<Self, BrokenCase> {
        let state = stored.state;
        let lacks = |what| BrokenCase { state, what };
        let file = stored.file;
        if state == CaseState::Draft {
            return Ok(Self::Draft(Draft { file }));
        }
        if state == CaseState::Withdrawn {
            let (by, at) = stored.withdrawn.ok_or(lacks("withdrawal"))?;
            return Ok(Self::Withdrawn(Withdrawn {
                file,
                submission: stored.submission,
                by,
                at,
            }));
        }
        let submission = stored.submission.ok_or(lacks("submission"))?;
        let submitted = Submitted { file, submission };
        let pending = |submitted, recommended: Option<Recommended>| {
            let recommended = recommended.ok_or(lacks("recommendation"))?;
            Ok(PendingDecision {
                submitted,
                recommended,
            })
        };
        Ok(match state {
            CaseState::Draft | CaseState::Withdrawn | CaseState::Submitted => {
                Self::Submitted(submitted)
            }
            CaseState::InReview => Self::InReview(InReview {
                submitted,
                lease: stored.lease.ok_or(lacks("lease"))?,
            }),
            CaseState::InfoRequested => Self::InfoRequested(InfoRequested {
                submitted,
                request: stored.request.ok_or(lacks("request"))?,
            }),
            CaseState::Lapsed => Self::Lapsed(Lapsed {
                asked: InfoRequested {
                    submitted,
                    request: stored.request.ok_or(lacks("request"))?,
                },
                closed_at: stored.closed_at.ok_or(lacks("closing"))?,
            }),
            CaseState::PendingDecision => {
                Self::PendingDecision(pending(submitted, stored.recommended)?)
            }
            CaseState::Approved => Self::Approved(Approved {
                pending: pending(submitted, stored.recommended)?,
                decision: stored.decision.ok_or(lacks("decision"))?,
                notice: stored.notice.ok_or(lacks("notice"))?,
                appealed: stored.appealed,
            }),
            CaseState::Rejected => {
                let decision = stored.decision.ok_or(lacks("decision"))?;
                decision.reason.ok_or(lacks("reason"))?;
                Self::Rejected(Rejected {
                    pending: pending(submitted, stored.recommended)?,
                    decision,
                    notice: stored.notice.ok_or(lacks("notice"))?,
                    appealed: stored.appealed,
                })
            }
        })
    }
}

impl From<&Case> for Stored {
    /// For writing the row of a case.
    fn from(case: &Case) -> Self {
        Self {
            state: case.state(),
            file: case.file().clone(),
            submission: case.submission().cloned(),
            lease: match case {
                Case::InReview(state) => Some(state.lease),
                _ => None,
            },
            request: match case {
                Case::InfoRequested(state) => Some(state.request.clone()),
                Case::Lapsed(state) => Some(state.asked.request.clone()),
                _ => None,
            },
            recommended: case.recommended().cloned(),
            decision: case.decision().cloned(),
            notice: case.notice().copied(),
            appealed: match case {
                Case::Approved(state) => state.appealed,
                Case::Rejected(state) => state.appealed,
                _ => false,
            },
            withdrawn: match case {
                Case::Withdrawn(state) => Some((state.by, state.at)),
                _ => None,
            },
            closed_at: match case {
                Case::Lapsed(state) => Some(state.closed_at),
                _ => None,
            },
        }
    }
}
