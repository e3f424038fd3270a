//! Compact privileges: practice in one state under the licence of another.

use chrono::TimeDelta;
use domain::access::Role;
use domain::license::LicenseId;
use domain::npi::Npi;
use domain::place::Jurisdiction::{Az, Ca, Co};
use domain::taxonomy::Discipline::PhysicalTherapist;
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};
use crate::support::people::{DENVER, PHOENIX, Person, a_provider, day};

/// Licensed in Colorado; a clinic in Arizona.
fn at_home_in_colorado(serial: u32) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Co)
        .at(PHOENIX, Az)
}

/// The same, with a privilege of Arizona that was checked when the licence was.
fn with_a_privilege(serial: u32) -> Person {
    at_home_in_colorado(serial)
        .licensed(PhysicalTherapist, Az)
        .with(|person| {
            let home = person.licenses[0].id;
            person.licenses[1].home = Some(home);
        })
}

fn npi(serial: u32) -> String {
    Npi::sample(serial).to_string()
}

fn owner(desk: &Desk, serial: u32) -> Hand {
    desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(serial)])
}

/// Id, version and home licence of a person's licences, by jurisdiction.
async fn license(desk: &Desk, serial: u32, jurisdiction: &str) -> Value {
    let query = format!(
        "{{ provider(npi: \"{}\") {{ licenses {{ id version jurisdiction expiresOn \
         homeLicense {{ id jurisdiction }} whyNotVerified {{ code dueOn }} }} }} }}",
        npi(serial)
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    let found = data["provider"]["licenses"].as_array().unwrap().iter();
    let mut found = found.filter(|license| license["jurisdiction"] == jurisdiction);
    found.next().expect("it is on file").clone()
}

/// What the LICENSE reason says at the first place on a day: outcome, message, last day.
async fn licensed(desk: &Desk, serial: u32, on: Option<&str>) -> (String, String, Value) {
    let query = "query($npi: NPI!, $on: Date) { whyNotShown(npi: $npi, on: $on) { outcome \
                 reasons { code outcome message dueOn } } }";
    let variables = json!({ "npi": npi(serial), "on": on });
    let data = desk.anybody().ask(query, variables).await;
    let reasons = data["whyNotShown"][0]["reasons"].as_array().unwrap().iter();
    let mut found = reasons.filter(|reason| reason["code"] == "LICENSE");
    let reason = found.next().unwrap();
    let text = |field: &str| reason[field].as_str().unwrap().to_owned();
    (text("outcome"), text("message"), reason["dueOn"].clone())
}

fn claiming(serial: u32, jurisdiction: &str, home: &Value) -> Value {
    json!({
        "npi": npi(serial), "discipline": "PHYSICAL_THERAPIST", "jurisdiction": jurisdiction,
        "number": format!("CP-{jurisdiction}"), "homeLicenseId": home,
    })
}

fn seen(license: &Value, status: &str, as_of: &str, expires_on: Option<&str>) -> Value {
    json!({
        "licenseId": license["id"], "expectedVersion": license["version"], "outcome": "MATCH",
        "boardStatus": status, "sourceKind": "PRIMARY", "method": "BOARD_WEBSITE",
        "sourceName": "the register", "sourceAsOf": as_of, "expiresOn": expires_on,
    })
}

/// Acceptance case 28.
#[tokio::test]
async fn case_28_a_privilege_of_a_state_that_enacted_the_compact_and_does_not_issue_is_refused() {
    let desk = Desk::open().await;
    desk.with([
        at_home_in_colorado(1),
        a_provider(2).licensed(PhysicalTherapist, Ca),
    ])
    .await;
    let ada = owner(&desk, 1);
    let home = license(&desk, 1, "CO").await["id"].clone();
    let before = desk.events().await.len();
    let told = |jurisdiction: &'static str, home: Value| {
        let (ada, serial) = (ada.clone(), 1);
        async move {
            let input = claiming(serial, jurisdiction, &home);
            let refused = ada.tries("upsertLicense", input, "license { id }").await;
            assert_eq!(refused["license"], Value::Null);
            let error = &refused["userErrors"][0];
            ["code", "field", "message"].map(|part| error[part].as_str().unwrap().to_owned())
        }
    };

    assert_eq!(
        told("ME", home.clone()).await,
        [
            "GUARD_FAILED",
            "jurisdiction",
            "ME does not issue compact privileges: it is ENACTED"
        ]
    );
    assert_eq!(
        told("CA", home.clone()).await,
        [
            "GUARD_FAILED",
            "jurisdiction",
            "CA does not issue compact privileges: it is NONE"
        ]
    );
    let same_state = told("CO", home.clone()).await;
    assert_eq!(same_state[..2], ["GUARD_FAILED", "homeLicenseId"]);
    let somebody_elses = license(&desk, 2, "CA").await["id"].clone();
    let not_theirs = told("AZ", somebody_elses).await;
    assert_eq!(not_theirs[..2], ["BAD_INPUT", "homeLicenseId"]);
    assert_eq!(desk.events().await.len(), before, "nothing was kept");

    let cara = owner(&desk, 2);
    let home_in_california = license(&desk, 2, "CA").await["id"].clone();
    let refused = cara
        .tries("upsertLicense", claiming(2, "AZ", &home_in_california), "")
        .await;
    assert_eq!(refused["userErrors"][0]["field"], "homeLicenseId");

    let made = ada
        .does(
            "upsertLicense",
            claiming(1, "AZ", &home),
            "license { jurisdiction homeLicense { id jurisdiction homeLicense { id } } }",
        )
        .await;
    assert_eq!(
        made["license"]["homeLicense"],
        json!({ "id": home, "jurisdiction": "CO", "homeLicense": null })
    );
    let privilege = license(&desk, 1, "AZ").await["id"].clone();
    let under_it = told("UT", privilege).await;
    assert_eq!(
        under_it[..2],
        ["GUARD_FAILED", "homeLicenseId"],
        "a privilege is no home licence"
    );
}

#[tokio::test]
async fn a_state_that_begins_to_issue_is_entered_from_that_day_on() {
    let desk = Desk::open().await;
    desk.with([at_home_in_colorado(1)]).await;
    let (ada, admin) = (owner(&desk, 1), desk.hand("Dan", &[Role::Admin]));
    let home = license(&desk, 1, "CO").await["id"].clone();
    let begins = |from: &str| {
        json!({
            "discipline": "PHYSICAL_THERAPIST", "jurisdiction": "ME", "status": "ISSUING",
            "effectiveFrom": from, "citation": "an announcement", "confidence": "HIGH",
        })
    };
    admin
        .does(
            "addCompactPeriod",
            begins("2026-11-23"),
            "period { status }",
        )
        .await;
    let claim = || claiming(1, "ME", &home);
    assert_eq!(ada.is_told("upsertLicense", claim()).await, "GUARD_FAILED");
    desk.advance(TimeDelta::days(2));
    ada.does("upsertLicense", claim(), "license { id }").await;
}

#[tokio::test]
async fn a_privilege_counts_only_while_its_home_license_does() {
    let desk = Desk::open().await;
    desk.with([with_a_privilege(1)]).await;
    let vera = desk.hand("Vera", &[Role::Verifier]);
    let (outcome, message, due_on) = licensed(&desk, 1, None).await;
    assert_eq!(outcome, "PASS");
    assert!(
        message.starts_with("Arizona compact privilege"),
        "{message}"
    );
    assert_eq!(due_on, "2026-12-10");

    // The board shows that the home licence ends sooner.
    let home = license(&desk, 1, "CO").await;
    let ends = seen(&home, "ACTIVE", "2026-11-20", Some("2026-12-05"));
    vera.does("recordLicenseCheck", ends, "license { id }")
        .await;
    assert_eq!(licensed(&desk, 1, None).await.2, "2026-12-05");
    assert_eq!(licensed(&desk, 1, Some("2026-12-05")).await.0, "PASS");
    let (outcome, message, _) = licensed(&desk, 1, Some("2026-12-06")).await;
    assert_eq!(outcome, "FAIL");
    assert!(
        message.contains("expired after December 5, 2026"),
        "{message}"
    );
    assert_eq!(licensed(&desk, 1, Some("2026-11-19")).await.2, "2026-12-10");

    // The board encumbers it: the privilege ends at once, and yesterday stays what it was.
    let home = license(&desk, 1, "CO").await;
    let probation = seen(&home, "PROBATION", "2026-11-21", Some("2027-12-31"));
    vera.does("recordLicenseCheck", probation, "license { id }")
        .await;
    let (outcome, message, due_on) = licensed(&desk, 1, None).await;
    assert_eq!((outcome.as_str(), due_on), ("FAIL", Value::Null));
    assert!(message.contains("Colorado is encumbered"), "{message}");
    assert_eq!(licensed(&desk, 1, Some("2026-11-20")).await.0, "PASS");
    let privilege = license(&desk, 1, "AZ").await;
    assert_eq!(privilege["whyNotVerified"][0]["code"], "HOME_LICENSE");

    // Lifted: two years more, and then it counts again.
    desk.advance(TimeDelta::days(40));
    let home = license(&desk, 1, "CO").await;
    let lifted = seen(&home, "ACTIVE", "2026-12-31", Some("2030-12-31"));
    vera.does("recordLicenseCheck", lifted, "license { id }")
        .await;
    let (outcome, message, due_on) = licensed(&desk, 1, None).await;
    assert_eq!((outcome.as_str(), due_on), ("FAIL", json!("2028-12-31")));
    assert!(message.contains("until December 31, 2028"), "{message}");
    desk.advance(TimeDelta::days(731));
    for jurisdiction in ["CO", "AZ"] {
        let held = license(&desk, 1, jurisdiction).await;
        let fresh = seen(&held, "ACTIVE", "2028-12-30", Some("2030-12-31"));
        vera.does("recordLicenseCheck", fresh, "license { id }")
            .await;
    }
    assert_eq!(licensed(&desk, 1, Some("2028-12-30")).await.0, "FAIL");
    assert_eq!(licensed(&desk, 1, None).await.0, "PASS");
}

#[tokio::test]
async fn a_search_shows_who_practises_under_a_privilege_as_the_home_license_lets_it() {
    let desk = Desk::open().await;
    desk.with([with_a_privilege(1)]).await;
    let shown = |on: &'static str| {
        let desk = &desk;
        async move {
            let query = format!(
                "{{ searchProviders(input: {{ jurisdiction: AZ, atLeast: UNVERIFIED, on: \"{on}\" }}) \
                 {{ totalCount }} }}"
            );
            let data = desk.anybody().ask(&query, json!({})).await;
            data["searchProviders"]["totalCount"].as_i64().unwrap()
        }
    };
    let vera = desk.hand("Vera", &[Role::Verifier]);
    assert_eq!(shown("2026-11-21").await, 1);
    let home = license(&desk, 1, "CO").await;
    let suspended = seen(&home, "SUSPENDED_ADMIN", "2026-11-21", None);
    vera.does("recordLicenseCheck", suspended, "license { id }")
        .await;
    assert_eq!(
        shown("2026-11-21").await,
        0,
        "the change refreshed the person"
    );
    assert_eq!(shown("2026-11-20").await, 1);
    assert_eq!(shown("2026-11-30").await, 0);
}

#[tokio::test]
async fn an_admin_says_which_state_takes_part_how_and_every_privilege_is_judged_by_it() {
    let desk = Desk::open().await;
    desk.with([with_a_privilege(1)]).await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let period = |status: &str, from: &str| {
        json!({
            "discipline": "PHYSICAL_THERAPIST", "jurisdiction": "CO", "status": status,
            "effectiveFrom": from, "sourceUrl": "https://example.gov/", "sourceAsOf": "2026-11-20",
            "confidence": "MEDIUM", "note": "made for a test",
        })
    };
    let leaves = period("ENACTED", "2026-11-30");
    let vera = desk.hand("Vera", &[Role::Verifier]);
    assert_eq!(
        vera.is_refused("addCompactPeriod", {
            let mut input = leaves.clone();
            input["idempotencyKey"] = json!("k");
            input
        })
        .await,
        "FORBIDDEN"
    );
    let mut unsourced = leaves.clone();
    unsourced["sourceUrl"] = Value::Null;
    assert_eq!(
        admin.is_told("addCompactPeriod", unsourced).await,
        "BAD_INPUT"
    );

    let made = admin
        .does(
            "addCompactPeriod",
            leaves,
            "period { jurisdiction status effectiveFrom sourceUrl confidence note }",
        )
        .await;

    assert_eq!(made["period"]["status"], "ENACTED");
    let (outcome, _, due_on) = licensed(&desk, 1, None).await;
    assert_eq!((outcome.as_str(), due_on), ("PASS", json!("2026-11-29")));
    let (outcome, message, _) = licensed(&desk, 1, Some("2026-11-30")).await;
    assert_eq!(outcome, "FAIL");
    assert!(message.contains("issues no privileges yet"), "{message}");
    // A correction of the same day.
    admin
        .does(
            "addCompactPeriod",
            period("ISSUING", "2026-11-30"),
            "period { status }",
        )
        .await;
    assert_eq!(licensed(&desk, 1, Some("2026-11-30")).await.0, "PASS");
    let events = desk.events().await;
    let told: Vec<_> = events[events.len() - 2..]
        .iter()
        .map(|event| {
            ["action", "entityId", "reasonCode"]
                .map(|part| event[part].as_str().unwrap().to_owned())
        })
        .collect();
    let id = "CO_PHYSICAL_THERAPIST_2026-11-30";
    assert_eq!(
        told,
        [
            ["addCompactPeriod", id, "ADDED"],
            ["addCompactPeriod", id, "CORRECTED"]
        ]
    );
    let query = "{ compactPeriods(jurisdiction: CO) { effectiveFrom status } \
                 before: compactStatus(discipline: PHYSICAL_THERAPIST, jurisdiction: PA, on: \"2025-07-06\") \
                 after: compactStatus(discipline: PHYSICAL_THERAPIST, jurisdiction: PA, on: \"2025-07-07\") \
                 never: compactStatus(discipline: PHYSICAL_THERAPIST, jurisdiction: NY) }";
    let data = desk.anybody().ask(query, json!({})).await;
    assert_eq!(data["compactPeriods"].as_array().unwrap().len(), 3);
    let of = ["before", "after", "never"].map(|part| data[part].as_str().unwrap());
    assert_eq!(of, ["ENACTED", "ISSUING", "NONE"]);
}

#[tokio::test]
async fn what_a_privilege_is_held_under_is_not_changed_below_it() {
    let desk = Desk::open().await;
    desk.with([with_a_privilege(1).with(|person| {
        // The home licence was never looked up, so its holder may still change what they say of it.
        person.licenses[0].checks.clear();
    })])
    .await;
    let ada = owner(&desk, 1);
    let home = license(&desk, 1, "CO").await;
    let moved = |jurisdiction: &str, discipline: &str| {
        json!({
            "licenseId": home["id"], "expectedVersion": 1, "discipline": discipline,
            "jurisdiction": jurisdiction, "number": "CO-1",
        })
    };
    for (input, field) in [
        (moved("AZ", "PHYSICAL_THERAPIST"), "jurisdiction"),
        (moved("CO", "CHIROPRACTOR"), "discipline"),
    ] {
        let refused = ada.tries("upsertLicense", input, "").await;
        assert_eq!(refused["userErrors"][0]["code"], "GUARD_FAILED");
        assert_eq!(refused["userErrors"][0]["field"], field);
    }
    // A source was asked about the privilege: it stays under that licence.
    let privilege = license(&desk, 1, "AZ").await;
    let on_its_own = json!({
        "licenseId": privilege["id"], "expectedVersion": 1, "discipline": "PHYSICAL_THERAPIST",
        "jurisdiction": "AZ", "number": format!("AZ-{}", 1),
    });
    assert_eq!(
        ada.is_told("upsertLicense", on_its_own).await,
        "GUARD_FAILED"
    );
    assert_eq!(
        license(&desk, 1, "AZ").await["homeLicense"]["id"],
        home["id"]
    );
}

#[tokio::test]
async fn what_ends_soon_names_a_privilege_with_the_end_of_its_home_license() {
    let desk = Desk::open().await;
    desk.with([with_a_privilege(1).with(|person| {
        person.licenses[0].checks[0].expires_on = Some(day("2026-12-01"));
    })])
    .await;
    let vera = desk.hand("Vera", &[Role::Verifier]);
    let query = "{ expiring(within: 20, first: 50) { nodes { kind dueOn what } } }";
    let data = vera.ask(query, json!({})).await;
    let nodes = data["expiring"]["nodes"].as_array().unwrap().iter();
    let licenses: Vec<_> = nodes
        .filter(|node| node["kind"] == "LICENSE")
        .map(|node| format!("{} {}", node["dueOn"], node["what"]).replace('"', ""))
        .collect();
    assert_eq!(licenses.len(), 2, "{licenses:?}");
    assert!(licenses.iter().all(|it| it.starts_with("2026-12-01")));
    assert!(
        licenses
            .iter()
            .any(|it| it.contains("AZ compact privilege")),
        "{licenses:?}"
    );
}

#[tokio::test]
async fn a_privilege_under_a_license_that_is_not_on_file_is_not_stored() {
    let desk = Desk::open().await;
    desk.with([a_provider(1).licensed(PhysicalTherapist, Az).at(DENVER, Co)])
        .await;
    let nobodys = json!(format!("license_{}", LicenseId(i64::MAX).0));
    let ada = owner(&desk, 1);
    let told = ada
        .is_told("upsertLicense", claiming(1, "CO", &nobodys))
        .await;
    assert_eq!(told, "BAD_INPUT");
}
