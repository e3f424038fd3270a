//! Which content a case is about: that of a claim taken up again, and that of a verification that is to be
//! renewed.

use serde_json::{Value, json};

use super::bench::{Bench, CASE, CREDENTIAL, Standing, a_check, a_training};

/// The training with so many hours in a room.
fn of_hours(hours: &str) -> Value {
    let mut content = a_training();
    content["training"]["hours"]["inPerson"] = json!({ "hours": hours });
    content
}

async fn rejected(bench: &Bench, case: &Standing) -> Standing {
    let mut input = case.signed("REJECTION", "Abe Prover");
    input["reasonCode"] = json!("HOURS_INSUFFICIENT");
    Standing::of(&bench.approver.does("rejectCase", input, CASE).await)
}

/// Opens a case of that purpose that takes up another.
async fn taken_up(bench: &Bench, ended: &Standing) -> Standing {
    let credential = bench.credential(&ended.credential).await;
    let input = json!({
        "credentialId": ended.credential, "purpose": "INITIAL", "reopensCaseId": ended.id,
        "expectedVersion": credential["version"],
    });
    Standing::of(&bench.provider.does("openCase", input, CASE).await)
}

async fn edited(bench: &Bench, case: &Standing, content: Value) -> Standing {
    let credential = bench.credential(&case.credential).await;
    let input = json!({
        "credentialId": case.credential, "expectedVersion": credential["version"],
        "kind": "DRY_NEEDLING_TRAINING", "content": content,
    });
    let shown = bench
        .provider
        .does("updateCredentialDraft", input, CREDENTIAL)
        .await;
    assert!(shown["credential"]["content"]["version"].is_number());
    bench.case(&case.id).await
}

/// The version and the minutes of the content that the case is about, and its hash beside the case's.
async fn content(bench: &Bench, case: &Standing) -> (i64, i64) {
    let query = "query($id: ID!) { case(id: $id) { contentSha256 content { version sha256 hours { totalMinutes } } } }";
    let data = bench.verifier.ask(query, json!({ "id": case.id })).await;
    let shown = &data["case"];
    assert_eq!(shown["contentSha256"], shown["content"]["sha256"]);
    let number = |value: &Value| value.as_i64().unwrap();
    (
        number(&shown["content"]["version"]),
        number(&shown["content"]["hours"]["totalMinutes"]),
    )
}

/// Asked for something and answered with a content.
async fn supplied(bench: &Bench, held: &Standing, content: Value) -> Standing {
    let mut input = held.order();
    input["reasonCode"] = json!("HOURS_INSUFFICIENT");
    input["items"] = json!(["the hours"]);
    let asked = Standing::of(&bench.verifier.does("requestInfo", input, CASE).await);
    let mut input = asked.order();
    input["kind"] = json!("DRY_NEEDLING_TRAINING");
    input["content"] = content;
    Standing::of(&bench.provider.does("supplyInfo", input, CASE).await)
}

#[tokio::test]
async fn what_is_approved_of_a_claim_taken_up_again_is_what_was_written_and_signed_for_then() {
    let bench = Bench::open().await;
    let case = bench.pending().await;
    let ended = rejected(&bench, &case).await;
    let case = taken_up(&bench, &ended).await;
    let case = edited(&bench, &case, of_hours("54")).await;
    assert_ne!(case.sha256, ended.sha256);
    assert_eq!(content(&bench, &case).await, (2, 3_240));
    // Another edit before it is signed for is the same version.
    let case = edited(&bench, &case, of_hours("50")).await;
    assert_eq!(content(&bench, &case).await, (2, 3_000));

    let case = bench.submitted_by(&bench.provider, &case).await;
    let shown = bench.public().await;
    assert_eq!(shown[0]["hours"]["totalMinutes"], 3_000, "as claimed");
    let record = bench.credential(&case.credential).await;
    let frozen: Vec<_> = record["contents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["frozenAt"].is_string())
        .collect();
    assert_eq!(frozen, [true, true]);
    let case = bench.through_review(&case).await;
    bench.approved(&case).await;
    let shown = bench.public().await;
    assert_eq!(shown[0]["status"], "VERIFIED");
    assert_eq!(shown[0]["hours"]["totalMinutes"], 3_000);
    assert_eq!(content(&bench, &case).await, (2, 3_000));
    // What was rejected is what it was.
    assert_eq!(content(&bench, &ended).await, (1, 1_650));
}

async fn revalidating(bench: &Bench, credential: &str) -> Standing {
    let credential = bench.credential(credential).await;
    let case = bench
        .opened_for(&bench.provider, &credential, "REVALIDATION")
        .await;
    let case = bench.submitted_by(&bench.provider, &case).await;
    bench.claimed(&case).await
}

async fn recommending(bench: &Bench, case: &Standing) -> Value {
    let mut input = case.order();
    input["recommendation"] = json!("APPROVE");
    bench.verifier.tries("recommendCase", input, CASE).await
}

#[tokio::test]
async fn a_revalidation_of_the_same_content_asks_whether_it_is_still_so_and_of_another_for_everything()
 {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let id = credential["id"].as_str().unwrap();
    let today = bench.desk.clock.now().date_naive().to_string();

    // As it was approved: its status is enough.
    let held = revalidating(&bench, id).await;
    let held = bench.checked(&held, "status", &today).await;
    let case = Standing::of(&recommending(&bench, &held).await);
    bench.approved(&case).await;

    // With hours that nobody has seen: the status says nothing of them.
    let held = revalidating(&bench, id).await;
    let held = supplied(&bench, &held, of_hours("540")).await;
    let held = bench.checked(&held, "status", &today).await;
    let told = recommending(&bench, &held).await;
    assert_eq!(told["userErrors"][0]["code"], "EVIDENCE_MISSING", "{told}");
    let mut held = held;
    for field in ["holderName", "issuer", "completedOn", "hours"] {
        held = bench.checked(&held, field, &today).await;
    }
    let case = Standing::of(&recommending(&bench, &held).await);
    assert_eq!(bench.public().await[0]["hours"]["totalMinutes"], 1_650);
    bench.approved(&case).await;
    assert_eq!(bench.public().await[0]["hours"]["totalMinutes"], 32_400);
}

#[tokio::test]
async fn what_a_rejected_revalidation_claimed_is_not_where_the_next_one_begins() {
    let bench = Bench::open().await;
    let credential = bench.verified().await;
    let id = credential["id"].as_str().unwrap();
    let today = bench.desk.clock.now().date_naive().to_string();
    let held = revalidating(&bench, id).await;
    let held = supplied(&bench, &held, of_hours("540")).await;
    let mismatch = a_check(&held, "*", &today, "MATCH");
    let held = Standing::of(&bench.verifier.does("recordCheck", mismatch, CASE).await);
    let mut input = held.order();
    input["recommendation"] = json!("REJECT");
    input["reasonCode"] = json!("HOURS_INSUFFICIENT");
    let case = Standing::of(&bench.verifier.does("recommendCase", input, CASE).await);
    rejected(&bench, &case).await;

    let held = revalidating(&bench, id).await;
    assert_eq!(content(&bench, &held).await, (1, 1_650));
    // And what is supplied to it is a version of its own.
    let held = supplied(&bench, &held, of_hours("28")).await;
    assert_eq!(content(&bench, &held).await, (3, 1_680));
    let held = bench.checked(&held, "*", &today).await;
    let case = Standing::of(&recommending(&bench, &held).await);
    bench.approved(&case).await;
    assert_eq!(bench.public().await[0]["hours"]["totalMinutes"], 1_680);
}
