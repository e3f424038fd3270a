//! One made-up person after another, through the weeks of the registry's files.

use domain::npi::Npi;
use domain::provider::NpiStatus;
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::directory::Directory;
use super::file::{
    CITY, DEACTIVATED_ON, FAMILY, GIVEN, LICENSE, LICENSE_STATE, MAILING_STREET, OTHER_FAMILY,
    PHONE, REACTIVATED_ON, REPLACEMENT, Row, STATE, STREET, TAXONOMY, UPDATED_ON, ZIP, deactivated,
    main_file, older_main_file, person,
};
use crate::support::people::day;

fn week(directory: &Directory, rows: &[Row]) -> Value {
    let file = directory.file("week.csv", main_file(rows));
    directory.import(&[&file])
}

#[tokio::test]
async fn a_number_that_goes_out_of_use_takes_its_person_with_it_and_may_come_back() {
    let directory = Directory::new();
    week(&directory, &[person(1), person(2)]);

    let out = [deactivated(1, "05/01/2026").with(REPLACEMENT, &Npi::sample(2).to_string())];
    let report = week(&directory, &out);
    assert_eq!(
        (&report["deactivated"], &report["changed"]),
        (&1.into(), &0.into())
    );
    let held = directory.person(1).await.unwrap();
    let history: Vec<_> = held
        .npi_history
        .iter()
        .map(|change| (change.from, change.status))
        .collect();
    assert_eq!(
        history,
        [
            (day("2010-04-07"), NpiStatus::Active),
            (day("2026-05-01"), NpiStatus::Deactivated),
        ]
    );
    assert_eq!(held.replaced_by, Some(Npi::sample(2)));
    // What is left of the row is little; what we held of the person stays.
    assert_eq!(held.name.full(), "ADA NEEDHAM1");
    assert_eq!(held.locations.len(), 1);
    let query = format!(
        r#"{{ whyNotShown(npi: "{}") {{ outcome reasons {{ code outcome }} }} }}"#,
        Npi::sample(1)
    );
    let why = directory.ask(&query).await;
    assert_eq!(why["whyNotShown"][0]["outcome"], "NOT_LISTED");
    let reasons = why["whyNotShown"][0]["reasons"].as_array().unwrap();
    assert!(
        reasons
            .iter()
            .any(|reason| reason["code"] == "NPI_ACTIVE" && reason["outcome"] == "FAIL")
    );

    let report = week(&directory, &out);
    assert_eq!(
        (&report["deactivated"], &report["unchanged"]),
        (&0.into(), &1.into())
    );

    let back = person(1)
        .with(DEACTIVATED_ON, "05/01/2026")
        .with(REACTIVATED_ON, "09/15/2026");
    assert_eq!(week(&directory, &[back])["changed"], 1);
    let held = directory.person(1).await.unwrap();
    assert_eq!(held.npi_history.last().unwrap().status, NpiStatus::Active);
    assert_eq!(held.npi_history.last().unwrap().from, day("2026-09-15"));
    assert_eq!(held.replaced_by, None);
}

#[tokio::test]
async fn an_older_file_brings_back_neither_a_number_nor_an_address() {
    let directory = Directory::new();
    let moved = person(2)
        .with(STREET, "9 ASH AVE")
        .with(UPDATED_ON, "06/01/2026");
    week(&directory, &[person(1), person(2), person(3)]);
    week(&directory, &[deactivated(1, "05/01/2026"), moved]);
    let before = (directory.person(1).await, directory.person(2).await);

    let same_day = person(3).with(PHONE, "3035550199");
    let undated = person(4).with(UPDATED_ON, "");
    let old = [person(1), person(2), same_day, undated];
    let report = week(&directory, &old);
    assert_eq!(report["olderThanHeld"], 2);
    assert_eq!(
        (&report["changed"], &report["new"], &report["unchanged"]),
        (&1.into(), &1.into(), &0.into())
    );
    assert_eq!(report["rows"], 4);
    assert_eq!(
        (directory.person(1).await, directory.person(2).await),
        before
    );

    // A reactivation is news, and then the old deactivation no longer is.
    let back = person(1)
        .with(DEACTIVATED_ON, "05/01/2026")
        .with(REACTIVATED_ON, "09/15/2026");
    assert_eq!(week(&directory, &[back])["changed"], 1);
    let report = week(&directory, &[deactivated(1, "05/01/2026")]);
    assert_eq!(
        (&report["olderThanHeld"], &report["deactivated"]),
        (&1.into(), &0.into())
    );
}

#[tokio::test]
async fn a_deactivation_with_a_day_before_the_last_update_still_counts() {
    let directory = Directory::new();
    week(&directory, &[person(1).with(UPDATED_ON, "06/01/2026")]);
    let report = week(&directory, &[deactivated(1, "05/01/2026")]);
    assert_eq!(report["deactivated"], 1);
}

#[tokio::test]
async fn a_deactivated_number_of_nobody_we_hold_is_skipped_not_rejected() {
    let directory = Directory::new();
    let report = week(&directory, &[person(1), deactivated(9, "05/01/2020")]);
    assert_eq!(report["skipped"]["deactivatedNotHeld"], 1);
    assert_eq!(report["rejected"]["count"], 0);
    assert!(directory.person(9).await.is_none());
}

#[tokio::test]
async fn latin_1_names_former_names_and_licences_come_in_and_the_mailing_address_does_not() {
    let directory = Directory::new();
    let row = person(1)
        .with_bytes(GIVEN, b"REN\xC9E")
        .with_bytes(FAMILY, b"MU\xD1OZ")
        .with(OTHER_FAMILY, "FENN")
        .with(LICENSE, "PTL.0012345")
        .with(LICENSE_STATE, "CO");
    week(&directory, &[row]);
    let held = directory.person(1).await.unwrap();
    assert_eq!(held.name.full(), "RENÉE MUÑOZ");
    assert_eq!(held.former_names[0].full(), "RENÉE FENN");
    assert_eq!(held.licenses[0].number.as_deref(), Some("PTL.0012345"));
    assert!(held.licenses[0].checks.is_empty());
    assert_eq!(held.offers_dry_needling, None);
    assert!(!held.claimed);
    assert!(
        !format!("{held:?}").contains("HOME SWEET HOME"),
        "{MAILING_STREET}"
    );
}

#[tokio::test]
async fn both_generations_of_headers_say_the_same() {
    let directory = Directory::new();
    let rows = [
        person(1),
        person(2).with(LICENSE, "7").with(LICENSE_STATE, "TX"),
    ];
    let older = directory.file("older.csv", older_main_file(&rows));
    assert_eq!(directory.import(&[&older])["new"], 2);
    assert_eq!(week(&directory, &rows)["unchanged"], 2);
}

#[tokio::test]
async fn a_marriage_a_move_and_a_new_licence_are_followed() {
    let directory = Directory::new();
    let before = person(1).with(LICENSE, "1").with(LICENSE_STATE, "CO");
    week(&directory, std::slice::from_ref(&before));
    let location = directory.person(1).await.unwrap().locations[0].id;
    let after = before
        .with(FAMILY, "MOSS")
        .with(STREET, "9 ASH AVE")
        .with(CITY, "AUSTIN")
        .with(STATE, "TX")
        .with(ZIP, "78701")
        .with(LICENSE, "2")
        .with(LICENSE_STATE, "TX");
    assert_eq!(week(&directory, &[after])["changed"], 1);
    let held = directory.person(1).await.unwrap();
    assert_eq!(held.name.full(), "ADA MOSS");
    assert_eq!(held.former_names[0].full(), "ADA NEEDHAM1");
    assert_eq!((held.locations.len(), held.locations[0].id), (1, location));
    assert_eq!(&*held.locations[0].address.city, "AUSTIN");
    let licenses: Vec<_> = held
        .licenses
        .iter()
        .map(|license| (license.jurisdiction.code(), license.number.as_deref()))
        .collect();
    assert_eq!(licenses, [("TX", Some("2"))]);
}

#[tokio::test]
async fn a_held_person_who_changes_profession_is_followed_and_a_stranger_is_not_taken_in() {
    let directory = Directory::new();
    week(&directory, &[person(1)]);
    let report = week(
        &directory,
        &[
            person(1).with(TAXONOMY, "225700000X"),
            person(2).with(TAXONOMY, "225700000X"),
        ],
    );
    assert_eq!(
        (&report["changed"], &report["skipped"]["otherDisciplines"]),
        (&1.into(), &1.into())
    );
    let held = directory.person(1).await.unwrap();
    assert_eq!(held.disciplines(), []);
}

#[tokio::test]
async fn of_several_rows_with_one_number_the_last_counts_and_the_sum_still_adds_up() {
    let directory = Directory::new();
    let report = week(
        &directory,
        &[
            person(1).with(PHONE, "3035550111"),
            person(2),
            person(1).with(PHONE, "3035550122"),
            person(3).with(TAXONOMY, "111N00000X"),
            person(3).with(TAXONOMY, "225700000X"),
        ],
    );
    assert_eq!(report["new"], 2);
    assert_eq!(report["skipped"]["superseded"], 2);
    assert_eq!(report["skipped"]["otherDisciplines"], 1);
    assert_eq!(report["rows"], 5);
    let held = directory.person(1).await.unwrap();
    assert_eq!(held.locations[0].phone.as_deref(), Some("3035550122"));
}

#[tokio::test]
async fn rejected_rows_are_told_with_line_number_and_reason_and_the_others_come_in() {
    let directory = Directory::new();
    let bad = Npi::sample(3).to_string();
    let bad = format!("{}{}", &bad[..9], (bad.as_bytes()[9] - b'0' + 1) % 10);
    let rows = [
        person(1),
        person(2).with("NPI", &bad),
        person(4).with("Last Update Date", "2026-01-02"),
        person(5).with(STATE, "XX"),
        person(6)
            .with(STREET, "")
            .with(CITY, "")
            .with(STATE, "")
            .with(ZIP, ""),
    ];
    let file = directory.file("week.csv", main_file(&rows));
    let report = directory.import(&[&file, "--max-rejected", "60%"]);
    let told: Vec<_> = report["rejected"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["line"].as_u64().unwrap(),
                row["key"].as_str().unwrap(),
                row["code"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (3, bad.as_str(), "NPI_CHECK_DIGIT"),
            (4, Npi::sample(4).to_string().as_str(), "DATE"),
            (5, Npi::sample(5).to_string().as_str(), "STATE"),
        ]
    );
    assert_eq!(
        (&report["new"], &report["rejectedMain"]),
        (&2.into(), &3.into())
    );
    assert_eq!(report["flagged"]["byCode"]["NO_ADDRESS"], 1);
    assert!(directory.person(6).await.unwrap().locations.is_empty());
}

#[tokio::test]
async fn past_the_settable_share_nothing_is_written_and_the_exit_status_says_so() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let rows = [person(1), person(2).with(STATE, "XX")];
    let file = directory.file("week.csv", main_file(&rows));
    let ran = directory.run(&["nppes", "--allow-samples", &file]);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(
        ran.stdout.contains("Refused: 1 of 2 rows were rejected"),
        "{}",
        ran.stdout
    );
    let ran = directory.run(&["nppes", "--allow-samples", &file, "--format", "json"]);
    assert_eq!((ran.status, &ran.report()["refused"]), (1, &true.into()));
    assert!(directory.person(1).await.is_none());
    assert_eq!(directory.seq().await, before);
}

#[tokio::test]
async fn a_dry_run_says_what_would_change_and_writes_nothing() {
    let directory = Directory::new();
    week(&directory, &[person(1), person(2)]);
    let before = directory.seq().await;
    let rows = [
        person(1).with(FAMILY, "MOSS"),
        person(2),
        person(3),
        deactivated(2, "01/01/2026"),
    ];
    let file = directory.file("week.csv", main_file(&rows));
    let report = directory.import(&[&file, "--dry-run"]);
    assert_eq!(report["dryRun"], true);
    assert_eq!(
        (&report["new"], &report["changed"], &report["deactivated"]),
        (&1.into(), &1.into(), &1.into())
    );
    assert_eq!(directory.seq().await, before);
    assert!(directory.person(3).await.is_none());
    assert_eq!(
        directory.person(1).await.unwrap().name.full(),
        "ADA NEEDHAM1"
    );
}

#[tokio::test]
async fn made_up_people_are_refused_where_nobody_asked_for_them() {
    let directory = Directory::new();
    let file = directory.file("week.csv", main_file(&[person(1)]));
    let ran = directory.run(&["nppes", &file]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.stdout.contains("an NPI begins with 1 or 2"),
        "{}",
        ran.stdout
    );
    assert!(ran.stdout.contains("--allow-samples"), "{}", ran.stdout);
}

#[tokio::test]
async fn a_directory_of_made_up_people_takes_more_of_them_and_one_of_real_people_none() {
    let directory = Directory::new();
    let first = directory.file("first.csv", main_file(&[person(1)]));
    assert_eq!(
        directory.run(&["nppes", "--allow-samples", &first]).status,
        0
    );
    let second = directory.file("second.csv", main_file(&[person(2)]));
    let ran = directory.run(&["nppes", &second, "--format", "json"]);
    assert_eq!((ran.status, &ran.report()["new"]), (0, &1.into()));

    let real = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/data/npidata_pfile_sample.csv"
    );
    assert_eq!(directory.run(&["nppes", real]).status, 0);
    let third = directory.file("third.csv", main_file(&[person(3)]));
    assert_eq!(directory.run(&["nppes", &third]).status, 1);
    assert!(directory.person(3).await.is_none());
}

#[tokio::test]
async fn a_run_that_is_killed_half_way_is_finished_by_running_it_again() {
    const PEOPLE: u32 = 9_000;
    let directory = Directory::new();
    let rows: Vec<Row> = (0..PEOPLE).map(person).collect();
    let file = directory.file("month.csv", main_file(&rows));
    let before = directory.seq().await;
    let store = directory.store().await;
    let mut child = directory
        .command(&["nppes", "--allow-samples", &file])
        .stdout(std::process::Stdio::null())
        .spawn()
        .unwrap();
    // As soon as the first batch stands in the log, the process dies.
    loop {
        assert_eq!(child.try_wait().unwrap(), None, "the run was over too soon");
        let head = drypoint::store::log::head(store.connection())
            .await
            .unwrap();
        if head.seq > before {
            break;
        }
        tokio::task::yield_now().await;
    }
    child.kill().unwrap();
    child.wait().unwrap();
    let merged = drypoint::store::provider::count(store.connection())
        .await
        .unwrap();
    assert!(merged >= 2_000 && merged < u64::from(PEOPLE), "{merged}");
    assert_eq!(merged % 2_000, 0, "a batch is whole or not at all");
    store.close().await.unwrap();

    let report = directory.import(&[&file]);
    assert_eq!(report["unchanged"], merged);
    assert_eq!(report["new"], u64::from(PEOPLE) - merged);
    let store = directory.store().await;
    let verdict = drypoint::store::log::verify(store.connection())
        .await
        .unwrap();
    assert!(
        matches!(verdict, drypoint::store::log::Verdict::Intact(_)),
        "{verdict:?}"
    );
}

#[tokio::test]
async fn what_stopped_a_run_is_told_even_when_clearing_up_fails_too() {
    let directory = Directory::new();
    let store = directory.store().await;
    for trigger in [
        "CREATE TRIGGER full BEFORE INSERT ON import_stage
         BEGIN SELECT RAISE(ABORT, 'no room for rows'); END",
        "CREATE TRIGGER stuck BEFORE DELETE ON import_run
         BEGIN SELECT RAISE(ABORT, 'no room to clear up'); END",
    ] {
        store
            .connection()
            .execute_unprepared(trigger)
            .await
            .unwrap();
    }
    store.close().await.unwrap();
    let file = directory.file("week.csv", main_file(&[person(1)]));
    let ran = directory.run(&["nppes", "--allow-samples", &file]);
    assert_ne!(ran.status, 0);
    assert!(ran.stderr.contains("no room for rows"), "{ran:?}");
}
