//! Being told of cases.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::access::Role;
use drypoint::app::App;
use drypoint::clock::Clock;
use drypoint::http::Settings;
use drypoint::store::Store;
use drypoint::store::log::{self, NewEvent};
use futures_util::StreamExt as _;
use serde_json::{Value, json};

use super::client::Socket;
use crate::cases::bench::Bench;
use crate::support::database::now;
use crate::support::equipment::equipment;
use crate::support::port::{Port, account, bearer, serve};

const QUEUE: &str = "subscription { caseQueueChanged { caseId state purpose action dataVersion } }";

/// Entries that name the case, in one transaction; their numbers.
async fn acts(store: &Store, id: &str, count: u64) -> Vec<u64> {
    let txn = store.begin().await.unwrap();
    let mut seqs = Vec::new();
    for _ in 0..count {
        let event = NewEvent {
            case_id: Some(id.to_owned()),
            entity_id: Some(id.to_owned()),
            ..NewEvent::by_system("submitCase", "case", now() + TimeDelta::minutes(1))
        };
        seqs.push(log::append(&txn, event).await.unwrap().seq);
    }
    txn.commit().await.unwrap();
    seqs
}

fn told(next: &Value) -> &Value {
    assert_eq!(next["type"], "next", "{next}");
    &next["payload"]["data"]["caseQueueChanged"]
}

/// A verifier's socket that listens, to a node with everything that `bench` has.
async fn a_listener(app: &Arc<App>) -> Socket {
    let settings = Settings {
        rate: None,
        ..Settings::default()
    };
    // The server stops with the test's runtime.
    let (address, _, _) = serve(Arc::clone(app), settings).await;
    let key = bearer(&account(app, "vera", &[Role::Verifier], None).await);
    app.refresh().await.unwrap();
    let mut socket = Socket::ready(address, Some(&key)).await;
    socket.follow("q", QUEUE).await;
    socket
}

#[tokio::test]
async fn a_change_of_a_case_arrives() {
    let bench = Bench::open().await;
    let mut socket = a_listener(&bench.desk.app).await;
    let case = bench.submitted().await;
    bench.claimed(&case).await;
    let mut last = 0;
    for (action, state) in [
        ("openCase", "DRAFT"),
        ("submitCase", "SUBMITTED"),
        ("claimCase", "IN_REVIEW"),
    ] {
        let next = socket.hear().await;
        let change = told(&next);
        let seq = change["dataVersion"].as_u64().unwrap();
        let expected = json!({
            "caseId": case.id, "state": state, "purpose": "INITIAL", "action": action,
            "dataVersion": seq,
        });
        assert_eq!(change, &expected);
        assert!(seq > last, "numbers grow");
        last = seq;
    }
    assert_eq!(bench.desk.app.snapshot().version(), last);
}

#[tokio::test]
async fn those_who_work_on_cases_listen_and_nobody_else() {
    let port = Port::open().await;
    for (role, listens) in [
        (Role::Verifier, true),
        (Role::Approver, true),
        (Role::Compliance, true),
        (Role::Appeals, true),
        (Role::Auditor, false),
        (Role::Admin, false),
        (Role::Provider, false),
    ] {
        let name = role.code().to_lowercase();
        let key = port.key(&name, &[role], None).await;
        let mut socket = Socket::ready(port.address, Some(&key)).await;
        if listens {
            socket.follow("q", QUEUE).await;
        } else {
            socket.subscribe("q", QUEUE).await;
            let error = socket.hear().await;
            let code = &error["payload"][0]["extensions"]["code"];
            assert_eq!(code, "FORBIDDEN", "{role} {error}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_between_two_and_it_comes_from_other_nodes_too() {
    let bench = Bench::open().await;
    let case = bench.submitted().await.id;
    let store = &bench.desk.app.store;
    // Another node on the same database, which follows the log by itself.
    let equipped = equipment(Clock::fixed(now()));
    let other = Arc::new(App::load(store.clone(), equipped).await.unwrap());
    let follower = Arc::clone(&other);
    tokio::spawn(async move { follower.follow().await });
    let mut socket = a_listener(&other).await;
    let mut expected = Vec::new();
    for count in [1, 2, 1, 40, 1, 100, 3] {
        expected.extend(acts(store, &case, count).await);
    }
    let mut heard = Vec::new();
    while heard.len() < expected.len() {
        let next = socket.hear().await;
        heard.push(told(&next)["dataVersion"].as_u64().unwrap());
    }
    assert_eq!(heard, expected);
}

#[tokio::test]
async fn who_listens_too_slowly_is_told_to_read_anew() {
    let bench = Bench::open().await;
    let case = bench.submitted().await.id;
    let app = &bench.desk.app;
    let schema = drypoint::graphql::schema(Arc::clone(app));
    let request = async_graphql::Request::new(QUEUE).data(bench.verifier.who.clone());
    let mut answers = schema.subscribe(request);
    assert!(
        futures_util::poll!(answers.next()).is_pending(),
        "it listens"
    );
    acts(&app.store, &case, 1_100).await;
    app.refresh().await.unwrap();
    let answer = serde_json::to_value(answers.next().await.unwrap()).unwrap();
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "UNAVAILABLE",
        "{answer}"
    );
    assert!(answers.next().await.is_none(), "then it ends");
}
