//! Many at once, on both engines: 200 transitions at the same moment, and 500 writers.

use domain::access::Role;
use drypoint::store::Store;
use drypoint::store::log::{Verdict, verify};
use serde_json::{Value, json};

use super::bench::{Bench, CASE, Standing, a_training};
use crate::support::desk::Desk;
use crate::support::postgres::Postgres;

const CASES: usize = 20;
const VERIFIERS: usize = 10;

/// Ten verifiers reach for each of twenty cases at the same moment.
async fn two_hundred_claims(bench: &Bench) {
    let mut cases = Vec::new();
    for _ in 0..CASES {
        let credential = bench.drafted(a_training()).await;
        let case = bench.opened(&credential).await;
        cases.push(bench.submitted_by(&bench.provider, &case).await);
    }
    let verifiers: Vec<_> = (0..VERIFIERS)
        .map(|one| {
            bench
                .desk
                .hand(&format!("Verifier {one}"), &[Role::Verifier])
        })
        .collect();
    let before = bench.desk.events().await.len();

    let mut racing = tokio::task::JoinSet::new();
    for case in &cases {
        for verifier in &verifiers {
            let (verifier, order) = (verifier.clone(), case.order());
            racing.spawn(async move { verifier.tries("claimCase", order, CASE).await });
        }
    }
    let answers = racing.join_all().await;

    let won: Vec<&Value> = answers
        .iter()
        .filter(|answer| answer["userErrors"] == json!([]))
        .collect();
    assert_eq!(answers.len(), CASES * VERIFIERS);
    assert_eq!(won.len(), CASES, "each case has one verifier");
    for lost in answers.iter().filter(|answer| answer["case"].is_null()) {
        assert_eq!(lost["userErrors"][0]["code"], "STALE_VERSION");
    }
    let events = bench.desk.events().await;
    assert_eq!(events.len(), before + CASES, "no event for those who lost");
    for (event, seq) in events.iter().zip(1_u64..) {
        assert_eq!(event["seq"], seq, "no number is missing");
    }
    for case in &cases {
        let after = bench.case(&case.id).await;
        assert_eq!(
            (&*after.state, after.version),
            ("IN_REVIEW", case.version + 1)
        );
        let holder = won.iter().find(|answer| answer["case"]["id"] == *case.id);
        assert_eq!(Standing::of(holder.unwrap()).version, after.version);
    }
    let verdict = verify(bench.desk.app.store.connection()).await.unwrap();
    assert!(matches!(verdict, Verdict::Intact(_)), "{verdict:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_transitions_at_once_lose_nothing_on_sqlite() {
    two_hundred_claims(&Bench::open().await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_hundred_transitions_at_once_lose_nothing_on_postgresql() {
    let server = tokio::task::spawn_blocking(Postgres::start).await.unwrap();
    let store = Store::connect(&server.url()).await.unwrap();
    let bench = Bench::of(Desk::on(store).await).await;
    two_hundred_claims(&bench).await;
}

#[tokio::test]
async fn postgresql_takes_a_case_through_to_the_public_as_sqlite_does() {
    let server = tokio::task::spawn_blocking(Postgres::start).await.unwrap();
    let store = Store::connect(&server.url()).await.unwrap();
    let bench = Bench::of(Desk::on(store).await).await;
    let credential = bench.verified().await;
    assert_eq!(credential["standing"], "VERIFIED");
    assert_eq!(bench.public().await[0]["status"], "VERIFIED");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_writers_at_once_wait_for_their_turn_on_postgresql() {
    let server = tokio::task::spawn_blocking(Postgres::start).await.unwrap();
    let store = Store::connect(&server.url()).await.unwrap();
    let desk = Desk::on(store).await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let before = desk.events().await.len();

    let mut racing = tokio::task::JoinSet::new();
    for number in 0..500 {
        let admin = admin.clone();
        let input = json!({ "name": format!("School {number}"), "kind": "OTHER" });
        racing.spawn(async move { admin.does("upsertIssuer", input, "").await });
    }
    // Each of them was made: nobody was told that the database is busy.
    assert_eq!(racing.join_all().await.len(), 500);

    let events = desk.events().await;
    assert_eq!(events.len(), before + 500);
    for (event, seq) in events.iter().zip(1_u64..) {
        assert_eq!(event["seq"], seq, "no number is missing");
    }
    let verdict = verify(desk.app.store.connection()).await.unwrap();
    assert!(matches!(verdict, Verdict::Intact(_)), "{verdict:?}");
}
