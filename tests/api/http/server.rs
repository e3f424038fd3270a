//! A server on a free port with a small schema that can do everything a resolver can do wrong.

#![expect(clippy::unused_async, reason = "resolvers are async functions")]

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use async_graphql::{EmptySubscription, Error, ErrorExtensions as _, Object, Schema, SimpleObject};
use drypoint::http::{Executor, Server, Settings, Vitals};
use futures_util::future::BoxFuture;
use reqwest::{Client, Method, RequestBuilder, Response};
use serde_json::{Value, json};
use tokio::io::AsyncReadExt as _;
use tokio::net::TcpStream;
use tokio::sync::{Notify, oneshot};
use tokio::task::JoinHandle;

/// A running server; it stops when told to, or with the test.
pub(super) struct TestServer {
    pub address: SocketAddr,
    pub world: Arc<World>,
    pub client: Client,
    stop: Option<oneshot::Sender<()>>,
    running: JoinHandle<std::io::Result<()>>,
}

/// What the test can see and change.
#[derive(Default)]
pub(super) struct World {
    /// Executions of the mutation.
    pub bumps: AtomicU64,
    /// Executions of any field of the query.
    pub resolved: AtomicU64,
    pub database_is_down: AtomicBool,
    /// `wait` has begun.
    pub waiting: Notify,
    /// Lets `wait` go on.
    pub go_on: Notify,
}

impl Vitals for World {
    fn data_version(&self) -> u64 {
        42
    }

    fn providers(&self) -> usize {
        5_000
    }

    fn index_is_ready(&self) -> bool {
        true
    }

    fn database_answers(&self) -> BoxFuture<'_, bool> {
        let is_up = !self.database_is_down.load(Ordering::SeqCst);
        Box::pin(async move { is_up })
    }
}

impl TestServer {
    pub(super) async fn spawn() -> Self {
        Self::spawn_with(|_| {}).await
    }

    pub(super) async fn spawn_with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings::default();
        change(&mut settings);
        let world = Arc::new(World::default());
        let schema = Schema::build(Query, Mutation, EmptySubscription)
            .data(Arc::clone(&world))
            .finish();
        let executor = Executor::new(&schema.sdl(), move |request| {
            let schema = schema.clone();
            async move { schema.execute(request).await }
        });
        let vitals = Arc::clone(&world) as Arc<dyn Vitals>;
        let server = Server::bind(([127, 0, 0, 1], 0).into(), executor, vitals, settings)
            .await
            .unwrap();
        let address = server.address().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(server.run(async {
            let _ = stopped.await;
        }));
        Self {
            address,
            world,
            client: Client::new(),
            stop: Some(stop),
            running,
        }
    }

    pub(super) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(super) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, self.url(path))
    }

    /// Posts a query and wants the newer media type.
    pub(super) async fn query(&self, query: &str) -> Answer {
        self.post(&json!({ "query": query })).await
    }

    pub(super) async fn post(&self, body: &Value) -> Answer {
        let request = self
            .request(Method::POST, "/graphql")
            .header("accept", "application/graphql-response+json")
            .json(body);
        Answer::of(request.send().await.unwrap()).await
    }

    pub(super) async fn get(&self, parameters: &[(&str, &str)]) -> Answer {
        let mut url = reqwest::Url::parse(&self.url("/graphql")).unwrap();
        url.query_pairs_mut().extend_pairs(parameters);
        let request = self
            .client
            .get(url)
            .header("accept", "application/graphql-response+json");
        Answer::of(request.send().await.unwrap()).await
    }

    /// The server is well: the next request is answered.
    pub(super) async fn is_well(&self) {
        let answer = self.query("{ hello }").await;
        assert_eq!(
            (answer.status, &answer.body["data"]),
            (200, &json!({ "hello": "world" }))
        );
    }

    pub(super) fn stop(&mut self) {
        self.stop.take().expect("stopped once").send(()).unwrap();
    }

    pub(super) async fn has_stopped(self) {
        self.running.await.unwrap().unwrap();
    }
}

/// All that comes until the other side closes, which a reset does too.
pub(super) async fn read_to_end(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes).await;
    String::from_utf8(bytes).unwrap()
}

/// An answer, read whole.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
    pub text: String,
}

impl Answer {
    pub(super) async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.text().await.unwrap();
        let body = serde_json::from_str(&text).unwrap_or(Value::Null);
        Self {
            status,
            headers,
            body,
            text,
        }
    }

    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    pub(super) fn code(&self) -> Option<&str> {
        self.body["errors"][0]["extensions"]["code"].as_str()
    }

    pub(super) fn message(&self) -> &str {
        self.body["errors"][0]["message"]
            .as_str()
            .unwrap_or_default()
    }
}

struct Query;

struct Mutation;

struct Thing;

#[derive(SimpleObject)]
struct Echo {
    text: String,
}

#[Object]
impl Query {
    async fn hello(&self, context: &async_graphql::Context<'_>) -> &'static str {
        let world = context.data_unchecked::<Arc<World>>();
        world.resolved.fetch_add(1, Ordering::SeqCst);
        "world"
    }

    async fn echo(&self, text: Option<String>, list: Option<Vec<Vec<i32>>>) -> Echo {
        drop(list);
        Echo {
            text: text.unwrap_or_default(),
        }
    }

    async fn thing(&self) -> Thing {
        Thing
    }

    #[graphql(name = "searchProviders")]
    async fn search(&self, first: Option<i32>) -> Page {
        Page {
            nodes: (0..first.unwrap_or(20)).map(|_| Thing).collect(),
        }
    }

    /// Begins, says so, and ends when told to.
    async fn wait(&self, context: &async_graphql::Context<'_>) -> bool {
        let world = context.data_unchecked::<Arc<World>>();
        world.waiting.notify_one();
        world.go_on.notified().await;
        true
    }

    async fn panics(&self, with: Option<String>) -> bool {
        assert!(with.is_some(), "a canary of a panic");
        true
    }

    async fn leaks(&self) -> async_graphql::Result<Option<bool>> {
        Err(Error::new("SELECT canary FROM provider"))
    }

    async fn is_refused(&self) -> async_graphql::Result<Option<bool>> {
        Err(Error::new("no such radius")
            .extend_with(|_, extensions| extensions.set("code", "BAD_INPUT")))
    }

    async fn must_not_fail(&self) -> async_graphql::Result<bool> {
        Err(Error::new("no such day")
            .extend_with(|_, extensions| extensions.set("code", "BAD_INPUT")))
    }

    /// Has an error of its own for each of many items.
    async fn failures(&self) -> Vec<Option<Failure>> {
        (0..1_000).map(|_| Some(Failure)).collect()
    }
}

struct Page {
    nodes: Vec<Thing>,
}

#[Object]
impl Page {
    async fn nodes(&self) -> &[Thing] {
        &self.nodes
    }
}

struct Failure;

#[Object]
impl Failure {
    async fn fails(&self) -> async_graphql::Result<Option<bool>> {
        Err(Error::new("x".repeat(10_000))
            .extend_with(|_, extensions| extensions.set("code", "UNAVAILABLE")))
    }
}

#[Object]
impl Thing {
    async fn id(&self) -> i32 {
        1
    }

    async fn thing(&self) -> Thing {
        Thing
    }
}

#[Object]
impl Mutation {
    async fn bump(&self, context: &async_graphql::Context<'_>) -> u64 {
        let world = context.data_unchecked::<Arc<World>>();
        world.bumps.fetch_add(1, Ordering::SeqCst) + 1
    }
}
