//! What goes on about a person whose entry was taken from view.

use domain::access::Role;
use serde_json::{Value, json};

use super::bench::{Bench, CASE, CREDENTIAL, Standing, a_check};

/// The person asks that their entry goes: nobody is shown it from now on.
async fn hidden(bench: &Bench, wants_erasure: bool) -> Value {
    // Whoever asks has an account.
    bench.file(&bench.provider).await;
    let ask = json!({ "npi": bench.npi.to_string(), "wantsErasure": wants_erasure });
    let made = bench
        .provider
        .does("requestRemoval", ask, "removal { id version }")
        .await;
    let query = "query($npi: NPI!) { provider(npi: $npi) { npi } }";
    let npi = json!({ "npi": bench.npi.to_string() });
    let seen = bench.desk.anybody().ask(query, npi).await;
    assert_eq!(seen["provider"], Value::Null);
    made["removal"].clone()
}

#[tokio::test]
async fn nobody_stops_a_case_for_cause_by_having_their_entry_hidden() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let case = bench
        .opened_for(&bench.verifier, &credential, "FOR_CAUSE")
        .await;
    hidden(&bench, false).await;

    let case = bench.submitted_by(&bench.verifier, &case).await;
    let other = bench.desk.hand("Otto Verify", &[Role::Verifier]);
    let held = Standing::of(&other.does("claimCase", case.order(), CASE).await);
    let check = a_check(&held, "*", "2026-11-21", "MATCH");
    let held = Standing::of(&other.does("recordCheck", check, CASE).await);
    let mut input = held.order();
    input["recommendation"] = json!("APPROVE");
    let case = Standing::of(&other.does("recommendCase", input, CASE).await);
    let mut input = case.signed("APPROVAL", "Abe Prover");
    input["reasonCode"] = json!("FRAUD");
    let case = Standing::of(&bench.approver.does("approveCase", input, CASE).await);

    assert_eq!(case.state, "APPROVED");
    let credential = bench.credential(&case.credential).await;
    assert_eq!(credential["standing"], "REVOKED");
}

#[tokio::test]
async fn compliance_suspends_and_a_board_is_heard_about_somebody_who_is_hidden() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let query = "query($npi: NPI!) { provider(npi: $npi) { licenses { id version } } }";
    let npi = json!({ "npi": bench.npi.to_string() });
    let seen = bench.desk.anybody().ask(query, npi.clone()).await;
    let license = seen["provider"]["licenses"][0].clone();
    hidden(&bench, false).await;

    let suspend = json!({
        "credentialId": credential["id"], "expectedVersion": credential["version"],
        "kind": "SAFETY", "reasonCode": "OTHER", "reasonText": "a patient was hurt",
    });
    let done = bench
        .compliance
        .does("suspendCredential", suspend, CREDENTIAL)
        .await;

    assert_eq!(done["credential"]["standing"], "SUSPENDED");
    let check = json!({
        "licenseId": license["id"], "expectedVersion": license["version"], "outcome": "MATCH",
        "sourceKind": "PRIMARY", "method": "BOARD_WEBSITE", "sourceName": "Colorado board",
        "sourceAsOf": "2026-11-21", "boardStatus": "REVOKED",
    });
    bench.verifier.does("recordLicenseCheck", check, "").await;
    let events = bench.desk.events().await;
    assert_eq!(events.last().unwrap()["action"], "recordLicenseCheck");
    // What the person says of themselves is another matter.
    let told = bench
        .provider
        .is_told(
            "upsertLicense",
            json!({ "npi": npi["npi"], "discipline": "PHYSICAL_THERAPIST", "jurisdiction": "WY" }),
        )
        .await;
    assert_eq!(told, "GUARD_FAILED");
}

#[tokio::test]
async fn nothing_is_erased_that_a_court_or_an_investigation_needs() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let dan = bench.desk.hand("Dan", &[Role::Admin]);
    let file = bench.file(&bench.compliance).await;
    let hold = json!({ "evidenceId": file, "expectedVersion": 1, "reasonText": "a court's order" });
    bench.compliance.does("holdEvidence", hold, "").await;
    let case = bench
        .opened_for(&bench.verifier, &credential, "FOR_CAUSE")
        .await;
    let removal = hidden(&bench, true).await;
    let erase = json!({
        "removalId": removal["id"], "expectedVersion": removal["version"], "decision": "ERASE",
    });

    let refused = dan.tries("decideRemoval", erase.clone(), "").await;

    let error = &refused["userErrors"][0];
    assert_eq!(error["code"], "GUARD_FAILED");
    assert!(
        error["message"].as_str().unwrap().contains(&file),
        "{error}"
    );
    let release = json!({ "evidenceId": file, "expectedVersion": 2, "reasonText": "it is over" });
    bench.compliance.does("releaseEvidence", release, "").await;
    let open = dan.tries("decideRemoval", erase, "").await;
    let error = &open["userErrors"][0];
    assert_eq!(error["code"], "GUARD_FAILED");
    assert!(
        error["message"].as_str().unwrap().contains(&case.id),
        "{error}"
    );
    let kept = bench.credential(&case.credential).await;
    assert_eq!(kept["content"]["hours"]["totalMinutes"], 1650);
}
