//! Answers of `/auth/…`, in JSON, and how each "no" is told.

use std::borrow::Cow;

use poem::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER, SET_COOKIE, WWW_AUTHENTICATE};
use poem::http::{HeaderValue, StatusCode};
use poem::{Request, Response};
use serde_json::{Value, json};

use super::page;
use crate::graphql::error::ErrorCode;
use crate::http::door::Door;
use crate::http::outcome::Outcome;
use crate::http::refusal::Refusal;
use crate::service::Requester;
use crate::service::account::second_factor::Enrolment;
use crate::service::account::session::Opened;

/// In which form a client wants its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Json,
    Page,
}

/// A "no", in words that strangers may read.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) status: StatusCode,
    pub(super) message: Cow<'static, str>,
    code: ErrorCode,
    /// Tells programs more than the code.
    reason: Option<&'static str>,
    retry_after: Option<u64>,
}

impl Format {
    /// A page for forms, and for whoever opens an address in a browser.
    pub(super) fn of(request: &Request) -> Self {
        let has = |name: &str, word: &str| {
            let value = request.header(name).unwrap_or_default();
            value.to_ascii_lowercase().contains(word)
        };
        let is_form = has("content-type", "application/x-www-form-urlencoded");
        if is_form || (has("accept", "text/html") && !has("content-type", "json")) {
            Self::Page
        } else {
            Self::Json
        }
    }
}

impl Told {
    pub(super) const METHOD: Self = Self::of(
        StatusCode::METHOD_NOT_ALLOWED,
        ErrorCode::BadInput,
        "this is not done with that method",
    );
    pub(super) const FOREIGN: Self = Self {
        status: StatusCode::FORBIDDEN,
        message: Cow::Borrowed("this did not come from a page of ours: open the page again"),
        code: ErrorCode::Forbidden,
        reason: Some("CSRF"),
        retry_after: None,
    };
    pub(super) const SIGN_IN_FIRST: Self = Self::of(
        StatusCode::UNAUTHORIZED,
        ErrorCode::Unauthenticated,
        "sign in first",
    );
    pub(super) const UNAVAILABLE: Self = Self {
        status: StatusCode::SERVICE_UNAVAILABLE,
        message: Cow::Borrowed("this cannot be done at the moment: try again"),
        code: ErrorCode::Unavailable,
        reason: None,
        retry_after: Some(1),
    };
    pub(super) const UNREADABLE: Self = Self::of(
        StatusCode::BAD_REQUEST,
        ErrorCode::BadInput,
        "send an object of texts, or a form",
    );
    pub(super) const MEDIA_TYPE: Self = Self::of(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ErrorCode::BadInput,
        "send application/json, or a form",
    );

    const fn of(status: StatusCode, code: ErrorCode, message: &'static str) -> Self {
        Self {
            status,
            message: Cow::Borrowed(message),
            code,
            reason: None,
            retry_after: None,
        }
    }

    pub(super) fn missing(field: &'static str) -> Self {
        Self::bad("MISSING", format!("`{field}` is missing"))
    }

    pub(super) fn bad(reason: &'static str, message: String) -> Self {
        Self {
            message: message.into(),
            reason: Some(reason),
            ..Self::UNREADABLE
        }
    }

    pub(super) fn unauthenticated(reason: &'static str, message: String) -> Self {
        Self {
            message: message.into(),
            reason: Some(reason),
            ..Self::SIGN_IN_FIRST
        }
    }

    pub(super) fn too_many(seconds: u64) -> Self {
        let message = format!("too many attempts: try again in {seconds} s");
        Self {
            message: message.into(),
            retry_after: Some(seconds),
            ..Self::of(StatusCode::TOO_MANY_REQUESTS, ErrorCode::RateLimited, "")
        }
    }

    /// What stopped us goes to the log, not to the client.
    pub(super) fn failed(error: &dyn std::error::Error) -> Self {
        tracing::error!(error = error.to_string(), "an account could not be served");
        Self::UNAVAILABLE
    }

    pub(super) fn as_json(&self) -> Response {
        let mut extensions = json!({ "code": self.code.code() });
        if let Some(reason) = self.reason {
            extensions["reason"] = reason.into();
        }
        let error = json!({ "message": self.message, "extensions": extensions });
        self.attached(json_of(self.status, &json!({ "errors": [error] })))
    }

    /// An answer with the headers that belong to this "no".
    pub(super) fn attached(&self, mut response: Response) -> Response {
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        Outcome {
            code: Some(self.code.code()),
            ..Outcome::default()
        }
        .attach(response)
    }
}

impl From<Refusal> for Told {
    fn from(refusal: Refusal) -> Self {
        Self {
            status: refusal.status(),
            message: refusal.to_string().into(),
            code: refusal.code(),
            reason: None,
            retry_after: refusal.retry_after(),
        }
    }
}

pub(super) fn opened(opened: &Opened, csrf_token: &str) -> Response {
    let told = json!({
        "csrfToken": csrf_token,
        "expiresAt": opened.expires_at.to_rfc3339(),
    });
    json_of(StatusCode::OK, &told)
}

/// `codes` are the recovery codes that are left; nothing where no second factor is asked for.
pub(super) fn account(who: &Requester, codes: Option<u64>, csrf_token: &str) -> Response {
    let roles: Vec<_> = who.roles.iter().map(domain::access::Role::code).collect();
    let told = json!({
        "name": who.name,
        "roles": roles,
        "secondFactor": codes.is_some(),
        "recoveryCodes": codes,
        "csrfToken": csrf_token,
    });
    json_of(StatusCode::OK, &told)
}

pub(super) fn enrolment(enrolment: &Enrolment) -> Response {
    let told = json!({ "secret": enrolment.base32, "url": enrolment.url });
    json_of(StatusCode::OK, &told)
}

pub(super) fn recovery_codes(codes: &[String]) -> Response {
    json_of(StatusCode::OK, &json!({ "codes": codes }))
}

pub(super) fn redeemed(format: Format) -> Response {
    match format {
        Format::Page => page::said(StatusCode::OK, "Your password is set. You can sign in now."),
        Format::Json => json_of(StatusCode::OK, &json!({ "status": "set" })),
    }
}

pub(super) fn signed_out(format: Format) -> Response {
    match format {
        Format::Page => to("/auth/sign-in"),
        Format::Json => json_of(StatusCode::OK, &json!({ "status": "signed out" })),
    }
}

/// The same whether there is such an account or not.
pub(super) fn accepted(format: Format) -> Response {
    const WORDS: &str = "If there is such an account, whoever runs this directory can see that you asked \
                         and will hand you a link. Nothing is sent by mail.";
    match format {
        Format::Page => page::said(StatusCode::ACCEPTED, WORDS),
        Format::Json => json_of(StatusCode::ACCEPTED, &json!({ "status": WORDS })),
    }
}

/// Sends the browser to another page.
pub(super) fn to(path: &'static str) -> Response {
    Response::builder()
        .status(StatusCode::SEE_OTHER)
        .header(LOCATION, path)
        .finish()
}

/// Sets the session's cookie; no seconds to take it away.
pub(super) fn with_cookie(mut response: Response, door: &Door, id: &str, seconds: i64) -> Response {
    let secure = if door.is_secure { "; Secure" } else { "" };
    let cookie = format!(
        "{}={id}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}",
        door.cookie_name()
    );
    if let Ok(cookie) = HeaderValue::try_from(cookie) {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

fn json_of(status: StatusCode, value: &Value) -> Response {
    Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "application/json; charset=utf-8")
        .body(value.to_string())
}
