//! N12: appeals against what was decided about an attestation.

use domain::access::Role;
use serde_json::json;

use super::hearing::{DECIDED, appealing};
use super::scene::{DI, Scene, needle, needle_with, someone};
use crate::cases::bench::{CASE, Standing};

async fn looked_at() -> Scene {
    Scene::with(vec![someone(1)], 100).await
}

#[tokio::test]
pub(super) async fn n12_the_days_of_an_appeal_count_from_the_notice_through_the_last() {
    for (days, code) in [(30, None), (31, Some("GUARD_FAILED"))] {
        let scene = looked_at().await;
        let refused = scene.refused().await;
        assert_eq!(refused["state"], "REJECTED");
        assert_eq!(refused["appealUntil"], json!(null), "nobody was told yet");
        scene.days_pass(3);
        scene.notices_leave().await;
        let told = scene.fields(&refused["id"], DECIDED).await;
        assert_eq!(told["noticeSentAt"], scene.now(), "{told}");
        assert_eq!(told["appealUntil"], "2026-12-24", "{told}");
        scene.days_pass(days);
        let payload = scene.ada.tries("fileAppeal", appealing(&told), CASE).await;
        assert_eq!(
            payload["userErrors"][0]["code"].as_str(),
            code,
            "day {days}"
        );
    }
    // Whom nobody has told has all the time there is.
    let scene = looked_at().await;
    let refused = scene.refused().await;
    scene.days_pass(40);
    scene
        .ada
        .does("fileAppeal", appealing(&refused), CASE)
        .await;
}

#[tokio::test]
pub(super) async fn n12_nobody_who_acted_hears_it_and_both_officers_see_the_attestation() {
    let scene = looked_at().await;
    let refused = scene.refused().await;
    scene.notices_leave().await;
    let foreign = {
        let mut input = appealing(&refused);
        input["signature"]["contentSha256"] = json!("0".repeat(64));
        input
    };
    assert_eq!(
        scene.ada.is_told("fileAppeal", foreign).await,
        "STALE_VERSION"
    );
    assert_eq!(
        scene
            .delegate
            .is_refused("fileAppeal", appealing(&refused))
            .await,
        "FORBIDDEN"
    );
    let neither = {
        let mut input = appealing(&refused);
        input["attestationId"] = json!(null);
        input
    };
    assert_eq!(
        scene.ada.is_refused("fileAppeal", neither).await,
        "BAD_INPUT"
    );
    let payload = scene
        .ada
        .does("fileAppeal", appealing(&refused), CASE)
        .await;
    let appeal = Standing::of(&payload);
    assert_eq!(appeal.state, "SUBMITTED");

    let decided = scene.fields(&refused["id"], DECIDED).await;
    assert_eq!(decided["appealed"], true);
    assert_eq!(decided["caseIds"], json!([appeal.id]));
    assert_eq!(decided["appealUntil"], json!(null));
    assert_eq!(
        scene.ada.is_told("fileAppeal", appealing(&decided)).await,
        "GUARD_FAILED",
        "one appeal a decision"
    );

    // Whoever refused it, whoever brought what was seen, and the person.
    let also = |hand: &crate::support::desk::Hand| {
        let mut hand = hand.clone();
        hand.who.roles = domain::access::Roles::new([Role::Appeals]).unwrap();
        hand
    };
    let mut uploader = also(&scene.verifier);
    uploader.who.account = Some(domain::access::AccountId(90));
    for hand in [also(&scene.verifier), uploader, also(&scene.ada)] {
        let told = hand.is_told("claimCase", appeal.order()).await;
        assert_eq!(told, "SEPARATION_OF_DUTIES", "{}", hand.who.name);
    }

    let officer = scene.officer("Apollo One");
    let query = "{ caseQueue(purpose: APPEAL) { nodes { id npi credentialId attestationId \
                 attestation { id state reasonCode } } } }";
    let queue = officer.ask(query, json!({})).await;
    assert_eq!(
        queue["caseQueue"]["nodes"],
        json!([{
            "id": appeal.id,
            "npi": scene.npi.to_string(),
            "credentialId": null,
            "attestationId": refused["id"],
            "attestation": {
                "id": refused["id"], "state": "REJECTED", "reasonCode": "DOC_ILLEGIBLE",
            },
        }])
    );
    let query = "query($id: ID!) { case(id: $id) { purpose contentSha256 attestation { state } \
                 history { action state signatureMeaning printedName } } }";
    let read = scene.ada.ask(query, json!({ "id": appeal.id })).await;
    assert_eq!(
        read["case"],
        json!({
            "purpose": "APPEAL",
            "contentSha256": refused["signature"]["payloadSha256"],
            "attestation": { "state": "REJECTED" },
            "history": [{
                "action": "fileAppeal", "state": "SUBMITTED", "signatureMeaning": "AUTHORSHIP",
                "printedName": "Ada Needham",
            }],
        })
    );
}

#[tokio::test]
pub(super) async fn n12_an_overturned_refusal_is_in_force_from_the_decision_on() {
    let scene = looked_at().await;
    let refused = scene.refused().await;
    scene.notices_leave().await;
    let payload = scene
        .ada
        .does("fileAppeal", appealing(&refused), CASE)
        .await;
    scene.days_pass(10);
    let events = scene.desk.events().await.len();
    let decided = scene.heard(&Standing::of(&payload), true).await;
    assert_eq!(decided.state, "APPROVED");
    let after = scene.fields(&refused["id"], DECIDED).await;
    assert_eq!(after["state"], "ACCEPTED", "{after}");
    assert_eq!(after["assurance"], "EVIDENCE_REVIEWED");
    assert_eq!(
        after["validUntil"], "2027-03-21",
        "counted from the signature"
    );
    assert_eq!(after["overturnedByCaseId"], decided.id.as_str());
    assert_eq!(
        (&after["reasonCode"], &after["appealed"]),
        (&json!(null), &json!(false))
    );
    assert_eq!(scene.sterility(None).await, "PASS");
    let entries = scene.desk.events().await;
    let of_it = entries[events..]
        .iter()
        .filter(|event| event["entityType"] == "sterility_attestation");
    let told: Vec<_> = of_it
        .map(|event| {
            assert_eq!(
                (&event["action"], &event["actorRole"]),
                (&json!("approveCase"), &json!("APPEALS"))
            );
            event["entityId"].clone()
        })
        .collect();
    assert_eq!(told.len(), 2, "itself, and the one that gave way");
    assert_eq!(told[0], refused["id"]);
    // What was in force before it, and was signed before it, gave way.
    let shown = scene.public("attestations { id state }").await;
    let accepted = shown["attestations"].as_array().unwrap().iter();
    assert_eq!(accepted.filter(|it| it["state"] == "ACCEPTED").count(), 1);
}

#[tokio::test]
pub(super) async fn n12_what_is_upheld_stays_and_is_not_appealed_again() {
    let scene = looked_at().await;
    let refused = scene.refused().await;
    scene.notices_leave().await;
    let payload = scene
        .ada
        .does("fileAppeal", appealing(&refused), CASE)
        .await;
    let decided = scene.heard(&Standing::of(&payload), false).await;
    assert_eq!(decided.state, "REJECTED");
    let after = scene.fields(&refused["id"], DECIDED).await;
    assert_eq!(
        (&after["state"], &after["overturnedByCaseId"]),
        (&json!("REJECTED"), &json!(null))
    );
    scene.notices_leave().await;
    assert_eq!(
        scene.ada.is_told("fileAppeal", appealing(&after)).await,
        "GUARD_FAILED"
    );
    let against_the_appeal = decided.signed("AUTHORSHIP", "Ada Needham");
    assert_eq!(
        scene.ada.is_told("fileAppeal", against_the_appeal).await,
        "GUARD_FAILED"
    );
}

#[tokio::test]
pub(super) async fn n12_an_overturned_false_statement_leaves_credentials_to_their_own_reinstatement()
 {
    let scene = Scene::open().await;
    let gone = scene.invalidated("FALSE_STATEMENT").await;
    assert_eq!(scene.sterility(None).await, "UNKNOWN");
    scene.notices_leave().await;
    let payload = scene.ada.does("fileAppeal", appealing(&gone), CASE).await;
    let appeal = Standing::of(&payload);
    let mut cora = scene.compliance.clone();
    cora.who.roles = domain::access::Roles::new([Role::Appeals]).unwrap();
    assert_eq!(
        cora.is_told("claimCase", appeal.order()).await,
        "SEPARATION_OF_DUTIES"
    );
    scene.heard(&appeal, true).await;
    let after = scene.fields(&gone["id"], DECIDED).await;
    assert_eq!(after["state"], "ACCEPTED", "{after}");
    assert_eq!(scene.sterility(None).await, "PASS");
    let training = scene.public("training { status }").await;
    assert_eq!(training["training"][0]["status"], "SUSPENDED");
    // A day in between stays as it was.
    assert_eq!(scene.sterility(Some("2026-11-20")).await, "PASS");
}

#[tokio::test]
pub(super) async fn n12_what_could_not_be_in_force_today_is_overturned_and_stays_out() {
    // Its lots ran out while it was appealed.
    let scene = Scene::open().await;
    let short = needle_with(json!({ "lots": [{ "lot": "SHORT", "expiresOn": "2026-12-24" }] }));
    let signed = scene.signed(json!([short])).await;
    assert_eq!(signed["state"], "ACCEPTED", "{signed}");
    let input = json!({
        "attestationId": signed["id"], "expectedVersion": signed["version"], "reasonCode": "OTHER",
    });
    scene
        .compliance
        .does("invalidateAttestation", input, "")
        .await;
    scene.notices_leave().await;
    let gone = scene.fields(&signed["id"], DECIDED).await;
    let payload = scene.ada.does("fileAppeal", appealing(&gone), CASE).await;
    scene.days_pass(34);
    let decided = scene.heard(&Standing::of(&payload), true).await;
    let after = scene.fields(&signed["id"], DECIDED).await;
    assert_eq!(after["state"], "INVALIDATED");
    assert_eq!(after["overturnedByCaseId"], decided.id.as_str());

    // A later one took its place.
    let scene = Scene::open().await;
    let gone = scene.invalidated("OTHER").await;
    scene.notices_leave().await;
    let payload = scene.ada.does("fileAppeal", appealing(&gone), CASE).await;
    scene.days_pass(1);
    let later = scene.signed(json!([needle()])).await;
    assert_eq!(later["state"], "ACCEPTED", "{later}");
    scene.heard(&Standing::of(&payload), true).await;
    let after = scene.fields(&gone["id"], DECIDED).await;
    assert_eq!(after["state"], "INVALIDATED");
    assert_eq!(scene.read(&later["id"]).await["state"], "ACCEPTED");
}

#[tokio::test]
pub(super) async fn n12_what_a_recall_took_is_appealed_too() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    scene
        .recall(&format!("{DI},LOT1,a,2026-11-10,"), false)
        .await;
    scene.notices_leave().await;
    let gone = scene.fields(&signed["id"], DECIDED).await;
    assert_eq!(
        (&gone["state"], &gone["appealUntil"]),
        (&json!("INVALIDATED"), &json!("2026-12-21"))
    );
    let payload = scene.ada.does("fileAppeal", appealing(&gone), CASE).await;
    scene.heard(&Standing::of(&payload), true).await;
    // The recall is still on file: no appeal gives a recalled lot back.
    let after = scene.fields(&signed["id"], DECIDED).await;
    assert_eq!(after["state"], "INVALIDATED");
}
