//! What a person claimed or somebody verified is never overwritten: a difference becomes a task.

use domain::npi::Npi;
use domain::place::Jurisdiction::Co;
use domain::provider::Provider;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::store;
use drypoint::store::log::{self, NewEvent};

use super::directory::Directory;
use super::file::{CITY, FAMILY, LICENSE, LICENSE_STATE, STREET, deactivated, main_file, person};
use crate::support::people::{DENVER, a_provider, now};

/// A directory in which the person of that number is on file: claimed, checked and confirmed.
async fn with_a_verified_person(serial: u32) -> Directory {
    let directory = Directory::new();
    let store = directory.store().await;
    let txn = store.begin().await.unwrap();
    let someone: Provider = a_provider(serial)
        .licensed(PhysicalTherapist, Co)
        .at(DENVER, Co)
        .into();
    assert!(someone.claimed && !someone.licenses[0].checks.is_empty());
    store::provider::insert_many(&txn, &[someone], txn.next_seq())
        .await
        .unwrap();
    log::append(&txn, NewEvent::by_system("test.insert", "provider", now()))
        .await
        .unwrap();
    txn.commit().await.unwrap();
    store.close().await.unwrap();
    directory
}

#[tokio::test]
async fn a_verified_entry_stays_as_it_is_and_every_difference_is_asked_about_once() {
    let directory = with_a_verified_person(1).await;
    let before = directory.person(1).await.unwrap();
    let row = person(1)
        .with(FAMILY, "SOMEBODY ELSE")
        .with(STREET, "99 OTHER ST")
        .with(CITY, "BOULDER")
        .with(LICENSE, "OTHER-NUMBER")
        .with(LICENSE_STATE, "CO");
    let file = directory.file("week.csv", main_file(&[row]));
    let report = directory.import(&[&file]);
    assert_eq!(
        (&report["changed"], &report["tasksOpened"]),
        (&1.into(), &3.into())
    );

    let after = directory.person(1).await.unwrap();
    assert_eq!(after.name, before.name);
    assert_eq!(after.licenses, before.licenses);
    assert_eq!(after.locations, before.locations);
    assert_eq!(after.training, before.training);

    let again = directory.import(&[&file]);
    assert_eq!(
        (&again["unchanged"], &again["tasksOpened"]),
        (&1.into(), &0.into())
    );
}

#[tokio::test]
async fn a_claimed_person_is_deactivated_all_the_same() {
    let directory = with_a_verified_person(1).await;
    let file = directory.file(
        "week.csv",
        main_file(&[person(2), deactivated(1, "11/01/2026")]),
    );
    assert_eq!(directory.import(&[&file])["deactivated"], 1);
    let query = format!(
        r#"{{ whyNotShown(npi: "{}") {{ outcome reasons {{ code outcome }} }} }}"#,
        Npi::sample(1)
    );
    let why = directory.ask(&query).await;
    assert_eq!(why["whyNotShown"][0]["outcome"], "NOT_LISTED");
}

#[tokio::test]
async fn an_import_never_makes_anybody_verified() {
    let directory = with_a_verified_person(1).await;
    let rows = [person(2).with(LICENSE, "1").with(LICENSE_STATE, "CO")];
    let file = directory.file("week.csv", main_file(&rows));
    directory.import(&[&file]);
    let data = directory
        .ask(
            r#"{ searchProviders(input: { near: { postalCode: "80205" }, atLeast: UNVERIFIED }) {
                 edges { node { npi } listing { outcome } } } }"#,
        )
        .await;
    let edges = data["searchProviders"]["edges"].as_array().unwrap();
    let imported = Npi::sample(2).to_string();
    let found = edges
        .iter()
        .find(|edge| edge["node"]["npi"] == imported.as_str())
        .unwrap();
    assert_eq!(found["listing"]["outcome"], "UNVERIFIED");
}
