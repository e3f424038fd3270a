//! Reviews, and what compliance takes out of force.

use domain::access::Role;
use serde_json::json;

use super::scene::{SHOWN, Scene, needle, text};
use crate::support::desk::key;

#[tokio::test]
async fn a_review_takes_evidence_that_somebody_else_brought_and_a_reason_to_refuse() {
    let scene = Scene::with(vec![super::scene::someone(1)], 100).await;
    let signed = scene.signed(json!([needle()])).await;
    let none = Scene::reviewing(&signed, true, &[]);
    assert_eq!(
        scene.verifier.is_told("reviewAttestation", none).await,
        "EVIDENCE_MISSING"
    );
    let own = scene.verifier.who.account.unwrap().0;
    let brought = Scene::reviewing(&signed, true, &[scene.photograph(own).await]);
    assert_eq!(
        scene.verifier.is_told("reviewAttestation", brought).await,
        "SEPARATION_OF_DUTIES"
    );
    let denied = scene.desk.events().await.last().unwrap().clone();
    assert_eq!(denied["reasonCode"], "SEPARATION_OF_DUTIES");
    let subject = scene
        .desk
        .hand_of("Both", &[Role::Provider, Role::Verifier], &[scene.npi]);
    let photo = scene.photograph(99).await;
    let review = Scene::reviewing(&signed, true, &[photo]);
    assert_eq!(
        subject.is_told("reviewAttestation", review).await,
        "SEPARATION_OF_DUTIES"
    );
    let refused = Scene::reviewing(&signed, false, &[]);
    assert_eq!(
        scene
            .verifier
            .is_told("reviewAttestation", refused.clone())
            .await,
        "REASON_REQUIRED"
    );
    let mut refused = refused;
    refused["reasonCode"] = json!("DOC_ILLEGIBLE");
    refused["reasonText"] = json!("the photograph shows no lot");
    let rejected = scene
        .verifier
        .does("reviewAttestation", refused.clone(), SHOWN)
        .await;
    assert_eq!(rejected["attestation"]["state"], "REJECTED");
    assert_eq!(rejected["attestation"]["reasonCode"], "DOC_ILLEGIBLE");
    let unseen = scene.public("attestations { state }").await;
    assert_eq!(unseen["attestations"].as_array().unwrap().len(), 1);
    assert_eq!(
        scene
            .compliance
            .is_refused("reviewAttestation", refused)
            .await,
        "FORBIDDEN"
    );
}

#[tokio::test]
async fn the_queue_holds_what_waits_and_only_reviewers_read_it() {
    let scene = Scene::with(vec![super::scene::someone(1)], 100).await;
    let first = scene.signed(json!([needle()])).await;
    let second = scene.signed(json!([needle()])).await;
    let query = "query($after: String) { attestationQueue(first: 1, after: $after) { nodes { id state } \
                 pageInfo { hasNextPage endCursor } } }";
    let page = scene.verifier.ask(query, json!({ "after": null })).await;
    let page = &page["attestationQueue"];
    assert_eq!(
        page["nodes"],
        json!([{ "id": first["id"], "state": "UNDER_REVIEW" }])
    );
    assert_eq!(page["pageInfo"]["hasNextPage"], true);
    let next = scene
        .verifier
        .ask(query, json!({ "after": page["pageInfo"]["endCursor"] }))
        .await;
    assert_eq!(next["attestationQueue"]["nodes"][0]["id"], second["id"]);
    for hand in [&scene.ada, &scene.delegate] {
        let answer = hand.answer(query, json!({ "after": null })).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
    let read = "query($id: ID!) { attestation(id: $id) { id findings { code } } }";
    let stranger = scene.desk.hand_of("Sam", &[Role::Provider], &[]);
    let answer = stranger.answer(read, json!({ "id": first["id"] })).await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "NOT_FOUND");
    let absent = scene
        .verifier
        .answer(read, json!({ "id": "attestation_999999" }))
        .await;
    assert_eq!(
        absent["errors"][0]["message"], answer["errors"][0]["message"],
        "not yours answers like not there"
    );
}

/// Who is not shown is no end of the queue.
#[tokio::test]
async fn whoever_waits_behind_people_who_are_gone_is_in_the_queue_all_the_same() {
    let people = vec![super::scene::someone(1), super::scene::someone(2)];
    let mut scene = Scene::with(people, 100).await;
    scene.signed(json!([needle()])).await;
    let gone = scene.npi;
    scene.npi = domain::npi::Npi::sample(2);
    let first = scene.ada.clone();
    scene.ada = scene.desk.hand_of("Bea", &[Role::Provider], &[scene.npi]);
    let shown = scene.public("locations { id } licenses { id }").await;
    scene.location = super::scene::text(&shown["locations"][0]["id"]);
    scene.license = super::scene::text(&shown["licenses"][0]["id"]);
    let waiting = scene.signed(json!([needle()])).await;
    let ask = json!({ "npi": gone.to_string() });
    first.does("requestRemoval", ask, "").await;

    let query = "{ attestationQueue(first: 1) { nodes { id } pageInfo { hasNextPage } } }";
    let read = scene.verifier.ask(query, json!({})).await;

    let expected = json!({
        "nodes": [{ "id": waiting["id"] }], "pageInfo": { "hasNextPage": false },
    });
    assert_eq!(read["attestationQueue"], expected);
}

#[tokio::test]
async fn a_false_statement_brings_every_verified_credential_down() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    let before = scene.public("training { status }").await;
    assert_eq!(before["training"][0]["status"], "VERIFIED");
    let mut input = json!({
        "attestationId": signed["id"],
        "expectedVersion": signed["version"],
        "idempotencyKey": key(),
    });
    assert_eq!(
        scene
            .compliance
            .is_told("invalidateAttestation", input.clone())
            .await,
        "REASON_REQUIRED"
    );
    assert_eq!(
        scene
            .verifier
            .is_refused("invalidateAttestation", input.clone())
            .await,
        "FORBIDDEN"
    );
    input["reasonCode"] = json!("FALSE_STATEMENT");
    input["reasonText"] = json!("needles were reused");
    let gone = scene
        .compliance
        .does("invalidateAttestation", input, SHOWN)
        .await;
    assert_eq!(gone["attestation"]["state"], "INVALIDATED");
    let after = scene.public("training { status }").await;
    assert_eq!(after["training"][0]["status"], "SUSPENDED");
    assert_eq!(scene.sterility(None).await, "UNKNOWN");
    let events = scene.desk.events().await;
    let suspended = events
        .iter()
        .filter(|event| event["entityType"] == "credential");
    let codes: Vec<_> = suspended.map(|event| text(&event["reasonCode"])).collect();
    assert_eq!(codes, ["FALSE_STATEMENT"]);

    // The same road as any suspension: its kind, the person's notice, and a day for looking at it again.
    let training = scene.public("training { id }").await;
    let record = "query($id: ID!) { credentialRecord(id: $id) { version standing \
                  standings { standing suspension reasonCode } } }";
    let id = &training["training"][0]["id"];
    let found = scene.ada.ask(record, json!({ "id": id })).await;
    let standings = found["credentialRecord"]["standings"].as_array().unwrap();
    assert_eq!(
        standings.last().unwrap(),
        &json!({
            "standing": "SUSPENDED", "suspension": "INTEGRITY_CONCERN", "reasonCode": "FALSE_STATEMENT",
        })
    );
    let query = "{ notices(sent: false) { nodes { kind dueOn } } \
                   expiring(within: 30) { nodes { kind dueOn } } }";
    let told = scene.compliance.ask(query, json!({})).await;
    let notices = told["notices"]["nodes"].as_array().unwrap();
    // Saturday 21 November 2026 and ten business days.
    let review = json!({ "kind": "SUSPENDED", "dueOn": "2026-12-04" });
    assert!(notices.contains(&review), "{told}");
    let dues = told["expiring"]["nodes"].as_array().unwrap();
    let review = json!({ "kind": "SUSPENSION_REVIEW", "dueOn": "2026-12-04" });
    assert!(dues.contains(&review), "{told}");
}

#[tokio::test]
async fn another_reason_takes_the_attestation_alone() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    let input = json!({
        "attestationId": signed["id"],
        "expectedVersion": signed["version"],
        "reasonCode": "DI_INVALID",
    });
    scene
        .compliance
        .does("invalidateAttestation", input, SHOWN)
        .await;
    let after = scene.public("training { status }").await;
    assert_eq!(after["training"][0]["status"], "VERIFIED");
}
