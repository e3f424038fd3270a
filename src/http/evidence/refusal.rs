//! Every way in which a file is not taken or given, in words that strangers may read.

use std::time::Duration;

use poem::Response;
use poem::http::header::{ALLOW, CONTENT_TYPE, RETRY_AFTER};
use poem::http::{HeaderValue, StatusCode};
use serde_json::json;

use super::multipart::Malformed;
use crate::graphql::error::{ErrorCode, Fault};
use crate::http::refusal::Refusal as DoorRefusal;
use crate::service::{Trouble, UserErrorCode};

/// Why not.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("use {allowed}")]
    Method { allowed: &'static str },
    #[error("send multipart/form-data with the fields provider, kind and file")]
    MediaType,
    #[error("a file has at most {bytes} bytes")]
    TooLarge { bytes: u64 },
    #[error("the file did not arrive in time")]
    TooSlow,
    #[error("the body broke off")]
    BrokenOff,
    #[error("the body is no multipart/form-data: {0}")]
    Malformed(&'static str),
    #[error("{message}")]
    Field {
        field: &'static str,
        message: String,
    },
    #[error("too many files are coming in: try again in a moment")]
    Overloaded,
    #[error("files cannot be kept here")]
    NoArchive,
    #[error("your points are spent: try again in {} s", seconds(*wait))]
    RateLimited { wait: Duration },
    #[error("{0}")]
    Door(DoorRefusal),
    #[error("{}", fault.message())]
    Fault { fault: Fault, is_conflict: bool },
}

impl Refusal {
    pub(super) const fn code(&self) -> ErrorCode {
        match self {
            Self::Method { .. }
            | Self::MediaType
            | Self::TooLarge { .. }
            | Self::TooSlow
            | Self::BrokenOff
            | Self::Malformed(_)
            | Self::Field { .. } => ErrorCode::BadInput,
            Self::Overloaded | Self::NoArchive => ErrorCode::Unavailable,
            Self::RateLimited { .. } => ErrorCode::RateLimited,
            Self::Door(refusal) => refusal.code(),
            Self::Fault { fault, .. } => fault.code(),
        }
    }

    /// Its name in the metrics, where nothing was asked of the application.
    pub(super) const fn reason(&self) -> Option<&'static str> {
        match self {
            Self::Method { .. } => Some("method"),
            Self::MediaType => Some("media_type"),
            Self::TooLarge { .. } => Some("body_size"),
            Self::TooSlow => Some("body_slow"),
            Self::BrokenOff | Self::Malformed(_) => Some("body_broken"),
            Self::Field { .. } => Some("parameters"),
            Self::Overloaded => Some("overload"),
            Self::RateLimited { .. } => Some("rate"),
            Self::Door(refusal) => Some(refusal.reason()),
            Self::NoArchive | Self::Fault { .. } => None,
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::Method { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Door(refusal) => refusal.status(),
            Self::Fault {
                is_conflict: true, ..
            } => StatusCode::CONFLICT,
            _ => match self.code() {
                ErrorCode::Unauthenticated => StatusCode::UNAUTHORIZED,
                ErrorCode::Forbidden => StatusCode::FORBIDDEN,
                ErrorCode::NotFound => StatusCode::NOT_FOUND,
                ErrorCode::BadInput | ErrorCode::TooComplex => StatusCode::BAD_REQUEST,
                ErrorCode::RateLimited => StatusCode::TOO_MANY_REQUESTS,
                ErrorCode::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
                ErrorCode::Internal => StatusCode::INTERNAL_SERVER_ERROR,
            },
        }
    }

    /// The answer: the same shape as that of a GraphQL error.
    pub(super) fn to_response(&self) -> Response {
        let status = self.status();
        let mut extensions = json!({ "code": self.code().code() });
        let field = match self {
            Self::Field { field, .. } => Some(*field),
            Self::Fault { fault, .. } => fault.field(),
            _ => None,
        };
        if let Some(field) = field {
            extensions["field"] = field.into();
        }
        let error = json!({ "message": self.to_string(), "extensions": extensions });
        let body = json!({ "errors": [error] });
        let mut response = Response::builder()
            .status(status)
            .header(CONTENT_TYPE, "application/json; charset=utf-8")
            .body(body.to_string());
        let headers = response.headers_mut();
        if let Self::Method { allowed } = self {
            headers.insert(ALLOW, HeaderValue::from_static(allowed));
        }
        let wait = match self {
            Self::RateLimited { wait } => Some(seconds(*wait)),
            _ => (status == StatusCode::SERVICE_UNAVAILABLE).then_some(1),
        };
        if let Some(wait) = wait {
            headers.insert(RETRY_AFTER, HeaderValue::from(wait));
        }
        response
    }
}

/// Whole seconds, rounded up, at least one: what `Retry-After` can say.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + 1
}

impl From<Trouble> for Refusal {
    fn from(trouble: Trouble) -> Self {
        let is_conflict = match &trouble {
            Trouble::Refused(errors) => errors
                .iter()
                .any(|error| error.code == UserErrorCode::IdempotencyConflict),
            _ => false,
        };
        Self::Fault {
            fault: trouble.into(),
            is_conflict,
        }
    }
}

impl Refusal {
    /// What is wrong with a body whose file may have so many bytes.
    pub(super) fn of(malformed: Malformed, bytes: u64) -> Self {
        match malformed {
            Malformed::BrokenOff => Self::BrokenOff,
            Malformed::TooSlow => Self::TooSlow,
            Malformed::TooLong => Self::TooLarge { bytes },
            Malformed::HeadTooLong => Self::Malformed("the head of a part is too long"),
            Malformed::NotMultipart => Self::Malformed("its delimiters do not fit"),
            Malformed::NoName => Self::Malformed("a part does not name its field"),
        }
    }
}
