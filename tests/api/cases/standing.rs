//! Standing and time: 13 to 16 and 18 to 20; and appeals, 10.

use chrono::TimeDelta;
use domain::access::Role;
use drypoint::store::log::{self, NewEvent};
use drypoint::store::notice;
use serde_json::{Value, json};

use super::bench::{Bench, CASE, CREDENTIAL, Standing, a_check, a_training};

/// A revalidation of a credential, before a verifier.
async fn revalidating(bench: &Bench, credential: &Value) -> Standing {
    let case = bench
        .opened_for(&bench.provider, credential, "REVALIDATION")
        .await;
    bench.submitted_by(&bench.provider, &case).await
}

fn suspension(credential: &Value) -> Value {
    json!({
        "credentialId": credential["id"], "expectedVersion": credential["version"],
        "kind": "SAFETY", "reasonCode": "OTHER", "reasonText": "a patient was hurt",
    })
}

async fn suspended(bench: &Bench) -> Value {
    let credential = bench.verified().await;
    let input = suspension(&credential);
    let payload = bench
        .compliance
        .does("suspendCredential", input, CREDENTIAL)
        .await;
    payload["credential"].clone()
}

/// A decision against the person, of which they were told.
async fn rejected(bench: &Bench) -> Standing {
    let case = bench.pending().await;
    let mut input = case.signed("REJECTION", "Abe Prover");
    input["reasonCode"] = json!("ISSUER_DENIES");
    let case = Standing::of(&bench.approver.does("rejectCase", input, CASE).await);
    told(bench, &case).await;
    case
}

/// The notice of a decision has been sent.
async fn told(bench: &Bench, case: &Standing) {
    let (store, now) = (&bench.desk.app.store, bench.desk.clock.now());
    let number = case.id.strip_prefix("case_").unwrap().parse().unwrap();
    let txn = store.begin().await.unwrap();
    notice::mark_told(&txn, number, now).await.unwrap();
    let event = NewEvent::by_system("test.told", "notice", now);
    log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
}

/// An appeal goes through both officers, to a decision in the person's favour.
async fn overturned(bench: &Bench, decided: &Standing) -> Standing {
    let mut input = decided.signed("AUTHORSHIP", "Ada Needham");
    input["reasonText"] = json!("it was genuine");
    let appeal = Standing::of(&bench.provider.does("fileAppeal", input, CASE).await);
    let [first, second] = &bench.appeals;
    let held = Standing::of(&first.does("claimCase", appeal.order(), CASE).await);
    let today = bench.desk.clock.now().date_naive().to_string();
    let check = a_check(&held, "*", &today, "MATCH");
    let held = Standing::of(&first.does("recordCheck", check, CASE).await);
    let mut input = held.order();
    input["recommendation"] = json!("APPROVE");
    let pending = Standing::of(&first.does("recommendCase", input, CASE).await);
    let input = pending.signed("APPEAL_DECISION", "Apollo Two");
    Standing::of(&second.does("approveCase", input, CASE).await)
}

async fn revoked(bench: &Bench) -> (Value, Standing) {
    let credential = bench.verified().await;
    let case = bench
        .opened_for(&bench.verifier, &credential, "FOR_CAUSE")
        .await;
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
    (credential, case)
}

#[tokio::test]
async fn case_10_an_appeal_is_heard_by_others_once_and_in_time() {
    let bench = Bench::open().await;
    let case = rejected(&bench).await;
    let mut input = case.signed("AUTHORSHIP", "Ada Needham");
    input["reasonText"] = json!("they confused me with somebody");
    let payload = bench.provider.does("fileAppeal", input, CASE).await;
    let appeal = Standing::of(&payload);
    assert_eq!(appeal.state, "SUBMITTED");

    // Whoever decided hears it no more than whoever verified, whatever else they are.
    let mut both = bench.approver.clone();
    both.who.roles = domain::access::Roles::new([Role::Approver, Role::Appeals]).unwrap();
    let told = both.is_told("claimCase", appeal.order()).await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");

    let again = bench
        .case(&case.id)
        .await
        .signed("AUTHORSHIP", "Ada Needham");
    let told = bench.provider.is_told("fileAppeal", again).await;
    assert_eq!(told, "GUARD_FAILED", "one appeal a decision");
}

#[tokio::test]
async fn case_10_on_day_30_an_appeal_is_in_time_and_on_day_31_it_is_not() {
    for (days, is_late) in [(30, false), (31, true)] {
        let bench = Bench::open().await;
        let case = rejected(&bench).await;
        bench.desk.advance(TimeDelta::days(days));
        let input = case.signed("AUTHORSHIP", "Ada Needham");
        let payload = bench.provider.tries("fileAppeal", input, CASE).await;
        let code = payload["userErrors"][0]["code"].as_str();
        assert_eq!(code, is_late.then_some("GUARD_FAILED"), "day {days}");
    }
}

#[tokio::test]
async fn case_10_two_officers_overturn_a_rejection() {
    let bench = Bench::open().await;
    let case = rejected(&bench).await;
    let decided = overturned(&bench, &case).await;
    assert_eq!(decided.state, "APPROVED");
    assert_eq!(bench.public().await[0]["status"], "VERIFIED");
}

#[tokio::test]
async fn case_13_a_certificate_without_an_end_ages_and_does_not_expire() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    assert_eq!(bench.public().await[0]["status"], "VERIFIED");
    bench.desk.advance(TimeDelta::days(4 * 365));
    assert_eq!(bench.public().await[0]["status"], "REVALIDATION_REQUIRED");
    let record = bench.credential(credential["id"].as_str().unwrap()).await;
    assert_eq!(record["content"]["hours"]["totalMinutes"], 1_650);
    assert_eq!(
        record["standing"], "VERIFIED",
        "nothing stores what time causes"
    );
}

#[tokio::test]
async fn case_14_a_revalidation_within_30_days_asks_whether_it_is_still_so_and_a_later_one_for_everything()
 {
    // 36 months after 21 November 2026 are 1,096 days.
    for (days_late, is_whole) in [(10, false), (31, true)] {
        let bench = Bench::open().await;
        let credential = bench.verified().await;
        bench.desk.advance(TimeDelta::days(1_096 + days_late));
        bench.screened().await;
        assert_eq!(bench.public().await[0]["status"], "REVALIDATION_REQUIRED");
        let case = revalidating(&bench, &credential).await;
        let case = bench.claimed(&case).await;
        let today = bench.desk.clock.now().date_naive().to_string();
        let case = bench.checked(&case, "status", &today).await;
        let mut input = case.order();
        input["recommendation"] = json!("APPROVE");
        let payload = bench.verifier.tries("recommendCase", input, CASE).await;
        if is_whole {
            assert_eq!(payload["userErrors"][0]["code"], "EVIDENCE_MISSING");
            continue;
        }
        let case = bench.approved(&Standing::of(&payload)).await;
        assert_eq!(case.state, "APPROVED");
        assert_eq!(bench.public().await[0]["status"], "VERIFIED");
    }
}

#[tokio::test]
async fn case_15_a_revalidation_that_is_open_before_its_day_takes_nothing_away() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let case = revalidating(&bench, &credential).await;
    assert_eq!(bench.public().await[0]["status"], "VERIFIED");
    bench.through_review(&case).await;
    assert_eq!(bench.public().await[0]["status"], "VERIFIED");
}

#[tokio::test]
async fn case_16_compliance_suspends_alone_and_nobody_reinstates_alone() {
    let bench = Bench::open().await;
    let credential = suspended(&bench).await;
    assert_eq!(credential["standing"], "SUSPENDED");
    assert_eq!(bench.public().await[0]["status"], "SUSPENDED");
    let which = json!({
        "credentialId": credential["id"], "expectedVersion": credential["version"],
    });
    let told = bench
        .compliance
        .is_told("reinstateCredential", which.clone())
        .await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");

    let payload = bench
        .provider
        .does("reinstateCredential", which, CASE)
        .await;
    let case = Standing::of(&payload);
    let case = bench.submitted_by(&bench.provider, &case).await;
    let case = bench.through_review(&case).await;
    let told = bench
        .verifier
        .is_told("approveCase", case.signed("APPROVAL", "Vera Fire"))
        .await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");
    bench.approved(&case).await;
    assert_eq!(bench.public().await[0]["status"], "VERIFIED");
}

#[tokio::test]
async fn case_16_a_suspension_has_a_reason_and_a_ground() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let mut input = suspension(&credential);
    input["reasonCode"] = Value::Null;
    let told = bench.compliance.is_told("suspendCredential", input).await;
    assert_eq!(told, "REASON_REQUIRED");
    let mut input = suspension(&credential);
    input["reasonText"] = Value::Null;
    let told = bench.compliance.is_told("suspendCredential", input).await;
    assert_eq!(told, "EVIDENCE_MISSING");
}

#[tokio::test]
async fn case_18_a_revocation_that_is_overturned_stays_and_a_new_record_takes_its_place() {
    let bench = Bench::open().await;
    let (credential, case) = revoked(&bench).await;
    assert_eq!(bench.public().await[0]["status"], "REVOKED");
    told(&bench, &case).await;
    let appeal = overturned(&bench, &case).await;
    assert_eq!(appeal.state, "APPROVED");

    let old = bench.credential(credential["id"].as_str().unwrap()).await;
    assert_eq!(old["standing"], "REVOKED");
    assert_eq!(old["overturnedByCaseId"], appeal.id.as_str());
    let shown = bench.public().await;
    let statuses: Vec<_> = shown
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["status"])
        .collect();
    assert_eq!(statuses, ["REVOKED", "VERIFIED"]);
    let new = bench.credential(shown[1]["id"].as_str().unwrap()).await;
    assert_eq!(new["replacesId"], credential["id"]);
    assert_eq!(new["standing"], "VERIFIED");
}

#[tokio::test]
async fn case_19_what_was_entered_in_error_vanishes_by_two_people_and_the_audit_keeps_it() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let input = json!({
        "credentialId": credential["id"], "expectedVersion": credential["version"],
        "reasonCode": "WRONG_PERSON",
    });
    let payload = bench
        .verifier
        .does("markEnteredInError", input, "proposal { id version }")
        .await;
    assert_eq!(
        bench.public().await[0]["status"],
        "VERIFIED",
        "one alone does nothing"
    );
    let word = json!({
        "proposalId": payload["proposal"]["id"], "decision": "CONFIRM", "expectedVersion": 1,
    });
    let told = bench.verifier.is_told("confirmAct", word.clone()).await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");
    bench.approver.does("confirmAct", word, "").await;
    assert_eq!(bench.public().await, json!([]));
    let record = bench.credential(credential["id"].as_str().unwrap()).await;
    assert_eq!(record["standing"], "ENTERED_IN_ERROR");
    let events = bench.desk.events().await;
    assert!(events.iter().any(
        |event| event["entityId"] == credential["id"] && event["reasonCode"] == "WRONG_PERSON"
    ));
}

#[tokio::test]
async fn case_20_every_past_day_answers_as_it_stood() {
    let bench = Bench::open().await;
    bench.desk.advance(TimeDelta::days(2));
    let credential = bench.verified().await;
    bench.desk.advance(TimeDelta::days(2));
    let input = suspension(&credential);
    let payload = bench
        .compliance
        .does("suspendCredential", input, CREDENTIAL)
        .await;
    bench.desk.advance(TimeDelta::days(2));
    let which = json!({
        "credentialId": credential["id"], "expectedVersion": payload["credential"]["version"],
    });
    let case = Standing::of(
        &bench
            .provider
            .does("reinstateCredential", which, CASE)
            .await,
    );
    let case = bench.submitted_by(&bench.provider, &case).await;
    let case = bench.through_review(&case).await;
    bench.approved(&case).await;

    let query = "query($id: ID!, $on: Date) { credentialRecord(id: $id) { status(on: $on) } }";
    for (on, status) in [
        ("2026-11-22", "UNVERIFIED"),
        ("2026-11-23", "VERIFIED"),
        ("2026-11-24", "VERIFIED"),
        ("2026-11-25", "SUSPENDED"),
        ("2026-11-26", "SUSPENDED"),
        ("2026-11-27", "VERIFIED"),
    ] {
        let asked = json!({ "id": credential["id"], "on": on });
        let data = bench.provider.ask(query, asked).await;
        assert_eq!(data["credentialRecord"]["status"], status, "{on}");
    }
}

#[tokio::test]
async fn a_correction_takes_the_place_of_what_it_corrects_in_one_moment() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let mut content = a_training();
    content["training"]["hours"]["inPerson"] = json!({ "hours": "54" });
    let input = json!({
        "npi": bench.npi.to_string(), "kind": "DRY_NEEDLING_TRAINING", "content": content,
        "supersedesId": credential["id"],
    });
    let payload = bench
        .provider
        .does("draftCredential", input, CREDENTIAL)
        .await;
    let case = bench
        .opened_for(&bench.provider, &payload["credential"], "CORRECTION")
        .await;
    let case = bench.submitted_by(&bench.provider, &case).await;
    let case = bench.through_review(&case).await;
    bench.approved(&case).await;
    let shown = bench.public().await;
    assert_eq!(shown[0]["status"], "SUPERSEDED");
    assert_eq!(shown[1]["status"], "VERIFIED");
    assert_eq!(shown[1]["hours"]["totalMinutes"], 3_240);
}

#[tokio::test]
async fn a_credential_that_its_holder_takes_back_disappears_and_its_history_stays() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let input = json!({
        "credentialId": credential["id"], "expectedVersion": credential["version"],
    });
    bench
        .provider
        .does("withdrawCredential", input, CREDENTIAL)
        .await;
    assert_eq!(bench.public().await, json!([]));
    let record = bench.credential(credential["id"].as_str().unwrap()).await;
    assert_eq!(record["standings"].as_array().unwrap().len(), 2);
}
