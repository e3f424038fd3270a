//! A statement that is signed as not true: it blocks acceptance and opens a case for cause.

use domain::access::Role;
use serde_json::{Value, json};

use super::hearing::{DECIDED, appealing};
use super::scene::{Scene, needle};
use crate::cases::bench::{CASE, Standing};

/// Signed with S3 denied, and the case that it opened.
async fn denied(scene: &Scene) -> (Value, Standing) {
    let draft = scene.drafted(json!([needle()])).await;
    let mut signing = scene.signing(&draft);
    signing["answers"][2]["answer"] = json!(false);
    let shown = format!("attestation {{ {DECIDED} reviewReasons }}");
    let mut payload = scene.ada.does("signAttestation", signing, &shown).await;
    let signed = payload["attestation"].take();
    assert_eq!(signed["state"], "UNDER_REVIEW");
    assert_eq!(signed["reviewReasons"], json!(["S3 is denied"]));
    let ids = signed["caseIds"].as_array().unwrap();
    assert_eq!(ids.len(), 1, "{signed}");
    let query = format!(
        "query($id: ID!) {{ {} }}",
        CASE.replacen("case", "case(id: $id)", 1)
    );
    let case = scene.verifier.ask(&query, json!({ "id": ids[0] })).await;
    (signed, Standing::of(&case))
}

#[tokio::test]
pub(super) async fn a_denied_statement_waits_in_the_queue_as_a_case_for_cause() {
    let scene = Scene::open().await;
    let (signed, case) = denied(&scene).await;
    assert_eq!(case.state, "SUBMITTED");
    let query = "{ caseQueue(purpose: FOR_CAUSE) { nodes { id openedAt attestation { id \
                 statements { statement answer } } history { action signatureMeaning printedName } } } }";
    for hand in [&scene.verifier, &scene.compliance] {
        let queue = hand.ask(query, json!({})).await;
        let nodes = queue["caseQueue"]["nodes"].as_array().unwrap();
        assert_eq!(nodes.len(), 1, "{queue}");
        assert_eq!(nodes[0]["id"], case.id.as_str());
        assert_eq!(nodes[0]["attestation"]["id"], signed["id"]);
        assert_eq!(
            nodes[0]["attestation"]["statements"][2],
            json!({ "statement": "S3", "answer": false })
        );
        assert_eq!(
            nodes[0]["history"],
            json!([{
                "action": "signAttestation", "signatureMeaning": "RESPONSIBILITY",
                "printedName": "Ada Needham",
            }])
        );
    }
    // The person who signed reviews their own case in no role.
    let mut ada = scene.ada.clone();
    ada.who.roles = domain::access::Roles::new([Role::Verifier]).unwrap();
    assert_eq!(
        ada.is_told("claimCase", case.order()).await,
        "SEPARATION_OF_DUTIES"
    );
    // Whatever the case says, nobody accepts it.
    let photo = scene.photograph(90).await;
    let review = Scene::reviewing(&signed, true, &[photo]);
    assert_eq!(
        scene.verifier.is_told("reviewAttestation", review).await,
        "GUARD_FAILED"
    );
}

#[tokio::test]
pub(super) async fn what_two_people_find_refuses_the_attestation_and_is_appealed_as_their_decision()
{
    let scene = Scene::open().await;
    let (signed, case) = denied(&scene).await;
    let approver = scene.desk.hand("Abe Prover", &[Role::Approver]);
    let pending = scene.reviewed(&scene.verifier, &case, true).await;
    let mut input = pending.signed("APPROVAL", "Abe Prover");
    assert_eq!(
        approver.is_told("approveCase", input.clone()).await,
        "REASON_REQUIRED"
    );
    input["reasonCode"] = json!("OTHER");
    input["reasonText"] = json!("needles are used again");
    let decided = Standing::of(&approver.does("approveCase", input, CASE).await);
    assert_eq!(decided.state, "APPROVED");
    let refused = scene.fields(&signed["id"], DECIDED).await;
    assert_eq!(
        (&refused["state"], &refused["decidedByCaseId"]),
        (&json!("REJECTED"), &json!(case.id))
    );
    scene.notices_leave().await;
    assert_eq!(
        scene.ada.is_told("fileAppeal", appealing(&refused)).await,
        "GUARD_FAILED",
        "the case's decision is appealed"
    );
    let input = decided.signed("AUTHORSHIP", "Ada Needham");
    let payload = scene.ada.does("fileAppeal", input, CASE).await;
    let appeal = Standing::of(&payload);
    let mut officer = scene.verifier.clone();
    officer.who.roles = domain::access::Roles::new([Role::Appeals]).unwrap();
    assert_eq!(
        officer.is_told("claimCase", appeal.order()).await,
        "SEPARATION_OF_DUTIES"
    );
    let overturned = scene.heard(&appeal, true).await;
    let after = scene.fields(&signed["id"], DECIDED).await;
    assert_eq!(after["overturnedByCaseId"], overturned.id.as_str());
    assert_eq!(
        after["state"], "REJECTED",
        "what is denied is never in force"
    );
}

#[tokio::test]
pub(super) async fn a_case_that_finds_nothing_leaves_the_attestation_to_its_reviewer() {
    let scene = Scene::open().await;
    let (signed, case) = denied(&scene).await;
    let approver = scene.desk.hand("Abe Prover", &[Role::Approver]);
    let pending = scene.reviewed(&scene.verifier, &case, false).await;
    let mut input = pending.signed("REJECTION", "Abe Prover");
    input["reasonCode"] = json!("OTHER");
    approver.does("rejectCase", input, CASE).await;
    let after = scene.fields(&signed["id"], DECIDED).await;
    assert_eq!(after["state"], "UNDER_REVIEW");
    let mut review = Scene::reviewing(&after, false, &[]);
    review["reasonCode"] = json!("OTHER");
    scene.verifier.does("reviewAttestation", review, "").await;
    let after = scene.fields(&signed["id"], DECIDED).await;
    assert_eq!(
        (&after["state"], &after["decidedByCaseId"]),
        (&json!("REJECTED"), &json!(null))
    );
}

#[tokio::test]
pub(super) async fn what_the_person_brings_changes_nothing_of_what_they_signed() {
    let scene = Scene::open().await;
    let (signed, case) = denied(&scene).await;
    let held = Standing::of(&scene.verifier.does("claimCase", case.order(), CASE).await);
    let mut input = held.order();
    input["reasonCode"] = json!("OTHER");
    input["items"] = json!(["what is done instead"]);
    let asked = Standing::of(&scene.verifier.does("requestInfo", input, CASE).await);
    let photo = scene.photograph(90).await;
    let mut input = asked.order();
    input["evidenceIds"] = json!([photo]);
    let back = Standing::of(&scene.ada.does("supplyInfo", input, CASE).await);
    assert_eq!(back.state, "IN_REVIEW");
    assert_eq!(json!(back.sha256), signed["signature"]["payloadSha256"]);
}
