//! The few pages that a bare browser needs: plain HTML, one style, no script, nothing from elsewhere.

use std::fmt::Write as _;
use std::sync::LazyLock;

use poem::Response;
use poem::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use poem::http::{HeaderValue, StatusCode};
use sha2::{Digest as _, Sha256};

use crate::password::{MAX_BYTES, MIN_CHARACTERS};
use crate::service::Requester;
use crate::service::account::second_factor::Enrolment;

const STYLE: &str = "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:28rem;margin:3rem auto;padding:0 1rem;\
    color:#1b1b1b;background:#fff}label{display:block;margin:1rem 0 .25rem}\
    input{font:inherit;width:100%;box-sizing:border-box;padding:.5rem;border:1px solid #595959}\
    button{font:inherit;margin-top:1.25rem;padding:.6rem 1.2rem;border:0;background:#0b4f6c;color:#fff}\
    [role=alert]{border-left:.3rem solid #a30000;padding-left:.75rem}code{overflow-wrap:anywhere}";

/// The policy names the one style by its hash: nothing else is shown or run, and forms go only to us.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = data_encoding::BASE64.encode(&Sha256::digest(STYLE.as_bytes()));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).expect("plain text")
});

/// The form for name, password and code.
pub(super) fn sign_in(status: StatusCode, trouble: Option<&str>) -> Response {
    let form = format!(
        "{}<form method=post action=/auth/sign-in>\
         <label for=name>Name</label><input id=name name=name autocomplete=username required>\
         <label for=password>Password</label><input id=password name=password type=password \
         autocomplete=current-password required>\
         <label for=code>Code of your authenticator, if you have one</label>\
         <input id=code name=code inputmode=numeric autocomplete=one-time-code>\
         <button>Sign in</button></form>",
        alert(trouble)
    );
    page(status, "Sign in", &form)
}

/// The form for a new password.
pub(super) fn link(status: StatusCode, token: &str, name: &str, trouble: Option<&str>) -> Response {
    let form = format!(
        "{}<p>A password for <strong>{}</strong>: at least {MIN_CHARACTERS} characters. A sentence is \
         easier to remember than a word.</p>\
         <form method=post action=/auth/redeem><input type=hidden name=token value=\"{}\">\
         <label for=password>New password</label><input id=password name=password type=password \
         minlength={MIN_CHARACTERS} maxlength={MAX_BYTES} autocomplete=new-password required>\
         <button>Set the password</button></form>",
        alert(trouble),
        escaped(name),
        escaped(token)
    );
    page(status, "Set your password", &form)
}

/// Who is signed in, and what they can do about it. `codes` are the recovery codes that are left; nothing
/// where no second factor is asked for.
pub(super) fn account(who: &Requester, codes: Option<u64>, token: &str) -> Response {
    let roles: Vec<_> = who.roles.iter().map(domain::access::Role::code).collect();
    let hidden = hidden(token);
    let mut body = format!(
        "<p>You are signed in as <strong>{}</strong>.</p>",
        escaped(&who.name)
    );
    let _ = write!(
        body,
        "<p>Roles in this session: {}.</p>",
        if roles.is_empty() {
            "none".to_owned()
        } else {
            roles.join(", ")
        }
    );
    if let Some(left) = codes {
        let _ = write!(
            body,
            "<p>Recovery codes left: {left}. Each signs you in once when you have lost your authenticator. \
             New ones replace all that there are.</p>\
             <form method=post action=/auth/recovery-codes>{hidden}\
             <label for=code>The code that your authenticator shows now</label>\
             <input id=code name=code inputmode=numeric autocomplete=one-time-code required>\
             <button>Make recovery codes</button></form>"
        );
    } else {
        let _ = write!(
            body,
            "<p>You have no second factor. Reviewers and administrators need one before they can act.</p>\
             <form method=post action=/auth/second-factor>{hidden}<button>Set up a second factor</button></form>"
        );
    }
    let _ = write!(
        body,
        "<form method=post action=/auth/sign-out>{hidden}<button>Sign out</button></form>"
    );
    page(StatusCode::OK, "Your account", &body)
}

/// A new secret, and the form for its first code.
pub(super) fn enrolment(enrolment: &Enrolment, token: &str) -> Response {
    let body = format!(
        "<p>Type this secret into your authenticator, or open the address below with it. It is shown \
         once.</p><p><code>{}</code></p><p><code>{}</code></p>\
         <form method=post action=/auth/second-factor>{}\
         <label for=code>The code that it shows now</label>\
         <input id=code name=code inputmode=numeric autocomplete=one-time-code required>\
         <button>Confirm</button></form>",
        escaped(&enrolment.base32),
        escaped(&enrolment.url),
        hidden(token)
    );
    page(StatusCode::OK, "Second factor", &body)
}

/// New recovery codes, this once.
pub(super) fn recovery_codes(codes: &[String]) -> Response {
    let mut body = String::from(
        "<p>Keep these where you keep nothing else of this account. They are shown once. Each signs you in \
         once, typed in the place of the authenticator's code.</p><ol>",
    );
    for code in codes {
        let _ = write!(body, "<li><code>{}</code></li>", escaped(code));
    }
    body += "</ol><p><a href=/auth/account>Your account</a></p>";
    page(StatusCode::OK, "Recovery codes", &body)
}

/// Something that went well.
pub(super) fn said(status: StatusCode, words: &str) -> Response {
    let body = format!(
        "<p role=status>{}</p><p><a href=/auth/sign-in>Sign in</a></p>",
        escaped(words)
    );
    page(status, "Done", &body)
}

/// Something that did not.
pub(super) fn trouble(status: StatusCode, words: &str) -> Response {
    let body = format!(
        "{}<p><a href=/auth/sign-in>Sign in</a></p>",
        alert(Some(words))
    );
    page(status, "This did not work", &body)
}

fn page(status: StatusCode, title: &str, body: &str) -> Response {
    let text = format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8>\
         <meta name=viewport content=\"width=device-width\"><meta name=robots content=noindex>\
         <title>{title} – drypoint</title><style>{STYLE}</style></head>\
         <body><main><h1>{title}</h1>{body}</main></body></html>"
    );
    let mut response = Response::builder()
        .status(status)
        .header(CONTENT_TYPE, "text/html; charset=utf-8")
        .body(text);
    response
        .headers_mut()
        .insert(CONTENT_SECURITY_POLICY, POLICY.clone());
    response
}

fn alert(trouble: Option<&str>) -> String {
    trouble.map_or_else(String::new, |words| {
        format!("<p role=alert>{}</p>", escaped(words))
    })
}

fn hidden(token: &str) -> String {
    format!("<input type=hidden name=csrf value=\"{}\">", escaped(token))
}

/// A text as it may stand in HTML, between tags and in a quoted attribute.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_sent_becomes_markup() {
        assert_eq!(
            escaped(r#"<a href="x" title='y'>&"#),
            "&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;"
        );
    }
}
