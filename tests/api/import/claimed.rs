//! What a person claimed or somebody verified is never overwritten: a difference becomes a task.

use domain::npi::Npi;
use domain::place::Jurisdiction::Co;
use domain::provider::{NpiStatus, NpiStatusChange, Provider};
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::store;
use drypoint::store::log::{self, NewEvent};

use super::directory::Directory;
use super::file::{
    CITY, FAMILY, LICENSE, LICENSE_STATE, STREET, deactivated, locations, main_file, other_names,
    person,
};
use crate::support::people::{DENVER, a_provider, day, now};

/// A directory in which the person of that number is on file: claimed, checked and confirmed.
async fn with_a_verified_person(serial: u32) -> Directory {
    with_a_verified_person_who(serial, |_| {}).await
}

/// The same with something else about them.
async fn with_a_verified_person_who(serial: u32, change: impl FnOnce(&mut Provider)) -> Directory {
    let directory = Directory::new();
    let store = directory.store().await;
    let txn = store.begin().await.unwrap();
    let mut someone: Provider = a_provider(serial)
        .licensed(PhysicalTherapist, Co)
        .at(DENVER, Co)
        .into();
    assert!(someone.claimed && !someone.licenses[0].checks.is_empty());
    change(&mut someone);
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
async fn a_row_of_a_smaller_file_puts_no_number_back_to_use() {
    let directory = with_a_verified_person_who(1, |someone| {
        someone.npi_history.push(NpiStatusChange {
            from: day("2026-05-01"),
            status: NpiStatus::Deactivated,
        });
    })
    .await;
    let before = directory.person(1).await.unwrap().npi_history;
    let other = directory.file("other.csv", main_file(&[person(2)]));
    let further = [(1, ["5 ASPEN CT", "AURORA", "CO", "80012"])];
    let further = directory.file("pl.csv", locations(&further));
    let report = directory.import(&[&other, "--locations", &further]);
    assert_eq!(report["changedWithoutMainRow"], 1);
    assert_eq!(directory.person(1).await.unwrap().npi_history, before);

    let names = directory.file("names.csv", other_names(&[(1, "Aspen Needles", "3")]));
    let report = directory.import(&[&other, "--other-names", &names]);
    assert_eq!(report["changedWithoutMainRow"], 1);
    assert_eq!(directory.person(1).await.unwrap().npi_history, before);
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
