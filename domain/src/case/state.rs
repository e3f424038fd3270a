//! The states of a case, each with the facts that belong to it.
//!
//! No other crate can make one of these by writing down its fields: they come from a step, or from
//! their stored form by the `stored` functions, which are for reading rows back and for nothing else.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

use super::file::{CaseFile, CaseState};
use crate::codes::codes;
use crate::duty::{AccountId, ReasonCode, Role, Sha256, SignatureMeaning};
use crate::policy::Policy;
use crate::time::{days_after, local_day};

/// Who submitted a case, and with what signature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Submission {
    /// Whose account.
    pub by: AccountId,
    /// The printed name (21 CFR 11.50).
    pub printed_name: Box<str>,
    /// What the signature means.
    pub meaning: SignatureMeaning,
    /// When.
    pub at: DateTime<Utc>,
}

/// A verifier's hold on a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lease {
    /// Whose.
    pub verifier: AccountId,
    /// The first instant at which it no longer holds.
    pub until: DateTime<Utc>,
}

codes! {
    /// What a verifier recommends.
    pub enum Recommendation("recommendation") {
        /// Decide in favour.
        Approve = "APPROVE",
        /// Decide against.
        Reject = "REJECT",
    }
}

/// A recommendation, and whose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommended {
    /// Which.
    pub recommendation: Recommendation,
    /// Why; always there with REJECT.
    pub reason: Option<ReasonCode>,
    /// The same in words.
    pub note: Option<Box<str>>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// What the person was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfoRequest {
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: ReasonCode,
    /// What is asked for; never empty.
    pub items: Vec<Box<str>>,
    /// The last day to bring it.
    pub due_on: NaiveDate,
    /// When the person was told.
    pub notice_sent_at: Option<DateTime<Utc>>,
}

/// Telling the person of a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Notice {
    /// The last day on which it is in time.
    pub due_on: NaiveDate,
    /// When it went out.
    pub sent_at: Option<DateTime<Utc>>,
}

impl Notice {
    /// Is it still to be sent, and late?
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.sent_at.is_none() && self.due_on < today
    }
}

/// A decision, with what it binds to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// By whom.
    pub by: AccountId,
    /// In what capacity.
    pub role: Role,
    /// The printed name (21 CFR 11.50).
    pub printed_name: Box<str>,
    /// What the signature means.
    pub meaning: SignatureMeaning,
    /// When.
    pub at: DateTime<Utc>,
    /// The version of the content.
    pub content_version: u32,
    /// The content itself.
    pub content_sha256: Sha256,
    /// Why; always there when it was against the person.
    pub reason: Option<ReasonCode>,
    /// The same in words.
    pub note: Option<Box<str>>,
    /// By which policy.
    pub policy_version: u32,
    /// Did one person both verify and decide, as the policy allowed?
    pub single_reviewer: bool,
    /// The day whose truth the oldest proof tells.
    pub psv_as_of: Option<NaiveDate>,
}

/// DRAFT: being written.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Draft {
    /// The case.
    pub file: CaseFile,
}

/// SUBMITTED: waiting for a verifier.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Submitted {
    /// The case.
    pub file: CaseFile,
    /// Who submitted it.
    pub submission: Submission,
}

/// `IN_REVIEW`: a verifier holds it, until the lease ends.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InReview {
    /// What was submitted.
    pub submitted: Submitted,
    /// Who holds it.
    pub lease: Lease,
}

/// `INFO_REQUESTED`: the person was asked for something.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct InfoRequested {
    /// What was submitted.
    pub submitted: Submitted,
    /// What was asked for.
    pub request: InfoRequest,
}

/// `PENDING_DECISION`: waiting for an approver.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PendingDecision {
    /// What was submitted.
    pub submitted: Submitted,
    /// What the verifier recommends.
    pub recommended: Recommended,
}

/// APPROVED: decided in favour.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Approved {
    /// What was decided upon.
    pub pending: PendingDecision,
    /// By whom.
    pub decision: Decision,
    /// Telling the person.
    pub notice: Notice,
    /// Was an appeal filed?
    pub appealed: bool,
}

/// REJECTED: decided against.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Rejected {
    /// What was decided upon.
    pub pending: PendingDecision,
    /// By whom; its reason is there.
    pub decision: Decision,
    /// Telling the person.
    pub notice: Notice,
    /// Was an appeal filed?
    pub appealed: bool,
}

/// WITHDRAWN: taken back by the person.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Withdrawn {
    /// The case.
    pub file: CaseFile,
    /// Who had submitted it, if anybody.
    pub submission: Option<Submission>,
    /// By whom.
    pub by: AccountId,
    /// When.
    pub at: DateTime<Utc>,
}

/// LAPSED: what was asked for never came, and a new case has closed this one.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Lapsed {
    /// What was asked for.
    pub asked: InfoRequested,
    /// When the new case closed it.
    pub closed_at: DateTime<Utc>,
}

/// A case in whatever state it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Case {
    /// Being written.
    Draft(Draft),
    /// Waiting for a verifier.
    Submitted(Submitted),
    /// Held by a verifier.
    InReview(InReview),
    /// Waiting for the person.
    InfoRequested(InfoRequested),
    /// Waiting for an approver.
    PendingDecision(PendingDecision),
    /// Decided in favour.
    Approved(Approved),
    /// Decided against.
    Rejected(Rejected),
    /// Taken back.
    Withdrawn(Withdrawn),
    /// Closed for want of an answer.
    Lapsed(Lapsed),
}

impl Case {
    /// The state as stored.
    pub const fn state(&self) -> CaseState {
        match self {
            Self::Draft(_) => CaseState::Draft,
            Self::Submitted(_) => CaseState::Submitted,
            Self::InReview(_) => CaseState::InReview,
            Self::InfoRequested(_) => CaseState::InfoRequested,
            Self::PendingDecision(_) => CaseState::PendingDecision,
            Self::Approved(_) => CaseState::Approved,
            Self::Rejected(_) => CaseState::Rejected,
            Self::Withdrawn(_) => CaseState::Withdrawn,
            Self::Lapsed(_) => CaseState::Lapsed,
        }
    }

    /// The state as read at an instant: a lease that has ended is SUBMITTED again (C4), and what was
    /// asked for and never came has LAPSED (C7).
    pub fn reading(&self, at: DateTime<Utc>, zone: Tz, policy: &Policy) -> CaseState {
        match self {
            Self::InReview(state) if state.lease.has_ended(at) => CaseState::Submitted,
            Self::InfoRequested(state) if state.has_lapsed(local_day(at, zone), policy) => {
                CaseState::Lapsed
            }
            _ => self.state(),
        }
    }

    /// What is the same in every state.
    pub const fn file(&self) -> &CaseFile {
        match self {
            Self::Draft(state) => &state.file,
            Self::Submitted(state) => &state.file,
            Self::InReview(state) => &state.submitted.file,
            Self::InfoRequested(state) => &state.submitted.file,
            Self::PendingDecision(state) => &state.submitted.file,
            Self::Approved(state) => &state.pending.submitted.file,
            Self::Rejected(state) => &state.pending.submitted.file,
            Self::Withdrawn(state) => &state.file,
            Self::Lapsed(state) => &state.asked.submitted.file,
        }
    }

    /// Who submitted it.
    pub const fn submission(&self) -> Option<&Submission> {
        match self {
            Self::Draft(_) => None,
            Self::Submitted(state) => Some(&state.submission),
            Self::InReview(state) => Some(&state.submitted.submission),
            Self::InfoRequested(state) => Some(&state.submitted.submission),
            Self::PendingDecision(state) => Some(&state.submitted.submission),
            Self::Approved(state) => Some(&state.pending.submitted.submission),
            Self::Rejected(state) => Some(&state.pending.submitted.submission),
            Self::Withdrawn(state) => state.submission.as_ref(),
            Self::Lapsed(state) => Some(&state.asked.submitted.submission),
        }
    }

    /// What a verifier recommended.
    pub const fn recommended(&self) -> Option<&Recommended> {
        match self {
            Self::PendingDecision(state) => Some(&state.recommended),
            Self::Approved(state) => Some(&state.pending.recommended),
            Self::Rejected(state) => Some(&state.pending.recommended),
            _ => None,
        }
    }

    /// What was decided.
    pub const fn decision(&self) -> Option<&Decision> {
        match self {
            Self::Approved(state) => Some(&state.decision),
            Self::Rejected(state) => Some(&state.decision),
            _ => None,
        }
    }

    /// The notice of the decision.
    pub const fn notice(&self) -> Option<&Notice> {
        match self {
            Self::Approved(state) => Some(&state.notice),
            Self::Rejected(state) => Some(&state.notice),
            _ => None,
        }
    }

    /// Records that the person was told of a decision or of what is asked for. It moves nothing; a
    /// notice that was sent before stays as it was.
    #[must_use]
    pub fn notice_sent(mut self, at: DateTime<Utc>) -> Self {
        let sent_at = match &mut self {
            Self::InfoRequested(state) => Some(&mut state.request.notice_sent_at),
            Self::Approved(state) => Some(&mut state.notice.sent_at),
            Self::Rejected(state) => Some(&mut state.notice.sent_at),
            _ => None,
        };
        if let Some(sent_at) = sent_at {
            sent_at.get_or_insert(at);
        }
        self
    }
}

impl Lease {
    /// For as long as the policy says.
    pub fn new(verifier: AccountId, at: DateTime<Utc>, policy: &Policy) -> Self {
        let until = at + TimeDelta::hours(i64::from(policy.lease_hours));
        Self { verifier, until }
    }

    /// Does it no longer hold?
    pub fn has_ended(&self, at: DateTime<Utc>) -> bool {
        self.until <= at
    }
}

impl InfoRequested {
    /// The last day on which the person can still answer; `None` while nobody has told them what is
    /// asked for.
    pub fn lapses_after(&self, policy: &Policy) -> Option<NaiveDate> {
        self.request.notice_sent_at?;
        Some(days_after(self.request.due_on, policy.info_lapse_days))
    }

    /// Is it too late for the person to answer (C7)?
    pub fn has_lapsed(&self, today: NaiveDate, policy: &Policy) -> bool {
        self.lapses_after(policy).is_some_and(|last| last < today)
    }
}
