//! Why a change was not made, or a private thing not shown.

use serde::{Deserialize, Serialize};

use crate::app::LoadError;
use crate::store::StoreError;
use crate::vault::VaultError;

/// The codes of what a user can mend (verification.md 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UserErrorCode {
    /// A field's value is impossible.
    BadInput,
    /// Not in this capacity.
    Forbidden,
    /// Somebody else has to do it.
    SeparationOfDuties,
    /// It was changed since it was read.
    StaleVersion,
    /// Not from the state it is in.
    IllegalTransition,
    /// A condition is not met.
    GuardFailed,
    /// The key was used for something else.
    IdempotencyConflict,
    /// Nothing was handed in that would prove it.
    EvidenceMissing,
    /// A check against the primary source is too old.
    PsvStale,
    /// The screening is too old.
    ScreeningStale,
    /// No reason was given.
    ReasonRequired,
}

impl UserErrorCode {
    /// Every code.
    pub const ALL: &'static [Self] = &[
        Self::BadInput,
        Self::Forbidden,
        Self::SeparationOfDuties,
        Self::StaleVersion,
        Self::IllegalTransition,
        Self::GuardFailed,
        Self::IdempotencyConflict,
        Self::EvidenceMissing,
        Self::PsvStale,
        Self::ScreeningStale,
        Self::ReasonRequired,
    ];

    /// Its one spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadInput => "BAD_INPUT",
            Self::Forbidden => "FORBIDDEN",
            Self::SeparationOfDuties => "SEPARATION_OF_DUTIES",
            Self::StaleVersion => "STALE_VERSION",
            Self::IllegalTransition => "ILLEGAL_TRANSITION",
            Self::GuardFailed => "GUARD_FAILED",
            Self::IdempotencyConflict => "IDEMPOTENCY_CONFLICT",
            Self::EvidenceMissing => "EVIDENCE_MISSING",
            Self::PsvStale => "PSV_STALE",
            Self::ScreeningStale => "SCREENING_STALE",
            Self::ReasonRequired => "REASON_REQUIRED",
        }
    }
}

/// Something that the user can mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UserError {
    /// Which kind.
    pub code: UserErrorCode,
    /// The field of the input that it is about: `hours.inPersonMinutes`.
    pub field: Option<Box<str>>,
    /// What is wrong and what to do, in English.
    pub message: Box<str>,
}

impl UserError {
    /// About the whole input.
    pub fn new(code: UserErrorCode, message: impl Into<Box<str>>) -> Self {
        Self {
            code,
            field: None,
            message: message.into(),
        }
    }

    /// About one field.
    pub fn of(
        code: UserErrorCode,
        field: impl Into<Box<str>>,
        message: impl Into<Box<str>>,
    ) -> Self {
        Self {
            code,
            field: Some(field.into()),
            message: message.into(),
        }
    }
}

/// Why a change was not made, or a private thing not shown. Nothing is written but what
/// [`Denied`](Self::Denied) and [`Forbidden`](Self::Forbidden) leave in the log.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    Unauthenticated,
    /// No role of theirs may. A known account's attempt is an event.
    #[error("no role of theirs may")]
    Forbidden,
    /// Not there, or not theirs to see: the same answer.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// An input is impossible whatever is on file.
    #[error("{field}: {message}")]
    BadInput {
        /// Its path: `input.caseId`.
        field: Box<str>,
        /// Why.
        message: Box<str>,
    },
    /// The user can mend it.
    #[error("refused")]
    Refused(Vec<UserError>),
    /// Somebody else has to do it. An event.
    #[error("denied: {}", .0.message)]
    Denied(UserError),
    /// The database did not.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The directory could not be read anew.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The folder of files did not.
    #[error(transparent)]
    Vault(#[from] VaultError),
}

impl Trouble {
    /// One thing that the user can mend.
    pub fn refused(code: UserErrorCode, message: impl Into<Box<str>>) -> Self {
        Self::Refused(vec![UserError::new(code, message)])
    }

    /// One field that the user can mend.
    pub fn field(
        code: UserErrorCode,
        field: impl Into<Box<str>>,
        message: impl Into<Box<str>>,
    ) -> Self {
        Self::Refused(vec![UserError::of(code, field, message)])
    }

    /// A condition that is not met.
    pub fn guard(message: impl Into<Box<str>>) -> Self {
        Self::refused(UserErrorCode::GuardFailed, message)
    }

    /// Somebody else has to do it.
    pub fn duties(message: impl Into<Box<str>>) -> Self {
        Self::Denied(UserError::new(UserErrorCode::SeparationOfDuties, message))
    }
}
