//! What a training says, and from whom it is: 22 to 24, 27, 28 and 47 as far as they concern cases.

use serde_json::json;

use super::bench::{Bench, CASE, CREDENTIAL, a_check, a_training};
use crate::support::desk::key;

#[tokio::test]
async fn n47_decimal_hours_are_exact_minutes_and_what_is_not_is_refused() {
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
async fn n23_the_same_letters_of_another_body_are_another_issuer() {
    let bench = Bench::open().await;
    let shown = "credential { content { issuerId issuerNamed title } }";
    let mut issuers = Vec::new();
    for name in ["An academy of examples", "A board of examples"] {
        let mut content = a_training();
        content["title"] = json!("CMTPT");
        content["issuer"] = json!({ "name": name });
        let input = json!({
            "npi": bench.npi.to_string(), "kind": "DRY_NEEDLING_TRAINING", "content": content,
        });
        let payload = bench.provider.does("draftCredential", input, shown).await;
        issuers.push(payload["credential"]["content"]["issuerId"].clone());
    }
    assert_ne!(issuers[0], issuers[1], "a title alone merges nothing");
    let case = bench.submitted().await;
    let case = bench.claimed(&case).await;
    let mut differs = a_check(&case, "issuer", "2026-11-21", "MISMATCH");
    differs["mismatches"] = json!(["ISSUER"]);
    let payload = bench.verifier.does("recordCheck", differs, CASE).await;
    let mut case = super::bench::Standing::of(&payload);
    for field in ["holderName", "completedOn", "hours"] {
        case = bench.checked(&case, field, "2026-11-21").await;
    }
    let mut input = case.order();
    input["recommendation"] = json!("APPROVE");
    let told = bench.verifier.is_told("recommendCase", input).await;
    assert_eq!(
        told, "GUARD_FAILED",
        "a source says otherwise of the issuer"
    );
}

#[tokio::test]
async fn n24_one_issuer_is_known_by_the_names_it_bore() {
    let bench = Bench::open().await;
    let shown = "credential { content { issuerId } }";
    let mut issuers = Vec::new();
    for (name, day) in [("NCCAOM", "2025-03-01"), ("NCBAHM", "2026-06-01")] {
        let input = json!({
            "npi": bench.npi.to_string(), "kind": "NATIONAL_CERTIFICATION",
            "content": { "title": "Dipl. Ac.", "issuer": { "name": name }, "issuedOn": day },
        });
        let payload = bench.provider.does("draftCredential", input, shown).await;
        issuers.push(payload["credential"]["content"]["issuerId"].clone());
    }
    assert_eq!(issuers[0], issuers[1]);
}

#[tokio::test]
async fn n22_a_log_of_sessions_is_a_credential_with_a_case_like_any_other() {
    let bench = Bench::open().await;
    let input = json!({
        "npi": bench.npi.to_string(), "kind": "SUPERVISED_SESSIONS_LOG",
        "content": {
            "title": "Log of sessions", "issuer": { "name": "A supervisor of examples" },
            "sessions": 250, "completedOn": "2026-05-03",
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
