//! What was asked for and never came (C7): by the clock, by the notice, and by the next case.

use chrono::TimeDelta;
use drypoint::outbox::Outbox;
use drypoint::service::schedule::{Delivered, deliver, run_once};
use drypoint::store::log::{self, NewEvent};
use drypoint::store::notice;
use serde_json::{Value, json};

use super::bench::{Bench, CASE, Standing};
use crate::scheduler::reachable;

/// Sends what waits.
async fn post(bench: &Bench) -> Delivered {
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::folder(folder.path(), "dry@example.org").unwrap();
    deliver(&bench.desk.app, &outbox).await.unwrap()
}

async fn told_at(bench: &Bench, case: &Standing) -> Value {
    let query = "query($id: ID!) { case(id: $id) { infoNoticeSentAt } }";
    let data = bench.verifier.ask(query, json!({ "id": case.id })).await;
    data["case"]["infoNoticeSentAt"].clone()
}

fn at(bench: &Bench, instant: &str) {
    bench.desk.clock.set(instant.parse().unwrap());
}

async fn lapsed_notices(bench: &Bench) -> usize {
    let query = "{ notices(kind: CASE_LAPSED) { nodes { id } } }";
    let data = bench.compliance.ask(query, json!({})).await;
    data["notices"]["nodes"].as_array().unwrap().len()
}

#[tokio::test]
async fn nothing_lapses_whose_person_was_not_told_and_nobody_is_told_that_it_has() {
    let bench = Bench::open().await;
    let case = bench
        .asked(&bench.claimed(&bench.submitted().await).await)
        .await;
    // Nobody has an address.
    assert_eq!(post(&bench).await, Delivered { sent: 0, failed: 1 });
    assert_eq!(told_at(&bench, &case).await, Value::Null);

    bench.desk.advance(TimeDelta::days(400));
    run_once(&bench.desk.app).await.unwrap();

    assert_eq!(bench.case(&case.id).await.state, "INFO_REQUESTED");
    assert_eq!(lapsed_notices(&bench).await, 0);
    let supplied = bench.provider.does("supplyInfo", case.order(), CASE).await;
    assert_eq!(supplied["case"]["state"], "IN_REVIEW");
}

#[tokio::test]
async fn a_request_of_which_its_person_was_told_lapses_on_the_31st_day_after_its_own() {
    let bench = Bench::open().await;
    reachable(&bench.desk.app.store, bench.npi, 901).await;
    let case = bench
        .asked(&bench.claimed(&bench.submitted().await).await)
        .await;
    assert_eq!(post(&bench).await, Delivered { sent: 1, failed: 0 });
    assert_eq!(told_at(&bench, &case).await, "2026-11-21T19:00:00Z");

    // Asked for by 21 December; 30 days later is 20 January, which ends at seven in Denver's winter.
    for (instant, state) in [
        ("2027-01-21T06:59:59Z", "INFO_REQUESTED"),
        ("2027-01-21T07:00:00Z", "LAPSED"),
    ] {
        at(&bench, instant);
        let read = bench.case(&case.id).await;
        assert_eq!(read.state, state, "{instant}");
        assert_eq!(read.version, case.version, "the calendar changes nothing");
        let query = format!("{{ caseQueue(state: {state}) {{ nodes {{ id }} }} }}");
        let data = bench.verifier.ask(&query, json!({})).await;
        assert_eq!(data["caseQueue"]["nodes"], json!([{ "id": case.id }]));
    }
    let told = bench.provider.is_told("supplyInfo", case.order()).await;
    assert_eq!(told, "ILLEGAL_TRANSITION");
    run_once(&bench.desk.app).await.unwrap();
    run_once(&bench.desk.app).await.unwrap();
    assert_eq!(lapsed_notices(&bench).await, 1);
}

#[tokio::test]
async fn a_new_case_closes_the_one_that_lapsed_before_it_in_the_same_transaction() {
    let bench = Bench::open().await;
    reachable(&bench.desk.app.store, bench.npi, 901).await;
    let lapsed = bench
        .asked(&bench.claimed(&bench.submitted().await).await)
        .await;
    post(&bench).await;
    let credential = bench.credential(&lapsed.credential).await;
    let again = json!({
        "credentialId": credential["id"], "purpose": "INITIAL",
        "expectedVersion": credential["version"],
    });
    let told = bench.provider.is_told("openCase", again.clone()).await;
    assert_eq!(told, "GUARD_FAILED", "it is open still");
    at(&bench, "2027-01-21T07:00:00Z");
    let before = bench.desk.events().await.len();

    let shown = "case { id state version contentSha256 credentialId reopensCaseId }";
    let payload = bench.provider.does("openCase", again, shown).await;

    assert_eq!(payload["case"]["reopensCaseId"], lapsed.id.as_str());
    let events = bench.desk.events().await;
    let [closed, opened] = &events[before..] else {
        panic!("{:?}", &events[before..]);
    };
    assert_eq!(closed["entityId"], lapsed.id.as_str());
    assert_eq!(closed["reasonCode"], "NO_RESPONSE");
    assert_eq!(opened["entityId"], payload["case"]["id"]);
    assert_eq!(closed["idempotencyKey"], opened["idempotencyKey"]);
    // From now on it is stored, whatever the clock says.
    at(&bench, "2026-11-22T12:00:00Z");
    assert_eq!(bench.case(&lapsed.id).await.state, "LAPSED");
    let case = bench
        .submitted_by(&bench.provider, &Standing::of(&payload))
        .await;
    assert_eq!(case.state, "SUBMITTED");
}

#[tokio::test]
async fn a_notice_of_an_earlier_question_tells_nobody_of_the_next() {
    let bench = Bench::open().await;
    let first = bench
        .asked(&bench.claimed(&bench.submitted().await).await)
        .await;
    let asked_at = bench.desk.clock.now();
    bench.desk.advance(TimeDelta::days(1));
    let supplied = bench.provider.does("supplyInfo", first.order(), CASE).await;
    let second = bench.asked(&Standing::of(&supplied)).await;
    let number = second.id.strip_prefix("case_").unwrap().parse().unwrap();
    let (store, now) = (&bench.desk.app.store, bench.desk.clock.now());
    for (written_at, told) in [
        (asked_at, Value::Null),
        (now, json!("2026-11-22T19:00:00Z")),
    ] {
        let txn = store.begin().await.unwrap();
        notice::mark_asked(&txn, number, written_at, now)
            .await
            .unwrap();
        let event = NewEvent::by_system("test.asked", "notice", now);
        log::append(&txn, event).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(told_at(&bench, &second).await, told);
    }
}
