//! An issuer that is not to be trusted (verification.md 9, 29).

use domain::access::Role;
use domain::credential::{Standing, StandingChange, SuspensionKind};
use domain::place::Jurisdiction::Tx;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::service::schedule;
use drypoint::store::log::{self, NewEvent};
use serde_json::{Value, json};

use super::records::issuer;
use crate::support::desk::{Desk, Hand};
use crate::support::people::{AUSTIN, Person, a_provider, day, days_ago};

pub(super) const MILL: &str = "Example Diploma Mill";

/// Somebody verified, with a training of an issuer's that was issued on a day.
pub(super) fn trained(serial: u32, by: &str, issued_on: Option<&str>) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Tx)
        .at(AUSTIN, Tx)
        .with(|person| {
            let credential = &mut person.training[0].credential;
            credential.issuer.name = by.into();
            credential.issued_on = issued_on.map(day);
            credential.completed_on = issued_on.map(day);
        })
}

pub(super) async fn status(desk: &Desk, serial: u32) -> String {
    let query = format!(
        "{{ provider(npi: \"{}\") {{ training {{ status }} }} }}",
        domain::npi::Npi::sample(serial)
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    let status = &data["provider"]["training"][0]["status"];
    status.as_str().unwrap().to_owned()
}

/// The outcomes of two reasons for a person.
async fn reasons(desk: &Desk, serial: u32) -> (String, String) {
    let query = format!(
        "{{ whyNotShown(npi: \"{}\") {{ reasons {{ code outcome }} }} }}",
        domain::npi::Npi::sample(serial)
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    let reasons = data["whyNotShown"][0]["reasons"]
        .as_array()
        .unwrap()
        .clone();
    let outcome = |code: &str| {
        let found = reasons.iter().find(|reason| reason["code"] == code);
        found.unwrap()["outcome"].as_str().unwrap().to_owned()
    };
    (outcome("TRAINING"), outcome("STANDING"))
}

pub(super) fn range(issuer: &Value) -> Value {
    json!({
        "issuerId": issuer["id"],
        "expectedVersion": issuer["version"],
        "from": "2016-01-01",
        "through": "2021-12-31",
        "reasonCode": "FRAUD",
        "reasonText": "It sold certificates.",
    })
}

pub(crate) async fn propose(hand: &Hand, mutation: &str, input: Value) -> Value {
    let mut made = hand.does(mutation, input, "proposal { id version }").await;
    made["proposal"].take()
}

pub(crate) fn confirm(proposal: &Value) -> Value {
    json!({
        "proposalId": proposal["id"],
        "decision": "CONFIRM",
        "expectedVersion": proposal["version"],
    })
}

#[tokio::test]
async fn case_29_a_taint_suspends_what_was_issued_in_its_range_and_its_lifting_brings_nothing_back()
{
    let desk = Desk::open().await;
    desk.with([
        trained(1, MILL, Some("2016-01-01")),
        trained(2, MILL, Some("2021-12-31")),
        trained(3, MILL, Some("2015-12-31")),
        trained(4, MILL, Some("2022-01-01")),
        trained(5, "Example Good School", Some("2018-05-05")),
        // Nobody can show that it lies outside.
        trained(6, MILL, None),
        trained(7, MILL, Some("2018-05-05")).with(|person| {
            person.training[0].credential.history.push(StandingChange {
                at: days_ago(10),
                standing: Standing::Revoked,
                suspension: None,
                decided: None,
            });
        }),
    ])
    .await;
    let (ada, ben) = (
        desk.hand("ada", &[Role::Compliance]),
        desk.hand("ben", &[Role::Compliance]),
    );
    let mill = issuer(&ada, MILL).await;

    let proposal = propose(&ada, "taintIssuer", range(&mill)).await;
    assert_eq!(
        status(&desk, 1).await,
        "VERIFIED",
        "nobody has confirmed it"
    );
    assert_eq!(
        ada.is_told("confirmAct", confirm(&proposal)).await,
        "SEPARATION_OF_DUTIES"
    );
    ben.does("confirmAct", confirm(&proposal), "").await;

    let expected = [
        (1, "SUSPENDED"),
        (2, "SUSPENDED"),
        (3, "VERIFIED"),
        (4, "VERIFIED"),
        (5, "VERIFIED"),
        (6, "SUSPENDED"),
        (7, "REVOKED"),
    ];
    for (serial, expected) in expected {
        assert_eq!(status(&desk, serial).await, expected, "{serial}");
    }
    // It says nothing about the person: TRAINING alone feels it.
    assert_eq!(reasons(&desk, 1).await, ("UNKNOWN".into(), "PASS".into()));
    assert_eq!(reasons(&desk, 3).await, ("PASS".into(), "PASS".into()));

    let events = desk.events().await;
    let suspended: Vec<_> = events
        .iter()
        .filter(|event| event["action"] == "suspendCredential")
        .collect();
    assert_eq!(suspended.len(), 3);
    for event in suspended {
        assert_eq!(event["actorRole"], "SYSTEM");
        assert_eq!(event["reasonCode"], "ISSUER_TAINTED");
    }
    let query = "{ tasks(kind: SUSPENSION_REVIEW) { nodes { dueOn npi } } \
                  notices(kind: SUSPENDED) { nodes { npi subject dueOn } } }";
    let data = ada.ask(query, json!({})).await;
    assert_eq!(data["tasks"]["nodes"].as_array().unwrap().len(), 3);
    // Ten business days after a Saturday.
    assert_eq!(data["tasks"]["nodes"][0]["dueOn"], "2026-12-04");
    assert_eq!(data["notices"]["nodes"].as_array().unwrap().len(), 3);
    // Running the clockwork again finds nothing left to do about it.
    let done = schedule::run_once(&desk.app).await.unwrap();
    assert_eq!((done.suspended, done.closed), (0, 0));

    // Lifting it: nothing springs back.
    let mill = issuer(&ada, MILL).await;
    let taint = mill["trust"][0]["id"].clone();
    assert_eq!(mill["trust"][0]["level"], "TAINTED");
    let lift = json!({
        "taintId": taint,
        "expectedVersion": mill["version"],
        "reasonText": "The registrar's books were found.",
    });
    let proposal = propose(&ben, "liftTaint", lift.clone()).await;
    assert_eq!(
        ben.is_told("confirmAct", confirm(&proposal)).await,
        "SEPARATION_OF_DUTIES"
    );
    ada.does("confirmAct", confirm(&proposal), "").await;
    for (serial, expected) in expected {
        assert_eq!(
            status(&desk, serial).await,
            expected,
            "{serial} after lifting"
        );
    }
    let query = "{ issuers(first: 100) { nodes { name trust { liftedAt stillSuspended { nodes { credentialId npi } } } } } }";
    let data = ada.ask(query, json!({})).await;
    let nodes = data["issuers"]["nodes"].as_array().unwrap().clone();
    let mill = nodes.iter().find(|issuer| issuer["name"] == MILL).unwrap();
    assert!(mill["trust"][0]["liftedAt"].is_string());
    let waiting = &mill["trust"][0]["stillSuspended"]["nodes"];
    assert_eq!(
        waiting.as_array().unwrap().len(),
        3,
        "each needs a decision"
    );
    assert_eq!(ben.is_told("liftTaint", lift).await, "STALE_VERSION");
}

#[tokio::test]
async fn what_one_transaction_does_not_take_the_next_run_suspends() {
    let desk = Desk::open().await;
    desk.with((1..=520).map(|serial| trained(serial, MILL, Some("2018-05-05"))))
        .await;
    let (ada, ben) = (
        desk.hand("ada", &[Role::Compliance]),
        desk.hand("ben", &[Role::Compliance]),
    );
    let mill = issuer(&ada, MILL).await;
    let proposal = propose(&ada, "taintIssuer", range(&mill)).await;
    ben.does("confirmAct", confirm(&proposal), "").await;
    assert_eq!(status(&desk, 500).await, "SUSPENDED");
    assert_eq!(status(&desk, 501).await, "VERIFIED");
    let done = schedule::run_once(&desk.app).await.unwrap();
    assert_eq!(done.suspended, 20);
    assert_eq!(status(&desk, 520).await, "SUSPENDED");
    assert_eq!(schedule::run_once(&desk.app).await.unwrap().suspended, 0);
}

#[tokio::test]
async fn what_was_decided_about_again_is_not_suspended_a_second_time() {
    let desk = Desk::open().await;
    desk.with([
        trained(1, MILL, Some("2018-05-05")),
        trained(2, MILL, Some("2018-05-05")).with(|person| {
            person.training[0].credential.history.push(StandingChange {
                at: days_ago(10),
                standing: Standing::Suspended,
                suspension: Some(SuspensionKind::Safety),
                decided: None,
            });
        }),
    ])
    .await;
    let (ada, ben) = (
        desk.hand("ada", &[Role::Compliance]),
        desk.hand("ben", &[Role::Compliance]),
    );
    let mill = issuer(&ada, MILL).await;
    let proposal = propose(&ada, "taintIssuer", range(&mill)).await;
    ben.does("confirmAct", confirm(&proposal), "").await;
    // What was suspended for another reason is left to that reason.
    assert_eq!(reasons(&desk, 2).await.1, "FAIL");
    // Two people reinstated it in spite of the taint.
    let txn = desk.app.store.begin().await.unwrap();
    let sql = "INSERT INTO credential_standing (credential_id, ordinal, decided_at, standing) \
               SELECT credential_id, 2, decided_at, 'VERIFIED' FROM credential_standing \
               WHERE suspension = 'ISSUER_TAINT'";
    sea_orm::ConnectionTrait::execute_unprepared(txn.db(), sql)
        .await
        .unwrap();
    let npi = domain::npi::Npi::sample(1);
    drypoint::store::provider::touch(&txn, &[npi])
        .await
        .unwrap();
    let event = NewEvent::by_system("test.reinstate", "credential", desk.clock.now());
    log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
    let done = schedule::run_once(&desk.app).await.unwrap();
    assert_eq!(done.suspended, 0);
    assert_eq!(status(&desk, 1).await, "VERIFIED");
    assert_eq!(done.closed, 1, "the review has become needless");
}

#[tokio::test]
async fn a_taint_needs_a_reason_and_days_in_their_order() {
    let desk = Desk::open().await;
    desk.with([trained(1, MILL, Some("2018-05-05"))]).await;
    let ada = desk.hand("ada", &[Role::Compliance]);
    let mill = issuer(&ada, MILL).await;
    let mut input = range(&mill);
    input["reasonText"] = json!(" ");
    assert_eq!(ada.is_told("taintIssuer", input).await, "REASON_REQUIRED");
    let mut input = range(&mill);
    input["through"] = json!("2015-12-31");
    assert_eq!(ada.is_told("taintIssuer", input).await, "BAD_INPUT");
    let mut input = range(&mill);
    input["expectedVersion"] = json!(9);
    assert_eq!(ada.is_told("taintIssuer", input).await, "STALE_VERSION");
    propose(&ada, "taintIssuer", range(&mill)).await;
    assert_eq!(
        ada.is_told("taintIssuer", range(&mill)).await,
        "GUARD_FAILED",
        "the same waits already"
    );
    let verifier = desk.hand("vera", &[Role::Verifier]);
    let refused = json!({
        "issuerId": mill["id"], "expectedVersion": 1, "reasonCode": "FRAUD",
        "reasonText": "x", "idempotencyKey": "k",
    });
    assert_eq!(
        verifier.is_refused("taintIssuer", refused).await,
        "FORBIDDEN"
    );
}
