//! Who signs what, and what follows in the same act.

use domain::access::Role;
use domain::attestation::AttestationState;
use serde_json::json;

use super::scene::{SHOWN, Scene, needle, needle_with, someone, text};

#[tokio::test]
async fn what_is_accepted_is_searched_from_that_data_version_on() {
    let scene = Scene::with(
        vec![someone(1).with(|person| person.attestations.clear())],
        0,
    )
    .await;
    assert_eq!(scene.sterility(None).await, "UNKNOWN");
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(signed["state"], "UNDER_REVIEW", "it is the person's first");
    assert_eq!(signed["reviewReasons"], json!(["it is the person's first"]));
    assert_eq!(scene.sterility(None).await, "UNKNOWN");
    let hidden = scene.public("attestations { id }").await;
    assert_eq!(hidden["attestations"], json!([]));

    let photo = scene.photograph(90).await;
    let review = Scene::reviewing(&signed, true, &[photo]);
    let accepted = scene
        .verifier
        .does("reviewAttestation", review, SHOWN)
        .await;
    assert_eq!(accepted["attestation"]["state"], "ACCEPTED");
    assert_eq!(accepted["attestation"]["assurance"], "EVIDENCE_REVIEWED");
    let found = scene
        .desk
        .anybody()
        .ask(
            "{ searchProviders(input: { jurisdiction: CO, atLeast: VERIFIED }) { nodes { npi } } }",
            json!({}),
        )
        .await;
    assert_eq!(
        found["searchProviders"]["nodes"],
        json!([{ "npi": scene.npi.to_string() }])
    );
    let events = scene.desk.events().await;
    let last = events.last().unwrap();
    assert_eq!(last["action"], "reviewAttestation");
    assert_eq!(last["actorRole"], "VERIFIER");
    assert_eq!(last["entityId"], signed["id"]);
}

#[tokio::test]
async fn a_delegate_prepares_and_does_not_sign_and_nobody_touches_anothers() {
    let scene = Scene::open().await;
    let draft = scene
        .delegate
        .does("draftAttestation", scene.draft(json!([needle()])), SHOWN)
        .await["attestation"]
        .take();
    let signing = scene.signing(&draft);
    assert_eq!(
        scene
            .delegate
            .is_refused("signAttestation", signing.clone())
            .await,
        "FORBIDDEN"
    );
    let stranger = scene.desk.hand_of("Sam", &[Role::Provider], &[]);
    for (mutation, input) in [
        ("signAttestation", signing),
        ("draftAttestation", scene.draft(json!([needle()]))),
    ] {
        assert_eq!(stranger.is_refused(mutation, input).await, "NOT_FOUND");
    }
    assert_eq!(
        scene
            .desk
            .anybody()
            .is_refused("draftAttestation", scene.draft(json!([needle()])))
            .await,
        "UNAUTHENTICATED"
    );
}

#[tokio::test]
async fn nobody_signs_what_they_were_not_shown() {
    let scene = Scene::open().await;
    let draft = scene.drafted(json!([needle()])).await;
    let mut edit = scene.draft(json!([needle_with(json!({ "brand": "Acus" }))]));
    edit["attestationId"] = draft["id"].clone();
    edit["expectedVersion"] = draft["version"].clone();
    let edited = scene.delegate.does("draftAttestation", edit, SHOWN).await["attestation"].take();
    assert_eq!(
        scene
            .ada
            .is_told("signAttestation", scene.signing(&draft))
            .await,
        "STALE_VERSION"
    );
    // The new version with the old hash is as stale.
    let mut signing = scene.signing(&draft);
    signing["expectedVersion"] = edited["version"].clone();
    assert_eq!(
        scene.ada.is_told("signAttestation", signing).await,
        "STALE_VERSION"
    );
    let signed = scene
        .ada
        .does("signAttestation", scene.signing(&edited), SHOWN)
        .await;
    assert_eq!(signed["attestation"]["state"], "ACCEPTED");
}

#[tokio::test]
async fn every_statement_is_answered_once() {
    let scene = Scene::open().await;
    let draft = scene.drafted(json!([needle()])).await;
    let mut signing = scene.signing(&draft);
    let all = signing["answers"].as_array().unwrap().clone();
    signing["answers"] = json!(all[..7]);
    let payload = scene
        .ada
        .tries("signAttestation", signing.clone(), "")
        .await;
    assert_eq!(payload["userErrors"][0]["field"], "answers.S8");
    signing["answers"] = json!([all[0], all[0]]);
    assert_eq!(
        scene.ada.is_told("signAttestation", signing.clone()).await,
        "BAD_INPUT"
    );
}

#[tokio::test]
async fn chance_chooses_by_a_seed_that_is_kept() {
    let scene = Scene::with(vec![someone(1)], 100).await;
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(signed["state"], "UNDER_REVIEW");
    assert_eq!(signed["reviewReasons"], json!(["chance chose it"]));
    let sample = &signed["sample"];
    assert_eq!(
        (&sample["percent"], &sample["taken"]),
        (&json!(100), &json!(true))
    );
    let expected = format!("{} version 1 under policy 2", text(&signed["id"]));
    assert_eq!(text(&sample["seed"]), expected);
    let digest = scene
        .desk
        .app
        .secret
        .blind(drypoint::secret::Use::Sample, &expected);
    let drawn = u32::from_str_radix(&digest[..8], 16).unwrap();
    assert_eq!(sample["drawn"], json!(drawn));
}

#[tokio::test]
async fn a_licence_that_is_not_in_force_carries_no_signature() {
    let expired = someone(1).with(|person| {
        person.licenses[0].expires_on = "2026-11-20".parse().ok();
        person.licenses[0].checks[0].expires_on = "2026-11-20".parse().ok();
    });
    let scene = Scene::with(vec![expired], 0).await;
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(signed["state"], "NEEDS_FIX");
    assert_eq!(signed["findings"][0]["code"], "SIGNER_LICENSE");
}

#[tokio::test]
async fn what_needs_a_fix_is_mended_as_a_new_version_and_signed_anew() {
    let scene = Scene::open().await;
    let broken = needle_with(json!({ "singleUse": false }));
    let signed = scene.signed(json!([broken])).await;
    assert_eq!(signed["state"], "NEEDS_FIX");
    let which = json!({ "attestationId": signed["id"], "expectedVersion": signed["version"] });
    let draft = scene.ada.does("reviseAttestation", which, SHOWN).await["attestation"].take();
    assert_eq!(
        (&draft["state"], &draft["contentVersion"]),
        (&json!("DRAFT"), &json!(2))
    );
    let mut edit = scene.draft(json!([needle()]));
    edit["attestationId"] = draft["id"].clone();
    edit["expectedVersion"] = draft["version"].clone();
    let draft = scene.ada.does("draftAttestation", edit, SHOWN).await["attestation"].take();
    let signed = scene
        .ada
        .does("signAttestation", scene.signing(&draft), SHOWN)
        .await;
    assert_eq!(signed["attestation"]["state"], "ACCEPTED");
    // Whoever was in force before and is covered whole gave way in the same transaction.
    let shown = scene.public("attestations { id state }").await;
    let states: Vec<_> = shown["attestations"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| text(&it["state"]))
        .collect();
    assert_eq!(states, ["SUPERSEDED", AttestationState::Accepted.code()]);
}

#[tokio::test]
async fn what_is_taken_back_leaves_the_public_view() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(scene.sterility(None).await, "PASS");
    let which = json!({ "attestationId": signed["id"], "expectedVersion": signed["version"] });
    let back = scene
        .ada
        .does("withdrawAttestation", which.clone(), SHOWN)
        .await;
    assert_eq!(back["attestation"]["state"], "WITHDRAWN");
    assert_eq!(scene.sterility(None).await, "UNKNOWN");
    let mut again = which;
    again["expectedVersion"] = back["attestation"]["version"].clone();
    assert_eq!(
        scene.ada.is_told("withdrawAttestation", again).await,
        "ILLEGAL_TRANSITION"
    );
}

#[tokio::test]
async fn it_lapses_by_the_clock_alone() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(signed["validUntil"], "2027-03-21");
    let events = scene.desk.events().await.len();
    scene.days_pass(120);
    assert_eq!(scene.read(&signed["id"]).await["state"], "ACCEPTED");
    scene.days_pass(1);
    assert_eq!(scene.read(&signed["id"]).await["state"], "LAPSED");
    assert_eq!(scene.sterility(None).await, "UNKNOWN");
    assert_eq!(
        scene.desk.events().await.len(),
        events,
        "time writes nothing"
    );
}

#[tokio::test]
async fn one_lot_with_two_last_days_is_a_warning_and_a_task_for_compliance() {
    let scene = Scene::with(vec![someone(1), someone(2)], 0).await;
    let first = scene.signed(json!([needle()])).await;
    assert_eq!(first["state"], "ACCEPTED", "{first}");
    let other = someone(2).npi();
    let ben = scene.desk.hand_of("Ben", &[Role::Provider], &[other]);
    let query = "query($npi: NPI!) { provider(npi: $npi) { locations { id } licenses { id } } }";
    let theirs = ben.ask(query, json!({ "npi": other.to_string() })).await["provider"].take();
    let differing = json!({ "lots": [{ "lot": "LOT1", "expiresOn": "2027-11-30" }] });
    let input = json!({
        "npi": other.to_string(),
        "locationIds": [theirs["locations"][0]["id"]],
        "products": [needle_with(differing)],
    });
    let draft = ben.does("draftAttestation", input, SHOWN).await["attestation"].take();
    let mut signing = scene.signing(&draft);
    signing["licenseId"] = theirs["licenses"][0]["id"].clone();
    let signed = ben.does("signAttestation", signing, SHOWN).await["attestation"].take();
    assert_eq!(signed["state"], "UNDER_REVIEW", "{signed}");
    let reason = text(&signed["reviewReasons"][0]);
    assert!(reason.starts_with("LOT_TWO_EXPIRIES"), "{reason}");
    assert_eq!(
        tasks(&scene, "LOT_TWO_EXPIRIES").await,
        2,
        "one for each of them"
    );
}

/// How many tasks of a kind are open.
async fn tasks(scene: &Scene, kind: &str) -> u64 {
    use drypoint::store::task::{Filter, count};
    let filter = Filter {
        kind: Some(kind.parse().unwrap()),
        ..Filter::default()
    };
    count(scene.desk.app.store.connection(), &filter)
        .await
        .unwrap()
}
