//! Cases and duties: 1 to 12.

use chrono::TimeDelta;
use domain::access::Role;
use serde_json::{Value, json};

use super::bench::{Bench, CASE, Standing, a_check, a_training};
use crate::support::desk::key;

#[tokio::test]
async fn a_claim_goes_from_a_draft_to_a_verified_training_that_the_public_sees() {
    let bench = Bench::open().await;
    let credential = bench.drafted(a_training()).await;
    assert_eq!(credential["draft"], true);
    assert_eq!(credential["content"]["hours"]["totalMinutes"], 1_650);
    assert_eq!(bench.public().await, json!([]), "a draft is nobody else's");

    let case = bench.opened(&credential).await;
    let case = bench.submitted_by(&bench.provider, &case).await;
    assert_eq!(case.state, "SUBMITTED");
    assert_eq!(bench.public().await[0]["status"], "UNVERIFIED");

    let case = bench.through_review(&case).await;
    assert_eq!(case.state, "PENDING_DECISION");
    assert_eq!(bench.public().await[0]["status"], "UNVERIFIED");

    let case = bench.approved(&case).await;
    assert_eq!(case.state, "APPROVED");
    let shown = bench.public().await;
    assert_eq!(shown[0]["status"], "VERIFIED");
    assert_eq!(shown[0]["hours"]["totalMinutes"], 1_650);
    assert_eq!(shown[0]["id"], credential["id"]);
    let record = bench.credential(&case.credential).await;
    assert_eq!(record["standing"], "VERIFIED");
    let standing = &record["standings"][0];
    assert_eq!(standing["assurance"], "PRIMARY_SOURCE");
    assert_eq!(standing["caseId"], case.id.as_str());
    assert_eq!(standing["psvAsOf"], "2026-11-21");
    assert!(standing["seq"].is_string());
}

#[tokio::test]
async fn case_1_a_verifier_who_approves_their_own_work_is_denied_and_only_that_is_logged() {
    let bench = Bench::open().await;
    let case = bench.pending().await;
    let before = bench.desk.events().await.len();

    let told = bench
        .verifier
        .is_told("approveCase", case.signed("APPROVAL", "Vera Fire"))
        .await;

    assert_eq!(told, "SEPARATION_OF_DUTIES");
    let events = bench.desk.events().await;
    assert_eq!(events.len(), before + 1);
    let denied = events.last().unwrap();
    assert_eq!(denied["entityType"], "denied");
    assert_eq!(denied["action"], "approveCase");
    let of = (&denied["entityId"], &denied["caseId"]);
    assert_eq!(of, (&json!(case.id), &json!(case.id)), "it says of what");
    let after = bench.case(&case.id).await;
    assert_eq!(after.state, "PENDING_DECISION");
    assert_eq!(after.version, case.version);
}

#[tokio::test]
async fn case_1_whoever_uploaded_or_is_the_subject_takes_no_part() {
    let bench = Bench::open().await;
    let credential = bench.drafted(a_training()).await;
    let case = bench.opened(&credential).await;
    // A verifier handed the file in for the person.
    let file = bench.file(&bench.verifier).await;
    let mut input = case.signed("AUTHORSHIP", "Ada Needham");
    input["evidenceIds"] = json!([file]);
    let case = Standing::of(&bench.provider.does("submitCase", input, CASE).await);

    let told = bench.verifier.is_told("claimCase", case.order()).await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");
    let themselves = bench
        .desk
        .hand_of("Ada Needham", &[Role::Verifier], &[bench.npi]);
    let told = themselves.is_told("claimCase", case.order()).await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");
}

#[tokio::test]
async fn case_2_of_two_approvals_at_the_same_moment_one_succeeds_and_one_is_stale() {
    let bench = Bench::open().await;
    let case = bench.pending().await;
    let other = bench.desk.hand("Ann Other", &[Role::Approver]);
    let before = bench.desk.events().await.len();

    let input = case.signed("APPROVAL", "Abe Prover");
    let (one, two) = tokio::join!(
        bench.approver.tries("approveCase", input.clone(), CASE),
        other.tries("approveCase", input.clone(), CASE),
    );

    let code = |payload: &Value| {
        payload["userErrors"][0]["code"]
            .as_str()
            .unwrap_or("DONE")
            .to_owned()
    };
    let mut codes = [code(&one), code(&two)];
    codes.sort();
    assert_eq!(codes, ["DONE", "STALE_VERSION"]);
    let events = bench.desk.events().await;
    let new = &events[before..];
    let decided = new.iter().filter(|event| event["entityType"] == "case");
    assert_eq!(decided.count(), 1);
    assert!(new.iter().all(|event| event["entityType"] != "denied"));
}

#[tokio::test]
async fn case_3_the_same_key_decides_once_and_another_body_is_a_conflict() {
    let bench = Bench::open().await;
    let case = bench.pending().await;
    let mut input = case.signed("APPROVAL", "Abe Prover");
    input["idempotencyKey"] = json!(key());
    let once = bench
        .approver
        .does("approveCase", input.clone(), CASE)
        .await;
    let events = bench.desk.events().await.len();
    let again = bench
        .approver
        .does("approveCase", input.clone(), CASE)
        .await;
    assert_eq!(once, again);
    assert_eq!(bench.desk.events().await.len(), events);
    input["reasonText"] = json!("on second thoughts");
    let told = bench.approver.is_told("approveCase", input).await;
    assert_eq!(told, "IDEMPOTENCY_CONFLICT");
    assert_eq!(bench.desk.events().await.len(), events);
}

#[tokio::test]
async fn case_4_a_delegate_prepares_and_does_not_submit() {
    let bench = Bench::open().await;
    let input = json!({
        "npi": bench.npi.to_string(), "kind": "DRY_NEEDLING_TRAINING", "content": a_training(),
    });
    let shown = super::bench::CREDENTIAL;
    let payload = bench.delegate.does("draftCredential", input, shown).await;
    let case = bench
        .opened_for(&bench.delegate, &payload["credential"], "INITIAL")
        .await;
    let file = bench.file(&bench.delegate).await;
    let mut input = case.signed("AUTHORSHIP", "Dee Legate");
    input["evidenceIds"] = json!([file]);
    input["idempotencyKey"] = json!(key());
    let code = bench.delegate.is_refused("submitCase", input).await;
    assert_eq!(code, "FORBIDDEN");
    assert_eq!(bench.case(&case.id).await.state, "DRAFT");
}

#[tokio::test]
async fn case_4_nobody_elses_case_is_not_there() {
    let bench = Bench::open().await;
    let case = bench.submitted().await;
    let stranger = bench.desk.hand_of(
        "Stan Ranger",
        &[Role::Provider],
        &[domain::npi::Npi::sample(2)],
    );
    let mut input = case.order();
    input["idempotencyKey"] = json!(key());
    let code = stranger.is_refused("withdrawCase", input).await;
    assert_eq!(code, "NOT_FOUND");
    let query = "query($id: ID!) { case(id: $id) { id } }";
    let theirs = stranger.answer(query, json!({ "id": case.id })).await;
    let nothing = stranger.answer(query, json!({ "id": "case_999999" })).await;
    assert_eq!(
        theirs["errors"][0]["message"],
        nothing["errors"][0]["message"]
    );
    assert_eq!(theirs["errors"][0]["extensions"]["code"], "NOT_FOUND");
}

#[tokio::test]
async fn case_5_what_is_decided_about_is_changed_only_when_a_verifier_asks_and_then_is_another_version()
 {
    let bench = Bench::open().await;
    let pending = bench.pending().await;
    let credential = bench.credential(&pending.credential).await;
    let edit = json!({
        "credentialId": credential["id"], "kind": "DRY_NEEDLING_TRAINING",
        "content": a_training(), "expectedVersion": credential["version"],
    });
    let told = bench.provider.is_told("updateCredentialDraft", edit).await;
    assert_eq!(told, "ILLEGAL_TRANSITION");

    let mut input = pending.order();
    input["reasonCode"] = json!("HOURS_INSUFFICIENT");
    let back = Standing::of(&bench.approver.does("returnCase", input, CASE).await);
    assert_eq!(back.state, "IN_REVIEW");
    let mut input = back.order();
    input["items"] = json!(["the page with the hours"]);
    input["reasonCode"] = json!("DOC_ILLEGIBLE");
    let asked = Standing::of(&bench.verifier.does("requestInfo", input, CASE).await);
    assert_eq!(asked.state, "INFO_REQUESTED");

    let mut content = a_training();
    content["training"]["hours"]["inPerson"] = json!({ "minutes": 1_800 });
    let mut input = asked.order();
    input["kind"] = json!("DRY_NEEDLING_TRAINING");
    input["content"] = content;
    let payload = bench.provider.does("supplyInfo", input, CASE).await;
    let supplied = Standing::of(&payload);
    assert_eq!(supplied.state, "IN_REVIEW");
    assert_ne!(supplied.sha256, pending.sha256);
    let check = &payload["case"]["checks"][0];
    assert_eq!(
        check["counts"], false,
        "it covered the hours, which changed"
    );
    let record = bench.credential(&pending.credential).await;
    assert_eq!(record["content"]["version"], 2);
    let differences = record["content"]["differences"].as_array().unwrap();
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0]["field"], "hours.inPersonMinutes");

    let mut early = supplied.order();
    early["recommendation"] = json!("APPROVE");
    let told = bench.verifier.is_told("recommendCase", early).await;
    assert_eq!(told, "EVIDENCE_MISSING", "what changed is checked again");
    let case = bench.checked(&supplied, "*", "2026-11-21").await;
    let case = bench.recommended(&case).await;
    let mut old = case.signed("APPROVAL", "Abe Prover");
    old["signature"]["contentSha256"] = json!(pending.sha256);
    let told = bench.approver.is_told("approveCase", old).await;
    assert_eq!(told, "STALE_VERSION", "the approval was of the old version");
    bench.approved(&case).await;
    assert_eq!(bench.public().await[0]["hours"]["totalMinutes"], 1_800);
}

#[tokio::test]
async fn case_6_a_proof_of_120_days_counts_at_the_decision_and_one_of_121_does_not() {
    for (as_of, told) in [("2026-07-24", None), ("2026-07-23", Some("PSV_STALE"))] {
        let bench = Bench::open().await;
        let case = bench.submitted().await;
        let case = bench.claimed(&case).await;
        let case = bench.checked(&case, "*", as_of).await;
        let case = bench.recommended(&case).await;
        let input = case.signed("APPROVAL", "Abe Prover");
        match told {
            None => {
                bench.approver.does("approveCase", input, CASE).await;
            }
            Some(code) => {
                assert_eq!(bench.approver.is_told("approveCase", input).await, code);
            }
        }
    }
}

#[tokio::test]
async fn case_7_a_day_of_completion_is_judged_in_the_zone_of_its_place() {
    let bench = Bench::open().await;
    // Noon in Denver on the 21st is the 22nd in Guam.
    for (completed, place, told) in [
        ("2026-11-22", "CO", Some("GUARD_FAILED")),
        ("2026-11-21", "CO", None),
        ("2026-11-22", "GU", None),
    ] {
        let mut content = a_training();
        content["completedOn"] = json!(completed);
        content["issuedOn"] = json!(completed);
        content["training"]["placeJurisdiction"] = json!(place);
        let credential = bench.drafted(content).await;
        let case = bench.opened(&credential).await;
        let file = bench.file(&bench.provider).await;
        let mut input = case.signed("AUTHORSHIP", "Ada Needham");
        input["evidenceIds"] = json!([file]);
        let payload = bench.provider.tries("submitCase", input, CASE).await;
        let error = &payload["userErrors"][0];
        assert_eq!(error["code"].as_str(), told, "{completed} {place}");
        if told.is_some() {
            assert_eq!(error["field"], "completedOn");
            let message = error["message"].as_str().unwrap();
            assert!(message.contains("FUTURE_DATE"), "{message}");
        }
    }
}

#[tokio::test]
async fn case_8_a_source_that_does_not_answer_rejects_nobody_and_is_asked_again() {
    let bench = Bench::open().await;
    let case = bench.submitted().await;
    let case = bench.claimed(&case).await;
    let down = a_check(&case, "*", "2026-11-21", "SOURCE_UNAVAILABLE");
    let payload = bench.verifier.does("recordCheck", down, CASE).await;
    let check = &payload["case"]["checks"][0];
    assert_eq!(check["originalOutcome"], "SOURCE_UNAVAILABLE");
    let case = Standing::of(&payload);
    let mut early = case.order();
    early["recommendation"] = json!("APPROVE");
    let told = bench.verifier.is_told("recommendCase", early).await;
    assert_eq!(told, "EVIDENCE_MISSING");
    let resolve = json!({
        "checkId": check["id"], "outcome": "NOT_FOUND", "expectedVersion": case.version,
    });
    let told = bench.verifier.is_told("resolveCheck", resolve).await;
    assert_eq!(
        told, "GUARD_FAILED",
        "silence is not resolved but asked again"
    );
    let case = bench.checked(&case, "*", "2026-11-21").await;
    assert_eq!(bench.recommended(&case).await.state, "PENDING_DECISION");
}

#[tokio::test]
async fn case_8_a_mismatch_is_resolved_once_and_keeps_what_was_found_first() {
    let bench = Bench::open().await;
    let case = bench.submitted().await;
    let case = bench.claimed(&case).await;
    let mut differs = a_check(&case, "*", "2026-11-21", "MISMATCH");
    differs["mismatches"] = json!(["NAME"]);
    let payload = bench.verifier.does("recordCheck", differs, CASE).await;
    let (case, check) = (Standing::of(&payload), &payload["case"]["checks"][0]["id"]);
    let resolve = json!({
        "checkId": check, "outcome": "MATCH", "note": "her former name",
        "expectedVersion": case.version,
    });
    let payload = bench
        .verifier
        .does("resolveCheck", resolve.clone(), CASE)
        .await;
    let found = &payload["case"]["checks"][0];
    assert_eq!(found["outcome"], "MATCH");
    assert_eq!(found["originalOutcome"], "MISMATCH");
    let mut again = resolve;
    again["expectedVersion"] = payload["case"]["version"].clone();
    let told = bench.verifier.is_told("resolveCheck", again).await;
    assert_eq!(told, "GUARD_FAILED");
}

#[tokio::test]
async fn case_9_nobody_is_rejected_without_a_reason_and_the_notice_has_its_day() {
    let bench = Bench::open().await;
    let case = bench.pending().await;
    let input = case.signed("REJECTION", "Abe Prover");
    let told = bench.approver.is_told("rejectCase", input.clone()).await;
    assert_eq!(told, "REASON_REQUIRED");
    let mut input = input;
    input["reasonCode"] = json!("ISSUER_DENIES");
    let shown = "case { state noticeDueOn noticeSentAt reasonCode dueAt }";
    let payload = bench.approver.does("rejectCase", input, shown).await;
    assert_eq!(
        payload["case"],
        json!({
            "state": "REJECTED", "noticeDueOn": "2026-12-21", "noticeSentAt": null,
            "reasonCode": "ISSUER_DENIES", "dueAt": "2026-12-22T07:00:00Z",
        })
    );
    assert_eq!(bench.public().await[0]["status"], "UNVERIFIED");
}

#[tokio::test]
async fn case_11_a_case_for_cause_is_not_withdrawn() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let case = bench
        .opened_for(&bench.verifier, &credential, "FOR_CAUSE")
        .await;
    let case = bench.submitted_by(&bench.verifier, &case).await;
    let told = bench.provider.is_told("withdrawCase", case.order()).await;
    assert_eq!(told, "ILLEGAL_TRANSITION");
    let take_back = json!({
        "credentialId": credential["id"], "expectedVersion": credential["version"],
    });
    let told = bench
        .provider
        .is_told("withdrawCredential", take_back)
        .await;
    assert_eq!(
        told, "ILLEGAL_TRANSITION",
        "nobody withdraws from an inquiry"
    );
}

#[tokio::test]
async fn a_lease_that_has_ended_reads_submitted_and_another_verifier_takes_it() {
    let bench = Bench::open().await;
    let case = bench.submitted().await;
    let held = bench.claimed(&case).await;
    let other = bench.desk.hand("Otto Verify", &[Role::Verifier]);
    let told = other.is_told("claimCase", held.order()).await;
    assert_eq!(told, "ILLEGAL_TRANSITION");
    bench.desk.advance(TimeDelta::hours(8));
    assert_eq!(bench.case(&held.id).await.state, "SUBMITTED");
    let payload = other.does("claimCase", held.order(), CASE).await;
    assert_eq!(payload["case"]["state"], "IN_REVIEW");
}

#[tokio::test]
async fn one_case_of_a_purpose_is_open_at_a_time() {
    let bench = Bench::open().await;
    let credential = bench.drafted(a_training()).await;
    bench.opened(&credential).await;
    let input = json!({
        "credentialId": credential["id"], "purpose": "INITIAL",
        "expectedVersion": credential["version"],
    });
    let told = bench.provider.is_told("openCase", input).await;
    assert_eq!(told, "GUARD_FAILED");
}
