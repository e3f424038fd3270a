//! Why a step was not taken. A refusal is data: the state is as it was.

use super::action::ActionKind;
use super::statement::Statement;
use crate::attestation::AttestationState;
use crate::case::CaseId;
use crate::duty::Bar;
pub use crate::duty::RefusalCode;

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not in this capacity.
    #[error("this is not yours to do")]
    Forbidden,
    /// Not by this person.
    #[error("somebody else has to decide this")]
    SeparationOfDuties,
    /// What was signed is not what is on file.
    #[error("the draft was changed after it was shown for signature")]
    StaleVersion,
    /// Not from this state.
    #[error("{action} cannot be done to an attestation that is {from}")]
    IllegalTransition {
        /// The state it is in.
        from: AttestationState,
        /// What was asked.
        action: ActionKind,
    },
    /// A condition is not met.
    #[error(transparent)]
    Guard(#[from] Guard),
    /// Nothing was seen that would prove it.
    #[error("name the evidence that was seen")]
    EvidenceMissing,
    /// No reason was given.
    #[error("a reason is required")]
    ReasonRequired,
}

/// A condition that is not met.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Guard {
    /// Statements without an answer.
    #[error("not every statement is answered")]
    Unanswered(Vec<Statement>),
    /// Statements that the person says are not true.
    #[error("the person denies a statement")]
    Denied(Vec<Statement>),
    /// The answers are to an earlier wording.
    #[error("the statements have a new wording")]
    StatementText,
    /// No product line.
    #[error("no needles are named")]
    NoProduct,
    /// No place.
    #[error("no place is named")]
    NoLocation,
    /// The signature means something else.
    #[error("the signature has to mean responsibility")]
    Meaning,
    /// A check fails hard.
    #[error("a check fails")]
    HardFinding,
    /// The attestation would be past its last day.
    #[error("nothing is left for which it could hold")]
    NothingLeft,
    /// A successor of another person, or the same attestation, or an earlier one.
    #[error("that is no successor")]
    NoSuccessor,
    /// A successor that leaves out a place.
    #[error("the later attestation leaves out a place")]
    PlaceLeftOut,
    /// Too late.
    #[error("the time to appeal is over")]
    AppealLate,
    /// One appeal a decision.
    #[error("an appeal was filed before")]
    AppealedBefore,
    /// It was refused by a case: that case's decision is appealed.
    #[error("it was refused by the decision of case_{}: appeal against that", .0.0)]
    DecidedByCase(CaseId),
    /// The case decided about something else.
    #[error("the case is about another attestation")]
    OtherAttestation,
    /// A decision takes effect when it is made, once.
    #[error("the case was decided at another time")]
    NotNow,
    /// The case decides about something else than this step.
    #[error("that case does not decide this")]
    OtherPurpose,
}

impl From<Bar> for Refusal {
    fn from(bar: Bar) -> Self {
        match bar {
            Bar::Forbidden => Self::Forbidden,
            Bar::SeparationOfDuties => Self::SeparationOfDuties,
        }
    }
}

impl Refusal {
    /// The code under which the API tells it.
    pub const fn code(&self) -> RefusalCode {
        match self {
            Self::Forbidden => RefusalCode::Forbidden,
            Self::SeparationOfDuties => RefusalCode::SeparationOfDuties,
            Self::StaleVersion => RefusalCode::StaleVersion,
            Self::IllegalTransition { .. } => RefusalCode::IllegalTransition,
            Self::Guard(_) => RefusalCode::GuardFailed,
            Self::EvidenceMissing => RefusalCode::EvidenceMissing,
            Self::ReasonRequired => RefusalCode::ReasonRequired,
        }
    }
}
