//! What Prometheus reads at `/metrics`. No label comes from a client.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use poem::Response;
use poem::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use prometheus_client::encoding::{EncodeLabelSet, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::outcome::Outcome;
use super::vitals::Vitals;

/// Upper bounds in seconds: a search takes well under a millisecond, the execution timeout is ten.
const SECONDS: [f64; 12] = [
    0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 2.5, 10.0,
];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    route: &'static str,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Code {
    code: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

/// The server's numbers.
pub(crate) struct Metrics {
    registry: Registry,
    answered: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, fn() -> Histogram>,
    errors: Family<Code, Counter>,
    refused: Family<Reason, Counter>,
    points: Counter,
    in_flight: Gauge,
    connections: Gauge,
    data_version: Gauge<u64, AtomicU64>,
    providers: Gauge<u64, AtomicU64>,
    notices_sent: Counter,
    notices_failed: Counter,
    notices_unsent: Gauge<u64, AtomicU64>,
    notices_overdue: Gauge<u64, AtomicU64>,
    schedule_last_run: Gauge,
}

/// Counts something for as long as it lives.
pub(crate) struct Counted(Gauge);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Metrics {
    pub(crate) fn new() -> Arc<Self> {
        let mut registry = Registry::with_prefix("drypoint");
        let answered = Family::default();
        let seconds =
            Family::<_, _, fn() -> Histogram>::new_with_constructor(|| Histogram::new(SECONDS));
        let errors = Family::default();
        let refused = Family::default();
        let points = Counter::default();
        let in_flight = Gauge::default();
        let connections = Gauge::default();
        let data_version = Gauge::default();
        let providers = Gauge::default();
        let notices_sent = Counter::default();
        let notices_failed = Counter::default();
        let notices_unsent = Gauge::default();
        let notices_overdue = Gauge::default();
        let schedule_last_run = Gauge::default();
        registry.register("http_requests", "Requests answered", answered.clone());
        registry.register_with_unit(
            "http_request",
            "Time from the head of a request to its answer",
            Unit::Seconds,
            seconds.clone(),
        );
        registry.register(
            "graphql_errors",
            "Answers by the code of their first error",
            errors.clone(),
        );
        registry.register(
            "graphql_refused",
            "Requests that were not executed, by reason",
            refused.clone(),
        );
        registry.register(
            "graphql_points",
            "Points that operations were charged",
            points.clone(),
        );
        registry.register(
            "http_requests_in_flight",
            "Requests under way",
            in_flight.clone(),
        );
        registry.register("http_connections", "Connections held", connections.clone());
        registry.register(
            "data_version",
            "The log's seq that answers are given from",
            data_version.clone(),
        );
        registry.register("providers", "Providers in the index", providers.clone());
        registry.register("notices_sent", "Notices sent", notices_sent.clone());
        registry.register(
            "notices_failed",
            "Attempts to send a notice that failed",
            notices_failed.clone(),
        );
        registry.register(
            "notices_unsent",
            "Notices that waited when this node last looked",
            notices_unsent.clone(),
        );
        registry.register(
            "notices_overdue",
            "Notices that were not sent by their last day, when this node last looked",
            notices_overdue.clone(),
        );
        registry.register_with_unit(
            "schedule_last_run",
            "When this node last looked what the time asks for, since 1970; 0 while others do",
            Unit::Seconds,
            schedule_last_run.clone(),
        );
        Arc::new(Self {
            registry,
            answered,
            seconds,
            errors,
            refused,
            points,
            in_flight,
            connections,
            data_version,
            providers,
            notices_sent,
            notices_failed,
            notices_unsent,
            notices_overdue,
            schedule_last_run,
        })
    }

    /// Counts a request as under way.
    pub(crate) fn request(&self) -> Counted {
        self.in_flight.inc();
        Counted(self.in_flight.clone())
    }

    /// Counts a connection as held.
    pub(crate) fn connection(&self) -> Counted {
        self.connections.inc();
        Counted(self.connections.clone())
    }

    pub(crate) fn answered(
        &self,
        route: &'static str,
        status: u16,
        took: Duration,
        outcome: Outcome,
    ) {
        self.answered
            .get_or_create(&Answered { route, status })
            .inc();
        self.seconds
            .get_or_create(&Route { route })
            .observe(took.as_secs_f64());
        if let Some(code) = outcome.code {
            self.errors.get_or_create(&Code { code }).inc();
        }
        if let Some(reason) = outcome.refused {
            self.refused.get_or_create(&Reason { reason }).inc();
        } else if let Some(points) = outcome.cost {
            self.points.inc_by(u64::from(points));
        }
    }

    /// The page that Prometheus reads.
    pub(crate) fn page(&self, vitals: &dyn Vitals) -> Response {
        self.data_version.set(vitals.data_version());
        self.providers.set(vitals.providers() as u64);
        let chores = vitals.chores();
        // Counted where the work is done; they never go back.
        self.notices_sent
            .inner()
            .store(chores.sent, Ordering::Relaxed);
        self.notices_failed
            .inner()
            .store(chores.failed, Ordering::Relaxed);
        self.notices_unsent.set(chores.unsent);
        self.notices_overdue.set(chores.overdue);
        self.schedule_last_run.set(chores.last_run);
        let mut page = String::new();
        text::encode(&mut page, &self.registry).expect("writing to a string cannot fail");
        Response::builder()
            .header(
                CONTENT_TYPE,
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
            )
            .header(CACHE_CONTROL, "no-store")
            .body(page)
    }
}
