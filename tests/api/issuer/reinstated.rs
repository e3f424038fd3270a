//! What an issuer's taint had suspended, after the taint is lifted (verification.md 9, 29).

use domain::access::Role;
use serde_json::{Value, json};

use super::records::issuer;
use super::taint::{MILL, confirm, propose, range, status, trained};
use crate::support::desk::{Desk, Hand};

/// The credentials that a lifted taint left suspended.
async fn left(hand: &Hand) -> Vec<Value> {
    let query = "{ issuers(first: 100) { nodes { name trust { stillSuspended { nodes { credentialId } } } } } }";
    let data = hand.ask(query, json!({})).await;
    let nodes = data["issuers"]["nodes"].as_array().unwrap().clone();
    let mill = nodes.iter().find(|issuer| issuer["name"] == MILL).unwrap();
    let left = mill["trust"][0]["stillSuspended"]["nodes"]
        .as_array()
        .unwrap();
    left.iter().map(|one| one["credentialId"].clone()).collect()
}

fn in_bulk(credentials: &[Value]) -> Value {
    json!({
        "act": { "reinstateInBulk": { "credentialIds": credentials } },
        "reasonText": "the books show who was there",
    })
}

#[tokio::test]
async fn case_29_what_a_lifted_taint_left_suspended_is_reinstated_in_bulk_by_two_people() {
    let desk = Desk::open().await;
    desk.with([
        trained(1, MILL, Some("2016-01-01")),
        trained(2, MILL, Some("2018-05-05")),
        trained(3, MILL, Some("2022-01-01")),
        trained(4, "Example Good School", Some("2018-05-05")),
    ])
    .await;
    let (ada, ben) = (
        desk.hand("ada", &[Role::Compliance]),
        desk.hand("ben", &[Role::Compliance]),
    );
    let all = async || {
        let mut found = Vec::new();
        for serial in 1..=4 {
            found.push(status(&desk, serial).await);
        }
        found
    };
    let mill = issuer(&ada, MILL).await;
    let proposal = propose(&ada, "taintIssuer", range(&mill)).await;
    ben.does("confirmAct", confirm(&proposal), "").await;
    let suspended = ["SUSPENDED", "SUSPENDED", "VERIFIED", "VERIFIED"];
    assert_eq!(all().await, suspended);
    let credentials = left(&ada).await;
    assert_eq!(credentials.len(), 2);

    // While the taint stands there is nothing to reinstate.
    let payload = ada.tries("proposeAct", in_bulk(&credentials), "").await;
    let error = &payload["userErrors"][0];
    assert_eq!(error["code"], "GUARD_FAILED");
    let message = error["message"].as_str().unwrap();
    assert!(message.starts_with("ISSUER_TAINTED"), "{message}");

    let mill = issuer(&ada, MILL).await;
    let lift = json!({
        "taintId": mill["trust"][0]["id"], "expectedVersion": mill["version"],
        "reasonText": "The registrar's books were found.",
    });
    let proposal = propose(&ben, "liftTaint", lift).await;
    ada.does("confirmAct", confirm(&proposal), "").await;
    assert_eq!(all().await, suspended, "nothing springs back by itself");

    let proposal = propose(&ada, "proposeAct", in_bulk(&credentials)).await;
    assert_eq!(all().await, suspended, "one alone does nothing");
    let told = ada.is_told("confirmAct", confirm(&proposal)).await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");
    ben.does("confirmAct", confirm(&proposal), "").await;

    assert_eq!(all().await, ["VERIFIED"; 4]);
    assert_eq!(left(&ada).await, Vec::<Value>::new());
    let events = desk.events().await;
    let raised: Vec<&Value> = events
        .iter()
        .filter(|event| event["entityType"] == "credential" && event["reasonText"] == "VERIFIED")
        .collect();
    assert_eq!(raised.len(), 2, "an entry each");
    for event in raised {
        assert_eq!(event["actorRole"], "COMPLIANCE");
        assert!(credentials.contains(&event["entityId"]), "{event}");
    }
    // What is no longer suspended by the taint is not proposed again.
    let told = ada.is_told("proposeAct", in_bulk(&credentials)).await;
    assert_eq!(told, "GUARD_FAILED");
}
