//! The registry's zip bundles, monthly and weekly.

use super::directory::Directory;
use super::file::{FAMILY, deactivated, locations, main_file, other_names, person, zipped};

#[tokio::test]
async fn a_bundle_says_what_its_files_say_and_its_headers_files_say_nothing() {
    let directory = Directory::new();
    let header = main_file([]);
    let bundle = zipped(&[
        ("README.pdf", b"%PDF-1.4"),
        (
            "othername_pfile_20260101-20260107.csv",
            &other_names(&[(1, "Elm Clinic", "3")]),
        ),
        (
            "pl_pfile_20260101-20260107.csv",
            &locations(&[(1, ["5 ASPEN CT", "AURORA", "CO", "80012"])]),
        ),
        ("npidata_pfile_20260101-20260107_fileheader.csv", &header),
        (
            "npidata_pfile_20260101-20260107.csv",
            &main_file(&[person(1), person(2)]),
        ),
        ("endpoint_pfile_20260101-20260107.csv", b"NPI\n"),
    ]);
    let bundle = directory.file("NPPES_Data_Dissemination.zip", bundle);
    let report = directory.import(&[&bundle]);
    assert_eq!(report["new"], 2);
    assert_eq!(report["files"].as_array().unwrap().len(), 3);
    assert_eq!(report["furtherLocations"]["attached"], 1);
    assert_eq!(report["otherNames"]["attached"], 1);
    assert_eq!(directory.person(1).await.unwrap().locations.len(), 2);

    let plain = directory.file("npidata.csv", main_file(&[person(1), person(2)]));
    assert_eq!(directory.import(&[&plain])["unchanged"], 2);
}

#[tokio::test]
async fn a_month_and_its_weeks_go_in_together_and_the_last_word_counts() {
    let directory = Directory::new();
    let aspen = ["5 ASPEN CT", "AURORA", "CO", "80012"];
    let month = zipped(&[
        (
            "npidata_pfile_month.csv",
            &main_file(&[person(1), person(2), person(3)]),
        ),
        ("pl_pfile_month.csv", &locations(&[(1, aspen), (2, aspen)])),
    ]);
    let week = zipped(&[
        (
            "npidata_pfile_week.csv",
            &main_file(&[
                person(1).with(FAMILY, "MOSS"),
                deactivated(3, "11/01/2026"),
                person(4),
            ]),
        ),
        ("pl_pfile_week.csv", &locations(&[(4, aspen)])),
    ]);
    let (month, week) = (
        directory.file("month.zip", month),
        directory.file("week.zip", week),
    );
    let report = directory.import(&[&month, &week]);
    assert_eq!(report["rows"], 6);
    assert_eq!(report["new"], 3);
    assert_eq!(report["skipped"]["superseded"], 2);
    // Deactivated within the same run: never held.
    assert_eq!(report["skipped"]["deactivatedNotHeld"], 1);
    assert!(directory.person(3).await.is_none());
    let places = |serial| {
        let directory = &directory;
        async move { directory.person(serial).await.unwrap().locations.len() }
    };
    // The week's main row came with a file of further places and none for this person.
    assert_eq!(
        (places(1).await, places(2).await, places(4).await),
        (1, 2, 2)
    );
    assert_eq!(directory.person(1).await.unwrap().name.full(), "ADA MOSS");
}
