//! What every mutation answers: the object, and what the user can mend.

use async_graphql::{Enum, SimpleObject};

use crate::service;

/// Why a change was not made, as a code.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "service::UserErrorCode")]
pub enum UserErrorCode {
    /// A field's value is impossible.
    BadInput,
    /// Not in this capacity.
    Forbidden,
    /// Somebody else has to do it: whoever had one part in a case has no other.
    SeparationOfDuties,
    /// It was changed since it was read: read it again and decide anew.
    StaleVersion,
    /// Not from the state it is in.
    IllegalTransition,
    /// A condition is not met.
    GuardFailed,
    /// The key was used for another request.
    IdempotencyConflict,
    /// Nothing was handed in that would prove it.
    EvidenceMissing,
    /// A check against the primary source is too old for a decision.
    PsvStale,
    /// The screening is too old for a decision.
    ScreeningStale,
    /// No reason was given.
    ReasonRequired,
}

/// Something that the user can mend. Nothing was changed.
#[derive(SimpleObject)]
pub struct UserError {
    /// Which kind.
    code: UserErrorCode,
    /// The field of the input that it is about, by its path; null for the whole.
    field: Option<String>,
    /// What is wrong and what to do.
    message: String,
}

impl From<service::UserError> for UserError {
    fn from(error: service::UserError) -> Self {
        Self {
            code: error.code.into(),
            field: error.field.map(Into::into),
            message: error.message.into(),
        }
    }
}

/// Declares what a mutation answers: objects, null where the change was not made, and `userErrors`.
macro_rules! payload {
    (
        $(#[$meta:meta])*
        $name:ident { $($(#[$field_meta:meta])* $field:ident: $ty:ty),+ $(,)? }
    ) => {
        $(#[$meta])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            $($(#[$field_meta])* pub $field: Option<$ty>,)+
            /// What the user can mend; empty where the change was made.
            pub user_errors: Vec<$crate::graphql::payload::UserError>,
        }

        impl $name {
            /// Nothing was changed.
            pub fn refused(user_errors: Vec<$crate::graphql::payload::UserError>) -> Self {
                Self { $($field: None,)+ user_errors }
            }
        }
    };
}
pub(super) use payload;
