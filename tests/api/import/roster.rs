//! A board's list of licences.

use domain::place::Jurisdiction::{Co, Tx};
use domain::provider::Provider;
use domain::taxonomy::Discipline::PhysicalTherapist;
use serde_json::{Value, json};

use super::directory::{Directory, Ran};
use crate::support::database;
use crate::support::people::{AUSTIN, DENVER, Person, a_provider};

const CONFIG: &str = r#"
jurisdiction = "CO"
discipline = "PHYSICAL_THERAPIST"
source_name = "Colorado Physical Therapy Board"
source_url = "https://example.gov/roster"
as_of = "2026-11-20"
date_format = "%m/%d/%Y"
mapping_version = "co-2026-1"
[statuses]
"Active" = "ACTIVE"
"Expired" = "EXPIRED"
"Revoked - Disciplinary" = "REVOKED"
[columns]
number = "License Number"
full_name = "Licensee"
status = "Status"
issued_on = "Issued"
expires_on = "Expires"
"#;

const HEADER: &str = "License Number,Licensee,Status,Issued,Expires\n";

/// Licensed in Colorado under a number, which nobody has checked.
fn licensed(serial: u32, given: &str, family: &str, number: Option<&str>) -> Person {
    a_provider(serial)
        .named(given, family)
        .licensed(PhysicalTherapist, Co)
        .at(DENVER, Co)
        .with(|person| {
            person.licenses[0].number = number.map(Into::into);
            person.licenses[0].checks.clear();
        })
}

async fn on_file(people: impl IntoIterator<Item = Person>) -> Directory {
    let directory = Directory::new();
    let store = directory.store().await;
    let people: Vec<Provider> = people.into_iter().map(Provider::from).collect();
    database::insert(&store, &people).await;
    store.close().await.unwrap();
    directory
}

fn import(directory: &Directory, rows: &str, more: &[&str]) -> Ran {
    let file = directory.file("co.csv", format!("{HEADER}{rows}"));
    let config = directory.file("co.toml", CONFIG);
    let args = ["roster", &file, "--mapping", &config, "--format", "json"];
    directory.run(&[&args, more].concat())
}

/// What the last check of a person's first licence says: outcome, status, fields.
async fn last_check(directory: &Directory, serial: u32) -> Option<(String, String, usize)> {
    let person = directory.person(serial).await.unwrap();
    let check = person.licenses[0].checks.last()?.clone();
    Some((
        check.outcome.to_string(),
        check.board_status.to_string(),
        check.mismatches.len(),
    ))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "compared with what may be nothing"
)]
fn said(outcome: &str, status: &str, fields: usize) -> Option<(String, String, usize)> {
    Some((outcome.to_owned(), status.to_owned(), fields))
}

const ROWS: &str = "\
PTL.0001111,\"NEEDHAM, ADA M\",Active,06/01/2015,10/31/2028\n\
PTL.0002222,\"BROWN, BEA\",Active,06/01/2015,10/31/2028\n\
PTL.0003333,\"OTHER, PERSON\",Active,06/01/2015,10/31/2028\n\
PTL.0005555,\"MUNOZ, EVA\",Held in abeyance,06/01/2015,10/31/2028\n";

async fn a_directory() -> Directory {
    let renamed = licensed(2, "Bea", "Married", Some("2222")).with(|person| {
        let former = domain::name::PersonName::new("Bea", "", "Brown", "").unwrap();
        person.former_names.push(former);
    });
    on_file([
        licensed(1, "Ada", "Needham", Some("1111")),
        renamed,
        licensed(3, "Cleo", "Lee", Some("3333")),
        licensed(4, "Dora", "Nowhere", Some("4444")),
        licensed(5, "Eva", "Muñoz", Some("5555")),
        a_provider(6).licensed(PhysicalTherapist, Tx).at(AUSTIN, Tx),
    ])
    .await
}

#[tokio::test]
async fn a_license_is_known_by_its_number_and_its_holders_names() {
    let directory = a_directory().await;

    let ran = import(&directory, ROWS, &[]);

    assert_eq!(ran.status, 0, "{ran:?}");
    let report = ran.report();
    assert_eq!(
        report["licenses"], 5,
        "Texas is none of Colorado's: {report}"
    );
    assert_eq!(
        report["outcomes"],
        json!({ "MATCH": 2, "MISMATCH": 1, "NEEDS_REVIEW": 1, "NOT_FOUND": 1 })
    );
    assert_eq!(report["flagged"]["byCode"], json!({ "STATUS": 1 }));
    assert_eq!(last_check(&directory, 1).await, said("MATCH", "ACTIVE", 0));
    assert_eq!(
        last_check(&directory, 2).await,
        said("MATCH", "ACTIVE", 0),
        "by a former name"
    );
    assert_eq!(
        last_check(&directory, 3).await,
        said("MISMATCH", "ACTIVE", 1)
    );
    assert_eq!(
        last_check(&directory, 4).await,
        said("NOT_FOUND", "NOT_FOUND", 0)
    );
    assert_eq!(
        last_check(&directory, 5).await,
        said("NEEDS_REVIEW", "UNKNOWN", 0),
        "words that nobody mapped are no status"
    );
    let check = directory.person(1).await.unwrap().licenses[0].checks[0].clone();
    assert_eq!(check.source_kind.to_string(), "PRIMARY");
    assert_eq!(check.as_of.to_string(), "2026-11-20");
    assert_eq!(check.expires_on.unwrap().to_string(), "2028-10-31");
    assert!(directory.person(6).await.unwrap().licenses[0].checks.len() == 1);
}

#[tokio::test]
async fn the_same_file_again_changes_nothing_and_a_dry_run_neither() {
    let directory = a_directory().await;
    let before = directory.seq().await;
    let dry = import(&directory, ROWS, &["--dry-run"]).report();
    assert_eq!(dry["recorded"], 5);
    assert_eq!(directory.seq().await, before);
    assert_eq!(import(&directory, ROWS, &[]).report()["recorded"], 5);
    let after = directory.seq().await;
    assert!(after > before);

    let again = import(&directory, ROWS, &[]).report();

    assert_eq!(
        (&again["recorded"], &again["unchanged"]),
        (&json!(0), &json!(5))
    );
    assert_eq!(directory.seq().await, after);
    // What the board says otherwise as of the same day is another answer.
    let corrected = ROWS.replace("\"NEEDHAM, ADA M\",Active", "\"NEEDHAM, ADA M\",Expired");
    let third = import(&directory, &corrected, &[]).report();
    assert_eq!(
        (&third["recorded"], &third["unchanged"]),
        (&json!(1), &json!(4))
    );
    // Both answers stand; each process starts its clock at the same instant, so neither is the later.
    let person = directory.person(1).await.unwrap();
    let mut told: Vec<_> = person.licenses[0]
        .checks
        .iter()
        .map(|check| check.board_status.code())
        .collect();
    told.sort_unstable();
    assert_eq!(told, ["ACTIVE", "EXPIRED"]);
}

#[tokio::test]
async fn a_revocation_in_the_file_takes_credentials_out_of_force() {
    let directory = a_directory().await;
    let rows = ROWS.replace(
        "\"NEEDHAM, ADA M\",Active",
        "\"NEEDHAM, ADA M\",REVOKED - disciplinary",
    );

    let report = import(&directory, &rows, &[]).report();

    assert_eq!(report["suspended"], 1, "{report}");
    let query = format!(
        "{{ whyNotShown(npi: \"{}\") {{ outcome reasons {{ code outcome }} }} }}",
        domain::npi::Npi::sample(1)
    );
    let data = directory.ask(&query).await;
    let listing = &data["whyNotShown"][0];
    assert_eq!(listing["outcome"], "NOT_LISTED");
    let fails: Vec<_> = listing["reasons"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|reason| reason["outcome"] == "FAIL")
        .map(|reason| reason["code"].clone())
        .collect();
    assert!(fails.contains(&Value::from("STANDING")), "{fails:?}");
    let again = import(&directory, &rows, &[]).report();
    assert_eq!(again["suspended"], 0);
}

#[tokio::test]
async fn a_file_of_which_too_much_cannot_be_read_is_refused_whole() {
    let directory = a_directory().await;
    let before = directory.seq().await;
    let rows = ROWS.replace("10/31/2028", "2028-10-31");

    let ran = import(&directory, &rows, &[]);

    assert_eq!(ran.status, 1);
    let report = ran.report();
    assert_eq!(report["refused"], true);
    assert_eq!(report["rejected"]["byCode"], json!({ "DATE": 4 }));
    assert_eq!(directory.seq().await, before);
}

#[tokio::test]
async fn a_file_without_its_columns_and_a_configuration_that_is_none_are_refused_by_name() {
    let directory = a_directory().await;
    let file = directory.file(
        "co.csv",
        "Number,Licensee,Status,Issued,Expires\n1,A,B,C,D\n",
    );
    let config = directory.file("co.toml", CONFIG);
    let ran = directory.run(&["roster", &file, "--mapping", &config]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("License Number"), "{}", ran.stderr);
    let config = directory.file("co.toml", CONFIG.replace("\"REVOKED\"", "\"GONE\""));
    let ran = directory.run(&["roster", &file, "--mapping", &config]);
    assert_eq!(ran.status, 1);
    assert!(ran.stderr.contains("statuses"), "{}", ran.stderr);
}
