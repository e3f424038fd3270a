//! `/graphql`: GraphQL over HTTP as its specification says (draft of 2025), behind the gate.
//!
//! Order matters, cheapest refusal first: size, method and media types → parameters → gate → the
//! client's bucket → a free place → execution. Simple cross-site requests run nothing that changes
//! anything: POST takes `application/json` only, which a foreign page cannot send without asking, and
//! GET runs queries only.

use std::num::NonZeroU32;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Request as Operation, Response as Executed};
use futures_util::FutureExt as _;
use futures_util::stream::BoxStream;
use poem::http::Method;
use poem::http::header::IF_NONE_MATCH;
use poem::{Endpoint, Request, Response};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::answer::{self, Bucket, Cost, Form};
use super::door::Door;
use super::executor::Executor;
use super::gate::{self, Admitted, RootField, Via, limits};
use super::negotiate::{self, Media};
use super::parameters::{Parameters, QueryString};
use super::rate::{Buckets, Spent};
use super::refusal::Refusal;
use super::settings::Settings;
use super::vitals::Vitals;
use super::{body, client};
use crate::service::Requester;

pub(crate) struct GraphqlEndpoint {
    executor: Executor,
    door: Arc<Door>,
    vitals: Arc<dyn Vitals>,
    buckets: Option<Buckets>,
    places: Semaphore,
    settings: Settings,
}

/// A refusal, with the cost if it was known by then.
pub(crate) struct Refused(pub(crate) Refusal, Option<Cost>);

/// An operation that has passed the gate and been paid for.
pub(crate) struct Prepared {
    pub(crate) operation: Operation,
    pub(crate) cost: Cost,
    kind: OperationType,
    may_change: bool,
    roots: Vec<RootField>,
}

impl Prepared {
    pub(crate) fn is_subscription(&self) -> bool {
        self.kind == OperationType::Subscription
    }
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self(refusal, None)
    }
}

impl Endpoint for GraphqlEndpoint {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let is_get = request.method() == Method::GET;
        // A client that takes neither type is told so in the one that most can read.
        let media = negotiate::preferred(request.headers()).unwrap_or(Media::Json);
        Ok(match self.answer(request, media).await {
            Ok(response) => response,
            Err(Refused(refusal, cost)) => {
                let version = self.vitals.data_version();
                answer::refused(&refusal, version, cost, media, is_get)
            }
        })
    }
}

impl GraphqlEndpoint {
    pub(crate) fn new(
        executor: Executor,
        door: Arc<Door>,
        vitals: Arc<dyn Vitals>,
        settings: Settings,
    ) -> Self {
        Self {
            executor,
            door,
            vitals,
            buckets: settings.rate.map(Buckets::new),
            places: Semaphore::new(settings.max_in_flight),
            settings,
        }
    }

    async fn answer(&self, mut request: Request, media: Media) -> Result<Response, Refused> {
        let is_get = request.method() == Method::GET;
        let client = client::key(&request, &self.settings.trusted_proxies);
        let known = request.header(IF_NONE_MATCH).map(str::to_owned);
        let looked = self.door.look(&request);
        let parameters = self.parameters(&mut request).await?;
        let via = if is_get { Via::Get } else { Via::Post };
        let prepared = self.prepare(parameters, client, via)?;
        let cost = prepared.cost;
        if looked.lacks_proof && prepared.may_change {
            return Err(Refused(Refusal::CrossSite, Some(cost)));
        }
        let _place = self.place(cost).await?;
        let who = self.door.admit(&looked).await;
        let who = who.map_err(|refusal| Refused(refusal, Some(cost)))?;
        let executed = self.run(prepared, who).await?;

        let form = Form {
            media,
            is_get,
            known: known.as_deref(),
        };
        let version = self.vitals.data_version();
        Ok(answer::executed(&executed, version, cost, form))
    }

    /// The gate and the client's bucket, for an operation that came in this way.
    pub(crate) fn prepare(
        &self,
        parameters: Parameters,
        client: client::ClientKey,
        via: Via,
    ) -> Result<Prepared, Refused> {
        let Admitted {
            document,
            kind,
            roots,
            cost,
        } = gate::admit(&parameters, via)?;
        let cost = self.charge(client, cost)?;
        let may_change = may_change(&document);
        let mut operation = Operation::new(parameters.query).variables(parameters.variables);
        operation.operation_name = parameters.operation_name;
        operation.set_parsed_query(document);
        Ok(Prepared {
            operation,
            cost,
            kind,
            may_change,
            roots,
        })
    }

    /// Executes a query or a change that did not come as a request of its own.
    pub(crate) async fn execute(
        &self,
        prepared: Prepared,
        who: Requester,
    ) -> Result<Executed, Refused> {
        let _place = self.place(prepared.cost).await?;
        self.run(prepared, who).await
    }

    /// The answers to a subscription, as they come.
    pub(crate) fn subscribe(
        &self,
        operation: Operation,
        who: Requester,
    ) -> BoxStream<'static, Executed> {
        self.executor.subscribe(operation.data(who))
    }

    pub(crate) fn data_version(&self) -> u64 {
        self.vitals.data_version()
    }

    /// One of the places for operations under way.
    async fn place(&self, cost: Cost) -> Result<SemaphorePermit<'_>, Refused> {
        let place = self
            .places
            .try_acquire()
            .map_err(|_| Refused(Refusal::Overloaded, Some(cost)))?;
        // Resolvers work without pausing. Letting every request that has arrived take or be refused a
        // place before the next resolver runs is what makes the count of places a bound on the queue.
        tokio::task::yield_now().await;
        Ok(place)
    }

    async fn run(&self, prepared: Prepared, who: Requester) -> Result<Executed, Refused> {
        let Prepared {
            operation,
            cost,
            roots,
            ..
        } = prepared;
        let execution = self.executor.execute(operation.data(who), &roots);
        let execution = AssertUnwindSafe(execution).catch_unwind();
        tokio::time::timeout(self.settings.execution_timeout, execution)
            .await
            .map_err(|_| Refused(Refusal::TimedOut, Some(cost)))?
            .map_err(|_| {
                tracing::error!("a resolver panicked");
                Refused(Refusal::Panicked, Some(cost))
            })
    }

    async fn parameters(&self, request: &mut Request) -> Result<Parameters, Refusal> {
        let patience = self.settings.body_timeout;
        let is_get = request.method() == Method::GET;
        let early = if !is_get && request.method() != Method::POST {
            Some(Refusal::Method)
        } else if !is_get && !negotiate::sends_json(request.headers()) {
            Some(Refusal::MediaType)
        } else if negotiate::preferred(request.headers()).is_none() {
            Some(Refusal::NotAcceptable)
        } else {
            None
        };
        if let Some(refusal) = early {
            body::discard(request.take_body(), patience);
            return Err(refusal);
        }
        if is_get {
            // The HTTP reader has bounded the query string: 65,534 bytes.
            let given = request
                .params::<QueryString>()
                .map_err(|_| Refusal::Parameters("the query string cannot be read"))?;
            Parameters::from_query_string(given)
        } else {
            let body = request.take_body();
            let bytes = body::read(body, request.headers(), limits::BODY_BYTES, patience).await?;
            Parameters::from_body(&bytes)
        }
    }

    fn charge(&self, client: client::ClientKey, points: NonZeroU32) -> Result<Cost, Refused> {
        let requested = points.get();
        let Some(buckets) = &self.buckets else {
            return Ok(Cost {
                requested,
                bucket: None,
            });
        };
        let rate = buckets.rate();
        let cost = |remaining| Cost {
            requested,
            bucket: Some(Bucket {
                remaining,
                maximum: rate.burst.get(),
                restore_per_second: rate.per_second.get(),
            }),
        };
        match buckets.spend(client, points) {
            Ok(remaining) => Ok(cost(remaining)),
            Err(Spent::NotYet { wait }) => Err(Refused(
                Refusal::RateLimited { requested, wait },
                Some(cost(0)),
            )),
            Err(Spent::NeverEnough { burst }) => {
                Err(Refused(Refusal::TooCostly { requested, burst }, None))
            }
        }
    }
}

/// Is any of its operations one that changes something?
fn may_change(document: &ExecutableDocument) -> bool {
    let mut operations = document.operations.iter();
    operations.any(|(_, operation)| operation.node.ty == OperationType::Mutation)
}
