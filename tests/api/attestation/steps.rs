//! The rows N1 to N11 of verification.md 3.6, by their numbers; N12 is with the appeals.

use serde_json::{Value, json};

use super::scene::{DI, SHOWN, Scene, findings, needle, needle_with, someone};
use crate::support::desk::key;

fn which(attestation: &Value) -> Value {
    json!({
        "attestationId": attestation["id"],
        "expectedVersion": attestation["version"],
        "idempotencyKey": key(),
    })
}

#[tokio::test]
pub(super) async fn n1_a_provider_and_a_delegate_write_drafts() {
    let scene = Scene::open().await;
    for hand in [&scene.ada, &scene.delegate] {
        let draft = scene.draft(json!([needle()]));
        let payload = hand.does("draftAttestation", draft, SHOWN).await;
        assert_eq!(payload["attestation"]["state"], "DRAFT");
    }
    let draft = scene.draft(json!([needle()]));
    let refused = scene.verifier.is_refused("draftAttestation", draft).await;
    assert_eq!(refused, "FORBIDDEN");
}

#[tokio::test]
pub(super) async fn n2_only_the_provider_signs_and_nothing_unfinished() {
    let scene = Scene::open().await;
    let draft = scene.drafted(json!([])).await;
    let told = scene
        .ada
        .is_told("signAttestation", scene.signing(&draft))
        .await;
    assert_eq!(told, "GUARD_FAILED", "no product");
    let draft = scene.drafted(json!([needle()])).await;
    let refused = scene
        .delegate
        .is_refused("signAttestation", scene.signing(&draft));
    assert_eq!(refused.await, "FORBIDDEN");
    let signed = scene
        .ada
        .does("signAttestation", scene.signing(&draft), SHOWN)
        .await;
    let id = &signed["attestation"]["id"];
    let read = scene
        .fields(id, "signature { meaning algorithm payloadSha256 payload }")
        .await;
    assert_eq!(read["signature"]["meaning"], "RESPONSIBILITY");
    let payload = read["signature"]["payload"].as_str().unwrap();
    let digest = {
        use sha2::Digest as _;
        data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(payload))
    };
    assert_eq!(read["signature"]["payloadSha256"], digest);
}

#[tokio::test]
pub(super) async fn n3_a_hard_finding_sends_it_back_with_its_codes() {
    let scene = Scene::open().await;
    let broken = needle_with(json!({ "singleUse": false, "diameter": "0.9 mm" }));
    let signed = scene.signed(json!([broken])).await;
    assert_eq!(signed["state"], "NEEDS_FIX");
    assert_eq!(findings(&signed), ["NOT_SINGLE_USE", "DIAMETER_RANGE"]);
}

#[tokio::test]
pub(super) async fn n4_what_nothing_speaks_against_is_in_force_at_once() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(
        (&signed["state"], &signed["assurance"]),
        (&json!("ACCEPTED"), &json!("MACHINE_CHECKED"))
    );
}

#[tokio::test]
pub(super) async fn n5_a_first_one_a_warning_and_chance_each_bring_a_reviewer() {
    let first = someone(1).with(|person| person.attestations.clear());
    let scene = Scene::with(vec![first], 0).await;
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(signed["reviewReasons"], json!(["it is the person's first"]));
    let scene = Scene::open().await;
    let unusual = needle_with(json!({ "diameter": "0.45 mm" }));
    let signed = scene.signed(json!([unusual])).await;
    let reason = signed["reviewReasons"][0].as_str().unwrap();
    assert!(reason.starts_with("DIAMETER_UNUSUAL"), "{signed}");
    let scene = Scene::with(vec![someone(1)], 100).await;
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(signed["state"], "UNDER_REVIEW");
    assert_eq!(signed["reviewReasons"], json!(["chance chose it"]));
}

#[tokio::test]
pub(super) async fn n6_a_verifier_accepts_what_they_saw_and_refuses_for_a_reason() {
    let scene = Scene::with(vec![someone(1)], 100).await;
    let photo = scene.photograph(90).await;
    for (accept, state) in [(true, "ACCEPTED"), (false, "REJECTED")] {
        let signed = scene.signed(json!([needle()])).await;
        let mut review = Scene::reviewing(&signed, accept, std::slice::from_ref(&photo));
        if !accept {
            review["reasonCode"] = json!("DOC_ILLEGIBLE");
        }
        let payload = scene
            .verifier
            .does("reviewAttestation", review, SHOWN)
            .await;
        assert_eq!(payload["attestation"]["state"], state);
    }
}

#[tokio::test]
pub(super) async fn n7_what_was_sent_back_is_mended_by_its_provider_alone() {
    let scene = Scene::open().await;
    let broken = needle_with(json!({ "singleUse": false }));
    let signed = scene.signed(json!([broken])).await;
    let refused = scene
        .delegate
        .is_refused("reviseAttestation", which(&signed));
    assert_eq!(refused.await, "FORBIDDEN");
    let payload = scene
        .ada
        .does("reviseAttestation", which(&signed), SHOWN)
        .await;
    assert_eq!(payload["attestation"]["state"], "DRAFT");
    assert_eq!(payload["attestation"]["contentVersion"], 2);
}

#[tokio::test]
pub(super) async fn n8_it_lapses_with_its_signature_and_nothing_is_written() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    let events = scene.desk.events().await.len();
    scene.days_pass(121);
    assert_eq!(scene.read(&signed["id"]).await["state"], "LAPSED");
    assert_eq!(scene.desk.events().await.len(), events);
}

#[tokio::test]
pub(super) async fn n9_compliance_and_a_recall_take_it_out_of_force() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    let mut input = which(&signed);
    input["reasonCode"] = json!("DI_INVALID");
    let payload = scene
        .compliance
        .does("invalidateAttestation", input, SHOWN)
        .await;
    assert_eq!(payload["attestation"]["state"], "INVALIDATED");
    let again = scene.signed(json!([needle()])).await;
    scene
        .recall(&format!("{DI},LOT1,a,2026-11-10,"), false)
        .await;
    let read = scene.read(&again["id"]).await;
    assert_eq!(
        (&read["state"], &read["reasonCode"]),
        (&json!("INVALIDATED"), &json!("LOT_RECALLED"))
    );
}

#[tokio::test]
pub(super) async fn n10_a_later_one_takes_the_place_of_an_earlier_one() {
    let scene = Scene::open().await;
    let first = scene.signed(json!([needle()])).await;
    let second = scene.signed(json!([needle()])).await;
    assert_eq!(second["supersedesId"], first["id"]);
    assert_eq!(scene.read(&first["id"]).await["state"], "SUPERSEDED");
}

#[tokio::test]
pub(super) async fn n10_what_was_signed_later_gives_way_to_nothing_that_was_signed_before() {
    let scene = Scene::with(vec![someone(1)], 100).await;
    let photo = scene.photograph(90).await;
    let first = scene.signed(json!([needle()])).await;
    scene.days_pass(1);
    let second = scene.signed(json!([needle()])).await;
    for signed in [&second, &first] {
        let review = Scene::reviewing(signed, true, std::slice::from_ref(&photo));
        scene
            .verifier
            .does("reviewAttestation", review, SHOWN)
            .await;
    }
    for signed in [&first, &second] {
        assert_eq!(scene.read(&signed["id"]).await["state"], "ACCEPTED");
    }
}

#[tokio::test]
pub(super) async fn n11_its_provider_takes_it_back() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    let refused = scene
        .delegate
        .is_refused("withdrawAttestation", which(&signed));
    assert_eq!(refused.await, "FORBIDDEN");
    let payload = scene
        .ada
        .does("withdrawAttestation", which(&signed), SHOWN)
        .await;
    assert_eq!(payload["attestation"]["state"], "WITHDRAWN");
    let input = which(&payload["attestation"]);
    let told = scene.ada.is_told("withdrawAttestation", input).await;
    assert_eq!(told, "ILLEGAL_TRANSITION");
}
