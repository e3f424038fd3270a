//! Further practice locations and other names.

use super::directory::Directory;
use super::file::{locations, main_file, other_names, person};

const ASPEN: [&str; 4] = ["5 ASPEN CT", "AURORA", "CO", "80012"];
const AUSTIN: [&str; 4] = ["7 OAK ST", "AUSTIN", "TX", "787011234"];

#[tokio::test]
async fn further_places_join_those_of_the_people_held_and_each_address_counts_once() {
    let directory = Directory::new();
    let main = directory.file("main.csv", main_file(&[person(1), person(2)]));
    let same = ["1 ELM ST", "DENVER", "CO", "80205"];
    let rows = [(1, AUSTIN), (1, ASPEN), (1, AUSTIN), (1, same), (9, ASPEN)];
    let further = directory.file("pl.csv", locations(&rows));
    let report = directory.import(&[&main, "--locations", &further]);
    let counts = &report["furtherLocations"];
    assert_eq!(
        (&counts["rows"], &counts["attached"], &counts["unmatched"]),
        (&5.into(), &4.into(), &1.into())
    );
    let held = directory.person(1).await.unwrap();
    let cities: Vec<_> = held
        .locations
        .iter()
        .map(|place| &*place.address.city)
        .collect();
    assert_eq!(cities, ["DENVER", "AURORA", "AUSTIN"]);
    assert_eq!(
        held.locations[2].zone,
        domain::place::Jurisdiction::Tx.zone()
    );

    let again = directory.import(&[&main, "--locations", &further]);
    assert_eq!(
        (&again["changed"], &again["unchanged"]),
        (&0.into(), &2.into())
    );
}

#[tokio::test]
async fn without_the_file_further_places_stay_and_with_it_those_it_lacks_go() {
    let directory = Directory::new();
    let main = directory.file("main.csv", main_file(&[person(1), person(2)]));
    let further = directory.file("pl.csv", locations(&[(1, ASPEN), (2, ASPEN)]));
    directory.import(&[&main, "--locations", &further]);

    assert_eq!(directory.import(&[&main])["unchanged"], 2);
    assert_eq!(directory.person(1).await.unwrap().locations.len(), 2);

    let fewer = directory.file("fewer.csv", locations(&[(2, ASPEN)]));
    let report = directory.import(&[&main, "--locations", &fewer]);
    assert_eq!(
        (&report["changed"], &report["unchanged"]),
        (&1.into(), &1.into())
    );
    assert_eq!(directory.person(1).await.unwrap().locations.len(), 1);
    assert_eq!(directory.person(2).await.unwrap().locations.len(), 2);
}

#[tokio::test]
async fn a_further_place_reaches_a_person_held_whose_main_row_is_not_in_the_run() {
    let directory = Directory::new();
    let main = directory.file("main.csv", main_file(&[person(1)]));
    directory.import(&[&main]);
    let other = directory.file("other.csv", main_file(&[person(2)]));
    let further = directory.file("pl.csv", locations(&[(1, ASPEN)]));
    let report = directory.import(&[&other, "--locations", &further]);
    assert_eq!(report["changedWithoutMainRow"], 1);
    assert_eq!((&report["rows"], &report["new"]), (&1.into(), &1.into()));
    assert_eq!(directory.person(1).await.unwrap().locations.len(), 2);
}

#[tokio::test]
async fn a_trade_name_becomes_the_name_of_the_clinic_and_other_kinds_of_names_do_not() {
    let directory = Directory::new();
    let main = directory.file("main.csv", main_file(&[person(1), person(2)]));
    let rows = [
        (1, "Elm Street Physical Therapy", "3"),
        (2, "Needham Incorporated", "4"),
        (9, "Nobody's Clinic", "3"),
    ];
    let names = directory.file("names.csv", other_names(&rows));
    let report = directory.import(&[&main, "--other-names", &names]);
    let counts = &report["otherNames"];
    assert_eq!(
        (
            &counts["attached"],
            &counts["ignored"],
            &counts["unmatched"]
        ),
        (&1.into(), &1.into(), &1.into())
    );
    let name = directory.person(1).await.unwrap().locations[0].name.clone();
    assert_eq!(name.as_deref(), Some("Elm Street Physical Therapy"));
    assert_eq!(directory.person(2).await.unwrap().locations[0].name, None);
}

#[tokio::test]
async fn a_bad_row_of_a_smaller_file_is_rejected_with_its_line() {
    let directory = Directory::new();
    let main = directory.file("main.csv", main_file(&[person(1)]));
    let further = directory.file(
        "pl.csv",
        locations(&[(1, ASPEN), (1, ["2 X", "Y", "QQ", "1"])]),
    );
    let report = directory.import(&[&main, "--locations", &further, "--max-rejected", "50%"]);
    assert_eq!(report["furtherLocations"]["rejected"], 1);
    let rejected = &report["rejected"]["rows"][0];
    assert_eq!(
        (&rejected["line"], &rejected["code"]),
        (&3.into(), &"STATE".into())
    );
    assert_eq!(
        (&report["rows"], &report["rejectedMain"]),
        (&1.into(), &0.into())
    );
}
