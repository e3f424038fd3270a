//! ZIP codes with their points.

use std::fmt::Write;

use super::directory::Directory;

const HEADER: &str = "zip,city,state,county,latitude,longitude,point_source\n";

fn seed() -> String {
    std::fs::read_to_string("data/places.csv").unwrap()
}

#[tokio::test]
async fn the_places_on_file_change_nothing_and_one_more_changes_one() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let report = directory
        .run(&["places", "data/places.csv", "--format", "json"])
        .report();
    assert_eq!(
        (&report["unchanged"], &report["new"]),
        (&41_169.into(), &0.into())
    );
    assert_eq!(directory.seq().await, before);

    let mut text = seed();
    writeln!(text, "00999,Newtown,CO,Denver,39.7,-104.9,ZCTA").unwrap();
    let text = text.replacen("39.75886", "39.75887", 1);
    let file = directory.file("places.csv", text);
    let dry = directory
        .run(&["places", &file, "--dry-run", "--format", "json"])
        .report();
    assert_eq!((&dry["new"], &dry["changed"]), (&1.into(), &1.into()));
    assert_eq!(directory.seq().await, before);
    let report = directory
        .run(&["places", &file, "--format", "json"])
        .report();
    assert_eq!((&report["new"], &report["changed"]), (&1.into(), &1.into()));
    assert_eq!(directory.seq().await, before + 1);
    let data = directory
        .ask(r#"{ places(prefix: "00999") { name jurisdiction } }"#)
        .await;
    assert_eq!(data["places"][0]["jurisdiction"], "CO");
}

#[tokio::test]
async fn one_impossible_row_refuses_the_whole_file() {
    let directory = Directory::new();
    let before = directory.seq().await;
    for (row, words) in [
        (
            "00999,Newtown,CO,Denver,91,-104.9,ZCTA",
            "latitude 91 is not between -90 and 90",
        ),
        (
            "00999,Newtown,CO,Denver,39.7,NaN,ZCTA",
            "longitude NaN is not between -180 and 180",
        ),
        (
            "00999,Newtown,ZZ,Denver,39.7,-104.9,ZCTA",
            "\"ZZ\" is not a jurisdiction code",
        ),
        (
            "80205,Denver,CO,Denver,39.7,-104.9,ZCTA",
            "the ZIP stands in line",
        ),
    ] {
        let file = directory.file("places.csv", format!("{}{row}\n", seed()));
        let ran = directory.run(&["places", &file]);
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(ran.stdout.contains(words), "{words}: {}", ran.stdout);
        assert!(ran.stdout.contains("41171"), "the line: {}", ran.stdout);
        assert_eq!(directory.seq().await, before);
    }
}

#[tokio::test]
async fn a_file_that_lacks_most_places_is_refused_unless_that_is_meant() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let row = "80205,Denver,CO,Denver,39.76,-104.96,ZCTA\n";
    let file = directory.file("places.csv", format!("{HEADER}{row}"));
    for dry in [&[][..], &["--dry-run"]] {
        let ran = directory.run(&[&["places", &file], dry].concat());
        assert_eq!(ran.status, 1, "{ran:?}");
        let words = "Refused: 41,168 of 41,169 places on file";
        assert!(ran.stdout.contains(words), "{}", ran.stdout);
        assert!(ran.stdout.contains("--allow-removals"), "{}", ran.stdout);
        assert_eq!(directory.seq().await, before);
    }
    let ran = directory.run(&["places", &file, "--allow-removals"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    assert_eq!(directory.seq().await, before + 1);
}

#[test]
fn a_point_far_outside_its_state_is_kept_and_flagged() {
    let directory = Directory::new();
    let rows = "80205,Denver,CO,Denver,39.76,-104.96,ZCTA\n\
                00998,Border,CO,Weld,41.1,-104.8,ZCTA\n\
                00999,Newtown,CO,Denver,30.27,-97.74,ZCTA\n";
    let file = directory.file("places.csv", format!("{HEADER}{rows}"));
    let report = directory
        .run(&[
            "places",
            &file,
            "--dry-run",
            "--allow-removals",
            "--format",
            "json",
        ])
        .report();
    assert_eq!(report["flagged"]["count"], 1);
    let flagged = &report["flagged"]["rows"][0];
    assert_eq!(
        (&flagged["line"], &flagged["key"]),
        (&4.into(), &"00999".into())
    );
    assert_eq!(
        (&report["rejected"]["count"], &report["removed"]),
        (&0.into(), &41_168.into())
    );
}

#[test]
fn of_the_seed_only_wake_island_lies_far_from_its_state() {
    let directory = Directory::new();
    let report = directory
        .run(&["places", "data/places.csv", "--dry-run", "--format", "json"])
        .report();
    // Wake Island, whose mail is Hawaii's.
    let flagged = report["flagged"]["rows"].as_array().unwrap();
    let zips: Vec<_> = flagged
        .iter()
        .map(|row| row["key"].as_str().unwrap())
        .collect();
    assert_eq!(zips, ["96898"]);
}

#[tokio::test]
async fn another_file_is_refused_by_the_columns_it_lacks() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let ran = directory.run(&["places", "data/scope_rules.csv"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stderr.contains("lacks these columns: zip"),
        "{}",
        ran.stderr
    );
    assert_eq!(directory.seq().await, before);
}
