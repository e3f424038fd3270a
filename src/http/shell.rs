//! What every request passes: its id, its count, its headers, its line in the log, and a net for panics.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::FutureExt as _;
use poem::http::header::{
    CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, HeaderName, REFERRER_POLICY, UPGRADE,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use poem::http::{HeaderMap, HeaderValue, Method};
use poem::{Endpoint, Request, Response};
use tokio::time::Instant;
use tracing::Instrument as _;

use super::auth::{self, AuthEndpoint};
use super::evidence::EvidenceEndpoint;
use super::graphql_endpoint::GraphqlEndpoint;
use super::metrics::Metrics;
use super::outcome::Outcome;
use super::request_id::RequestId;
use super::socket::SocketEndpoint;
use super::vitals::Vitals;
use super::{pages, request_id};

/// Headers of every answer that does not say otherwise: nothing here is a page that loads anything.
const DEFAULT_HEADERS: [(HeaderName, &str); 5] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // With "no-referrer" browsers send `Origin: null` with our own forms, and we could not tell whose they
    // are. Other sites are told nothing either way.
    (REFERRER_POLICY, "same-origin"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (X_FRAME_OPTIONS, "DENY"),
    (CACHE_CONTROL, "no-store"),
];

/// All routes, and what they have in common.
pub(crate) struct Shell {
    pub graphql: Arc<GraphqlEndpoint>,
    pub socket: SocketEndpoint,
    pub evidence: EvidenceEndpoint,
    pub auth: AuthEndpoint,
    pub vitals: Arc<dyn Vitals>,
    pub metrics: Arc<Metrics>,
    pub is_stopping: Arc<AtomicBool>,
}

impl Endpoint for Shell {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let started = Instant::now();
        let _counted = self.metrics.request();
        let id = request_id::of(&request);
        request
            .extensions_mut()
            .insert(RequestId(id.as_str().into()));
        let method = known_method(request.method());
        let route = known_route(request.uri().path());
        let span = tracing::info_span!("request", id);

        let answering = AssertUnwindSafe(self.route(route, request)).catch_unwind();
        let answered = answering.instrument(span.clone()).await;
        let mut response = answered.unwrap_or_else(|_| {
            span.in_scope(|| tracing::error!("an endpoint panicked"));
            pages::internal()
        });
        self.finish(response.headers_mut(), &id);

        let (status, outcome, took) = (
            response.status().as_u16(),
            Outcome::of(&response),
            started.elapsed(),
        );
        self.metrics.answered(route, status, took, outcome);
        // Neither address nor query nor anything else that tells who asked for what.
        tracing::info!(
            parent: &span,
            method,
            route,
            status,
            took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX),
            code = outcome.code,
            refused = outcome.refused,
            cost = outcome.cost,
            "answered"
        );
        Ok(response)
    }
}

impl Shell {
    async fn route(&self, route: &'static str, request: Request) -> Response {
        let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
        match route {
            "/graphql" => self.graphql.get_response(request).await,
            "/graphql/ws" => self.socket.open(request).await,
            "/evidence" => self.evidence.upload(request).await,
            FILE => self.evidence.download(request).await,
            _ if auth::ROUTES.contains(&route) => self.auth.get_response(request).await,
            OTHER => pages::not_found(),
            _ if !is_read => pages::read_only(),
            "/" => pages::root(),
            "/health/live" => pages::live(),
            "/health/ready" => pages::ready(&*self.vitals, self.is_stopping()).await,
            _ => self.metrics.page(&*self.vitals),
        }
    }

    fn is_stopping(&self) -> bool {
        self.is_stopping.load(Ordering::Relaxed)
    }

    fn finish(&self, headers: &mut HeaderMap, id: &str) {
        for (name, value) in DEFAULT_HEADERS {
            headers
                .entry(name)
                .or_insert(HeaderValue::from_static(value));
        }
        if let Ok(id) = HeaderValue::from_str(id) {
            headers.insert(request_id::HEADER, id);
        }
        // An upgraded connection is no longer HTTP's to close.
        if self.is_stopping() && !headers.contains_key(UPGRADE) {
            headers.insert(CONNECTION, HeaderValue::from_static("close"));
        }
    }
}

/// The label of every path that is none of ours.
const OTHER: &str = "other";

/// The label of every file's path.
const FILE: &str = "/evidence/{id}";

fn known_route(path: &str) -> &'static str {
    const ROUTES: [&str; 7] = [
        "/",
        "/graphql",
        "/graphql/ws",
        "/evidence",
        "/health/live",
        "/health/ready",
        "/metrics",
    ];
    if path.starts_with("/evidence/") {
        return FILE;
    }
    let found = ROUTES
        .iter()
        .chain(&auth::ROUTES)
        .find(|route| **route == path);
    found.copied().unwrap_or(OTHER)
}

fn known_method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::OPTIONS => "OPTIONS",
        _ => OTHER,
    }
}
