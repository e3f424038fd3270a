//! What somebody says of a case beside its steps: a conflict of interest (C3), a suspicion of fraud (C12).

use domain::access::Role;
use serde_json::{Value, json};

use super::bench::{Bench, CASE, Standing, a_training};
use crate::support::desk::{Hand, key};

/// Whether a case is flagged and what was done to it, as somebody reads it.
async fn read(by: &Hand, case: &Standing) -> (Value, Vec<String>) {
    let query = "query($id: ID!) { case(id: $id) { fraudFlagged history { action } } }";
    let data = by.ask(query, json!({ "id": case.id })).await;
    let history = data["case"]["history"].as_array().unwrap().clone();
    let acts = history
        .iter()
        .map(|act| act["action"].as_str().unwrap().to_owned());
    (data["case"]["fraudFlagged"].clone(), acts.collect())
}

fn because(case: &Standing, why: &str) -> Value {
    let mut input = case.order();
    input["reasonText"] = json!(why);
    input
}

#[tokio::test]
async fn whoever_declared_a_conflict_neither_reviews_nor_decides() {
    let bench = Bench::open().await;
    let case = bench.submitted().await;
    let input = because(&case, "we share a practice");
    let declared = bench.verifier.does("declareConflict", input, CASE).await;
    let case = Standing::of(&declared);
    assert_eq!(case.state, "SUBMITTED");
    let events = bench.desk.events().await;
    let last = events.last().unwrap();
    assert_eq!(last["action"], "declareConflict");
    assert_eq!(last["changedFields"], "conflicts");
    assert_eq!(last["reasonText"], "we share a practice");
    let told = bench.verifier.is_told("claimCase", case.order()).await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");

    let other = bench.desk.hand("Otto Verify", &[Role::Verifier]);
    let held = Standing::of(&other.does("claimCase", case.order(), CASE).await);
    let told = other.is_told("declareConflict", held.order()).await;
    assert_eq!(
        told, "ILLEGAL_TRANSITION",
        "who holds it gives it back first"
    );
    let check = super::bench::a_check(&held, "*", "2026-11-21", "MATCH");
    let held = Standing::of(&other.does("recordCheck", check, CASE).await);
    let mut input = held.order();
    input["recommendation"] = json!("APPROVE");
    let pending = Standing::of(&other.does("recommendCase", input, CASE).await);

    let declared = bench
        .approver
        .does("declareConflict", pending.order(), CASE)
        .await;
    let pending = Standing::of(&declared);
    let input = pending.signed("APPROVAL", "Abe Prover");
    let told = bench.approver.is_told("approveCase", input).await;
    assert_eq!(told, "SEPARATION_OF_DUTIES");
    let ann = bench.desk.hand("Ann Other", &[Role::Approver]);
    let input = pending.signed("APPROVAL", "Ann Other");
    let approved = ann.does("approveCase", input, CASE).await;
    assert_eq!(approved["case"]["state"], "APPROVED");
    // Their colleagues see who stood aside; whom the case is about does not.
    let (_, acts) = read(&bench.verifier, &pending).await;
    assert_eq!(
        acts.iter().filter(|act| *act == "declareConflict").count(),
        2
    );
    let (_, acts) = read(&bench.provider, &pending).await;
    assert!(!acts.contains(&"declareConflict".to_owned()), "{acts:?}");
}

#[tokio::test]
async fn only_those_who_review_or_decide_say_such_things() {
    let bench = Bench::open().await;
    let case = bench.submitted().await;
    for (hand, conflict, fraud) in [
        (&bench.provider, false, false),
        (&bench.delegate, false, false),
        (&bench.compliance, false, true),
        (&bench.appeals[0], true, true),
    ] {
        for (mutation, may) in [("declareConflict", conflict), ("flagFraud", fraud)] {
            let current = bench.case(&case.id).await;
            let mut input = because(&current, "as somebody told us");
            input["idempotencyKey"] = json!(key());
            if may {
                hand.does(mutation, input, CASE).await;
            } else {
                let refused = hand.is_refused(mutation, input).await;
                assert_eq!(refused, "FORBIDDEN", "{mutation} {}", hand.who.name);
            }
        }
    }
}

#[tokio::test]
async fn an_open_suspicion_of_fraud_survives_a_withdrawal_and_goes_with_the_next_case() {
    let bench = Bench::open().await;
    let case = bench.claimed(&bench.submitted().await).await;
    let told = bench.verifier.is_told("flagFraud", case.order()).await;
    assert_eq!(told, "REASON_REQUIRED");
    let input = because(&case, "the number belongs to somebody else");
    let flagged = Standing::of(&bench.verifier.does("flagFraud", input, CASE).await);
    assert_eq!(flagged.state, "IN_REVIEW");
    assert_eq!(read(&bench.verifier, &flagged).await.0, true);
    let (seen, acts) = read(&bench.provider, &flagged).await;
    assert_eq!(seen, Value::Null, "whom it is about is not told");
    assert!(!acts.contains(&"flagFraud".to_owned()), "{acts:?}");

    let taken_back = bench
        .provider
        .does("withdrawCase", flagged.order(), CASE)
        .await;
    let taken_back = Standing::of(&taken_back);
    assert_eq!(taken_back.state, "WITHDRAWN");
    assert_eq!(read(&bench.verifier, &taken_back).await.0, true);
    let query = "{ tasks(kind: FRAUD_SUSPECTED) { nodes { subjectId npi } } }";
    let data = bench.compliance.ask(query, json!({})).await;
    assert_eq!(
        data["tasks"]["nodes"],
        json!([{ "subjectId": taken_back.id, "npi": bench.npi.to_string() }])
    );

    // Beginning anew, even with other words, does not shake it off.
    let credential = bench.credential(&taken_back.credential).await;
    let mut content = a_training();
    content["training"]["certificateNumber"] = json!("C-2");
    let edit = json!({
        "credentialId": credential["id"], "kind": "DRY_NEEDLING_TRAINING",
        "content": content, "expectedVersion": credential["version"],
    });
    bench.provider.does("updateCredentialDraft", edit, "").await;
    let credential = bench.credential(&taken_back.credential).await;
    let again = bench.opened(&credential).await;
    assert_eq!(read(&bench.verifier, &again).await.0, true);
    // Whoever decides it has dealt with it.
    let again = bench.submitted_by(&bench.provider, &again).await;
    let again = bench.through_review(&again).await;
    let mut input = again.signed("REJECTION", "Abe Prover");
    input["reasonCode"] = json!("ISSUER_DENIES");
    bench.approver.does("rejectCase", input, CASE).await;
    let credential = bench.credential(&taken_back.credential).await;
    let third = bench.opened(&credential).await;
    assert_eq!(read(&bench.verifier, &third).await.0, false);
}
