//! What a person reads of their own attestations.

use domain::access::Role;
use serde_json::{Value, json};

use super::scene::{Scene, needle, needle_with};

const LIST: &str = "query($npi: NPI!, $first: Int!, $after: String) { \
     attestationRecords(npi: $npi, first: $first, after: $after) { \
       nodes { id state findings { code severity field } products { source gudidSnapshotOn } } \
       pageInfo { hasNextPage hasPreviousPage endCursor } } }";

fn asking(scene: &Scene, first: i32, after: &Value) -> Value {
    json!({ "npi": scene.npi.to_string(), "first": first, "after": after })
}

#[tokio::test]
pub(super) async fn drafts_come_first_with_the_codes_of_what_fails() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    let broken = needle_with(json!({ "singleUse": false, "needleKind": "HYPODERMIC" }));
    let draft = scene.drafted(json!([broken])).await;
    for hand in [&scene.ada, &scene.delegate, &scene.verifier] {
        let page = hand.ask(LIST, asking(&scene, 2, &json!(null))).await;
        let nodes = page["attestationRecords"]["nodes"]
            .as_array()
            .unwrap()
            .clone();
        assert_eq!(
            (&nodes[0]["id"], &nodes[0]["state"]),
            (&draft["id"], &json!("DRAFT"))
        );
        assert_eq!(
            nodes[0]["findings"],
            json!([
                { "code": "NEEDLE_KIND", "severity": "HARD", "field": "products[0].needleKind" },
                { "code": "NOT_SINGLE_USE", "severity": "HARD", "field": "products[0].singleUse" },
            ])
        );
        assert_eq!(
            (&nodes[1]["id"], &nodes[1]["state"]),
            (&signed["id"], &json!("ACCEPTED"))
        );
    }
}

#[tokio::test]
pub(super) async fn every_page_is_there_once_and_nobody_else_reads_it() {
    let scene = Scene::open().await;
    let mut written = Vec::new();
    for _ in 0..3 {
        written.insert(0, scene.drafted(json!([needle()])).await["id"].take());
    }
    let mut seen = Vec::new();
    let mut after = json!(null);
    loop {
        let mut page =
            scene.ada.ask(LIST, asking(&scene, 1, &after)).await["attestationRecords"].take();
        seen.push(page["nodes"][0]["id"].take());
        assert_eq!(page["pageInfo"]["hasPreviousPage"], json!(!after.is_null()));
        if page["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = page["pageInfo"]["endCursor"].take();
    }
    assert_eq!(seen[..3], written);
    assert_eq!(seen.len(), 4, "with the one that was in force before");

    let stranger = scene.desk.hand_of("Sam", &[Role::Provider], &[]);
    for (hand, code) in [
        (stranger, "NOT_FOUND"),
        (scene.desk.hand("Ed Min", &[Role::Admin]), "FORBIDDEN"),
        (scene.desk.anybody(), "UNAUTHENTICATED"),
    ] {
        let answer = hand.answer(LIST, asking(&scene, 1, &json!(null))).await;
        assert_eq!(answer["errors"][0]["extensions"]["code"], code);
    }
}

#[tokio::test]
pub(super) async fn a_copy_of_the_device_database_is_named_by_its_day() {
    let scene = Scene::open().await;
    for (source, on) in [
        ("GUDID", json!(null)),
        ("LABEL", json!("2026-11-22")),
        ("GUDID", json!("2013-09-23")),
    ] {
        let product = needle_with(json!({ "source": source, "gudidSnapshotOn": on }));
        let draft = scene.draft(json!([product]));
        let payload = scene
            .ada
            .tries("draftAttestation", draft, "attestation { id }")
            .await;
        assert_eq!(payload["attestation"], json!(null), "{source} {on}");
        let error = &payload["userErrors"][0];
        assert_eq!(error["field"], "products[0].gudidSnapshotOn", "{error}");
    }
    let product = needle_with(json!({ "source": "GUDID", "gudidSnapshotOn": "2026-11-21" }));
    let signed = scene.signed(json!([product])).await;
    assert_eq!(signed["state"], "ACCEPTED", "{signed}");
    let read = scene
        .fields(
            &signed["id"],
            "products { source gudidSnapshotOn } signature { payload }",
        )
        .await;
    assert_eq!(
        read["products"],
        json!([{ "source": "GUDID", "gudidSnapshotOn": "2026-11-21" }])
    );
    let payload = read["signature"]["payload"].as_str().unwrap();
    assert!(
        payload.contains(r#""gudidSnapshotOn":"2026-11-21""#),
        "{payload}"
    );
}
