//! How much acts put on file of one person: at the bound, and one beyond it.

use chrono::TimeDelta;
use domain::access::Role;
use domain::npi::Npi;
use domain::place::Jurisdiction::Co;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::service::entry::license::MOST_LICENSES;
use drypoint::service::entry::location::MOST_PLACES;
use drypoint::service::entry::report::{MOST_OF_A_CLIENT, MOST_OF_AN_ENTRY};
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};
use crate::support::people::{DENVER, a_provider};

fn npi(serial: u32) -> String {
    Npi::sample(serial).to_string()
}

#[tokio::test]
pub(crate) async fn a_person_has_so_many_licenses_and_no_more() {
    let desk = Desk::open().await;
    desk.with([a_provider(1)]).await;
    let ada = desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(1)]);
    let license = |number: usize| {
        json!({
            "npi": npi(1), "discipline": "PHYSICAL_THERAPIST", "jurisdiction": "CO",
            "number": format!("PTL.{number}"),
        })
    };
    for number in 1..=MOST_LICENSES {
        ada.does("upsertLicense", license(number), "").await;
    }
    let told = ada.is_told("upsertLicense", license(MOST_LICENSES + 1));
    assert_eq!(told.await, "GUARD_FAILED");
    let query = format!(
        "{{ provider(npi: \"{}\") {{ licenses {{ id }} }} }}",
        npi(1)
    );
    let data = desk.anybody().ask(&query, json!({})).await;
    let held = data["provider"]["licenses"].as_array().unwrap();
    assert_eq!(held.len(), MOST_LICENSES);
}

#[tokio::test]
pub(crate) async fn a_person_has_so_many_places_until_one_is_closed() {
    let desk = Desk::open().await;
    desk.with([a_provider(1).licensed(PhysicalTherapist, Co)])
        .await;
    let ada = desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(1)]);
    let place = |number: u64| {
        json!({
            "npi": npi(1), "address": {
                "lines": [format!("{number} Main Street")], "city": "Denver", "state": "CO",
                "postalCode": "80205",
            },
        })
    };
    let mut last = Value::Null;
    for number in 1..=MOST_PLACES {
        let made = ada
            .does("upsertLocation", place(number), "location { id version }")
            .await;
        last = made["location"].clone();
    }
    let told = ada.is_told("upsertLocation", place(MOST_PLACES + 1)).await;
    assert_eq!(told, "GUARD_FAILED");
    let close = json!({
        "locationId": last["id"], "expectedVersion": last["version"], "closed": true,
    });
    ada.does("upsertLocation", close, "").await;
    ada.does("upsertLocation", place(MOST_PLACES + 1), "").await;
}

/// Anybody, from an address of their own.
fn from(desk: &Desk, address: &str) -> Hand {
    let mut hand = desk.anybody();
    hand.who.ip_hash = Some(address.into());
    hand
}

fn report(serial: u32) -> Value {
    json!({ "npi": npi(serial), "kind": "WRONG_PHONE" })
}

#[tokio::test]
pub(crate) async fn nobody_buries_us_in_reports_and_nobody_buries_an_entry() {
    let desk = Desk::open().await;
    desk.with([1, 2].map(|serial| {
        a_provider(serial)
            .licensed(PhysicalTherapist, Co)
            .at(DENVER, Co)
    }))
    .await;
    let clients = MOST_OF_AN_ENTRY / MOST_OF_A_CLIENT;
    for client in 0..clients {
        let pat = from(&desk, &format!("client{client}"));
        for _ in 0..MOST_OF_A_CLIENT {
            pat.does("reportMistake", report(1), "").await;
        }
        let told = pat.is_told("reportMistake", report(2)).await;
        assert_eq!(told, "GUARD_FAILED", "whatever the entry");
    }
    let other = from(&desk, "another");
    assert_eq!(
        other.is_told("reportMistake", report(1)).await,
        "GUARD_FAILED"
    );
    other.does("reportMistake", report(2), "").await;
    desk.advance(TimeDelta::hours(24));
    let again = from(&desk, "client0");
    again.does("reportMistake", report(1), "").await;
}
