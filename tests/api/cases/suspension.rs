//! Suspensions: a second cause after an issuer's taint, who lifts one, and what a suspended credential is
//! not good for.

use domain::access::Role;
use serde_json::{Value, json};

use super::bench::{Bench, CASE, CREDENTIAL, Standing, a_training};
use crate::support::desk::Hand;

/// Two people taint the issuer of the bench's training, for all that it ever issued.
pub(super) async fn tainted(bench: &Bench, other: &Hand) {
    let query = "{ issuers(first: 100) { nodes { id version name } } }";
    let data = bench.compliance.ask(query, json!({})).await;
    let nodes = data["issuers"]["nodes"].as_array().unwrap();
    let school = nodes
        .iter()
        .find(|issuer| issuer["name"] == "A school of examples")
        .unwrap();
    let input = json!({
        "issuerId": school["id"], "expectedVersion": school["version"], "reasonCode": "FRAUD",
        "reasonText": "It sold certificates.",
    });
    let shown = "proposal { id version }";
    let made = bench.compliance.does("taintIssuer", input, shown).await;
    other.does("confirmAct", confirming(&made), "").await;
}

fn confirming(made: &Value) -> Value {
    json!({
        "proposalId": made["proposal"]["id"], "decision": "CONFIRM",
        "expectedVersion": made["proposal"]["version"],
    })
}

/// The outcomes of TRAINING and STANDING for the bench's person.
async fn reasons(bench: &Bench) -> [String; 2] {
    let query = "query($npi: NPI!) { whyNotShown(npi: $npi) { reasons { code outcome } } }";
    let npi = json!({ "npi": bench.npi.to_string() });
    let data = bench.desk.anybody().ask(query, npi).await;
    let reasons = data["whyNotShown"][0]["reasons"]
        .as_array()
        .unwrap()
        .clone();
    ["TRAINING", "STANDING"].map(|code| {
        let found = reasons.iter().find(|reason| reason["code"] == code);
        found.unwrap()["outcome"].as_str().unwrap().to_owned()
    })
}

pub(super) fn of(credential: &Value) -> Value {
    json!({ "credentialId": credential["id"], "expectedVersion": credential["version"] })
}

fn suspension(credential: &Value, kind: &str) -> Value {
    let mut input = of(credential);
    input["kind"] = json!(kind);
    input["reasonCode"] = json!("OTHER");
    input["reasonText"] = json!("a patient was hurt");
    input
}

async fn suspended(bench: &Bench) -> Value {
    let credential = bench.verified().await;
    let input = suspension(&credential, "SAFETY");
    let by = &bench.compliance;
    let payload = by.does("suspendCredential", input, CREDENTIAL).await;
    payload["credential"].clone()
}

async fn again(bench: &Bench, credential: &Value) -> Value {
    bench.credential(credential["id"].as_str().unwrap()).await
}

fn kinds(record: &Value) -> Vec<Option<&str>> {
    let standings = record["standings"].as_array().unwrap().iter();
    standings.map(|row| row["suspension"].as_str()).collect()
}

fn in_bulk(credential: &Value) -> Value {
    json!({
        "act": { "reinstateInBulk": { "credentialIds": [credential["id"]] } },
        "reasonText": "the books were found",
    })
}

/// Lifts every taint that stands on an issuer.
pub(super) async fn lifted(bench: &Bench, other: &Hand) {
    let query = "{ issuers(first: 100) { nodes { version trust { id level } } } }";
    let data = bench.compliance.ask(query, json!({})).await;
    let nodes = data["issuers"]["nodes"].as_array().unwrap().clone();
    let issuer = nodes
        .iter()
        .find(|one| one["trust"][0].is_object())
        .unwrap();
    let input = json!({
        "taintId": issuer["trust"][0]["id"], "expectedVersion": issuer["version"],
        "reasonText": "the books were found",
    });
    let shown = "proposal { id version }";
    let made = bench.compliance.does("liftTaint", input, shown).await;
    other.does("confirmAct", confirming(&made), "").await;
}

#[tokio::test]
async fn a_danger_to_patients_is_recorded_although_a_taint_was_first_and_no_bulk_lifts_it() {
    let bench = Bench::open().await;
    let other = bench.desk.hand("Cody Pliance", &[Role::Compliance]);
    let credential = bench.verified().await;
    tainted(&bench, &other).await;
    assert_eq!(reasons(&bench).await, ["UNKNOWN", "PASS"]);
    lifted(&bench, &other).await;
    // Proposed while only the taint held it back.
    let shown = "proposal { id version }";
    let proposed = bench
        .compliance
        .does("proposeAct", in_bulk(&credential), shown)
        .await;

    let tainted = again(&bench, &credential).await;
    let by_hand = suspension(&tainted, "ISSUER_TAINT");
    let payload = bench
        .compliance
        .tries("suspendCredential", by_hand, "")
        .await;
    assert_eq!(payload["userErrors"][0]["code"], "GUARD_FAILED");
    assert_eq!(payload["userErrors"][0]["field"], "kind");
    let input = suspension(&tainted, "SAFETY");
    bench
        .compliance
        .does("suspendCredential", input, CREDENTIAL)
        .await;

    assert_eq!(reasons(&bench).await, ["UNKNOWN", "FAIL"]);
    let record = again(&bench, &credential).await;
    assert_eq!(kinds(&record), [None, Some("ISSUER_TAINT"), Some("SAFETY")]);
    // The taint's own way out leads past it.
    other.does("confirmAct", confirming(&proposed), "").await;
    assert_eq!(reasons(&bench).await, ["UNKNOWN", "FAIL"]);
    let told = other.is_told("proposeAct", in_bulk(&credential)).await;
    assert_eq!(told, "GUARD_FAILED");
    // A third is not written over the second.
    let record = again(&bench, &credential).await;
    let input = suspension(&record, "ADMINISTRATIVE");
    let told = bench.compliance.is_told("suspendCredential", input).await;
    assert_eq!(told, "ILLEGAL_TRANSITION");
}

#[tokio::test]
async fn a_boards_revocation_reaches_what_a_taint_holds_back() {
    let bench = Bench::open().await;
    let other = bench.desk.hand("Cody Pliance", &[Role::Compliance]);
    let credential = bench.verified().await;
    tainted(&bench, &other).await;
    let query = "query($npi: NPI!) { provider(npi: $npi) { licenses { id version } } }";
    let npi = json!({ "npi": bench.npi.to_string() });
    let data = bench.desk.anybody().ask(query, npi).await;
    let license = &data["provider"]["licenses"][0];
    let input = json!({
        "licenseId": license["id"], "expectedVersion": license["version"], "outcome": "MATCH",
        "sourceKind": "PRIMARY", "method": "BOARD_WEBSITE", "sourceName": "Colorado board",
        "sourceAsOf": "2026-11-21", "boardStatus": "REVOKED", "boardStatusRaw": "REVOKED",
    });
    bench
        .verifier
        .does("recordLicenseCheck", input, "license { boardStatus }")
        .await;
    assert_eq!(reasons(&bench).await, ["UNKNOWN", "FAIL"]);
    let record = again(&bench, &credential).await;
    let expected = [None, Some("ISSUER_TAINT"), Some("DISCIPLINARY")];
    assert_eq!(kinds(&record), expected);
}

#[tokio::test]
async fn nobody_proposes_to_put_their_own_credential_back_in_force() {
    let bench = Bench::open().await;
    let other = bench.desk.hand("Cody Pliance", &[Role::Compliance]);
    let credential = bench.verified().await;
    tainted(&bench, &other).await;
    lifted(&bench, &other).await;
    let own = [bench.npi];
    let roles = [Role::Compliance, Role::Provider];
    let themselves = bench.desk.hand_of("Ada Needham", &roles, &own);
    let told = themselves.is_told("proposeAct", in_bulk(&credential)).await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");
    let events = bench.desk.events().await;
    let denied = events.last().unwrap();
    assert_eq!(denied["entityId"], credential["id"], "it says of what");
    let shown = "proposal { id version }";
    let proposed = other.does("proposeAct", in_bulk(&credential), shown).await;
    let told = themselves
        .is_told("confirmAct", confirming(&proposed))
        .await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");
}

#[tokio::test]
async fn a_suspension_is_not_shed_by_taking_the_credential_back() {
    let bench = Bench::open().await;
    let credential = suspended(&bench).await;
    let told = bench
        .provider
        .is_told("withdrawCredential", of(&credential))
        .await;
    assert_eq!(told, "GUARD_FAILED");
    assert_eq!(reasons(&bench).await, ["UNKNOWN", "FAIL"]);
}

#[tokio::test]
async fn what_only_a_taint_holds_back_may_be_taken_back() {
    let bench = Bench::open().await;
    let other = bench.desk.hand("Cody Pliance", &[Role::Compliance]);
    let credential = bench.verified().await;
    tainted(&bench, &other).await;
    let tainted = again(&bench, &credential).await;
    bench
        .provider
        .does("withdrawCredential", of(&tainted), CREDENTIAL)
        .await;
    assert_eq!(bench.public().await, json!([]));
}

#[tokio::test]
async fn nobody_begins_to_correct_what_is_suspended() {
    let bench = Bench::open().await;
    let first = bench.verified().await;
    let correction = |first: &Value| {
        json!({
            "npi": bench.npi.to_string(), "kind": "DRY_NEEDLING_TRAINING",
            "content": a_training(), "supersedesId": first["id"],
        })
    };
    // Drafted before it was suspended, and opened after.
    let by = &bench.provider;
    let drafted = by
        .does("draftCredential", correction(&first), CREDENTIAL)
        .await;
    let input = suspension(&first, "SAFETY");
    bench
        .compliance
        .does("suspendCredential", input, CREDENTIAL)
        .await;
    let mut opening = of(&drafted["credential"]);
    opening["purpose"] = json!("CORRECTION");
    assert_eq!(by.is_told("openCase", opening).await, "GUARD_FAILED");
    let payload = by.tries("draftCredential", correction(&first), "").await;
    let error = &payload["userErrors"][0];
    assert_eq!(
        (&error["code"], &error["field"]),
        (&json!("GUARD_FAILED"), &json!("supersedesId"))
    );
    let message = error["message"].as_str().unwrap();
    assert!(message.contains("reinstateCredential"), "{message}");
}

#[tokio::test]
async fn case_10_whoever_could_not_be_told_is_not_too_late_to_appeal() {
    let bench = Bench::open().await;
    let case = bench.pending().await;
    let mut input = case.signed("REJECTION", "Abe Prover");
    input["reasonCode"] = json!("ISSUER_DENIES");
    let case = Standing::of(&bench.approver.does("rejectCase", input, CASE).await);
    // No address is on file: no notice ever leaves.
    bench.desk.advance(chrono::TimeDelta::days(90));
    let mut input = case.signed("AUTHORSHIP", "Ada Needham");
    input["reasonText"] = json!("they confused me with somebody");
    let appeal = Standing::of(&bench.provider.does("fileAppeal", input, CASE).await);
    assert_eq!(appeal.state, "SUBMITTED");
}
