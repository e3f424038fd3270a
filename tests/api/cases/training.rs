//! What a paper says and what the law makes of it: 22 and 47.

use domain::place::Jurisdiction;
use domain::taxonomy::Discipline;
use serde_json::json;

use super::bench::{Bench, CASE, CREDENTIAL, a_training};
use crate::support::desk::{Desk, key};
use crate::support::people::a_provider;

#[tokio::test]
async fn case_47_decimal_hours_are_exact_minutes_and_what_is_not_is_refused() {
    let bench = Bench::open().await;
    let credential = bench.drafted(a_training()).await;
    assert_eq!(credential["content"]["hours"]["totalMinutes"], 1_650);
    let mut content = a_training();
    content["training"]["hours"]["inPerson"] = json!({ "hours": "27.33" });
    let input = json!({
        "npi": bench.npi.to_string(), "kind": "DRY_NEEDLING_TRAINING", "content": content,
        "idempotencyKey": key(),
    });
    let code = bench.provider.is_refused("draftCredential", input).await;
    assert_eq!(code, "BAD_INPUT");
}

#[tokio::test]
async fn case_22_a_log_of_sessions_is_a_credential_with_a_case_like_any_other() {
    let bench = Bench::open().await;
    let input = json!({
        "npi": bench.npi.to_string(), "kind": "SUPERVISED_SESSIONS_LOG",
        "content": {
            "title": "Log of sessions", "issuer": { "name": "A supervisor of examples" },
            "sessions": 250, "startedOn": "2024-05-03", "completedOn": "2026-05-03",
        },
    });
    let payload = bench
        .provider
        .does("draftCredential", input, CREDENTIAL)
        .await;
    let id = payload["credential"]["id"].as_str().unwrap();
    assert!(id.starts_with("credential_"), "{id}");
    let case = bench.opened(&payload["credential"]).await;
    let case = bench.submitted_by(&bench.provider, &case).await;
    let case = bench.through_review(&case).await;
    assert_eq!(bench.approved(&case).await.state, "APPROVED");
    assert_eq!(bench.credential(id).await["status"], "VERIFIED");
}

/// A physical therapist of Utah on the days of its old rule, screened and claiming nothing yet.
async fn in_utah() -> Bench {
    let desk = Desk::open().await;
    // The rule of 2014 held through 6 May 2025.
    desk.clock.set("2025-05-01T18:00:00Z".parse().unwrap());
    let person = a_provider(1)
        .licensed(Discipline::PhysicalTherapist, Jurisdiction::Ut)
        .at((40.7608, -111.8910), Jurisdiction::Ut)
        .with(|provider| provider.training.clear());
    let bench = Bench::about(desk, person).await;
    bench.screened().await;
    bench
}

fn a_log(sessions: u32, first: &str, last: &str) -> serde_json::Value {
    json!({
        "title": "Log of sessions", "holderName": "Ada Needham1",
        "issuer": { "name": "A supervisor of examples" },
        "sessions": sessions, "startedOn": first, "completedOn": last,
    })
}

/// What the law of Utah of that time lacks of what is verified. Without the state's registration it is
/// never met, whatever else is.
async fn lacking(bench: &Bench) -> String {
    let query = format!(
        "{{ whyNotShown(npi: \"{}\", on: \"2025-05-06\") {{ reasons {{ code outcome message }} }} }}",
        bench.npi
    );
    let data = bench.desk.anybody().ask(&query, json!({})).await;
    let reasons = data["whyNotShown"][0]["reasons"].as_array().unwrap();
    let scope = reasons.iter().find(|reason| reason["code"] == "SCOPE");
    let scope = scope.unwrap();
    assert_eq!(scope["outcome"], "UNKNOWN");
    scope["message"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn case_22_utah_takes_a_log_of_250_sessions_or_the_letter_and_249_fall_short() {
    let log = "SUPERVISED_SESSIONS_LOG";
    let whole = in_utah().await;
    assert!(lacking(&whole).await.contains("supervised sessions"));
    whole
        .verified_as(log, a_log(250, "2022-04-01", "2025-04-01"))
        .await;
    let lacks = lacking(&whole).await;
    assert!(!lacks.contains("supervised sessions"), "{lacks}");

    let short = in_utah().await;
    short
        .verified_as(log, a_log(249, "2022-04-01", "2025-04-01"))
        .await;
    let lacks = lacking(&short).await;
    assert!(
        lacks.contains("250 supervised sessions") && lacks.contains("249"),
        "{lacks}"
    );
    let letter = json!({
        "title": "Letter of a supervisor", "holderName": "Ada Needham1",
        "issuer": { "name": "A supervisor of examples" },
        "names": "SUPERVISOR_LETTER", "completedOn": "2025-04-01",
    });
    short.verified_as("REQUIREMENT_PROOF", letter).await;
    let lacks = lacking(&short).await;
    assert!(
        !lacks.contains("supervised sessions"),
        "the letter stands in for the log: {lacks}"
    );
}

#[tokio::test]
async fn case_22_sessions_of_more_than_three_years_are_not_submitted_in_utah() {
    let bench = in_utah().await;
    for (first, refused) in [("2022-03-31", true), ("2022-04-01", false)] {
        let log = a_log(250, first, "2025-04-01");
        let credential = bench.drafted_as("SUPERVISED_SESSIONS_LOG", log).await;
        let case = bench.opened(&credential).await;
        let file = bench.file(&bench.provider).await;
        let mut input = case.signed("AUTHORSHIP", "Ada Needham");
        input["evidenceIds"] = json!([file]);
        let payload = bench.provider.tries("submitCase", input, CASE).await;
        let error = &payload["userErrors"][0];
        assert_eq!(
            error["code"] == "GUARD_FAILED",
            refused,
            "{first} {payload}"
        );
        assert_eq!(
            error["field"] == "completedOn",
            refused,
            "{first} {payload}"
        );
    }
    // A log that does not say when it began is not whole.
    let mut log = a_log(250, "2022-04-01", "2025-04-01");
    log.as_object_mut().unwrap().remove("startedOn");
    let credential = bench.drafted_as("SUPERVISED_SESSIONS_LOG", log).await;
    let case = bench.opened(&credential).await;
    let file = bench.file(&bench.provider).await;
    let mut input = case.signed("AUTHORSHIP", "Ada Needham");
    input["evidenceIds"] = json!([file]);
    let payload = bench.provider.tries("submitCase", input, CASE).await;
    assert_eq!(payload["userErrors"][0]["field"], "startedOn");
}

#[tokio::test]
async fn what_cannot_be_checked_is_not_submitted() {
    let bench = Bench::open().await;
    let mut content = a_training();
    content.as_object_mut().unwrap().remove("completedOn");
    let credential = bench.drafted(content).await;
    let case = bench.opened(&credential).await;
    let file = bench.file(&bench.provider).await;
    let mut input = case.signed("AUTHORSHIP", "Ada Needham");
    input["evidenceIds"] = json!([file]);
    let payload = bench.provider.tries("submitCase", input, CASE).await;
    assert_eq!(payload["userErrors"][0]["code"], "GUARD_FAILED");
    assert_eq!(payload["userErrors"][0]["field"], "completedOn");

    let credential = bench.drafted(a_training()).await;
    let case = bench.opened(&credential).await;
    let mut input = case.signed("AUTHORSHIP", "Ada Needham");
    input["evidenceIds"] = json!([]);
    let told = bench.provider.is_told("submitCase", input).await;
    assert_eq!(told, "EVIDENCE_MISSING");
    let file = bench.file(&bench.provider).await;
    let mut input = case.signed("APPROVAL", "Ada Needham");
    input["evidenceIds"] = json!([file]);
    let told = bench.provider.is_told("submitCase", input).await;
    assert_eq!(told, "GUARD_FAILED", "the signature means something else");
}
