//! What a person says of themselves, their licences and places, and what sources say of them.

use domain::access::Role;
use domain::npi::Npi;
use domain::place::Jurisdiction::{Az, Co};
use domain::taxonomy::Discipline::PhysicalTherapist;
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};
use crate::support::people::{DENVER, Person, a_provider};

/// A person of whom everything is verified, in Denver.
fn in_denver(serial: u32) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Co)
        .at(DENVER, Co)
}

fn npi(serial: u32) -> String {
    Npi::sample(serial).to_string()
}

/// Somebody whose own entry it is.
fn owner(desk: &Desk, serial: u32) -> Hand {
    desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(serial)])
}

/// The id and version of the first of a person's things of a kind.
async fn first(desk: &Desk, serial: u32, of: &str) -> (String, i64) {
    let query = format!(
        "{{ provider(npi: \"{}\") {{ {of} {{ id version }} }} }}",
        npi(serial)
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    let found = &data["provider"][of][0];
    let id = found["id"].as_str().expect("one is there");
    (id.to_owned(), found["version"].as_i64().unwrap())
}

/// What a person is shown as at their first place, and why, where that is not PASS.
async fn shown(desk: &Desk, serial: u32) -> (String, Vec<String>) {
    let query = format!(
        "{{ whyNotShown(npi: \"{}\") {{ outcome reasons {{ code outcome }} }} }}",
        npi(serial)
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    let listing = &data["whyNotShown"][0];
    let reasons = listing["reasons"].as_array().unwrap().iter();
    let lacking = reasons
        .filter(|reason| reason["outcome"] != "PASS")
        .map(|reason| format!("{} {}", reason["code"], reason["outcome"]).replace('"', ""))
        .collect();
    (listing["outcome"].as_str().unwrap().to_owned(), lacking)
}

#[expect(clippy::needless_pass_by_value, reason = "made in place")]
fn check(license: &(String, i64), outcome: &str, more: Value) -> Value {
    let mut input = json!({
        "licenseId": license.0, "expectedVersion": license.1, "outcome": outcome,
        "sourceKind": "PRIMARY", "method": "BOARD_WEBSITE", "sourceName": "Colorado board",
        "sourceAsOf": "2026-11-21",
    });
    for (field, value) in more.as_object().unwrap() {
        input[field] = value.clone();
    }
    input
}

#[tokio::test]
pub(crate) async fn an_admin_registers_a_person_once_and_a_made_up_one_only_among_made_up_ones() {
    let desk = Desk::open().await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let new =
        |serial: u32| json!({ "npi": npi(serial), "name": { "given": "Zoë", "family": "Núñez" } });
    // Nobody is on file: for all that is known this is a directory of real people.
    assert_eq!(admin.is_told("registerProvider", new(7)).await, "BAD_INPUT");
    desk.with([in_denver(1)]).await;

    let made = admin
        .does(
            "registerProvider",
            new(7),
            "provider { npi claimed npiStatus version }",
        )
        .await;

    let expected = json!({ "npi": npi(7), "claimed": false, "npiStatus": null, "version": 1 });
    assert_eq!(made["provider"], expected);
    assert_eq!(
        admin.is_told("registerProvider", new(7)).await,
        "GUARD_FAILED"
    );
    let events = desk.events().await;
    let event = events.last().unwrap();
    assert_eq!(event["action"], "registerProvider");
    assert_eq!(event["entityId"], format!("provider_{}", npi(7)));
    assert!(
        !event.to_string().contains("Zoë"),
        "no value stands in the log"
    );
}

#[tokio::test]
pub(crate) async fn a_number_with_a_wrong_check_digit_is_refused_at_the_door() {
    let desk = Desk::open().await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let input = json!({ "npi": "1234567890", "name": { "family": "Lee" }, "idempotencyKey": "k" });
    assert_eq!(
        admin.is_refused("registerProvider", input).await,
        "BAD_INPUT"
    );
}

#[tokio::test]
pub(crate) async fn a_person_says_who_they_are_and_nobody_reads_how_to_reach_them() {
    let desk = Desk::open().await;
    desk.with([in_denver(1)]).await;
    let ada = owner(&desk, 1);
    let said = json!({
        "npi": npi(1), "expectedVersion": 1,
        "name": { "given": "Ada", "family": "Brown" },
        "formerNames": [{ "given": "Ada", "family": "Needham1" }],
        "languages": ["es-mx", "EN", "en"], "website": "https://example.org/ada",
        "offersDryNeedling": null, "acceptsNewPatients": true,
        "phone": "(303) 555-0100", "email": "ada@example.org",
    });

    let made = ada
        .does(
            "updateProfile",
            said,
            "provider { version name { full } languages website offersDryNeedling acceptsNewPatients }",
        )
        .await;

    assert_eq!(
        made["provider"],
        json!({
            "version": 2, "name": { "full": "Ada Brown" }, "languages": ["es-MX", "en"],
            "website": "https://example.org/ada", "offersDryNeedling": null,
            "acceptsNewPatients": true,
        })
    );
    let found = desk
        .anybody()
        .ask(
            "{ searchProviders(input: { name: \"Needham1\", atLeast: UNVERIFIED }) { nodes { npi } } }",
            json!({}),
        )
        .await;
    assert_eq!(
        found["searchProviders"]["nodes"][0]["npi"],
        npi(1),
        "found by a former name"
    );
    let event = desk.events().await.pop().unwrap();
    assert_eq!(
        event["changedFields"],
        "name,formerNames,languages,website,offersDryNeedling,acceptsNewPatients,phone,email"
    );
    assert_ne!(event["beforeHash"], event["afterHash"]);
    for value in ["Brown", "555", "example.org"] {
        assert!(
            !event.to_string().contains(value),
            "{value} stands in the log"
        );
    }
}

#[tokio::test]
pub(crate) async fn what_cannot_be_said_is_named_and_changes_nothing() {
    let desk = Desk::open().await;
    desk.with([in_denver(1)]).await;
    let ada = owner(&desk, 1);
    let before = desk.events().await.len();
    for (field, value) in [
        ("languages", json!(["Spanish"])),
        ("website", json!("javascript:alert(1)")),
        ("phone", json!("911")),
        ("email", json!("ada at example")),
    ] {
        let input = json!({ "npi": npi(1), "expectedVersion": 1, field: value });
        let payload = ada.tries("updateProfile", input, "provider { npi }").await;
        let error = &payload["userErrors"][0];
        assert_eq!(error["code"], "BAD_INPUT", "{payload}");
        assert!(
            error["field"].as_str().unwrap().starts_with(field),
            "{payload}"
        );
    }
    let stale = json!({ "npi": npi(1), "expectedVersion": 9, "website": null });
    assert_eq!(ada.is_told("updateProfile", stale).await, "STALE_VERSION");
    assert_eq!(desk.events().await.len(), before);
}

#[tokio::test]
pub(crate) async fn an_entry_of_somebody_else_answers_like_one_that_is_not_there() {
    let desk = Desk::open().await;
    desk.with([in_denver(1), in_denver(2)]).await;
    let ada = owner(&desk, 1);
    let (license, version) = first(&desk, 2, "licenses").await;
    let (location, _) = first(&desk, 2, "locations").await;
    let profile = |serial| json!({ "npi": npi(serial), "expectedVersion": 1, "idempotencyKey": format!("k{serial}") });
    for serial in [2, 99] {
        assert_eq!(
            ada.is_refused("updateProfile", profile(serial)).await,
            "NOT_FOUND"
        );
    }
    let theirs = json!({
        "licenseId": license, "expectedVersion": version, "discipline": "PHYSICAL_THERAPIST",
        "jurisdiction": "CO", "idempotencyKey": "a",
    });
    assert_eq!(ada.is_refused("upsertLicense", theirs).await, "NOT_FOUND");
    let theirs = json!({ "locationId": location, "expectedVersion": 1, "idempotencyKey": "b" });
    assert_eq!(ada.is_refused("confirmLocation", theirs).await, "NOT_FOUND");
}

#[tokio::test]
pub(crate) async fn a_license_is_its_holders_word_until_a_source_speaks_of_it() {
    let desk = Desk::open().await;
    desk.with([in_denver(1)]).await;
    let (ada, vera) = (owner(&desk, 1), desk.hand("Vera", &[Role::Verifier]));
    let arizona = json!({
        "npi": npi(1), "discipline": "PHYSICAL_THERAPIST", "jurisdiction": "AZ",
        "number": " PT-4711 ", "issuedOn": "2020-01-01", "expiresOn": "2027-01-01",
    });
    let shown = "license { id version number source boardStatus }";
    let made = ada.does("upsertLicense", arizona.clone(), shown).await;
    let license = &made["license"];
    assert_eq!(license["number"], "PT-4711");
    assert_eq!(license["source"], "provider");
    assert_eq!(license["boardStatus"], "UNKNOWN");
    assert_eq!(
        ada.is_told("upsertLicense", arizona.clone()).await,
        "GUARD_FAILED"
    );
    let id = (license["id"].as_str().unwrap().to_owned(), 1);

    let seen = check(
        &id,
        "MATCH",
        json!({ "boardStatus": "ACTIVE", "boardStatusRaw": "Active/Current" }),
    );
    let checked = vera
        .does(
            "recordLicenseCheck",
            seen,
            "license { version boardStatus }",
        )
        .await;

    assert_eq!(
        checked["license"],
        json!({ "version": 2, "boardStatus": "ACTIVE" })
    );
    let mut other = arizona;
    other["npi"] = Value::Null;
    other["licenseId"] = json!(id.0);
    other["expectedVersion"] = json!(2);
    other["number"] = json!("PT-9999");
    assert_eq!(
        ada.is_told("upsertLicense", other.clone()).await,
        "GUARD_FAILED",
        "a source's word about one license must not come to speak for another"
    );
    other["number"] = json!("PT-4711");
    other["expiresOn"] = json!("2029-01-01");
    let renewed = ada
        .does("upsertLicense", other, "license { version expiresOn }")
        .await;
    assert_eq!(
        renewed["license"],
        json!({ "version": 3, "expiresOn": "2029-01-01" })
    );
}

/// Acceptance case 8: the board's site is down.
#[tokio::test]
pub(crate) async fn case_8_a_board_that_does_not_answer_is_unknown_and_takes_nothing_away() {
    let desk = Desk::open().await;
    desk.with([in_denver(1)]).await;
    let vera = desk.hand("Vera", &[Role::Verifier]);
    let before = shown(&desk, 1).await;
    assert_eq!(before.0, "VERIFIED");
    let license = first(&desk, 1, "licenses").await;
    let down = check(
        &license,
        "SOURCE_UNAVAILABLE",
        json!({ "note": "503 since nine o'clock" }),
    );

    let made = vera
        .does(
            "recordLicenseCheck",
            down,
            "license { version boardStatus checks { outcome } }",
        )
        .await;

    assert_eq!(
        made["license"]["boardStatus"], "ACTIVE",
        "the earlier answer stands"
    );
    assert_eq!(shown(&desk, 1).await, before);
    let again = first(&desk, 1, "licenses").await;
    let claimed = check(
        &again,
        "SOURCE_UNAVAILABLE",
        json!({ "boardStatus": "NOT_FOUND" }),
    );
    assert_eq!(
        vera.is_told("recordLicenseCheck", claimed).await,
        "BAD_INPUT"
    );
    // Retried when the board is up again.
    let up = check(&again, "MATCH", json!({ "boardStatus": "ACTIVE" }));
    vera.does("recordLicenseCheck", up, "license { version }")
        .await;
}

#[tokio::test]
pub(crate) async fn a_source_cannot_tell_of_tomorrow_and_nobody_checks_themselves() {
    let desk = Desk::open().await;
    desk.with([in_denver(1)]).await;
    let license = first(&desk, 1, "licenses").await;
    let vera = desk.hand("Vera", &[Role::Verifier]);
    let seen = |more: Value| check(&license, "MATCH", more);
    let tomorrow = seen(json!({ "boardStatus": "ACTIVE", "sourceAsOf": "2026-11-22" }));
    assert_eq!(
        vera.is_told("recordLicenseCheck", tomorrow).await,
        "BAD_INPUT"
    );
    let without = seen(json!({}));
    assert_eq!(
        vera.is_told("recordLicenseCheck", without).await,
        "BAD_INPUT"
    );
    let word = seen(json!({ "boardStatus": "ACTIVE", "sourceKind": "SELF" }));
    assert_eq!(vera.is_told("recordLicenseCheck", word).await, "BAD_INPUT");
    let both = desk.hand_of("Ada", &[Role::Provider, Role::Verifier], &[Npi::sample(1)]);
    let own = seen(json!({ "boardStatus": "ACTIVE" }));
    assert_eq!(
        both.is_told("recordLicenseCheck", own).await,
        "SEPARATION_OF_DUTIES"
    );
}

#[tokio::test]
pub(crate) async fn what_a_source_said_cannot_be_rewritten_even_in_sql() {
    use sea_orm::ConnectionTrait;

    let desk = Desk::open().await;
    desk.with([in_denver(1)]).await;
    let db = desk.app.store.connection();
    let rewritten = db
        .execute_unprepared("UPDATE license_check SET outcome = 'MISMATCH'")
        .await;
    assert!(
        rewritten
            .unwrap_err()
            .to_string()
            .contains("kept as it was")
    );
}

#[tokio::test]
pub(crate) async fn a_boards_revocation_takes_credentials_out_of_force_at_once_and_asks_somebody_to_look()
 {
    let desk = Desk::open().await;
    desk.with([in_denver(1), in_denver(2)]).await;
    let vera = desk.hand("Vera", &[Role::Verifier]);
    assert_eq!(shown(&desk, 1).await.0, "VERIFIED");
    let license = first(&desk, 1, "licenses").await;
    let revoked = check(
        &license,
        "MATCH",
        json!({ "boardStatus": "REVOKED", "boardStatusRaw": "REVOKED 11/20/26" }),
    );

    vera.does("recordLicenseCheck", revoked, "license { boardStatus }")
        .await;

    let (outcome, lacking) = shown(&desk, 1).await;
    assert_eq!(outcome, "NOT_LISTED");
    assert!(lacking.contains(&"LICENSE FAIL".to_owned()), "{lacking:?}");
    assert!(lacking.contains(&"STANDING FAIL".to_owned()), "{lacking:?}");
    assert_eq!(
        shown(&desk, 2).await.0,
        "VERIFIED",
        "nobody else is touched"
    );
    let events = desk.events().await;
    let suspension = events.last().unwrap();
    assert_eq!(suspension["action"], "suspendCredential");
    assert_eq!(suspension["actorRole"], "SYSTEM");
    assert_eq!(suspension["reasonCode"], "LICENSE_DISCIPLINE");
    // What is only unpaid is the license's matter, not the person's.
    let license = first(&desk, 2, "licenses").await;
    let unpaid = check(
        &license,
        "MATCH",
        json!({ "boardStatus": "SUSPENDED_ADMIN" }),
    );
    vera.does("recordLicenseCheck", unpaid, "license { boardStatus }")
        .await;
    let (_, lacking) = shown(&desk, 2).await;
    assert_eq!(lacking, ["LICENSE FAIL"]);
}

#[tokio::test]
pub(crate) async fn a_place_lies_where_its_zip_lies_and_a_hidden_street_is_hidden() {
    let desk = Desk::open().await;
    desk.with([a_provider(1).licensed(PhysicalTherapist, Co)])
        .await;
    let ada = owner(&desk, 1);
    let place = |zip: &str, state: &str| {
        json!({
            "npi": npi(1), "name": "Clinic", "phone": "303-555-0100", "hidesStreet": true,
            "address": { "lines": ["1 Hidden Way"], "city": "Denver", "state": state, "postalCode": zip },
        })
    };
    for (zip, state) in [("00000", "CO"), ("80205", "WY"), ("8020", "CO")] {
        let told = ada.is_told("upsertLocation", place(zip, state)).await;
        assert_eq!(told, "BAD_INPUT", "{zip} {state}");
    }

    let made = ada
        .does(
            "upsertLocation",
            place("80205-1234", "CO"),
            "location { id version precision address { lines postalCode } point { latitude longitude } }",
        )
        .await;

    let location = &made["location"];
    assert_eq!(
        location["address"],
        json!({ "lines": [], "postalCode": "80205" })
    );
    assert_eq!(location["precision"], "ZIP_CENTROID");
    let near = |field: &str, degrees: f64| {
        (location["point"][field].as_f64().unwrap() - degrees).abs() < 0.001
    };
    assert!(near("latitude", DENVER.0) && near("longitude", DENVER.1));
    let text = desk
        .anybody()
        .answer("{ provider(npi: \"9000000016\") { npi } }", json!({}))
        .await;
    assert!(!text.to_string().contains("Hidden Way"));
    let events = desk.events().await;
    assert!(!events.last().unwrap().to_string().contains("Hidden Way"));
}

#[tokio::test]
pub(crate) async fn another_address_is_confirmed_anew_and_another_state_is_another_place() {
    let desk = Desk::open().await;
    desk.with([in_denver(1)]).await;
    let ada = owner(&desk, 1);
    let (id, version) = first(&desk, 1, "locations").await;
    let moved = |zip: &str, state: &str, version: i64| {
        json!({
            "locationId": id, "expectedVersion": version,
            "address": { "lines": ["2 New Street"], "city": "Denver", "state": state, "postalCode": zip },
        })
    };
    assert_eq!(
        ada.is_told("upsertLocation", moved("85004", "AZ", version))
            .await,
        "GUARD_FAILED"
    );
    assert_eq!(shown(&desk, 1).await.0, "VERIFIED");

    ada.does(
        "upsertLocation",
        moved("80205", "CO", version),
        "location { id }",
    )
    .await;
    assert_eq!(shown(&desk, 1).await.1, ["LOCATION_CONFIRMED UNKNOWN"]);
    let yesterday = desk.clock.now().date_naive().pred_opt().unwrap();
    let question = format!(
        "{{ whyNotShown(npi: \"{}\", on: \"{yesterday}\") {{ outcome }} }}",
        npi(1)
    );
    let then = desk.anybody().ask(&question, json!({})).await;
    assert_eq!(
        then["whyNotShown"][0]["outcome"], "VERIFIED",
        "a past day answers as it was"
    );

    let input = json!({ "locationId": id, "expectedVersion": version + 1 });
    let made = ada
        .does(
            "confirmLocation",
            input,
            "location { version confirmedThrough }",
        )
        .await;
    assert_eq!(made["location"]["version"], version + 2);
    assert_eq!(
        made["location"]["confirmedThrough"], "2027-02-19",
        "ninety days on"
    );
    assert_eq!(shown(&desk, 1).await.0, "VERIFIED");
    desk.advance(chrono::TimeDelta::days(91));
    let (_, lacking) = shown(&desk, 1).await;
    assert!(
        lacking.contains(&"LOCATION_CONFIRMED UNKNOWN".to_owned()),
        "{lacking:?}"
    );
}

#[tokio::test]
pub(crate) async fn a_place_that_was_closed_is_gone() {
    let desk = Desk::open().await;
    desk.with([in_denver(1)]).await;
    let ada = owner(&desk, 1);
    let (id, version) = first(&desk, 1, "locations").await;
    let close = json!({ "locationId": id, "expectedVersion": version, "closed": true });

    let made = ada
        .does("upsertLocation", close.clone(), "location { id }")
        .await;

    assert_eq!(made["location"], Value::Null);
    let query = format!(
        "{{ node(id: \"{id}\") {{ id }} provider(npi: \"{}\") {{ locations {{ id }} }} }}",
        npi(1)
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    assert_eq!(data["node"], Value::Null);
    assert_eq!(data["provider"]["locations"], json!([]));
    let mut again = close;
    again["idempotencyKey"] = json!("again");
    assert_eq!(ada.is_refused("upsertLocation", again).await, "NOT_FOUND");
}

/// Acceptance case 21, as far as the law and the place decide it.
#[tokio::test]
pub(crate) async fn case_21_the_same_person_is_verified_in_arizona_and_not_listed_in_california() {
    let desk = Desk::open().await;
    let ca = domain::place::Jurisdiction::Ca;
    desk.with([a_provider(1)
        .licensed(PhysicalTherapist, Az)
        .licensed(PhysicalTherapist, ca)])
        .await;
    let (ada, vera) = (owner(&desk, 1), desk.hand("Vera", &[Role::Verifier]));
    for (city, state, zip) in [("Phoenix", "AZ", "85004"), ("San Francisco", "CA", "94103")] {
        let place = json!({
            "npi": npi(1),
            "address": { "lines": ["1 Main Street"], "city": city, "state": state, "postalCode": zip },
        });
        ada.does("upsertLocation", place, "location { id }").await;
    }
    // Arizona's requirement of proof to the board is looked up in the register and found.
    let lookup =
        json!({ "npi": npi(1), "kind": "REQUIREMENT_PROOF", "jurisdiction": "AZ", "found": true });
    vera.does("recordRegistryLookup", lookup, "provider { npi }")
        .await;
    let query = format!(
        "{{ whyNotShown(npi: \"{}\") {{ outcome location {{ jurisdiction }} reasons {{ code outcome }} }} }}",
        npi(1)
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    for listing in data["whyNotShown"].as_array().unwrap() {
        let reasons = listing["reasons"].as_array().unwrap();
        let scope = reasons
            .iter()
            .find(|reason| reason["code"] == "SCOPE")
            .unwrap();
        if listing["location"]["jurisdiction"] == "CA" {
            assert_eq!(listing["outcome"], "NOT_LISTED");
            assert_eq!(scope["outcome"], "FAIL");
        } else {
            assert_ne!(listing["outcome"], "NOT_LISTED");
            assert_ne!(scope["outcome"], "FAIL");
        }
    }
}

#[tokio::test]
pub(crate) async fn a_look_up_that_found_nothing_is_on_record_with_who_made_it() {
    let desk = Desk::open().await;
    desk.with([in_denver(1)]).await;
    let vera = desk.hand("Vera", &[Role::Verifier]);
    let asked = json!({
        "npi": npi(1), "kind": "NATIONAL_CERTIFICATION", "names": "NCBAHM", "found": false,
    });
    vera.does("recordRegistryLookup", asked.clone(), "provider { npi }")
        .await;
    let event = desk.events().await.pop().unwrap();
    assert_eq!(event["action"], "recordRegistryLookup");
    assert_eq!(event["reasonCode"], "NOT_FOUND");
    assert_eq!(event["actorRole"], "VERIFIER");
    let mut asked = asked;
    asked["idempotencyKey"] = json!("theirs");
    let ada = owner(&desk, 1);
    assert_eq!(
        ada.is_refused("recordRegistryLookup", asked).await,
        "FORBIDDEN"
    );
}
