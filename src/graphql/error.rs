//! Faults: the third layer of "no", after decisions (data) and mistakes that a user can mend (in a
//! mutation's payload).
//!
//! What strangers may read is decided here alone. [`Fault`] is deliberately not `Display`, and the
//! feature `custom-error-conversion` keeps async-graphql from taking anything that is: a `?` on an
//! error of another room does not compile in a resolver.

use async_graphql::{ErrorExtensionValues, ServerError, Value};
use domain::search::InvalidCriterion;

use crate::service::Trouble;

/// The codes of `extensions.code`. What each means is told in docs/errors.md.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// No valid credentials where some are needed.
    Unauthenticated,
    /// Valid credentials of somebody who may not do this.
    Forbidden,
    /// The document, a variable or an argument is impossible.
    BadInput,
    /// What the operation acts on does not exist, or is not the caller's to see.
    NotFound,
    /// The document asks for more than one request may.
    TooComplex,
    /// The client has used up its share for now.
    RateLimited,
    /// Something we need does not answer; the same request may work later.
    Unavailable,
    /// Our fault, logged under the request's id.
    Internal,
}

impl ErrorCode {
    /// Every code, in the order of the table in docs/errors.md.
    pub const ALL: &'static [Self] = &[
        Self::Unauthenticated,
        Self::Forbidden,
        Self::BadInput,
        Self::NotFound,
        Self::TooComplex,
        Self::RateLimited,
        Self::Unavailable,
        Self::Internal,
    ];

    /// Its one spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::BadInput => "BAD_INPUT",
            Self::NotFound => "NOT_FOUND",
            Self::TooComplex => "TOO_COMPLEX",
            Self::RateLimited => "RATE_LIMITED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }
}

/// All that strangers read of what is our fault.
const OUR_FAULT: &str = "something went wrong on our side";

/// Why a field has no answer, in words that strangers may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    code: ErrorCode,
    message: String,
    field: Option<String>,
}

impl Fault {
    /// An argument, or a field of an input, is impossible. `field` is its path: `first`,
    /// `input.near.postalCode`.
    pub fn bad_input(field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::BadInput,
            message: message.into(),
            field: Some(field.into()),
        }
    }

    /// Something that cannot happen did. The words stay inside: they go to the log.
    pub fn internal(what: &'static str) -> Self {
        tracing::error!(what, "internal fault in a resolver");
        Self {
            code: ErrorCode::Internal,
            message: OUR_FAULT.to_owned(),
            field: None,
        }
    }

    /// A subscription's client did not read in time.
    pub fn missed() -> Self {
        Self {
            code: ErrorCode::Unavailable,
            message: "you read too slowly and have missed some: read anew and subscribe again"
                .to_owned(),
            field: None,
        }
    }

    /// Our fault, as the log and nobody else reads it.
    fn inside(error: &(dyn std::error::Error + 'static)) -> Self {
        tracing::error!(error, "a request failed");
        Self {
            code: ErrorCode::Internal,
            message: OUR_FAULT.to_owned(),
            field: None,
        }
    }

    /// Which kind.
    pub const fn code(&self) -> ErrorCode {
        self.code
    }

    /// In words.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// About which field.
    pub fn field(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// A criterion of an input object is impossible.
    pub fn criterion(invalid: InvalidCriterion) -> Self {
        Self::bad_input(format!("input.{}", invalid.field), invalid.reason)
    }
}

impl From<Trouble> for Fault {
    fn from(trouble: Trouble) -> Self {
        let (code, message) = match trouble {
            Trouble::Unauthenticated => (
                ErrorCode::Unauthenticated,
                "sign in, or send an API key: Authorization: Bearer …".to_owned(),
            ),
            Trouble::Forbidden => (
                ErrorCode::Forbidden,
                "none of your roles may do this".to_owned(),
            ),
            Trouble::NotFound(what) => (ErrorCode::NotFound, format!("there is no such {what}")),
            Trouble::BadInput { field, message } => return Self::bad_input(field, message),
            // A change's own errors are in its payload; a read has no other place for them.
            Trouble::Refused(errors) => {
                let error = errors.into_iter().next();
                let (field, message) = error.map_or((None, "refused".into()), |error| {
                    (error.field, error.message)
                });
                return Self::bad_input(field.unwrap_or_default(), message);
            }
            Trouble::Denied(error) => (ErrorCode::Forbidden, error.message.into()),
            Trouble::Store(error) if error.is_passing() => {
                tracing::warn!(error = &error as &dyn std::error::Error, "no database");
                (
                    ErrorCode::Unavailable,
                    "the database does not answer: try again".to_owned(),
                )
            }
            Trouble::Store(error) => return Self::inside(&error),
            Trouble::Load(error) => return Self::inside(&error),
            Trouble::Vault(error) if error.is_passing() => {
                tracing::warn!(error = &error as &dyn std::error::Error, "no vault");
                (
                    ErrorCode::Unavailable,
                    "files cannot be kept or read here now".to_owned(),
                )
            }
            Trouble::Vault(error) => return Self::inside(&error),
        };
        Self {
            code,
            message,
            field: None,
        }
    }
}

impl From<Fault> for async_graphql::Error {
    fn from(fault: Fault) -> Self {
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", fault.code.code());
        if let Some(field) = fault.field {
            extensions.set("field", field);
        }
        Self {
            message: fault.message,
            source: None,
            extensions: Some(extensions),
        }
    }
}

/// Gives a code to an error that has none, because async-graphql raised it by itself.
///
/// `argument` is the argument at whose value the error stands, if it stands at one. An error without a
/// path was raised before anything was executed: of the document. One with a path is of a value that
/// does not fit its type, or else nobody knows what it says and to whom: its words go to the log and
/// not to the client.
pub(super) fn stamp(error: &mut ServerError, argument: Option<&str>) {
    let extensions = error.extensions.get_or_insert_default();
    if extensions.get("code").is_some() {
        return;
    }
    if error.path.is_empty() || argument.is_some() {
        extensions.set("code", ErrorCode::BadInput.code());
        if let Some(argument) = argument {
            extensions.set("field", Value::from(argument));
        }
    } else {
        tracing::error!(what = error.message, path = ?error.path, "a resolver failed without a code");
        OUR_FAULT.clone_into(&mut error.message);
        error.source = None;
        let mut coded = ErrorExtensionValues::default();
        coded.set("code", ErrorCode::Internal.code());
        error.extensions = Some(coded);
    }
}
