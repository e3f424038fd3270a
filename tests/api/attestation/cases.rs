//! Cases 36 to 43 of verification.md 9, by their numbers.

use domain::attestation::AttestationState;
use serde_json::json;

use super::scene::{DI, SHOWN, Scene, findings, needle, needle_with, text};

#[tokio::test]
async fn case_36_an_exempt_needle_without_a_k_number_is_accepted() {
    let scene = Scene::open().await;
    let signed = scene.signed(json!([needle()])).await;
    assert_eq!(signed["state"], "ACCEPTED", "{signed}");
    assert_eq!(signed["assurance"], "MACHINE_CHECKED");
    assert_eq!(scene.sterility(None).await, "PASS");
    let shown = scene
        .public("attestations { id state products { fdaText k510Number } }")
        .await;
    let shown = shown["attestations"].as_array().unwrap().clone();
    let ours = shown.iter().find(|it| it["id"] == signed["id"]).unwrap();
    assert_eq!(
        ours["products"],
        json!([{
            "fdaText": "exempt from FDA premarket clearance since 2019 (21 CFR 880.5580)",
            "k510Number": null,
        }])
    );
}

#[tokio::test]
async fn case_37_k_numbers_are_read_or_named_as_wrong_and_mox_is_asked_about() {
    let scene = Scene::open().await;
    for (typed, code) in [("K96133", "K510_INVALID"), ("K9613399", "K510_INVALID")] {
        let cleared = json!({ "fdaPathway": "CLEARED_510K", "k510Number": typed });
        let signed = scene.signed(json!([needle_with(cleared)])).await;
        assert_eq!(signed["state"], "NEEDS_FIX", "{typed}");
        assert_eq!(findings(&signed), [code], "{typed}");
        assert_eq!(
            signed["findings"][0]["field"], "products[0].k510Number",
            "{signed}"
        );
    }
    let cleared = json!({ "fdaPathway": "CLEARED_510K", "k510Number": "k961339 " });
    let draft = scene.drafted(json!([needle_with(cleared)])).await;
    assert_eq!(draft["products"][0]["k510Number"], "K961339");
    assert_eq!(draft["findings"], json!([]));

    let mistyped = scene.draft(json!([needle_with(json!({ "productCode": "MOX" }))]));
    let payload = scene.ada.tries("draftAttestation", mistyped, SHOWN).await;
    assert_eq!(payload["attestation"], json!(null));
    let error = &payload["userErrors"][0];
    assert_eq!(error["field"], "products[0].productCode");
    assert!(
        text(&error["message"]).contains("did you mean MQX?"),
        "{error}"
    );
}

#[tokio::test]
async fn case_38_a_check_character_that_is_a_space_is_kept_and_missed_when_trimmed() {
    let scene = Scene::open().await;
    let scanned = "+A123DN25401/$$3280930LOT7A ";
    let product = json!({
        "deviceIdentifier": null,
        "lots": [{ "udi": scanned }],
    });
    let signed = scene.signed(json!([needle_with(product)])).await;
    assert_eq!(signed["state"], "ACCEPTED", "{signed}");
    assert_eq!(signed["products"][0]["diIssuer"], "HIBCC");
    assert_eq!(
        signed["products"][0]["lots"],
        json!([{ "lot": "LOT7A", "expiresOn": "2028-09-30", "status": "IN_DATE", "udi": scanned }])
    );

    // The primary bar code whose check character is a space, and the same trimmed.
    let spaced = spaced_primary();
    for (typed, expected) in [
        (spaced.clone(), None),
        (spaced.trim_end().to_owned(), Some("DI_INVALID")),
    ] {
        let product = needle_with(json!({ "deviceIdentifier": typed }));
        let draft = scene.drafted(json!([product])).await;
        assert_eq!(
            findings(&draft),
            expected.map(String::from).as_slice(),
            "{typed:?}"
        );
        if expected.is_some() {
            let message = text(&draft["findings"][0]["message"]);
            assert!(message.contains("it is a space here"), "{message}");
        }
    }

    // Typed beside it, a trimmed bar code is a finding with a hint rather than a question.
    let product = json!({
        "deviceIdentifier": null,
        "diIssuer": "NONE_STATED",
        "lots": [{ "lot": "LOT7A", "expiresOn": "2028-09-30", "udi": scanned.trim_end() }],
    });
    let signed = scene.signed(json!([needle_with(product)])).await;
    assert_eq!(signed["state"], "NEEDS_FIX");
    let codes = findings(&signed);
    assert!(codes.contains(&"UDI_INVALID".to_owned()), "{codes:?}");
}

/// An HIBC device whose check character is a space.
fn spaced_primary() -> String {
    (0..10_000)
        .map(|number| format!("+A123DN{number}1"))
        .map(|data| format!("{data}{}", domain::check_digit::hibc(&data).unwrap()))
        .find(|code| code.ends_with(' '))
        .unwrap()
}

#[tokio::test]
async fn case_39_a_lot_that_expires_today_is_used_today_and_dropped_tomorrow() {
    let scene = Scene::open().await;
    let lots = json!([
        { "lot": "LAST", "expiresOn": "2026-11-21" },
        { "lot": "NEXT", "expiresOn": "2028-11-30" },
    ]);
    let signed = scene
        .signed(json!([needle_with(json!({ "lots": lots }))]))
        .await;
    // A lot that ends within thirty days is a warning.
    assert_eq!(signed["state"], "UNDER_REVIEW", "{signed}");
    let photo = scene.photograph(90).await;
    let review = Scene::reviewing(&signed, true, &[photo]);
    let accepted = scene
        .verifier
        .does("reviewAttestation", review, SHOWN)
        .await;
    assert_eq!(accepted["attestation"]["state"], "ACCEPTED");
    let status = async || {
        let read = scene.read(&signed["id"]).await;
        let lots = read["products"][0]["lots"].as_array().unwrap().clone();
        (
            text(&read["state"]),
            lots.iter()
                .map(|lot| text(&lot["status"]))
                .collect::<Vec<_>>(),
        )
    };
    assert_eq!(
        status().await,
        (
            "ACCEPTED".into(),
            vec!["IN_DATE".to_owned(), "IN_DATE".into()]
        )
    );
    scene.days_pass(1);
    assert_eq!(
        status().await,
        (
            "ACCEPTED".into(),
            vec!["EXPIRED".to_owned(), "IN_DATE".into()]
        )
    );
    assert_eq!(scene.sterility(None).await, "PASS");

    let only = json!({ "lots": [{ "lot": "ONLY", "expiresOn": "2026-11-22" }] });
    let signed = scene.signed(json!([needle_with(only)])).await;
    let photo = scene.photograph(91).await;
    let review = Scene::reviewing(&signed, true, &[photo]);
    scene
        .verifier
        .does("reviewAttestation", review, SHOWN)
        .await;
    assert_eq!(scene.sterility(None).await, "PASS");
    scene.days_pass(1);
    let read = scene.read(&signed["id"]).await;
    assert_eq!(read["state"], "LAPSED");
    assert_eq!(read["products"][0]["lots"][0]["status"], "EXPIRED");
    assert_eq!(scene.sterility(None).await, "UNKNOWN");
    assert_eq!(scene.sterility(Some("2026-11-22")).await, "PASS");
}

#[tokio::test]
async fn case_40_a_recall_takes_its_lot_and_with_the_last_one_the_attestation() {
    let scene = Scene::open().await;
    let lots = json!([
        { "lot": "LOT1", "expiresOn": "2028-11-30" },
        { "lot": "LOT2", "expiresOn": "2027-01-31" },
    ]);
    let signed = scene
        .signed(json!([needle_with(json!({ "lots": lots }))]))
        .await;
    assert_eq!(signed["state"], "ACCEPTED", "{signed}");
    assert_eq!(signed["validUntil"], "2027-03-21");
    let report = scene
        .recall(
            &format!("{DI},lot1,FDA recalls,2026-11-20,https://example.org/1"),
            false,
        )
        .await;
    assert_eq!(report.new, 1);
    assert_eq!(
        (
            report.applied.lots_dropped,
            report.applied.invalidated,
            report.applied.tasks_opened
        ),
        (1, 0, 1)
    );
    let read = scene.read(&signed["id"]).await;
    assert_eq!(read["state"], "ACCEPTED");
    assert_eq!(read["validUntil"], "2027-01-31");
    assert_eq!(read["products"][0]["lots"][0]["status"], "RECALLED");
    assert_eq!(read["products"][0]["lots"][1]["status"], "IN_DATE");
    assert_eq!(scene.sterility(None).await, "PASS");
    let shown = scene
        .public("attestations { id products { lots { lot status recalledOn } } }")
        .await;
    let shown = shown["attestations"].as_array().unwrap().clone();
    let ours = shown.iter().find(|it| it["id"] == signed["id"]).unwrap();
    assert_eq!(
        ours["products"][0]["lots"],
        json!([
            { "lot": "LOT1", "status": "RECALLED", "recalledOn": "2026-11-21" },
            { "lot": "LOT2", "status": "IN_DATE", "recalledOn": null },
        ])
    );

    scene.days_pass(2);
    let report = scene
        .recall(&format!("{DI},,FDA recalls,2026-11-22,"), false)
        .await;
    assert_eq!(
        (report.applied.lots_dropped, report.applied.invalidated),
        (1, 1)
    );
    let read = scene.read(&signed["id"]).await;
    assert_eq!(
        (text(&read["state"]), text(&read["reasonCode"])),
        ("INVALIDATED".into(), "LOT_RECALLED".into())
    );
    assert_eq!(read["products"][0]["lots"][1]["status"], "WITHDRAWN");
    assert_eq!(scene.sterility(None).await, "UNKNOWN");
    assert_eq!(scene.sterility(Some("2026-11-22")).await, "PASS");
}

#[tokio::test]
async fn case_41_hollow_needles_and_needles_for_more_than_one_use_fail_whatever_is_ticked() {
    let scene = Scene::open().await;
    for (changed, code) in [
        (json!({ "needleKind": "HYPODERMIC" }), "NEEDLE_KIND"),
        (json!({ "singleUse": false }), "NOT_SINGLE_USE"),
        (json!({ "sterileAsPackaged": false }), "NOT_STERILE"),
        (
            json!({ "needsSterilizationBeforeUse": true }),
            "NEEDS_STERILIZATION",
        ),
    ] {
        let signed = scene.signed(json!([needle_with(changed)])).await;
        assert_eq!(signed["state"], "NEEDS_FIX", "{code}");
        assert_eq!(findings(&signed), [code]);
        assert_eq!(signed["findings"][0]["severity"], "HARD");
    }
}

#[tokio::test]
async fn case_42_sizes_are_taken_in_millimetres_and_anything_else_is_asked_back() {
    let scene = Scene::open().await;
    let draft = scene
        .drafted(json!([needle_with(json!({ "diameter": "0.30" }))]))
        .await;
    assert_eq!(draft["products"][0]["diameterMicrometers"], 300);
    for typed in ["30", "30 gauge", "0.012 in"] {
        let spoiled = scene.draft(json!([needle_with(json!({ "diameter": typed }))]));
        let events = scene.desk.events().await.len();
        let payload = scene.ada.tries("draftAttestation", spoiled, SHOWN).await;
        assert_eq!(payload["attestation"], json!(null), "{typed}");
        assert_eq!(payload["userErrors"][0]["field"], "products[0].diameter");
        assert_eq!(payload["userErrors"][0]["code"], "GUARD_FAILED");
        assert_eq!(scene.desk.events().await.len(), events, "{typed}");
    }
    let db = scene.desk.app.store.connection();
    let all = drypoint::store::attestation::of_person(db, scene.npi)
        .await
        .unwrap();
    let states = all.iter().map(|filed| filed.attestation.state());
    let drafts = states.filter(|state| *state == AttestationState::Draft);
    assert_eq!(drafts.count(), 1, "nothing that was asked back is stored");

    let wide = needle_with(json!({ "diameter": "0.9 mm" }));
    let signed = scene.signed(json!([wide])).await;
    assert_eq!(signed["state"], "NEEDS_FIX");
    assert_eq!(findings(&signed), ["DIAMETER_RANGE"]);
}

#[tokio::test]
async fn case_43_the_public_reads_cleared_and_never_more() {
    let scene = Scene::open().await;
    let cleared = json!({ "fdaPathway": "CLEARED_510K", "k510Number": "K961339" });
    let signed = scene.signed(json!([needle_with(cleared)])).await;
    assert_eq!(signed["state"], "ACCEPTED", "{signed}");
    let shown = scene
        .public("attestations { id statement products { fdaText k510Number } }")
        .await;
    let shown = shown["attestations"].as_array().unwrap().clone();
    let ours = shown.iter().find(|it| it["id"] == signed["id"]).unwrap();
    let statement = text(&ours["statement"]);
    assert!(
        statement.contains("cleared by FDA as K961339"),
        "{statement}"
    );
    assert!(
        !statement.to_lowercase().contains("approved"),
        "{statement}"
    );
    assert_eq!(ours["products"][0]["k510Number"], "K961339");

    let lying = needle_with(json!({ "brand": "Filum, FDA-Approved" }));
    let signed = scene.signed(json!([lying])).await;
    assert_eq!(findings(&signed), ["NAME_SAYS_APPROVED"]);
}
