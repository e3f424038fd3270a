//! Birth dates as people tell them over the API, and who is screened the moment they change.

use domain::access::Role;
use domain::npi::Npi;
use domain::screening::row::Column;
use drypoint::store::exclusion::private;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};

use super::{a_therapist, list, matches, named, only, public, take_and_screen, two};
use crate::support::desk::{Desk, Hand};

/// Excluded: Ada Needham, born on 1 March 1970.
fn ada() -> String {
    let columns = [(Column::Dob, "19700301"), (Column::State, "AZ")];
    list(&[named("NEEDHAM", "ADA", &columns)])
}

fn npi(serial: u32) -> String {
    Npi::sample(serial).to_string()
}

fn owner(desk: &Desk, serial: u32) -> Hand {
    desk.hand_of("Ada", &[Role::Provider], &[Npi::sample(serial)])
}

async fn version(desk: &Desk, serial: u32) -> i64 {
    let query = format!("{{ provider(npi: \"{}\") {{ version }} }}", npi(serial));
    let data = desk.anybody().ask(&query, json!({})).await;
    data["provider"]["version"].as_i64().unwrap()
}

async fn telling(desk: &Desk, serial: u32, born: Value) -> Value {
    let version = version(desk, serial).await;
    json!({ "npi": npi(serial), "expectedVersion": version, "birthDate": born })
}

/// A desk with somebody whose name is on the list, found by name alone.
async fn a_namesake() -> Desk {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Ada", "Needham")]).await;
    take_and_screen(&desk, &ada()).await;
    assert_eq!(public(&desk, 1).await.1, "PASS");
    desk
}

#[tokio::test]
async fn a_birth_date_that_is_equal_holds_in_the_very_act_that_tells_it() {
    let desk = a_namesake().await;
    assert_eq!(public(&desk, 1).await.0, "VERIFIED");
    let told = telling(&desk, 1, json!("1970-03-01")).await;

    owner(&desk, 1)
        .does("updateProfile", told, "provider { npi }")
        .await;

    let (outcome, exclusion, message) = public(&desk, 1).await;
    assert_eq!((&*outcome, &*exclusion), ("UNVERIFIED", "UNKNOWN"));
    assert!(message.contains("a check is unfinished"), "{message}");
    let found = only(&two(&desk).0).await;
    assert_eq!(
        (&found["tier"], &found["state"]),
        (&json!("T2_NAME_DOB"), &json!("NEW"))
    );
}

#[tokio::test]
async fn a_birth_date_that_differs_clears_what_the_name_alone_raised() {
    let desk = a_namesake().await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let told = telling(&desk, 1, json!("1964-07-12")).await;
    admin.does("updateProfile", told, "provider { npi }").await;
    let found = only(&two(&desk).0).await;
    assert_eq!(found["state"], "FALSE_POSITIVE");
    assert_eq!(public(&desk, 1).await.0, "VERIFIED");
}

#[tokio::test]
async fn a_day_on_which_nobody_on_file_can_have_been_born_is_refused_with_why() {
    let desk = a_namesake().await;
    let ada = owner(&desk, 1);
    for (born, why) in [
        ("2026-11-22", "a day that has passed"),
        ("2010-01-01", "at least 18"),
        ("1900-01-01", "at most 120"),
    ] {
        let told = telling(&desk, 1, json!(born)).await;
        let refused = ada.tries("updateProfile", told, "").await;
        let error = &refused["userErrors"][0];
        assert_eq!(
            (&error["code"], &error["field"]),
            (&json!("BAD_INPUT"), &json!("birthDate"))
        );
        assert!(error["message"].as_str().unwrap().contains(why), "{error}");
    }
    let delegate = desk.hand_of("Del", &[Role::ProviderDelegate], &[Npi::sample(1)]);
    let told = telling(&desk, 1, json!("1970-03-01")).await;
    assert_eq!(delegate.is_told("updateProfile", told).await, "FORBIDDEN");
    assert_eq!(public(&desk, 1).await.1, "PASS", "nothing was kept");
}

#[tokio::test]
async fn a_birth_date_is_kept_sealed_is_in_no_log_and_can_be_forgotten() {
    let desk = a_namesake().await;
    let ada = owner(&desk, 1);
    let told = telling(&desk, 1, json!("1964-07-12")).await;
    ada.does("updateProfile", told.clone(), "provider { npi }")
        .await;
    let db = desk.app.store.connection();
    let kept = private::birth_dates(db, &[Npi::sample(1)]).await.unwrap();
    assert_eq!(kept.len(), 1);
    let events = desk.events().await;
    let change = events.iter().rev();
    let mut change = change.filter(|event| event["action"] == "updateProfile");
    let change = change.next().unwrap();
    assert_eq!(change["changedFields"], "birthDate");
    assert_ne!(change["beforeHash"], change["afterHash"]);
    for event in &events {
        assert!(!event.to_string().contains("1964-07-12"), "{event}");
    }
    // What is remembered of the request is no hash that trying every day would find.
    let body = json!({ "npi": npi(1), "expectedVersion": 1, "birthDate": "1964-07-12" });
    let plain = serde_json_canonicalizer::to_string(&body).unwrap();
    let plain = {
        use sha2::Digest as _;
        data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(plain.as_bytes()))
    };
    let statement = Statement::from_string(
        db.get_database_backend(),
        format!("SELECT 1 FROM idempotency WHERE body_sha256 = '{plain}'"),
    );
    assert!(db.query_one_raw(statement).await.unwrap().is_none());

    let forget = telling(&desk, 1, Value::Null).await;
    ada.does("updateProfile", forget, "provider { npi }").await;
    let kept = private::birth_dates(db, &[Npi::sample(1)]).await.unwrap();
    assert!(kept.is_empty());
}

#[tokio::test]
async fn the_same_request_again_tells_the_same_and_screens_nobody_anew() {
    let desk = a_namesake().await;
    let ada = owner(&desk, 1);
    let mut told = telling(&desk, 1, json!("1970-03-01")).await;
    told["idempotencyKey"] = json!("once");
    ada.does("updateProfile", told.clone(), "provider { npi }")
        .await;
    let before = desk.events().await.len();
    ada.does("updateProfile", told.clone(), "provider { npi }")
        .await;
    assert_eq!(desk.events().await.len(), before);
    told["birthDate"] = json!("1970-03-02");
    assert_eq!(
        ada.is_told("updateProfile", told).await,
        "IDEMPOTENCY_CONFLICT"
    );
}

#[tokio::test]
async fn whoever_is_registered_is_held_against_the_list_at_once() {
    let desk = Desk::open().await;
    desk.with([a_therapist(1, "Zoë", "Núñez")]).await;
    take_and_screen(&desk, &ada()).await;
    let admin = desk.hand("Dan", &[Role::Admin]);
    let new = json!({
        "npi": npi(7), "name": { "given": "Ada", "family": "Needham" }, "birthDate": "1970-03-01",
    });
    admin
        .does("registerProvider", new, "provider { npi }")
        .await;
    let found = only(&two(&desk).0).await;
    assert_eq!(
        (&found["npi"], &found["tier"]),
        (&json!(npi(7)), &json!("T2_NAME_DOB"))
    );
    let impossible = json!({
        "npi": npi(8), "name": { "family": "Young" }, "birthDate": "2026-01-01",
    });
    assert_eq!(
        admin.is_told("registerProvider", impossible).await,
        "BAD_INPUT"
    );
}

#[tokio::test]
async fn another_name_or_a_former_one_is_held_against_the_list_at_once() {
    // A former name is compared at the third tier, whatever else agrees: it is looked at and holds nobody.
    for (change, tier, exclusion) in [
        (
            json!({ "name": { "given": "Ada", "family": "Needham" } }),
            "T2_NAME_DOB",
            "UNKNOWN",
        ),
        (
            json!({ "formerNames": [{ "given": "Ada", "family": "Needham" }] }),
            "T3_NAME_CONTEXT",
            "PASS",
        ),
    ] {
        let desk = Desk::open().await;
        desk.with([a_therapist(1, "Ada", "Brown")]).await;
        take_and_screen(&desk, &ada()).await;
        let compliance = two(&desk).0;
        assert!(matches(&compliance).await.is_empty());
        let mut input = telling(&desk, 1, json!("1970-03-01")).await;
        owner(&desk, 1)
            .does("updateProfile", input.clone(), "provider { npi }")
            .await;
        assert!(matches(&compliance).await.is_empty(), "another name");
        input = json!({ "npi": npi(1), "expectedVersion": version(&desk, 1).await });
        for (field, value) in change.as_object().unwrap() {
            input[field] = value.clone();
        }
        owner(&desk, 1)
            .does("updateProfile", input, "provider { npi }")
            .await;
        assert_eq!(only(&compliance).await["tier"], tier);
        assert_eq!(public(&desk, 1).await.1, exclusion);
    }
}
