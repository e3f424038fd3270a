//! Every step of a case behind one door, for callers that hold a case and an act by name.
//!
//! The steps and their guards are `author`'s, `review`'s and `decide`'s; here is only which act is
//! which step in which state. The table of verification.md 3.2 is the match below.

use chrono::{DateTime, NaiveDate, Utc};

use super::file::{Attached, CaseState, Purpose};
use super::open::{self, Appeal};
use super::refusal::Refusal;
use super::state::{Case, PendingDecision, Recommendation};
use super::{Facts, author};
use crate::check::{Check, CheckId, CheckOutcome, FieldPath};
use crate::codes::codes;
use crate::duty::{Actor, Person, ReasonCode, Role, Sha256, SignatureMeaning};
use crate::time::local_day;

codes! {
    /// An act by name.
    pub enum ActionKind("case action") {
        /// Replace what is claimed.
        Edit = "EDIT",
        /// Attach evidence.
        Attach = "ATTACH",
        /// C2.
        Submit = "SUBMIT",
        /// C3.
        Claim = "CLAIM",
        /// C4.
        Release = "RELEASE",
        /// C5.
        RequestInfo = "REQUEST_INFO",
        /// C6.
        SupplyInfo = "SUPPLY_INFO",
        /// Record a check.
        RecordCheck = "RECORD_CHECK",
        /// Say what a check that was not plain is taken for.
        ResolveCheck = "RESOLVE_CHECK",
        /// C8.
        Recommend = "RECOMMEND",
        /// C9.
        Approve = "APPROVE",
        /// C10.
        Reject = "REJECT",
        /// C11.
        Return = "RETURN",
        /// C12.
        Withdraw = "WITHDRAW",
        /// C13.
        Appeal = "APPEAL",
        /// Say that one is too near to it.
        DeclareConflict = "DECLARE_CONFLICT",
        /// Say that it may be a fraud.
        FlagFraud = "FLAG_FRAUD",
    }
}

/// A signature to be made: over the content that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signing {
    /// The printed name (21 CFR 11.50).
    pub printed_name: Box<str>,
    /// What it means.
    pub meaning: SignatureMeaning,
    /// The content that was shown.
    pub content_sha256: Sha256,
}

/// What a verifier asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Why.
    pub reason: Option<ReasonCode>,
    /// What.
    pub items: Vec<Box<str>>,
    /// The last day; `None` takes the policy's.
    pub due_on: Option<NaiveDate>,
}

/// What was asked for, brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supplied {
    /// The number of the new version: after every version that there is of the content.
    pub version: u32,
    /// Over the canonical form of the new content.
    pub content_sha256: Sha256,
    /// The fields that differ from the version before.
    pub changed: Vec<FieldPath>,
    /// New evidence.
    pub evidence: Vec<Attached>,
}

/// A recommendation to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommending {
    /// Which.
    pub recommendation: Recommendation,
    /// Why; required with REJECT.
    pub reason: Option<ReasonCode>,
    /// The same in words.
    pub note: Option<Box<str>>,
}

/// A decision to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deciding {
    /// The signature.
    pub signing: Signing,
    /// Why; required with REJECT.
    pub reason: Option<ReasonCode>,
    /// The same in words.
    pub note: Option<Box<str>>,
}

/// An act with what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Replace what is claimed.
    Edit {
        /// The number under which it is written down.
        version: u32,
        /// Over its canonical form.
        content_sha256: Sha256,
    },
    /// Attach evidence.
    Attach(Attached),
    /// C2.
    Submit(Signing),
    /// C3.
    Claim,
    /// C4.
    Release,
    /// C5.
    RequestInfo(Asked),
    /// C6.
    SupplyInfo(Supplied),
    /// Record a check.
    RecordCheck(Box<Check>),
    /// Say what a check that was not plain is taken for.
    ResolveCheck {
        /// Which.
        check: CheckId,
        /// For what.
        outcome: CheckOutcome,
    },
    /// C8.
    Recommend(Recommending),
    /// C9.
    Approve(Deciding),
    /// C10.
    Reject(Deciding),
    /// C11.
    Return {
        /// Why.
        reason: Option<ReasonCode>,
    },
    /// C12.
    Withdraw,
    /// C13.
    Appeal,
    /// Say that one is too near to it.
    DeclareConflict,
    /// Say that it may be a fraud.
    FlagFraud,
}

/// What follows from a step beside the new state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// The check is stored.
    CheckRecorded(Box<Check>),
    /// The check is stored with its resolution.
    CheckResolved(Box<Check>),
    /// What these checks cover was changed: they count no longer (C6).
    ChecksToRepeat(Vec<CheckId>),
    /// The person is told what is asked for, and by when.
    TellWhatIsAsked {
        /// The last day to bring it.
        due_on: NaiveDate,
    },
    /// The person is told of the decision.
    TellDecision {
        /// The last day on which that is in time.
        due_on: NaiveDate,
        /// Does it carry a right to appeal?
        may_appeal: bool,
    },
    /// The credential's standing follows, in the same transaction ([`crate::standing`]).
    StandingFollows,
    /// A suspicion of fraud outlives the withdrawal: somebody looks into it.
    FraudFlagSurvives,
    /// The appeal may be filed, in the same transaction ([`super::file_appeal`]).
    OpenAppeal(Appeal),
}

/// A step taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Where the case stands now.
    pub case: Case,
    /// What follows.
    pub effects: Vec<Effect>,
}

/// Takes a step, or says why not.
///
/// The case is first read as of `at`: a lease that has ended holds nobody, and what has lapsed is
/// closed. No step is the system's.
pub fn take(
    case: Case,
    by: &Actor,
    action: Action,
    at: DateTime<Utc>,
    facts: &Facts<'_>,
) -> Result<Moved, Refusal> {
    use Case as State;
    let illegal = Refusal::IllegalTransition {
        from: case.reading(at, facts.zone, facts.policy),
        action: action.kind(),
    };
    let case = match case {
        State::InReview(state) if state.lease.has_ended(at) => State::Submitted(state.expire()),
        State::InfoRequested(state)
            if state.has_lapsed(local_day(at, facts.zone), facts.policy) =>
        {
            return Err(illegal);
        }
        other => other,
    };
    match (case, action) {
        (
            State::Draft(draft),
            Action::Edit {
                version,
                content_sha256,
            },
        ) => Ok(Moved::to(State::Draft(draft.edit(
            by.person()?,
            version,
            content_sha256,
        )?))),
        (State::Draft(draft), Action::Attach(evidence)) => Ok(Moved::to(State::Draft(
            draft.attach(by.person()?, evidence)?,
        ))),
        (State::Draft(draft), Action::Submit(signing)) => Ok(Moved::to(State::Submitted(
            draft.submit(by.person()?, signing, facts, at)?,
        ))),
        (State::Submitted(state), Action::Claim) => Ok(Moved::to(State::InReview(state.claim(
            by.person()?,
            facts.policy,
            at,
        )?))),
        (State::InReview(state), Action::Release) => {
            Ok(Moved::to(State::Submitted(state.release(by.person()?)?)))
        }
        (State::InReview(state), Action::RequestInfo(asked)) => {
            let state = state.request_info(by.person()?, asked, facts, at)?;
            let due_on = state.request.due_on;
            let moved = Moved::to(State::InfoRequested(state));
            Ok(moved.with(Effect::TellWhatIsAsked { due_on }))
        }
        (State::InfoRequested(state), Action::SupplyInfo(supplied)) => {
            let (state, to_repeat) = state.supply(by.person()?, supplied, facts, at)?;
            let moved = Moved::to(State::InReview(state));
            Ok(if to_repeat.is_empty() {
                moved
            } else {
                moved.with(Effect::ChecksToRepeat(to_repeat))
            })
        }
        (State::InReview(state), Action::RecordCheck(check)) => {
            let performed_on = local_day(check.performed_at, facts.zone);
            let check = state.record(by.person()?, *check, performed_on, facts)?;
            let moved = Moved::to(State::InReview(state));
            Ok(moved.with(Effect::CheckRecorded(check.into())))
        }
        (State::InReview(state), Action::ResolveCheck { check, outcome }) => {
            let check = state.resolve(by.person()?, (check, outcome), facts.checks, at)?;
            let moved = Moved::to(State::InReview(state));
            Ok(moved.with(Effect::CheckResolved(check.into())))
        }
        (State::InReview(state), Action::Recommend(recommending)) => Ok(Moved::to(
            State::PendingDecision(state.recommend(by.person()?, recommending, facts, at)?),
        )),
        (case, Action::Withdraw) => withdraw(&case, by, at),
        (case @ (State::Approved(_) | State::Rejected(_)), Action::Appeal) => {
            let days = (facts.zone, facts.policy);
            let (case, appeal) = open::appeal(by.person()?, case, facts.checks, at, days)?;
            Ok(Moved::to(case).with(Effect::OpenAppeal(appeal)))
        }
        (case, Action::DeclareConflict) => declare_conflict(case, by),
        (case, Action::FlagFraud) => flag_fraud(case, by, illegal),
        (State::PendingDecision(state), action) => decide(state, by, action, at, facts),
        (
            State::Draft(_)
            | State::Submitted(_)
            | State::InReview(_)
            | State::InfoRequested(_)
            | State::Approved(_)
            | State::Rejected(_)
            | State::Withdrawn(_)
            | State::Lapsed(_),
            _,
        ) => Err(illegal),
    }
}

/// C9, C10 and C11.
fn decide(
    state: PendingDecision,
    by: &Actor,
    action: Action,
    at: DateTime<Utc>,
    facts: &Facts<'_>,
) -> Result<Moved, Refusal> {
    let purpose = state.submitted.file.purpose;
    match action {
        Action::Approve(deciding) => {
            let approved = state.approve(by.person()?, deciding, facts, at)?;
            let told = Effect::TellDecision {
                due_on: approved.notice.due_on,
                may_appeal: purpose == Purpose::ForCause,
            };
            let moved = Moved::to(Case::Approved(approved));
            Ok(moved.with(told).with(Effect::StandingFollows))
        }
        Action::Reject(deciding) => {
            let rejected = state.reject(by.person()?, deciding, facts, at)?;
            let told = Effect::TellDecision {
                due_on: rejected.notice.due_on,
                may_appeal: !matches!(purpose, Purpose::ForCause | Purpose::Appeal),
            };
            Ok(Moved::to(Case::Rejected(rejected)).with(told))
        }
        Action::Return { reason } => Ok(Moved::to(Case::InReview(state.send_back(
            by.person()?,
            reason,
            facts,
            at,
        )?))),
        other => Err(Refusal::IllegalTransition {
            from: CaseState::PendingDecision,
            action: other.kind(),
        }),
    }
}

fn withdraw(case: &Case, by: &Actor, at: DateTime<Utc>) -> Result<Moved, Refusal> {
    let withdrawn = author::withdraw(case, by, at)?;
    let is_suspected = withdrawn.file.fraud_flag;
    let moved = Moved::to(Case::Withdrawn(withdrawn));
    Ok(if is_suspected {
        moved.with(Effect::FraudFlagSurvives)
    } else {
        moved
    })
}

/// Before somebody takes a case up or decides it.
fn declare_conflict(mut case: Case, by: &Actor) -> Result<Moved, Refusal> {
    let illegal = Refusal::IllegalTransition {
        from: case.state(),
        action: ActionKind::DeclareConflict,
    };
    let file = match &mut case {
        Case::Submitted(state) => &mut state.file,
        Case::PendingDecision(state) => &mut state.submitted.file,
        Case::Draft(_)
        | Case::InReview(_)
        | Case::InfoRequested(_)
        | Case::Approved(_)
        | Case::Rejected(_)
        | Case::Withdrawn(_)
        | Case::Lapsed(_) => return Err(illegal),
    };
    let person = by.person()?;
    person.in_role(&[Role::Verifier, Role::Approver, Role::Appeals])?;
    if !file.conflicts.contains(&person.account) {
        file.conflicts.push(person.account);
    }
    Ok(Moved::to(case))
}

/// Once somebody reads it and until it is closed, by those who read it.
fn flag_fraud(mut case: Case, by: &Actor, illegal: Refusal) -> Result<Moved, Refusal> {
    let file = match &mut case {
        Case::Submitted(state) => &mut state.file,
        Case::InReview(state) => &mut state.submitted.file,
        Case::InfoRequested(state) => &mut state.submitted.file,
        Case::PendingDecision(state) => &mut state.submitted.file,
        Case::Draft(_)
        | Case::Approved(_)
        | Case::Rejected(_)
        | Case::Withdrawn(_)
        | Case::Lapsed(_) => return Err(illegal),
    };
    let person: &Person = by.person()?;
    person.in_role(&[
        Role::Verifier,
        Role::Approver,
        Role::Compliance,
        Role::Appeals,
    ])?;
    file.fraud_flag = true;
    Ok(Moved::to(case))
}

impl Moved {
    const fn to(case: Case) -> Self {
        Self {
            case,
            effects: Vec::new(),
        }
    }

    fn with(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }

    /// The state that it moved to.
    pub const fn state(&self) -> CaseState {
        self.case.state()
    }
}

impl Action {
    /// Its name.
    pub const fn kind(&self) -> ActionKind {
        match self {
            Self::Edit { .. } => ActionKind::Edit,
            Self::Attach(_) => ActionKind::Attach,
            Self::Submit(_) => ActionKind::Submit,
            Self::Claim => ActionKind::Claim,
            Self::Release => ActionKind::Release,
            Self::RequestInfo(_) => ActionKind::RequestInfo,
            Self::SupplyInfo(_) => ActionKind::SupplyInfo,
            Self::RecordCheck(_) => ActionKind::RecordCheck,
            Self::ResolveCheck { .. } => ActionKind::ResolveCheck,
            Self::Recommend(_) => ActionKind::Recommend,
            Self::Approve(_) => ActionKind::Approve,
            Self::Reject(_) => ActionKind::Reject,
            Self::Return { .. } => ActionKind::Return,
            Self::Withdraw => ActionKind::Withdraw,
            Self::Appeal => ActionKind::Appeal,
            Self::DeclareConflict => ActionKind::DeclareConflict,
            Self::FlagFraud => ActionKind::FlagFraud,
        }
    }
}
