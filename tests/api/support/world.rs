//! A world of a few people under the real law, asked in GraphQL over a real port.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Utc};
use domain::eligibility::Rulebook;
use domain::npi::Npi;
use domain::place::{GeoPoint, Jurisdiction, PostalPlace};
use domain::policy::Policy;
use domain::provider::Provider;
use domain::scope::ScopeLaw;
use domain::scope::load::{self, RequirementFields, RuleFields};
use drypoint::graphql::Schema;
use drypoint::http::{Executor, Server, Settings, Vitals};
use drypoint::service::Reading;
use futures_util::future::BoxFuture;
use index::{Gazetteer, Snapshot};
use reqwest::Client;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::people::{Person, now};

/// A few people, and all the law and places there are. The server runs for as long as the test.
pub(crate) struct World {
    snapshot: Snapshot,
    schema: Schema,
    url: OnceCell<String>,
}

impl World {
    /// At the instant of the tests.
    pub(crate) fn of(people: impl IntoIterator<Item = Person>) -> Self {
        Self::with_policy(people, Policy::default())
    }

    pub(crate) fn with_policy(people: impl IntoIterator<Item = Person>, policy: Policy) -> Self {
        let rules = Rulebook {
            scope: law().clone(),
            compacts: drypoint::import::seed::compacts().unwrap(),
            policy,
        };
        let people = people.into_iter().map(Provider::from);
        let snapshot = Snapshot::build(7, Arc::new(rules), places(), people);
        Self::holding(snapshot, now())
    }

    /// The next version of this world: some people changed or came, some went.
    pub(crate) fn changed(
        &self,
        changed: impl IntoIterator<Item = Person>,
        removed: &[Npi],
    ) -> Self {
        let changed = changed.into_iter().map(Provider::from).collect();
        let version = self.snapshot.version() + 1;
        let snapshot = self.snapshot.with_changes(version, changed, removed);
        Self::holding(snapshot, now())
    }

    /// The same world at another instant.
    pub(crate) fn at(&self, now: DateTime<Utc>) -> Self {
        Self::holding(self.snapshot.clone(), now)
    }

    fn holding(snapshot: Snapshot, now: DateTime<Utc>) -> Self {
        let shared = Arc::new(snapshot.clone());
        Self {
            snapshot,
            schema: Schema::over(move || Reading::new(Arc::clone(&shared), now)),
            url: OnceCell::new(),
        }
    }

    /// The whole answer, but for what it cost.
    pub(crate) async fn answer(&self, query: &str, variables: Value) -> Value {
        let url = self.url.get_or_init(|| self.serve()).await;
        let request = Client::new()
            .post(url)
            .header("accept", "application/graphql-response+json")
            .json(&json!({ "query": query, "variables": variables }));
        let mut answer: Value = request.send().await.unwrap().json().await.unwrap();
        if let Some(extensions) = answer["extensions"].as_object_mut() {
            extensions.remove("cost");
        }
        answer
    }

    async fn serve(&self) -> String {
        let schema = self.schema.clone();
        let executor = Executor::new(&drypoint::graphql::sdl(), move |request| {
            let schema = schema.clone();
            async move { schema.execute(request).await }
        });
        let settings = Settings {
            rate: None,
            ..Settings::default()
        };
        let vitals = Arc::new(Always(self.snapshot.version()));
        let server = Server::bind(([127, 0, 0, 1], 0).into(), executor, vitals, settings)
            .await
            .unwrap();
        let url = format!("http://{}/graphql", server.address().unwrap());
        tokio::spawn(server.run(std::future::pending()));
        url
    }

    /// The data of an answer without errors.
    pub(crate) async fn ask(&self, query: &str) -> Value {
        let mut answer = self.answer(query, json!({})).await;
        assert_eq!(answer.get("errors"), None, "{query}");
        answer["data"].take()
    }

    /// The only error of an answer: its code, its field and its message.
    pub(crate) async fn refused(&self, query: &str) -> (String, String, String) {
        let answer = self.answer(query, json!({})).await;
        let errors = answer["errors"].as_array();
        let [error] = errors.expect("an error").as_slice() else {
            panic!("not one error: {answer}");
        };
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let extensions = &error["extensions"];
        (
            text(&extensions["code"]),
            text(&extensions["field"]),
            text(&error["message"]),
        )
    }
}

/// A node in good health, at a data version.
struct Always(u64);

impl Vitals for Always {
    fn data_version(&self) -> u64 {
        self.0
    }

    fn providers(&self) -> usize {
        0
    }

    fn index_is_ready(&self) -> bool {
        true
    }

    fn database_answers(&self) -> BoxFuture<'_, bool> {
        Box::pin(std::future::ready(true))
    }
}

/// The law that the program carries.
pub(crate) fn law() -> &'static ScopeLaw {
    static LAW: OnceLock<ScopeLaw> = OnceLock::new();
    LAW.get_or_init(|| {
        let rules = lines::<RuleFields>("data/scope_rules.csv");
        load::law(
            rules,
            lines::<RequirementFields>("data/scope_requirements.csv"),
        )
        .unwrap()
    })
}

fn lines<T: serde::de::DeserializeOwned>(path: &str) -> Vec<(u64, T)> {
    let mut file = csv::Reader::from_path(path).unwrap();
    let rows = file.deserialize().map(Result::unwrap);
    (2..).zip(rows).collect()
}

/// Every place that the program carries.
fn places() -> Arc<Gazetteer> {
    static PLACES: OnceLock<Arc<Gazetteer>> = OnceLock::new();
    let places = PLACES.get_or_init(|| {
        let mut file = csv::Reader::from_path("data/places.csv").unwrap();
        let rows = file.records().map(Result::unwrap);
        let place = |row: csv::StringRecord| {
            let jurisdiction: Jurisdiction = row[2].parse().unwrap();
            let degrees = |at: usize| row[at].parse().unwrap();
            PostalPlace {
                postal_code: row[0].parse().unwrap(),
                city: (!row[1].is_empty()).then(|| row[1].into()),
                jurisdiction,
                county: (!row[3].is_empty()).then(|| row[3].into()),
                point: GeoPoint::new(degrees(4), degrees(5)).unwrap(),
                point_source: row[6].parse().unwrap(),
                zone: jurisdiction.zone(),
            }
        };
        Arc::new(Gazetteer::new(rows.map(place).collect()))
    });
    Arc::clone(places)
}
