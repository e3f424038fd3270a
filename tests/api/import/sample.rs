//! The real sample: 2,121 public records, never with a fact that is not in them.

use std::collections::BTreeSet;

use serde_json::Value;

use super::directory::Directory;

const SAMPLE: &str = "tests/data/npidata_pfile_sample.csv";
const BREWER: &str = "\"1003812991\"";

fn imported(directory: &Directory, file: &str) -> Value {
    let ran = directory.run(&["nppes", file, "--format", "json"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    ran.report()
}

/// How many rows stand in each count of a report; all counts together.
fn total(report: &Value) -> u64 {
    let skipped = report["skipped"].as_object().unwrap();
    ["new", "changed", "deactivated", "unchanged", "rejectedMain"]
        .iter()
        .map(|count| report[count].as_u64().unwrap())
        .chain(skipped.values().map(|count| count.as_u64().unwrap()))
        .sum()
}

#[tokio::test]
async fn the_sample_goes_in_once_and_only_an_altered_row_changes_anything() {
    let directory = Directory::new();
    let first = imported(&directory, SAMPLE);
    assert_eq!(first["rows"], 2_121);
    assert_eq!(total(&first), 2_121);
    assert_eq!(first["new"], 182);
    assert_eq!(first["skipped"]["organizations"], 152);
    assert_eq!(first["skipped"]["otherDisciplines"], 1_787);
    assert_eq!(first["flagged"]["byCode"]["ZIP_STATE"], 1);
    assert_eq!(first["flagged"]["rows"][0]["key"], "1275539900");
    assert_eq!(first["tasksOpened"], 1);

    let again = imported(&directory, SAMPLE);
    assert_eq!((&again["new"], &again["changed"]), (&0.into(), &0.into()));
    assert_eq!(again["unchanged"], 182);
    assert_eq!(again["batches"], 0);
    assert_eq!(total(&again), 2_121);

    let text = std::fs::read_to_string(SAMPLE).unwrap();
    let (header, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    rows.rotate_left(700);
    let reordered = directory.file("reordered.csv", format!("{header}\n{}\n", rows.join("\n")));
    let other_order = imported(&directory, &reordered);
    assert_eq!(other_order["changed"], 0);
    assert_eq!(other_order["unchanged"], 182);

    let altered: Vec<String> = rows
        .iter()
        .map(|row| {
            if row.starts_with(BREWER) {
                row.replacen("\"BREWER\"", "\"BRUER\"", 1)
            } else {
                (*row).to_owned()
            }
        })
        .collect();
    let altered = directory.file("altered.csv", format!("{header}\n{}\n", altered.join("\n")));
    let dry = directory
        .run(&["nppes", &altered, "--dry-run", "--format", "json"])
        .report();
    assert_eq!((&dry["changed"], &dry["dryRun"]), (&1.into(), &true.into()));
    let changed = imported(&directory, &altered);
    assert_eq!(changed["changed"], 1);
    assert_eq!(changed["unchanged"], 181);
    assert_eq!(total(&changed), 2_121);
}

#[tokio::test]
async fn real_people_are_found_near_their_towns_and_nothing_is_said_of_them_that_the_registry_does_not()
 {
    let directory = Directory::new();
    imported(&directory, SAMPLE);
    let data = directory
        .ask(
            r#"{ searchProviders(first: 100, input: { near: { postalCode: "80205" }, radiusMiles: 500, atLeast: UNVERIFIED }) {
                 totalCount
                 edges {
                   distance { miles precision }
                   listing { outcome reasons { code outcome message } }
                   node { npi claimed offersDryNeedling training { id } attestations { id }
                          licenses { source boardStatus } } } } }"#,
        )
        .await;
    let found = &data["searchProviders"];
    let edges = found["edges"].as_array().unwrap();
    assert!(edges.len() >= 5, "{found}");
    for edge in edges {
        let node = &edge["node"];
        assert_eq!(edge["distance"]["precision"], "ZIP_CENTROID");
        assert_eq!(edge["listing"]["outcome"], "UNVERIFIED");
        assert_eq!(node["claimed"], false);
        assert_eq!(node["offersDryNeedling"], Value::Null);
        assert_eq!(node["training"].as_array().unwrap().len(), 0);
        assert_eq!(node["attestations"].as_array().unwrap().len(), 0);
        for license in node["licenses"].as_array().unwrap() {
            assert_eq!(
                (&license["source"], &license["boardStatus"]),
                (&"registry".into(), &"UNKNOWN".into())
            );
        }
        let words = edge["listing"]["reasons"].to_string();
        assert!(
            words.contains("in the federal registry; dry needling not confirmed"),
            "{words}"
        );
    }
    let verified = directory
        .ask(
            r#"{ searchProviders(input: { near: { postalCode: "80205" }, radiusMiles: 500 }) { totalCount } }"#,
        )
        .await;
    assert_eq!(verified["searchProviders"]["totalCount"], 0);
}

#[tokio::test]
async fn each_person_of_the_sample_stands_at_the_point_of_their_own_zip() {
    let directory = Directory::new();
    imported(&directory, SAMPLE);
    // As published: a chiropractor in Wayzata, MN 55391.
    let data = directory
        .ask(
            r#"{ provider(npi: "1003812991") { name { full } disciplines
                 locations { address { city state postalCode } point { latitude longitude } } }
                 places(prefix: "55391") { point { latitude longitude } } }"#,
        )
        .await;
    let person = &data["provider"];
    assert_eq!(person["name"]["full"], "MARK EUGENE BREWER");
    assert_eq!(person["disciplines"][0], "CHIROPRACTOR");
    let place = &person["locations"][0];
    assert_eq!(place["address"]["city"], "WAYZATA");
    assert_eq!(place["point"], data["places"][0]["point"]);
}

#[test]
fn the_smaller_real_files_match_nobody_of_the_sample_and_say_so() {
    let directory = Directory::new();
    let ran = directory.run(&[
        "nppes",
        SAMPLE,
        "--locations",
        "tests/data/pl_pfile_test_9rows.csv",
        "--other-names",
        "tests/data/othername_pfile_test.csv",
        "--format",
        "json",
    ]);
    let report = ran.report();
    assert_eq!(report["furtherLocations"]["rows"], 9);
    assert_eq!(report["furtherLocations"]["unmatched"], 9);
    assert_eq!(report["otherNames"]["rows"], 9);
    assert_eq!(report["otherNames"]["unmatched"], 9);
}

#[test]
fn other_disciplines_come_in_when_asked_for() {
    let directory = Directory::new();
    let ran = directory.run(&[
        "nppes",
        SAMPLE,
        "--disciplines",
        "OCCUPATIONAL_THERAPIST,ATHLETIC_TRAINER",
        "--format",
        "json",
    ]);
    let report = ran.report();
    let text = std::fs::read_to_string(SAMPLE).unwrap();
    let mut rows = csv::Reader::from_reader(text.as_bytes());
    let header = rows.headers().unwrap().clone();
    let expected: BTreeSet<String> = rows
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[1] == "1")
        .filter(|row| {
            let cells = header.iter().zip(row.iter());
            let mut codes =
                cells.filter(|(name, _)| name.starts_with("Healthcare Provider Taxonomy Code_"));
            codes.any(|(_, code)| code.starts_with("225X") || code == "2255A2300X")
        })
        .map(|row| row[0].to_owned())
        .collect();
    assert!(!expected.is_empty());
    assert_eq!(report["new"], expected.len());
}

#[test]
fn a_table_says_the_same_to_people() {
    let directory = Directory::new();
    let ran = directory.run(&["nppes", SAMPLE]);
    assert_eq!(ran.status, 0, "{ran:?}");
    for words in [
        "rows of main files",
        "2,121",
        "skipped: other disciplines",
        "ZIP 56452 belongs to MN, the address says ME",
        "182 new, 0 changed, 0 deactivated, 0 unchanged",
    ] {
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
    }
    let again = directory.run(&["nppes", SAMPLE]);
    assert!(
        again
            .stdout
            .contains("0 new, 0 changed, 0 deactivated, 182 unchanged"),
        "{again:?}"
    );
}
