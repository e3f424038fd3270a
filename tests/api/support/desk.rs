//! A directory in a database of its own, with the law, the places and a clock that is moved by hand,
//! and people who act in it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use domain::access::{AccountId, Role, Roles};
use domain::npi::Npi;
use domain::provider::Provider;
use drypoint::app::App;
use drypoint::clock::Clock;
use drypoint::graphql::Schema;
use drypoint::import::seed;
use drypoint::service::{AuthMethod, Requester};
use drypoint::store::log::{self, NewEvent};
use drypoint::store::{Store, provider};
use drypoint::vault::Vault;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use super::database;
use super::engine;
use super::equipment::equipment;
use super::people::{Person, now};

/// A running directory.
pub(crate) struct Desk {
    pub(crate) app: Arc<App>,
    pub(crate) clock: Clock,
    schema: Schema,
    accounts: Mutex<i64>,
    folder: Option<TempDir>,
}

/// Somebody who asks: by an account of some roles, or anybody.
#[derive(Clone)]
pub(crate) struct Hand {
    schema: Schema,
    pub(crate) who: Requester,
}

impl Desk {
    /// On a fresh SQLite database, at the instant of the tests; on PostgreSQL within
    /// [`engine::on_postgresql`].
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        if let Some(url) = engine::fresh_database().await {
            let store = Store::connect(&url).await.unwrap();
            return Self::over(store, Some(folder)).await;
        }
        let file = folder.path().join("test.db");
        std::fs::copy(seeded().await, &file).unwrap();
        let store = Store::connect(&database::url(&file)).await.unwrap();
        Self::over(store, Some(folder)).await
    }

    /// On a database that is empty, or holds what another desk put there.
    pub(crate) async fn on(store: Store) -> Self {
        store.migrate().await.unwrap();
        seed::seed(&store, now()).await.unwrap();
        Self::over(store, None).await
    }

    async fn over(store: Store, folder: Option<TempDir>) -> Self {
        let clock = Clock::moved(now());
        let evidence = folder.as_ref().map(|folder| folder.path().join("evidence"));
        let vault = evidence.map(|folder| Vault::open(&folder).unwrap());
        let equipment = equipment(clock.clone()).with_vault(vault);
        let app = Arc::new(App::load(store, equipment).await.unwrap());
        Self {
            schema: drypoint::graphql::schema(Arc::clone(&app)),
            app,
            clock,
            accounts: Mutex::new(0),
            folder,
        }
    }

    /// Puts people on file as an import would.
    pub(crate) async fn with(&self, people: impl IntoIterator<Item = Person>) {
        let people: Vec<Provider> = people.into_iter().map(Provider::from).collect();
        let txn = self.app.store.begin().await.unwrap();
        let seq = txn.next_seq();
        provider::insert_many(&txn, &people, seq).await.unwrap();
        let event = NewEvent::by_system("test.people", "provider", self.clock.now());
        log::append(&txn, event).await.unwrap();
        txn.commit().await.unwrap();
        self.app.refresh().await.unwrap();
    }

    /// Somebody new in these roles.
    pub(crate) fn hand(&self, name: &str, roles: &[Role]) -> Hand {
        self.hand_of(name, roles, &[])
    }

    /// Somebody new in these roles, whose own these entries are.
    pub(crate) fn hand_of(&self, name: &str, roles: &[Role], entries: &[Npi]) -> Hand {
        let mut accounts = self.accounts.lock().unwrap();
        *accounts += 1;
        Hand {
            schema: self.schema.clone(),
            who: Requester {
                account: Some(AccountId(*accounts)),
                name: name.into(),
                roles: Roles::new(roles.iter().copied()).unwrap(),
                entries: entries.to_vec(),
                auth_method: Some(AuthMethod::ApiKey),
                ..Requester::public()
            },
        }
    }

    /// Anybody.
    pub(crate) fn anybody(&self) -> Hand {
        Hand {
            schema: self.schema.clone(),
            who: Requester::public(),
        }
    }

    /// Where its database is.
    pub(crate) fn folder(&self) -> &Path {
        let folder = self.folder.as_ref();
        folder.expect("a desk with a folder of its own").path()
    }

    /// Moves the clock.
    pub(crate) fn advance(&self, by: TimeDelta) {
        self.clock.set(self.clock.now() + by);
    }

    /// The entries of the log, oldest first.
    pub(crate) async fn events(&self) -> Vec<Value> {
        let mut lines = Vec::new();
        log::export(self.app.store.connection(), &mut lines)
            .await
            .unwrap();
        let lines = String::from_utf8(lines).unwrap();
        let lines = lines.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

impl Hand {
    /// The whole answer.
    pub(crate) async fn answer(&self, query: &str, variables: Value) -> Value {
        let request = async_graphql::Request::new(query)
            .variables(async_graphql::Variables::from_json(variables))
            .data(self.who.clone());
        serde_json::to_value(self.schema.execute(request).await).unwrap()
    }

    /// The data of an answer without errors.
    pub(crate) async fn ask(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.answer(query, variables).await;
        assert_eq!(answer.get("errors"), None, "{query}\n{answer}");
        answer["data"].take()
    }

    /// What a mutation that is made answers: its payload.
    pub(crate) async fn does(&self, mutation: &str, input: Value, shown: &str) -> Value {
        let payload = self.tries(mutation, input, shown).await;
        assert_eq!(payload["userErrors"], json!([]), "{mutation}");
        payload
    }

    /// What the user could mend of a mutation that is not made: the first error's code.
    pub(crate) async fn is_told(&self, mutation: &str, input: Value) -> String {
        let payload = self.tries(mutation, input, "").await;
        let code = &payload["userErrors"][0]["code"];
        code.as_str()
            .unwrap_or_else(|| panic!("{mutation} was made: {payload}"))
            .to_owned()
    }

    /// The code of the fault of a mutation that was refused at the door.
    pub(crate) async fn is_refused(&self, mutation: &str, input: Value) -> String {
        let answer = self
            .answer(&document(mutation, ""), json!({ "input": input }))
            .await;
        let code = &answer["errors"][0]["extensions"]["code"];
        code.as_str()
            .unwrap_or_else(|| panic!("{mutation} was not refused: {answer}"))
            .to_owned()
    }

    /// A mutation's payload, `shown` and `userErrors` of it. Its input gets a key of its own where it
    /// has none.
    pub(crate) async fn tries(&self, mutation: &str, input: Value, shown: &str) -> Value {
        let mut input = input;
        if input.get("idempotencyKey").is_none() {
            input["idempotencyKey"] = json!(key());
        }
        let mut data = self
            .ask(&document(mutation, shown), json!({ "input": input }))
            .await;
        data[mutation].take()
    }
}

/// `approveCase` with its input as a variable.
fn document(mutation: &str, shown: &str) -> String {
    let (first, rest) = mutation.split_at(1);
    let input = format!("{}{rest}Input", first.to_uppercase());
    format!(
        "mutation($input: {input}!) {{ {mutation}(input: $input) {{ {shown} userErrors {{ code field message }} }} }}"
    )
}

/// A key that was never used.
pub(crate) fn key() -> String {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("key-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A database file with the law, the places and the policy, made once.
async fn seeded() -> PathBuf {
    static SEEDED: OnceCell<(TempDir, PathBuf)> = OnceCell::const_new();
    let (_, file) = SEEDED
        .get_or_init(|| async {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join("seeded.db");
            let store = Store::connect(&database::url(&file)).await.unwrap();
            store.migrate().await.unwrap();
            seed::seed(&store, now()).await.unwrap();
            store.close().await.unwrap();
            (folder, file)
        })
        .await;
    file.clone()
}

/// A day of the tests, at noon.
pub(crate) fn noon(day: &str) -> DateTime<Utc> {
    format!("{day}T12:00:00Z").parse().unwrap()
}
