//! What is asked of us when its day comes.

use chrono::TimeDelta;
use domain::access::Role;
use domain::credential::{Standing, StandingChange, SuspensionKind};
use domain::place::Jurisdiction::Tx;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::service::schedule::run_once;
use drypoint::store::log::{self, NewEvent};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};
use crate::support::people::{AUSTIN, Person, a_provider, now};

fn a_person(serial: u32) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Tx)
        .at(AUSTIN, Tx)
}

async fn tasks(hand: &Hand) -> Vec<Value> {
    let query = "{ tasks(closedToo: true, first: 100) { nodes { id version kind npi subjectId what \
                  dueOn closedBy resolution resolutionText } } }";
    let mut data = hand.ask(query, json!({})).await;
    std::mem::take(data["tasks"]["nodes"].as_array_mut().unwrap())
}

async fn of_kind(hand: &Hand, kind: &str) -> Vec<Value> {
    let mut found = tasks(hand).await;
    found.retain(|task| task["kind"] == kind);
    found
}

#[tokio::test]
async fn a_licence_is_looked_at_again_before_the_last_look_ends_to_count() {
    let desk = Desk::open().await;
    // A registry row is not looked after.
    desk.with([a_person(1), a_person(2).unclaimed()]).await;
    let vera = desk.hand("vera", &[Role::Verifier]);
    // Looked at on 10 November, which counts through 10 December.
    desk.clock.set("2026-12-04T19:00:00Z".parse().unwrap());
    assert_eq!(run_once(&desk.app).await.unwrap().opened, 0);
    desk.clock.set("2026-12-05T19:00:00Z".parse().unwrap());
    assert_eq!(run_once(&desk.app).await.unwrap().opened, 1);
    assert_eq!(run_once(&desk.app).await.unwrap().opened, 0);
    let found = of_kind(&vera, "LICENSE_RECHECK").await;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["dueOn"], "2026-12-10");
    assert_eq!(found[0]["npi"], domain::npi::Npi::sample(1).to_string());

    // Somebody looks: the task has become needless, and the next one comes in its time.
    let txn = desk.app.store.begin().await.unwrap();
    let sql = "INSERT INTO license_check (id, license_id, source_kind, source_name, checked_at, \
               as_of, outcome, board_status, expires_on, mismatches) \
               SELECT 1000000, license_id, source_kind, source_name, '2026-12-05 18:00:00+00:00', \
               '2026-12-05', outcome, board_status, expires_on, mismatches FROM license_check";
    txn.db().execute_unprepared(sql).await.unwrap();
    drypoint::store::provider::touch(&txn, &[domain::npi::Npi::sample(1)])
        .await
        .unwrap();
    let event = NewEvent::by_system("test.check", "license", desk.clock.now());
    log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
    let done = run_once(&desk.app).await.unwrap();
    assert_eq!((done.opened, done.closed), (0, 1));
    let found = of_kind(&vera, "LICENSE_RECHECK").await;
    assert_eq!(found[0]["resolution"], "NOT_NEEDED");
    assert_eq!(found[0]["closedBy"], "SYSTEM");
    desk.clock.set("2026-12-30T19:00:00Z".parse().unwrap());
    run_once(&desk.app).await.unwrap();
    let found = of_kind(&vera, "LICENSE_RECHECK").await;
    assert_eq!(found.len(), 2);
    assert_eq!(found[1]["dueOn"], "2027-01-04");
}

#[tokio::test]
async fn a_suspension_is_reviewed_within_ten_business_days() {
    let desk = Desk::open().await;
    desk.with([a_person(1).with(|person| {
        person.training[0].credential.history.push(StandingChange {
            at: now(),
            standing: Standing::Suspended,
            suspension: Some(SuspensionKind::IntegrityConcern),
            decided: None,
        });
    })])
    .await;
    let cora = desk.hand("cora", &[Role::Compliance]);
    run_once(&desk.app).await.unwrap();
    let found = of_kind(&cora, "SUSPENSION_REVIEW").await;
    assert_eq!(found.len(), 1);
    // From a Saturday.
    assert_eq!(found[0]["dueOn"], "2026-12-04");
    let subject = found[0]["subjectId"].as_str().unwrap();
    assert!(subject.starts_with("credential_"), "{subject}");
}

#[tokio::test]
async fn an_expired_lot_and_overdue_screening_ask_for_somebody() {
    let desk = Desk::open().await;
    desk.with([a_person(1).with(|person| {
        let lots = &mut person.attestations[0].products[0].lots;
        let mut second = lots[0].clone();
        second.lot = "B2".into();
        second.expires_on = "2026-11-25".parse().unwrap();
        lots.push(second);
    })])
    .await;
    let cora = desk.hand("cora", &[Role::Compliance]);
    run_once(&desk.app).await.unwrap();
    assert!(of_kind(&cora, "LOT_LAPSED").await.is_empty());
    desk.advance(TimeDelta::days(6));
    run_once(&desk.app).await.unwrap();
    let lots = of_kind(&cora, "LOT_LAPSED").await;
    assert_eq!(lots.len(), 1);
    assert!(lots[0]["what"].as_str().unwrap().contains("B2"));
    // Screened on 14 November: due through 14 December.
    desk.clock.set("2026-12-14T19:00:00Z".parse().unwrap());
    run_once(&desk.app).await.unwrap();
    assert!(of_kind(&cora, "SCREENING_DUE").await.is_empty());
    desk.clock.set("2026-12-15T19:00:00Z".parse().unwrap());
    run_once(&desk.app).await.unwrap();
    run_once(&desk.app).await.unwrap();
    assert_eq!(of_kind(&cora, "SCREENING_DUE").await.len(), 1);
}

#[tokio::test]
async fn a_task_is_closed_once_at_the_version_that_was_read() {
    let desk = Desk::open().await;
    desk.with([a_person(1)]).await;
    desk.clock.set("2026-12-05T19:00:00Z".parse().unwrap());
    run_once(&desk.app).await.unwrap();
    let vera = desk.hand("vera", &[Role::Verifier]);
    let task = tasks(&vera).await.remove(0);
    let close = |resolution: &str, version: i64| json!({ "taskId": task["id"], "resolution": resolution, "expectedVersion": version });
    assert_eq!(
        vera.is_told("closeTask", close("MISTAKEN", 1)).await,
        "REASON_REQUIRED"
    );
    assert_eq!(
        vera.is_told("closeTask", close("DONE", 2)).await,
        "STALE_VERSION"
    );
    let shown = "task { version resolution closedBy }";
    let closed = vera.does("closeTask", close("DONE", 1), shown).await;
    assert_eq!(
        closed["task"],
        json!({ "version": 2, "resolution": "DONE", "closedBy": "account_1" })
    );
    assert_eq!(
        vera.is_told("closeTask", close("DONE", 2)).await,
        "ILLEGAL_TRANSITION"
    );
    // What was asked once is not asked again for the same day.
    assert_eq!(run_once(&desk.app).await.unwrap().opened, 0);
    let provider = desk.hand("pia", &[Role::Provider]);
    let mut input = close("DONE", 2);
    input["idempotencyKey"] = json!("k");
    assert_eq!(provider.is_refused("closeTask", input).await, "FORBIDDEN");
}
