//! A key that is used again, and what stays in the log: neither shows or hides what it should not.

use domain::access::Role;
use serde_json::{Value, json};

use crate::cases::bench::{Bench, CASE, CREDENTIAL, a_training};
use crate::support::desk::Hand;

fn retitled(title: &str) -> Value {
    let mut content = a_training();
    content["title"] = json!(title);
    content
}

fn drafting(bench: &Bench, key: &str) -> Value {
    json!({
        "npi": bench.npi.to_string(), "kind": "DRY_NEEDLING_TRAINING",
        "content": a_training(), "idempotencyKey": key,
    })
}

/// The same account after the entry was taken from it.
fn without_entry(hand: &Hand) -> Hand {
    let mut hand = hand.clone();
    hand.who.entries.clear();
    hand
}

async fn denials(bench: &Bench) -> Vec<Value> {
    let mut events = bench.desk.events().await;
    events.retain(|event| event["entityType"] == "denied");
    events
}

#[tokio::test]
pub(crate) async fn a_key_that_is_used_again_shows_nothing_that_is_no_longer_theirs() {
    let bench = Bench::open().await;
    let squat = &bench.provider;
    let drafted = squat
        .does("draftCredential", drafting(&bench, "K-1"), CREDENTIAL)
        .await["credential"]
        .clone();
    let mut opening = json!({
        "credentialId": drafted["id"], "purpose": "INITIAL",
        "expectedVersion": drafted["version"], "idempotencyKey": "K-2",
    });
    squat.does("openCase", opening.clone(), CASE).await;
    // While it is theirs, asking again is answered.
    squat.does("openCase", opening.clone(), CASE).await;

    let real = bench
        .desk
        .hand_of("Ada Needham", &[Role::Provider], &[bench.npi]);
    let credential = bench.credential(drafted["id"].as_str().unwrap()).await;
    let edit = json!({
        "credentialId": drafted["id"], "kind": "DRY_NEEDLING_TRAINING",
        "content": retitled("What squat is not to read"), "expectedVersion": credential["version"],
    });
    real.does("updateCredentialDraft", edit, CREDENTIAL).await;

    let squat = without_entry(squat);
    let events = bench.desk.events().await.len();
    let refused = squat
        .is_refused("draftCredential", drafting(&bench, "K-1"))
        .await;
    assert_eq!(refused, "NOT_FOUND");
    assert_eq!(
        squat.is_refused("openCase", opening.clone()).await,
        "NOT_FOUND"
    );
    assert_eq!(bench.desk.events().await.len(), events, "nothing was done");
    // Of what was never theirs the answer is the same.
    opening["idempotencyKey"] = json!("K-3");
    assert_eq!(squat.is_refused("openCase", opening).await, "NOT_FOUND");
}

#[tokio::test]
pub(crate) async fn every_forbidden_attempt_is_an_event_whatever_its_key_was_used_for() {
    let bench = Bench::open().await;
    let drafted = bench
        .provider
        .does("draftCredential", drafting(&bench, "mine"), CREDENTIAL)
        .await;
    assert_eq!(denials(&bench).await, [json!(null); 0]);
    let attempts = [
        ("setPolicy", json!({ "expectedVersion": 1, "psvDays": 100 })),
        ("runScreening", json!({})),
        (
            "decideRemoval",
            json!({ "removalId": "removal_1", "decision": "ERASE", "expectedVersion": 1 }),
        ),
        (
            "suspendCredential",
            json!({
                "credentialId": drafted["credential"]["id"], "kind": "DISCIPLINARY",
                "expectedVersion": 1,
            }),
        ),
    ];
    for (mutation, mut input) in attempts.clone() {
        input["idempotencyKey"] = json!("mine");
        let refused = bench.provider.is_refused(mutation, input).await;
        assert_eq!(refused, "FORBIDDEN", "{mutation}");
    }

    let denied = denials(&bench).await;

    let tried: Vec<_> = denied.iter().map(|event| &event["action"]).collect();
    let expected: Vec<_> = attempts
        .iter()
        .map(|(mutation, _)| json!(mutation))
        .collect();
    assert_eq!(tried, expected.iter().collect::<Vec<_>>());
    // What the key was first used for is remembered as it was.
    let again = bench
        .provider
        .does("draftCredential", drafting(&bench, "mine"), CREDENTIAL)
        .await;
    assert_eq!(again["credential"]["id"], drafted["credential"]["id"]);
}

/// The person's words go with the person; of the log nothing goes.
#[tokio::test]
pub(crate) async fn what_a_person_says_of_themselves_is_in_the_log_as_a_keyed_hash_alone() {
    const STORY: &str = "my own illness story";
    const WHY: &str = "a letter is missing";
    let bench = Bench::open().await;
    let case = bench.submitted().await;
    let case = bench.claimed(&case).await;
    let mut asking = case.order();
    asking["items"] = json!(["the letter"]);
    asking["reasonCode"] = json!("OTHER");
    asking["reasonText"] = json!(WHY);
    let asked = bench.verifier.does("requestInfo", asking, CASE).await;
    let mut taking_back = json!({
        "caseId": case.id, "expectedVersion": asked["case"]["version"], "reasonText": STORY,
    });
    let shown = "case { state history { action reasonText } }";
    let payload = bench
        .provider
        .does("withdrawCase", taking_back.clone(), shown)
        .await;
    assert!(
        payload.to_string().contains(STORY),
        "the case has the words"
    );

    let events = bench.desk.events().await;
    let event = |action: &str| {
        let mut found = events.iter().filter(|event| event["action"] == action);
        found.next_back().unwrap().clone()
    };

    assert_eq!(
        event("requestInfo")["reasonText"],
        WHY,
        "staff's words stand"
    );
    let said = event("withdrawCase");
    assert_eq!(said["reasonCode"], "PROVIDER_REQUEST");
    let hash = said["reasonText"].as_str().unwrap();
    assert!(hash.starts_with("hmac-sha256:"), "{hash}");
    assert!(!format!("{events:?}").contains(STORY));

    let dan = bench.desk.hand("Dan", &[Role::Admin]);
    let ask = json!({ "npi": bench.npi.to_string(), "wantsErasure": true });
    let made = dan.does("requestRemoval", ask, "removal { id }").await;
    let erase = json!({
        "removalId": made["removal"]["id"], "expectedVersion": 1, "decision": "ERASE",
    });
    let dora = bench.desk.hand("Dora", &[Role::Admin]);
    dora.does("decideRemoval", erase, "").await;
    taking_back = json!({ "id": case.id });
    let query = "query($id: ID!) { case(id: $id) { history { reasonText } } }";
    let left = bench.compliance.answer(query, taking_back).await;
    assert!(!left.to_string().contains(STORY), "{left}");
}
