//! Every way in which this room says no, in words that strangers may read: code, status and message in
//! one place. None of the messages repeats more than a few bytes of what the client sent.

use std::time::Duration;

use async_graphql::Pos;
use poem::http::StatusCode;

use super::gate::expand::TooLarge;
use super::gate::limits;
use super::gate::strict::Invalid;
use super::gate::text::TooLong;
use crate::graphql::error::ErrorCode;

/// Why a request is not executed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Refusal {
    #[error("the body has more than {} bytes", limits::BODY_BYTES)]
    BodyTooLarge,
    #[error("the body did not arrive in time")]
    BodyTooSlow,
    #[error("the body broke off")]
    BodyBroken,
    #[error("use POST, or GET for queries")]
    Method,
    #[error("a GET runs queries only: use POST")]
    OnlyQueriesByGet,
    #[error(
        "answers are application/graphql-response+json or application/json: the Accept header takes neither"
    )]
    NotAcceptable,
    #[error("send application/json in UTF-8, without a content encoding")]
    MediaType,
    #[error("{0}")]
    Parameters(&'static str),
    #[error("one operation a request: batches are off")]
    Batch,

    #[error("syntax error at line {}, column {}: {message}", at.line, at.column)]
    Syntax { message: String, at: Pos },
    #[error("the document has more than {} tokens", limits::TOKENS)]
    TooManyTokens,
    #[error("brackets nest deeper than {}", limits::NESTING)]
    TooDeeplyNested,
    #[error("a name or number has more than {} bytes", limits::WORD_BYTES)]
    WordTooLong { at: Pos },
    #[error("fields nest deeper than {}", limits::DEPTH)]
    TooDeep,
    #[error("introspection nests deeper than {}", limits::INTROSPECTION_DEPTH)]
    IntrospectionTooDeep,
    #[error("more than {} aliases, with fragments written out", limits::ALIASES)]
    TooManyAliases,
    #[error(
        "more than {} directives, with fragments written out",
        limits::DIRECTIVES
    )]
    TooManyDirectives,
    #[error("more than {} fields, with fragments written out", limits::FIELDS)]
    TooManyFields,
    #[error(
        "more than {} fields at the root, with fragments written out",
        limits::ROOT_FIELDS
    )]
    TooManyRootFields,
    #[error("the fragment {fragment:.40} spreads itself")]
    FragmentCycle { fragment: String, at: Pos },
    #[error("a text argument has more than {most} bytes")]
    TextTooLong { at: Pos, most: usize },
    #[error("the variable {name:.40} holds a text of more than {most} bytes")]
    VariableTooLong { name: String, most: usize },
    #[error("{path:.80} holds U+0000, which stands in no text")]
    Nul { path: String, at: Option<Pos> },
    #[error("the variables hold more than {} values", limits::VARIABLE_VALUES)]
    TooManyVariableValues,
    #[error("__typename takes no arguments")]
    TypenameArgument { at: Pos },
    #[error(
        "only @skip and @include stand in a document, on what is selected, once each, with `if`"
    )]
    Directive { at: Pos },
    #[error("the document holds several operations: send operationName")]
    WhichOperation,
    #[error("the document holds no operation of that name")]
    NoSuchOperation,
    #[error("subscriptions are not served here")]
    NoSubscriptions,

    #[error(
        "this may cost {requested} points, and a full bucket holds {burst}: ask for less at a time"
    )]
    TooCostly { requested: u32, burst: u32 },
    #[error("your points are spent: this needs {requested} of them; try again in {} s", seconds(*wait))]
    RateLimited { requested: u32, wait: Duration },
    #[error("the key is not known here, or is no longer good")]
    BadKey,
    #[error(
        "a change with a session's cookie takes the session's token in X-CSRF-Token and comes from a page of ours"
    )]
    CrossSite,
    #[error("too many requests are under way: try again in a moment")]
    Overloaded,
    #[error("the answer took too long and was given up")]
    TimedOut,
    #[error("something went wrong on our side")]
    Panicked,
}

impl Refusal {
    pub(crate) const fn code(&self) -> ErrorCode {
        match self {
            Self::BodyTooLarge
            | Self::BodyTooSlow
            | Self::BodyBroken
            | Self::Method
            | Self::OnlyQueriesByGet
            | Self::NotAcceptable
            | Self::MediaType
            | Self::Parameters(_)
            | Self::Batch
            | Self::Syntax { .. }
            | Self::WordTooLong { .. }
            | Self::FragmentCycle { .. }
            | Self::TextTooLong { .. }
            | Self::VariableTooLong { .. }
            | Self::Nul { .. }
            | Self::TypenameArgument { .. }
            | Self::Directive { .. }
            | Self::WhichOperation
            | Self::NoSuchOperation
            | Self::NoSubscriptions => ErrorCode::BadInput,
            Self::TooManyTokens
            | Self::TooDeeplyNested
            | Self::TooDeep
            | Self::IntrospectionTooDeep
            | Self::TooManyAliases
            | Self::TooManyDirectives
            | Self::TooManyFields
            | Self::TooManyRootFields
            | Self::TooManyVariableValues
            | Self::TooCostly { .. } => ErrorCode::TooComplex,
            Self::BadKey => ErrorCode::Unauthenticated,
            Self::CrossSite => ErrorCode::Forbidden,
            Self::RateLimited { .. } => ErrorCode::RateLimited,
            Self::Overloaded | Self::TimedOut => ErrorCode::Unavailable,
            Self::Panicked => ErrorCode::Internal,
        }
    }

    /// The status, whatever media type the client prefers; only a document that is no GraphQL is told
    /// otherwise to clients of the older media type ([`Self::is_document_error`]).
    pub(crate) const fn status(&self) -> StatusCode {
        match self {
            Self::BodyTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BodyTooSlow => StatusCode::REQUEST_TIMEOUT,
            Self::Method | Self::OnlyQueriesByGet => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BadKey => StatusCode::UNAUTHORIZED,
            Self::CrossSite => StatusCode::FORBIDDEN,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::Overloaded | Self::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
            Self::Panicked => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Is this what a GraphQL executor would say of the document? Under `application/json` such errors
    /// are answered with 200 (GraphQL over HTTP, "application/json", and its audits 572B and FDE2).
    pub(crate) const fn is_document_error(&self) -> bool {
        matches!(
            self,
            Self::Syntax { .. }
                | Self::FragmentCycle { .. }
                | Self::TypenameArgument { .. }
                | Self::Directive { .. }
                | Self::WhichOperation
                | Self::NoSuchOperation
                | Self::NoSubscriptions
        )
    }

    /// Where in the document, if at one place.
    pub(crate) const fn at(&self) -> Option<Pos> {
        match self {
            Self::Syntax { at, .. }
            | Self::WordTooLong { at }
            | Self::FragmentCycle { at, .. }
            | Self::TypenameArgument { at }
            | Self::Directive { at }
            | Self::TextTooLong { at, .. } => Some(*at),
            Self::Nul { at, .. } => *at,
            _ => None,
        }
    }

    /// When to try again.
    pub(crate) fn retry_after(&self) -> Option<u64> {
        match self {
            Self::RateLimited { wait, .. } => Some(seconds(*wait)),
            Self::Overloaded | Self::TimedOut => Some(1),
            _ => None,
        }
    }

    /// The methods that would do.
    pub(crate) const fn allow(&self) -> Option<&'static str> {
        match self {
            Self::Method => Some("GET, POST"),
            Self::OnlyQueriesByGet => Some("POST"),
            _ => None,
        }
    }

    /// Its name in the metrics.
    pub(crate) const fn reason(&self) -> &'static str {
        match self {
            Self::BodyTooLarge => "body_size",
            Self::BodyTooSlow => "body_slow",
            Self::BodyBroken => "body_broken",
            Self::Method | Self::OnlyQueriesByGet => "method",
            Self::NotAcceptable => "accept",
            Self::MediaType => "media_type",
            Self::Parameters(_) => "parameters",
            Self::Batch => "batch",
            Self::Syntax { .. } => "syntax",
            Self::TooManyTokens => "tokens",
            Self::TooDeeplyNested => "nesting",
            Self::WordTooLong { .. } => "word_length",
            Self::TooDeep => "depth",
            Self::IntrospectionTooDeep => "introspection_depth",
            Self::TooManyAliases => "aliases",
            Self::TooManyDirectives => "directives",
            Self::TooManyFields => "fields",
            Self::TooManyRootFields => "root_fields",
            Self::FragmentCycle { .. } => "fragment_cycle",
            Self::TextTooLong { .. } | Self::VariableTooLong { .. } => "text_length",
            Self::Nul { .. } => "nul",
            Self::TooManyVariableValues => "variable_values",
            Self::TypenameArgument { .. } | Self::Directive { .. } => "validation",
            Self::WhichOperation | Self::NoSuchOperation | Self::NoSubscriptions => "operation",
            Self::TooCostly { .. } => "cost",
            Self::BadKey => "key",
            Self::CrossSite => "csrf",
            Self::RateLimited { .. } => "rate",
            Self::Overloaded => "overload",
            Self::TimedOut => "timeout",
            Self::Panicked => "panic",
        }
    }
}

/// Whole seconds, rounded up, at least one: what `Retry-After` can say.
fn seconds(wait: Duration) -> u64 {
    wait.as_secs() + 1
}

impl From<TooLarge> for Refusal {
    fn from(too_large: TooLarge) -> Self {
        match too_large {
            TooLarge::FragmentCycle { fragment, at } => Self::FragmentCycle {
                fragment: fragment.to_string(),
                at,
            },
            TooLarge::Nesting => Self::TooDeeplyNested,
            TooLarge::Depth => Self::TooDeep,
            TooLarge::IntrospectionDepth => Self::IntrospectionTooDeep,
            TooLarge::Aliases => Self::TooManyAliases,
            TooLarge::Directives => Self::TooManyDirectives,
            TooLarge::Fields => Self::TooManyFields,
            TooLarge::RootFields => Self::TooManyRootFields,
        }
    }
}

impl From<Invalid> for Refusal {
    fn from(invalid: Invalid) -> Self {
        match invalid {
            Invalid::TypenameArgument { at } => Self::TypenameArgument { at },
            Invalid::Directive { at } => Self::Directive { at },
        }
    }
}

impl From<TooLong> for Refusal {
    fn from(too_long: TooLong) -> Self {
        match too_long {
            TooLong::Literal { at, most } => Self::TextTooLong { at, most },
            TooLong::Variable { name, most } => Self::VariableTooLong { name, most },
            TooLong::Variables => Self::TooManyVariableValues,
            TooLong::Nul { path, at } => Self::Nul { path, at },
        }
    }
}
