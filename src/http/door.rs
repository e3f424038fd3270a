//! Who is asking: what came with a request, and whether it may be believed.
//!
//! A browser sends its cookie with whatever asks for it, also for a foreign page. So a cookie counts only
//! for requests that our own pages make: with anything but a GET there must be a token that only they can
//! read, and the browser's own word that the request is of the same origin.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use poem::Request;
use poem::http::header::{AUTHORIZATION, COOKIE, HOST, ORIGIN};
use poem::http::{HeaderMap, HeaderValue, Method, Uri};

use super::client;
use super::refusal::Refusal;
use super::request_id::RequestId;
use super::settings::Network;
use crate::service::Requester;
use crate::service::account::second_factor::{Enrolment, NoFactor};
use crate::service::account::session::Opened;
use crate::service::account::{
    Attempt, NotAdmitted, NotSignedIn, Presented, SignedIn, Visit, link::NotRedeemed,
};

/// The header in which our pages show a session's token.
pub(crate) const CSRF_HEADER: &str = "x-csrf-token";

/// Something that the application could not do; it has been logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failed;

/// Knows accounts, as this room sees the application.
pub trait Doorman: Send + Sync + 'static {
    /// Who a request comes from.
    fn admit<'a>(
        &'a self,
        presented: &'a Presented,
        visit: &'a Visit,
    ) -> BoxFuture<'a, Result<Requester, NotAdmitted>>;

    /// What a page of ours shows with a session's cookie.
    fn csrf_token(&self, session_id: &str) -> String;

    /// Is it that?
    fn is_csrf_token(&self, session_id: &str, token: &str) -> bool;

    /// Begins a session.
    fn sign_in<'a>(
        &'a self,
        visit: &'a Visit,
        attempt: Attempt,
    ) -> BoxFuture<'a, Result<SignedIn, NotSignedIn>>;

    /// Ends it.
    fn sign_out<'a>(
        &'a self,
        who: &'a Requester,
        visit: &'a Visit,
        session_id: &'a str,
    ) -> BoxFuture<'a, Result<(), Failed>>;

    /// The name of the account whose password a link sets, while it may be used.
    fn link_holder<'a>(&'a self, token: &'a str)
    -> BoxFuture<'a, Result<Option<Box<str>>, Failed>>;

    /// Sets a password by a link.
    fn redeem<'a>(
        &'a self,
        visit: &'a Visit,
        token: &'a str,
        password: &'a str,
    ) -> BoxFuture<'a, Result<(), NotRedeemed>>;

    /// Notes that somebody asks for another password, if there is such an account. Never says whether.
    fn ask_reset(&self, visit: Visit, name: String);

    /// How many recovery codes the account has left; nothing where no second factor is asked for.
    fn second_factor<'a>(
        &'a self,
        who: &'a Requester,
    ) -> BoxFuture<'a, Result<Option<u64>, Failed>>;

    /// Begins a second factor.
    fn enrol<'a>(
        &'a self,
        who: &'a Requester,
        visit: &'a Visit,
    ) -> BoxFuture<'a, Result<Enrolment, NoFactor>>;

    /// Takes the first code of a second factor.
    fn confirm<'a>(
        &'a self,
        who: &'a Requester,
        visit: &'a Visit,
        code: &'a str,
    ) -> BoxFuture<'a, Result<Opened, NoFactor>>;

    /// Makes recovery codes, by a code of the second factor.
    fn recovery_codes<'a>(
        &'a self,
        who: &'a Requester,
        visit: &'a Visit,
        code: &'a str,
    ) -> BoxFuture<'a, Result<Vec<String>, NoFactor>>;
}

/// The one way in: every endpoint that asks who is there asks here.
pub(crate) struct Door {
    pub(crate) doorman: Option<Arc<dyn Doorman>>,
    pub(crate) trusted_proxies: Vec<Network>,
    /// Are cookies for encrypted connections only? Not on a loopback address without a public one.
    pub(crate) is_secure: bool,
}

/// What came with a request, before anybody was asked about it.
pub(crate) struct Looked {
    pub(crate) presented: Presented,
    pub(crate) visit: Visit,
    /// A cookie came that does not count: what changes something must be refused and not be taken for
    /// anybody's.
    pub(crate) lacks_proof: bool,
}

impl Door {
    /// What came with a request whose cookie counts only with its token in a header.
    pub(crate) fn look(&self, request: &Request) -> Looked {
        let token = request.header(CSRF_HEADER).map(str::to_owned);
        self.look_with(request, token.as_deref())
    }

    /// The same with a token that came in another way: in a form of ours.
    pub(crate) fn look_with(&self, request: &Request, token: Option<&str>) -> Looked {
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        self.looked(request, |id, headers| {
            if is_read {
                // Nothing changes, and a foreign page cannot read the answer; but reads are logged too.
                origin(headers) != Origin::Foreign
            } else {
                let has_token = token.is_some_and(|token| self.is_token(id, token));
                has_token && origin(headers) == Origin::Ours
            }
        })
    }

    /// The same of a request to open a socket, with which browsers send no header of a page's own: their
    /// word about the page's origin must do, and must be there.
    pub(crate) fn look_at_socket(&self, request: &Request) -> Looked {
        self.looked(request, |_, headers| origin(headers) == Origin::Ours)
    }

    /// Who it is.
    pub(crate) async fn admit(&self, looked: &Looked) -> Result<Requester, Refusal> {
        let Some(doorman) = &self.doorman else {
            return Ok(Requester::public());
        };
        let admitted = doorman.admit(&looked.presented, &looked.visit).await;
        match (admitted, &looked.presented) {
            (Ok(requester), _) => Ok(requester),
            (Err(NotAdmitted::BadKey), _) => Err(Refusal::BadKey),
            // A session that has ended is no reason to refuse what anybody may do.
            (Err(NotAdmitted::Ended), _) => Ok(Requester {
                request_id: looked.visit.request_id.clone(),
                ..Requester::public()
            }),
            (Err(NotAdmitted::Store(error)), _) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    "nobody can say who is asking"
                );
                Err(Refusal::Overloaded)
            }
        }
    }

    /// The name of the session's cookie. The prefix binds it to this host and to encrypted connections.
    pub(crate) const fn cookie_name(&self) -> &'static str {
        if self.is_secure {
            "__Host-drypoint"
        } else {
            "drypoint"
        }
    }

    fn looked(&self, request: &Request, counts: impl FnOnce(&str, &HeaderMap) -> bool) -> Looked {
        let headers = request.headers();
        let address = client::key(request, &self.trusted_proxies).address();
        let visit = Visit {
            address: Some(address.into()),
            request_id: RequestId::of(request),
        };
        let (presented, lacks_proof) = match headers.get(AUTHORIZATION) {
            Some(given) => {
                let given = given.to_str().unwrap_or_default();
                let key = given.get(.."Bearer ".len());
                let key = key.filter(|scheme| scheme.eq_ignore_ascii_case("Bearer "));
                let key = key.map_or("", |scheme| given[scheme.len()..].trim());
                (Presented::ApiKey(key.to_owned()), false)
            }
            None => match cookie(headers, self.cookie_name()) {
                None => (Presented::Nothing, false),
                Some(id) if counts(id, headers) => (Presented::Session(id.to_owned()), false),
                Some(_) => (Presented::Nothing, true),
            },
        };
        Looked {
            presented,
            visit,
            lacks_proof,
        }
    }

    fn is_token(&self, session_id: &str, token: &str) -> bool {
        let doorman = self.doorman.as_ref();
        doorman.is_some_and(|doorman| doorman.is_csrf_token(session_id, token))
    }
}

/// Whose page a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    /// One of this very host.
    Ours,
    /// Another's.
    Foreign,
    /// Nothing says: no browser of the last years, or one that was typed into.
    Unsaid,
}

/// Whose page a request comes from, by what browsers say and no page can change. Both headers must say
/// the same where both are sent.
pub(crate) fn origin(headers: &HeaderMap) -> Origin {
    let site = headers
        .get("sec-fetch-site")
        .map(|site| match site.as_bytes() {
            b"same-origin" => Origin::Ours,
            // Typed, or opened from a bookmark.
            b"none" => Origin::Unsaid,
            _ => Origin::Foreign,
        });
    let host = headers.get(HOST).and_then(|host| host.to_str().ok());
    // A browser that keeps quiet about where its owner comes from sends "null" with our own forms too. A
    // sandboxed page sends the same, but it is never of the same origin.
    let is_kept_quiet =
        |origin: &&HeaderValue| site == Some(Origin::Ours) && origin.as_bytes() == b"null";
    let from = headers
        .get(ORIGIN)
        .filter(|origin| !is_kept_quiet(origin))
        .map(|origin| {
            let origin = origin
                .to_str()
                .ok()
                .and_then(|text| text.parse::<Uri>().ok());
            let authority = origin.as_ref().and_then(Uri::authority);
            match (authority, host) {
                (Some(theirs), Some(ours)) if theirs.as_str().eq_ignore_ascii_case(ours) => {
                    Origin::Ours
                }
                _ => Origin::Foreign,
            }
        });
    match (site, from) {
        (Some(Origin::Foreign), _) | (_, Some(Origin::Foreign)) => Origin::Foreign,
        (Some(Origin::Ours), _) | (_, Some(Origin::Ours)) => Origin::Ours,
        _ => Origin::Unsaid,
    }
}

/// The value of a cookie. Of several by the same name none counts: one of them is not ours.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut found = headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| header.to_str().ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter_map(|(key, value)| (key == name).then_some(value));
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().unwrap());
        }
        headers
    }

    #[test]
    fn a_page_is_ours_only_when_nothing_says_otherwise() {
        let host = ("host", "directory.example:8000");
        let ours = ("origin", "https://directory.example:8000");
        let theirs = ("origin", "https://evil.example");
        let site = |word| ("sec-fetch-site", word);
        for (given, expected) in [
            (vec![], Origin::Unsaid),
            (vec![site("none")], Origin::Unsaid),
            (vec![site("same-origin")], Origin::Ours),
            (vec![site("same-site")], Origin::Foreign),
            (vec![site("cross-site")], Origin::Foreign),
            (vec![ours], Origin::Ours),
            (vec![theirs], Origin::Foreign),
            (vec![("origin", "null")], Origin::Foreign),
            (
                vec![site("cross-site"), ("origin", "null")],
                Origin::Foreign,
            ),
            (vec![site("none"), ("origin", "null")], Origin::Foreign),
            (vec![site("same-origin"), ("origin", "null")], Origin::Ours),
            (
                vec![("origin", "https://directory.example")],
                Origin::Foreign,
            ),
            (vec![site("same-origin"), theirs], Origin::Foreign),
            (vec![site("cross-site"), ours], Origin::Foreign),
            (vec![site("same-origin"), ours], Origin::Ours),
        ] {
            let mut all = given.clone();
            all.push(host);
            assert_eq!(origin(&headers(&all)), expected, "{given:?}");
        }
        assert_eq!(
            origin(&headers(&[ours])),
            Origin::Foreign,
            "no host to compare with"
        );
    }

    #[test]
    fn a_cookie_counts_only_where_it_is_the_only_one_of_its_name() {
        for (given, expected) in [
            (vec![], None),
            (vec![("cookie", "drypoint=a")], Some("a")),
            (vec![("cookie", "x=1; drypoint=a; y=2")], Some("a")),
            (vec![("cookie", "xdrypoint=a")], None),
            (vec![("cookie", "drypoint=a; drypoint=b")], None),
            (
                vec![("cookie", "drypoint=a"), ("cookie", "drypoint=b")],
                None,
            ),
        ] {
            assert_eq!(cookie(&headers(&given), "drypoint"), expected, "{given:?}");
        }
    }
}
