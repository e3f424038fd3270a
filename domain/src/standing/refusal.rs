//! Why a standing did not change. A refusal is data: the record is as it was.

use super::action::ActionKind;
use crate::credential::Standing;
use crate::duty::{Bar, RefusalCode};

/// Why a step was not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not in this capacity.
    #[error("this is not yours to do")]
    Forbidden,
    /// Not by this person, or not by one alone.
    #[error("this takes somebody else, or two people")]
    SeparationOfDuties,
    /// Not from this standing.
    #[error("{action} cannot be done to a credential that is {from}")]
    IllegalTransition {
        /// How it stands.
        from: Standing,
        /// What was asked.
        action: ActionKind,
    },
    /// A condition is not met.
    #[error(transparent)]
    Guard(#[from] Guard),
    /// Nothing was seen that would prove it.
    #[error("name the evidence, or say in words what was seen")]
    EvidenceMissing,
    /// No reason was given.
    #[error("a reason is required")]
    ReasonRequired,
}

/// A condition that is not met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Guard {
    /// The case decided about something else.
    #[error("the case is about another credential")]
    OtherCredential,
    /// A decision takes effect when it is made, once.
    #[error("the case was decided at another time")]
    NotNow,
    /// The case decides about something else than this step.
    #[error("a case of that purpose does not decide this")]
    OtherPurpose,
    /// A suspension of that kind is lifted by a case of its own.
    #[error("only what an issuer's taint suspended is reinstated in bulk")]
    NotInBulk,
    /// Taints are issuers'.
    #[error(
        "ISSUER_TAINT is what tainting an issuer does to all that it issued then: taint the issuer, or \
         name what is the matter with this credential"
    )]
    TaintByHand,
    /// A suspension is answered, not shed.
    #[error(
        "a suspended credential is not taken back, as if nothing had been the matter: ask that the \
         suspension be lifted, and take it back then"
    )]
    HeldBySuspension,
    /// What was overturned is so once.
    #[error("the revocation was overturned before")]
    OverturnedBefore,
    /// No later version of this credential.
    #[error("that is no later version of this credential")]
    NoSuccessor,
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
    /// The field of the input that it is about.
    pub const fn field(&self) -> Option<&'static str> {
        match self {
            Self::Guard(Guard::TaintByHand) => Some("kind"),
            _ => None,
        }
    }

    /// The code under which the API tells it.
    pub const fn code(&self) -> RefusalCode {
        match self {
            Self::Forbidden => RefusalCode::Forbidden,
            Self::SeparationOfDuties => RefusalCode::SeparationOfDuties,
            Self::IllegalTransition { .. } => RefusalCode::IllegalTransition,
            Self::Guard(_) => RefusalCode::GuardFailed,
            Self::EvidenceMissing => RefusalCode::EvidenceMissing,
            Self::ReasonRequired => RefusalCode::ReasonRequired,
        }
    }
}
