//! The server is killed in the middle of deciding, fifty times: what it acknowledged is there.
//!
//! It is `drypoint serve` itself, on a port, asked by people with API keys.

use domain::access::{AccountId, Role};
use drypoint::store::Store;
use drypoint::store::log::{Verdict, export, verify};
use futures_util::poll;
use serde_json::{Value, json};

use super::bench::{Bench, CASE, Standing};
use crate::support::database::url;
use crate::support::desk::{Desk, Hand};
use crate::support::process::{Installation, Served};

/// Rounds of each of the five tests below: fifty in all, side by side.
const ROUNDS: usize = 10;

/// At which the server's clock starts: that of the tests, so that leases and screenings hold.
const CLOCK: &str = "2026-11-21T19:00:00Z";

/// An installation with a case that waits for a decision, and those who send it back and forth.
struct Office {
    installation: Installation,
    case: String,
    verifier: Clerk,
    approver: Clerk,
}

/// Somebody with a key.
struct Clerk {
    account: i64,
    key: String,
}

impl Office {
    async fn open() -> Self {
        let installation = Installation::new();
        let file = installation.path().join("drypoint.db");
        let store = Store::connect(&url(&file)).await.unwrap();
        // Whoever is on file first takes the low numbers; the bench's hands bear them too.
        let desk = Desk::on(store.clone()).await;
        let verifier = Clerk::new(&installation, "vera", "VERIFIER").await;
        let approver = Clerk::new(&installation, "abe", "APPROVER").await;
        let mut bench = Bench::of(desk).await;
        bench.verifier = acting(bench.verifier, &verifier);
        bench.approver = acting(bench.approver, &approver);
        let case = bench.pending().await.id;
        drop(bench);
        store.close().await.unwrap();
        Self {
            installation,
            case,
            verifier,
            approver,
        }
    }

    async fn serve(&self) -> Served {
        self.installation.serve(&["--clock", CLOCK]).await
    }

    /// The case, as the server reads it.
    async fn read(&self, served: &Served) -> Standing {
        let query = format!(
            "query($id: ID!) {{ {} }}",
            CASE.replacen("case", "case(id: $id)", 1)
        );
        let answer = ask(served, &self.verifier, &query, json!({ "id": self.case })).await;
        Standing::of(&answer.unwrap()["data"])
    }

    /// Decides once: sends the case back, or recommends it again. What was acknowledged; nothing where
    /// the server died before it answered.
    async fn decide(&self, served: &Served, case: &Standing) -> Option<Standing> {
        let mut input = case.order();
        input["idempotencyKey"] = json!(format!("killed-{}", case.version));
        let (clerk, mutation) = if case.state == "PENDING_DECISION" {
            input["reasonCode"] = json!("OTHER");
            (&self.approver, "returnCase")
        } else {
            input["recommendation"] = json!("APPROVE");
            (&self.verifier, "recommendCase")
        };
        let (first, rest) = mutation.split_at(1);
        let query = format!(
            "mutation($input: {}{rest}Input!) {{ {mutation}(input: $input) {{ {CASE} userErrors {{ code }} }} }}",
            first.to_uppercase()
        );
        let answer = ask(served, clerk, &query, json!({ "input": input })).await?;
        let payload = &answer["data"][mutation];
        assert_eq!(payload["userErrors"], json!([]), "{answer}");
        Some(Standing::of(payload))
    }

    /// Starts the server, kills it once it has acknowledged so many decisions and another is under way,
    /// and tells what it has acknowledged.
    async fn killed(&self, stop_after: usize, polls: usize) -> Vec<i64> {
        let served = self.serve().await;
        let mut acknowledged = Vec::new();
        let mut case = self.read(&served).await;
        for _ in 0..stop_after {
            case = self.decide(&served, &case).await.expect("it lives");
            acknowledged.push(case.version);
        }
        let mut last = Box::pin(self.decide(&served, &case));
        let mut answered = None;
        // How far the last one gets differs from round to round.
        for _ in 0..polls {
            if let std::task::Poll::Ready(answer) = poll!(&mut last) {
                answered = Some(answer);
                break;
            }
            tokio::task::yield_now().await;
        }
        served.kill().await;
        let answer = match answered {
            Some(answer) => answer,
            None => last.await,
        };
        acknowledged.extend(answer.map(|case| case.version));
        acknowledged
    }

    /// The database as the dead server left it.
    async fn is_whole(&self, acknowledged: &[i64]) {
        let file = self.installation.path().join("drypoint.db");
        let store = Store::connect(&url(&file)).await.unwrap();
        let verdict = verify(store.connection()).await.unwrap();
        assert!(matches!(verdict, Verdict::Intact(_)), "{verdict:?}");
        let mut lines = Vec::new();
        export(store.connection(), &mut lines).await.unwrap();
        let lines = String::from_utf8(lines).unwrap();
        let events: Vec<Value> = lines
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        for version in acknowledged {
            let of_it = events.iter().filter(|event| {
                event["entityId"] == *self.case && event["entityVersion"] == *version
            });
            assert_eq!(of_it.count(), 1, "version {version}");
        }
        store.close().await.unwrap();
    }
}

impl Clerk {
    async fn new(installation: &Installation, name: &str, role: &str) -> Self {
        let words = ["user", "add", "--name", name, "--role", role, "--api-key"];
        let printed = installation.ok(&words).await;
        let key = printed.lines().find(|line| line.starts_with("dp_"));
        let listed = installation.ok(&["user", "list", "--format", "json"]).await;
        let listed: Vec<Value> = serde_json::from_str(&listed).unwrap();
        let own = listed.iter().find(|account| account["name"] == name);
        let id = own.unwrap()["id"].as_str().unwrap();
        Self {
            account: id.strip_prefix("account_").unwrap().parse().unwrap(),
            key: key.unwrap().to_owned(),
        }
    }
}

fn acting(mut hand: Hand, clerk: &Clerk) -> Hand {
    hand.who.account = Some(AccountId(clerk.account));
    assert!(
        [Role::Verifier, Role::Approver]
            .iter()
            .any(|role| hand.who.roles.holds(*role))
    );
    hand
}

/// The whole answer; nothing where none came.
async fn ask(served: &Served, clerk: &Clerk, query: &str, variables: Value) -> Option<Value> {
    let request = served
        .client
        .post(format!("http://{}/graphql", served.address))
        .bearer_auth(&clerk.key)
        .json(&json!({ "query": query, "variables": variables }));
    let answer: Value = request.send().await.ok()?.json().await.ok()?;
    assert_eq!(answer.get("errors"), None, "{answer}");
    Some(answer)
}

async fn kills(first: usize) {
    let office = Office::open().await;
    let mut acknowledged = Vec::new();
    for round in first..first + ROUNDS {
        // Some rounds end before the first decision is acknowledged.
        acknowledged.extend(office.killed(round % 4, 40 * round).await);
        office.is_whole(&acknowledged).await;
    }
    assert!(acknowledged.len() >= ROUNDS, "{acknowledged:?}");
    let served = office.serve().await;
    let last = acknowledged.iter().max();
    assert!(Some(&office.read(&served).await.version) >= last);
}

#[tokio::test]
async fn what_was_acknowledged_before_a_kill_is_there_and_the_chain_holds() {
    kills(0).await;
}

#[tokio::test]
async fn what_was_acknowledged_before_ten_more_kills_is_there() {
    kills(ROUNDS).await;
}

#[tokio::test]
async fn what_was_acknowledged_before_the_kills_up_to_the_thirtieth_is_there() {
    kills(2 * ROUNDS).await;
}

#[tokio::test]
async fn what_was_acknowledged_before_the_kills_up_to_the_fortieth_is_there() {
    kills(3 * ROUNDS).await;
}

#[tokio::test]
async fn what_was_acknowledged_before_the_kills_up_to_the_fiftieth_is_there() {
    kills(4 * ROUNDS).await;
}
