//! GraphQL answers on the wire: which members, which status, which headers.

use async_graphql::{PathSegment, Pos, Response as Executed, ServerError, Value};
use poem::Response;
use poem::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, ETAG, RETRY_AFTER, VARY};
use poem::http::{HeaderValue, StatusCode};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::negotiate::Media;
use super::outcome::Outcome;
use super::refusal::Refusal;
use crate::graphql::error::ErrorCode;

/// Errors told in one answer; the rest is left out, so that a hostile document is not answered by one
/// error a token.
const ERRORS: usize = 20;
/// Bytes of one message.
const MESSAGE_BYTES: usize = 512;
/// Places told of one error, in the document and in the answer.
const LOCATIONS: usize = 4;
const PATH_SEGMENTS: usize = 64;

/// The cost of an operation, as told in `extensions.cost`.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Cost {
    pub requested: u32,
    /// Absent when there is no limit.
    #[serde(flatten)]
    pub bucket: Option<Bucket>,
}

/// What is left of the client's bucket.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Bucket {
    pub remaining: u32,
    pub maximum: u32,
    pub restore_per_second: u32,
}

/// What the answer's form depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form<'a> {
    pub media: Media,
    pub is_get: bool,
    /// The client's `If-None-Match`.
    pub known: Option<&'a str>,
}

#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<Told<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    extensions: Extensions,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Extensions {
    data_version: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    cost: Option<Cost>,
}

/// One error as strangers may read it.
#[derive(Serialize)]
struct Told<'a> {
    message: String,
    #[serde(skip_serializing_if = "<[Pos]>::is_empty")]
    locations: &'a [Pos],
    #[serde(skip_serializing_if = "<[PathSegment]>::is_empty")]
    path: &'a [PathSegment],
    extensions: ErrorExtensions<'a>,
}

#[derive(Serialize)]
struct ErrorExtensions<'a> {
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a Value>,
}

/// The answer to a request that was executed, or that the schema refused.
pub(crate) fn executed(answer: &Executed, version: u64, cost: Cost, form: Form<'_>) -> Response {
    let is_request_error = is_request_error(answer);
    let mut body = body(answer, version);
    let first_code = body.errors.first().map(|error| error.extensions.code);
    let status = match form.media {
        Media::GraphqlResponse if is_request_error => StatusCode::BAD_REQUEST,
        Media::GraphqlResponse | Media::Json => StatusCode::OK,
    };
    // What is left in the bucket differs from one answer to the next and is no reason to send the same
    // data again: the tag leaves it out, and is a weak one therefore.
    let tag = (form.is_get && status == StatusCode::OK).then(|| entity_tag(&to_json(&body)));
    let response = if tag.as_deref().is_some_and(|tag| knows(form.known, tag)) {
        Response::builder()
            .status(StatusCode::NOT_MODIFIED)
            .finish()
    } else {
        body.extensions.cost = Some(cost);
        Response::builder()
            .status(status)
            .header(CONTENT_TYPE, form.media.content_type())
            .body(to_json(&body))
    };
    let mut response = with_caching(response, form.is_get);
    if let Some(tag) = tag.and_then(|tag| HeaderValue::try_from(tag).ok()) {
        response.headers_mut().insert(ETAG, tag);
    }
    Outcome {
        code: first_code,
        refused: None,
        cost: Some(cost.requested),
    }
    .attach(response)
}

/// The same as the payload of a message.
pub(crate) fn payload(answer: &Executed, version: u64, cost: Cost) -> serde_json::Value {
    let mut body = body(answer, version);
    body.extensions.cost = Some(cost);
    serde_json::to_value(&body).expect("maps have string keys, and nothing else can fail")
}

/// The errors of a request that was not executed, as the payload of a message.
pub(crate) fn refusal_errors(refusal: &Refusal) -> serde_json::Value {
    serde_json::to_value([of_refusal(refusal, refusal.at().as_slice())])
        .expect("maps have string keys, and nothing else can fail")
}

fn body(answer: &Executed, version: u64) -> Body<'_> {
    let is_request_error = is_request_error(answer);
    let errors: Vec<Told<'_>> = answer
        .errors
        .iter()
        .take(ERRORS)
        .map(|error| told(error, is_request_error))
        .collect();
    let version = match answer.extensions.get("dataVersion") {
        Some(Value::Number(answered_from)) => answered_from.as_u64().unwrap_or(version),
        _ => version,
    };
    Body {
        errors,
        data: (!is_request_error).then_some(&answer.data),
        extensions: Extensions {
            data_version: version,
            cost: None,
        },
    }
}

fn of_refusal<'a>(refusal: &Refusal, at: &'a [Pos]) -> Told<'a> {
    Told {
        message: cut(&refusal.to_string()),
        locations: at,
        path: &[],
        extensions: ErrorExtensions {
            code: refusal.code().code(),
            field: None,
        },
    }
}

/// The answer to a request that was not executed.
pub(crate) fn refused(
    refusal: &Refusal,
    version: u64,
    cost: Option<Cost>,
    media: Media,
    is_get: bool,
) -> Response {
    let at = refusal.at();
    let body = Body {
        errors: vec![of_refusal(refusal, at.as_slice())],
        data: None,
        extensions: Extensions {
            data_version: version,
            cost,
        },
    };
    let status = match media {
        Media::Json if refusal.is_document_error() => StatusCode::OK,
        Media::Json | Media::GraphqlResponse => refusal.status(),
    };
    let mut response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, media.content_type())
        .body(to_json(&body));
    let headers = response.headers_mut();
    if let Some(methods) = refusal.allow() {
        headers.insert(ALLOW, HeaderValue::from_static(methods));
    }
    if let Some(seconds) = refusal.retry_after() {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Outcome {
        code: Some(refusal.code().code()),
        refused: Some(refusal.reason()),
        cost: cost.map(|cost| cost.requested),
    }
    .attach(with_caching(response, is_get))
}

/// Was the request refused as a whole, as opposed to fields that failed?
///
/// The executor does not say so, but errors of fields have a path. It also reads the values of arguments
/// only when it comes to their field, where the specification wants the document refused (sections 5.6
/// and 6.1.2).
pub(crate) fn is_request_error(answer: &Executed) -> bool {
    answer.data == Value::Null
        && !answer.errors.is_empty()
        && answer
            .errors
            .iter()
            .all(|error| error.path.is_empty() || is_unfit_value(error))
}

/// Is the error about a value that does not fit its type? These are the beginnings of async-graphql's own
/// words; no error of ours begins with a capital letter.
fn is_unfit_value(error: &ServerError) -> bool {
    [
        "Failed to parse \"",
        "Expected input type \"",
        "Invalid value for argument",
    ]
    .iter()
    .any(|beginning| error.message.starts_with(beginning))
}

/// A GET may be kept by its client, which asks each time whether it still holds.
fn with_caching(mut response: Response, is_get: bool) -> Response {
    let keep = is_get && (response.status().is_success() || response.status().is_redirection());
    let caching = if keep {
        "private, no-cache"
    } else {
        "no-store"
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    headers.insert(VARY, HeaderValue::from_static("Accept"));
    response
}

fn told(error: &ServerError, is_request_error: bool) -> Told<'_> {
    let given = |name| {
        let extensions = error.extensions.as_ref();
        extensions.and_then(|extensions| extensions.get(name))
    };
    let code = match given("code") {
        Some(Value::String(code)) => ErrorCode::ALL.iter().find(|known| known.code() == code),
        _ => None,
    };
    // What no resolver has coded is the schema's word about the document, or something that was never
    // meant to be read by strangers.
    let code = match code {
        Some(code) => *code,
        None if is_request_error => ErrorCode::BadInput,
        None => ErrorCode::Internal,
    };
    let message = if code == ErrorCode::Internal {
        Refusal::Panicked.to_string()
    } else {
        cut(&error.message)
    };
    Told {
        message,
        locations: first(&error.locations, LOCATIONS),
        path: if is_request_error {
            &[]
        } else {
            first(&error.path, PATH_SEGMENTS)
        },
        extensions: ErrorExtensions {
            code: code.code(),
            field: given("field"),
        },
    }
}

fn first<T>(items: &[T], most: usize) -> &[T] {
    items.get(..most).unwrap_or(items)
}

/// At most [`MESSAGE_BYTES`] of a message, whole characters, with a mark where it was cut.
fn cut(message: &str) -> String {
    if message.len() <= MESSAGE_BYTES {
        return message.to_owned();
    }
    let mut end = MESSAGE_BYTES - '…'.len_utf8();
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    format!("{}…", &message[..end])
}

fn to_json(body: &Body<'_>) -> Vec<u8> {
    serde_json::to_vec(body).expect("maps have string keys, and nothing else can fail")
}

fn entity_tag(body: &[u8]) -> String {
    let digest = Sha256::digest(body);
    format!("W/\"{}\"", data_encoding::HEXLOWER.encode(&digest[..16]))
}

/// Does `If-None-Match` name the tag? Weak comparison, RFC 9110, section 13.1.2.
fn knows(known: Option<&str>, tag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    known.is_some_and(|known| {
        known.trim() == "*" || known.split(',').any(|one| opaque(one) == opaque(tag))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_cut_between_characters() {
        assert_eq!(cut("short"), "short");
        let long = "é".repeat(MESSAGE_BYTES);
        let cut = cut(&long);
        assert!(cut.len() <= MESSAGE_BYTES && cut.ends_with("é…"));
    }

    #[test]
    fn a_tag_is_known_in_a_list_weak_or_strong() {
        let tag = r#"W/"abc""#;
        for (known, expected) in [
            (None, false),
            (Some("*"), true),
            (Some(r#"W/"abc""#), true),
            (Some(r#""abc""#), true),
            (Some(r#""x", W/"abc""#), true),
            (Some(r#""x""#), false),
            (Some(""), false),
        ] {
            assert_eq!(knows(known, tag), expected, "{known:?}");
        }
    }
}
