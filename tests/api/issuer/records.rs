//! What is on file about issuers, as those see it who decide about trust.

use domain::access::Role;
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};

const FIELDS: &str = "id version name kind domain contact source aliases { name from to } \
                      trust { id level from through liftedAt }";

pub(super) async fn issuers(hand: &Hand) -> Vec<Value> {
    let query = format!("{{ issuers(first: 100) {{ nodes {{ {FIELDS} }} }} }}");
    let mut data = hand.ask(&query, json!({})).await;
    let nodes = data["issuers"]["nodes"].as_array_mut().unwrap();
    std::mem::take(nodes)
}

pub(crate) async fn issuer(hand: &Hand, name: &str) -> Value {
    let all = issuers(hand).await;
    let found = all.into_iter().find(|issuer| issuer["name"] == name);
    found.unwrap_or_else(|| panic!("{name} is not on file"))
}

#[tokio::test]
async fn the_binary_brings_issuers_with_their_names_in_time_and_no_decision_about_their_trust() {
    let desk = Desk::open().await;
    let verifier = desk.hand("vera", &[Role::Verifier]);
    let all = issuers(&verifier).await;
    assert_eq!(all.len(), 11);
    assert!(all.iter().all(|issuer| issuer["trust"] == json!([])));
    assert!(all.iter().all(|issuer| issuer["source"].is_string()));
    let board = issuer(&verifier, "NCBAHM").await;
    assert_eq!(board["kind"], "CERTIFICATION_BODY");
    let former = json!({ "name": "NCCAOM", "from": null, "to": "2026-01-01" });
    assert!(board["aliases"].as_array().unwrap().contains(&former));
}

#[tokio::test]
async fn an_issuer_is_put_on_file_and_changed_at_the_version_that_was_read() {
    let desk = Desk::open().await;
    let admin = desk.hand("adam", &[Role::Admin]);
    let shown = format!("issuer {{ {FIELDS} }}");
    let mut input = json!({
        "name": "Example Needling Institute",
        "kind": "TRAINING_ORGANISATION",
        "domain": "example.org",
        "contact": "registrar@example.org",
        "aliases": [{ "name": "ENI", "from": "2020-01-01", "to": null }],
    });
    let made = admin.does("upsertIssuer", input.clone(), &shown).await;
    let id = made["issuer"]["id"].clone();
    assert_eq!(made["issuer"]["version"], 1);

    assert_eq!(
        admin.is_told("upsertIssuer", input.clone()).await,
        "BAD_INPUT"
    );
    input["id"] = id;
    input["contact"] = json!("+1 555 0100");
    assert_eq!(
        admin.is_told("upsertIssuer", input.clone()).await,
        "BAD_INPUT"
    );
    input["expectedVersion"] = json!(1);
    let changed = admin.does("upsertIssuer", input.clone(), &shown).await;
    assert_eq!(changed["issuer"]["version"], 2);
    assert_eq!(changed["issuer"]["contact"], "+1 555 0100");
    assert_eq!(
        admin.is_told("upsertIssuer", input.clone()).await,
        "STALE_VERSION"
    );
    input["expectedVersion"] = json!(2);
    input["aliases"] = json!([{ "name": "ENI", "from": "2020-01-01", "to": "2020-01-01" }]);
    assert_eq!(admin.is_told("upsertIssuer", input).await, "BAD_INPUT");

    let events = desk.events().await;
    let last = events.last().unwrap();
    assert_eq!(last["action"], "upsertIssuer");
    assert_eq!(last["changedFields"], "contact");
}

#[tokio::test]
async fn whoever_may_not_read_or_change_issuers_is_refused() {
    let desk = Desk::open().await;
    let provider = desk.hand("pia", &[Role::Provider]);
    let answer = provider
        .answer("{ issuers { nodes { id } } }", json!({}))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let answer = desk
        .anybody()
        .answer("{ issuers { nodes { id } } }", json!({}))
        .await;
    assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let auditor = desk.hand("aude", &[Role::Auditor]);
    let input = json!({ "name": "Nobody", "kind": "OTHER", "idempotencyKey": "k" });
    assert_eq!(auditor.is_refused("upsertIssuer", input).await, "FORBIDDEN");
}
