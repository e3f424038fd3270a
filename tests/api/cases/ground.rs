//! What a standing rests on: the ground of a suspension, what lifted one, and how many people checked.

use chrono::TimeDelta;
use domain::access::Role;
use serde_json::{Value, json};

use super::bench::{Bench, CASE, CREDENTIAL, Standing, claimant};
use super::suspension::{lifted, of, tainted};

const STANDINGS: &str = "query($id: ID!) { credentialRecord(id: $id) { standings { standing reasonText evidenceIds } } }";

async fn latest(hand: &crate::support::desk::Hand, credential: &Value) -> Value {
    let data = hand.ask(STANDINGS, json!({ "id": credential["id"] })).await;
    let rows = data["credentialRecord"]["standings"].as_array().unwrap();
    rows.last().unwrap().clone()
}

#[tokio::test]
async fn whoever_is_suspended_reads_why_and_the_log_says_it_too() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let file = bench.file(&bench.compliance).await;
    let mut input = of(&credential);
    input["kind"] = json!("SAFETY");
    input["reasonCode"] = json!("OTHER");
    input["reasonText"] = json!("a needle broke off");
    input["evidenceIds"] = json!([file]);
    bench
        .compliance
        .does("suspendCredential", input, CREDENTIAL)
        .await;
    let told = json!({
        "standing": "SUSPENDED", "reasonText": "a needle broke off", "evidenceIds": [file],
    });
    assert_eq!(latest(&bench.provider, &credential).await, told);
    assert_eq!(latest(&bench.compliance, &credential).await, told);
    let events = bench.desk.events().await;
    let event = events
        .iter()
        .rfind(|event| event["action"] == "suspendCredential")
        .unwrap();
    let expected = format!("SUSPENDED: a needle broke off [{file}]");
    assert_eq!(event["reasonText"], json!(expected));
    // The public is told that it is suspended, and no more.
    let query = "query($npi: NPI!) { whyNotShown(npi: $npi) { reasons { message } } }";
    let npi = json!({ "npi": bench.npi.to_string() });
    let shown = bench.desk.anybody().ask(query, npi).await.to_string();
    assert!(!shown.contains("broke"), "{shown}");
    let asked = json!({ "id": credential["id"] });
    let answer = bench.desk.anybody().answer(STANDINGS, asked).await;
    assert!(answer["errors"].is_array(), "{answer}");
}

#[tokio::test]
async fn a_suspension_rests_on_no_file_of_somebody_else() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let other = claimant(2);
    let npi = other.npi();
    bench.desk.with([other]).await;
    let elsewhere = Bench { npi, ..bench };
    let file = elsewhere.file(&elsewhere.compliance).await;
    let mut input = of(&credential);
    input["kind"] = json!("SAFETY");
    input["reasonCode"] = json!("OTHER");
    input["evidenceIds"] = json!([file]);
    input["idempotencyKey"] = json!("of-somebody-else");
    let refused = elsewhere
        .compliance
        .is_refused("suspendCredential", input)
        .await;
    assert_eq!(refused, "NOT_FOUND");
}

async fn verified_at(bench: &Bench) -> Value {
    bench.public().await[0]["verifiedAt"].clone()
}

#[tokio::test]
async fn a_case_that_lifts_a_taint_renews_the_verification_and_a_word_in_bulk_does_not() {
    for by_case in [true, false] {
        let bench = Bench::open().await;
        let other = bench.desk.hand("Cody Pliance", &[Role::Compliance]);
        let credential = bench.verified().await;
        let first = verified_at(&bench).await;
        tainted(&bench, &other).await;
        lifted(&bench, &other).await;
        bench.desk.advance(TimeDelta::days(5));
        if by_case {
            let record = bench.credential(credential["id"].as_str().unwrap()).await;
            let opened = bench
                .provider
                .does("reinstateCredential", of(&record), CASE)
                .await;
            let case = Standing::of(&opened);
            let case = bench.submitted_by(&bench.provider, &case).await;
            let case = bench.through_review(&case).await;
            bench.approved(&case).await;
        } else {
            let input = json!({
                "act": { "reinstateInBulk": { "credentialIds": [credential["id"]] } },
                "reasonText": "the books were found",
            });
            let shown = "proposal { id version }";
            let made = bench.compliance.does("proposeAct", input, shown).await;
            let word = json!({
                "proposalId": made["proposal"]["id"], "decision": "CONFIRM", "expectedVersion": 1,
            });
            other.does("confirmAct", word, "").await;
        }
        assert_eq!(bench.public().await[0]["status"], "VERIFIED");
        assert_eq!(verified_at(&bench).await != first, by_case);
    }
}

#[tokio::test]
async fn what_one_reviewer_checked_says_so_to_everybody() {
    let query = "query($npi: NPI!) { provider(npi: $npi) { training { singleReviewer } } whyNotShown(npi: $npi) { reasons { code message } } }";
    for is_single in [false, true] {
        let bench = Bench::open().await;
        let admin = bench.desk.hand("Dan", &[Role::Admin]);
        if is_single {
            let input = json!({ "expectedVersion": 1, "review": "SINGLE_REVIEWER" });
            admin.does("setPolicy", input, "policy { version }").await;
        }
        let case = bench.pending().await;
        let by = if is_single {
            &bench.verifier
        } else {
            &bench.approver
        };
        let input = case.signed("APPROVAL", "Who Ever");
        by.does("approveCase", input, CASE).await;
        let npi = json!({ "npi": bench.npi.to_string() });
        let data = bench.desk.anybody().ask(query, npi).await;
        let training = &data["provider"]["training"][0];
        assert_eq!(training["singleReviewer"], is_single);
        let reasons = data["whyNotShown"][0]["reasons"].as_array().unwrap();
        let reason = reasons
            .iter()
            .find(|one| one["code"] == "TRAINING")
            .unwrap();
        let message = reason["message"].as_str().unwrap();
        assert_eq!(
            message.contains("checked by one reviewer"),
            is_single,
            "{message}"
        );
    }
}
