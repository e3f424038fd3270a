//! Recalls from a file.

use serde_json::json;

use super::scene::{DI, SHOWN, Scene, needle, text};

#[tokio::test]
async fn a_dry_run_tells_all_and_writes_nothing_and_the_second_run_changes_nothing() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(signed["state"], "ACCEPTED", "{signed}");
    let row = format!("{DI},LOT1,FDA recalls,2026-11-20,https://example.org/1");
    let events = scene.desk.events().await.len();
    let dry = scene.recall(&row, true).await;
    assert_eq!((dry.new, dry.applied.invalidated), (1, 1));
    assert_eq!(scene.desk.events().await.len(), events);
    assert_eq!(scene.read(&signed["id"]).await["state"], "ACCEPTED");

    let done = scene.recall(&row, false).await;
    assert_eq!(done.applied, dry.applied);
    assert_eq!(scene.read(&signed["id"]).await["state"], "INVALIDATED");
    let after = scene.desk.events().await;
    let actions: Vec<_> = after[events..]
        .iter()
        .map(|event| text(&event["action"]))
        .collect();
    assert_eq!(actions, ["attestation.recall", "recalls.import"]);
    assert!(
        after[events..]
            .iter()
            .all(|event| event["actorRole"] == "SYSTEM")
    );

    let again = scene.recall(&row, false).await;
    assert_eq!((again.new, again.unchanged), (0, 1));
    assert_eq!(scene.desk.events().await.len(), after.len());
}

#[tokio::test]
async fn a_recall_is_not_put_off_and_may_count_from_an_earlier_day() {
    let scene = Scene::open().await;
    scene
        .recall(&format!("{DI},LOT9,a,2026-11-10,"), false)
        .await;
    let later = scene
        .recall(&format!("{DI},LOT9,a,2026-11-15,"), false)
        .await;
    assert!(later.refused);
    assert_eq!(later.rejected.by_code["LATER"], 1);
    let earlier = scene
        .recall(&format!("{DI},LOT9,a,2026-11-05,"), false)
        .await;
    assert_eq!(earlier.changed, 1);
}

#[tokio::test]
async fn a_recalled_lot_cannot_be_signed_for_and_drops_out_of_what_waits() {
    let scene = Scene::with(vec![super::scene::someone(1)], 100).await;
    let waiting = scene.signed(json!([needle()])).await;
    assert_eq!(waiting["state"], "UNDER_REVIEW");
    scene
        .recall(&format!("{DI},LOT1,a,2026-11-10,"), false)
        .await;
    let photo = scene.photograph(90).await;
    let review = Scene::reviewing(&waiting, true, &[photo]);
    assert_eq!(
        scene.verifier.is_told("reviewAttestation", review).await,
        "GUARD_FAILED"
    );
    let draft = scene.drafted(json!([needle()])).await;
    assert_eq!(draft["findings"][0]["code"], "LOT_RECALLED");
    let signed = scene
        .ada
        .does("signAttestation", scene.signing(&draft), SHOWN)
        .await;
    assert_eq!(signed["attestation"]["state"], "NEEDS_FIX");
}

#[tokio::test]
async fn a_person_is_told_of_what_they_may_use_no_longer() {
    use drypoint::store::notice::{Filter, page};
    let scene = Scene::open().await;
    scene.signed(json!([needle()])).await;
    scene
        .recall(&format!("{DI},LOT1,a,2026-11-10,"), false)
        .await;
    let filter = Filter {
        npi: Some(scene.npi),
        ..Filter::default()
    };
    let found = page(scene.desk.app.store.connection(), &filter, None, 10).await;
    let kinds: Vec<_> = found
        .unwrap()
        .iter()
        .map(|stored| stored.notice.kind.code())
        .collect();
    // The latest first.
    assert_eq!(kinds, ["ATTESTATION_DECISION", "LOT_OUT"]);
}
