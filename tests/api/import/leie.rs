//! The list of excluded people: the command over files of made-up people.

use std::path::Path;

use domain::npi::Npi;
use domain::screening::ExclusionList;
use domain::screening::row::Column;
use drypoint::store::exclusion::list;

use super::directory::{Directory, Ran};
use super::file::{main_file, person, zipped};
use crate::screening::{list as list_file, named};

fn rows(count: usize) -> Vec<String> {
    (0..count)
        .map(|at| named(&format!("OTHER{at}"), "NAME", &[]))
        .collect()
}

fn take(directory: &Directory, file: &str, more: &[&str]) -> Ran {
    directory.run(&[&["leie", file, "--format", "json"], more].concat())
}

/// SHA-256 of the file of the list in force, and how many rows it has in the table.
async fn in_force(directory: &Directory) -> Option<(String, usize)> {
    let store = directory.store().await;
    let held = list::in_force(store.connection(), ExclusionList::OigLeie)
        .await
        .unwrap();
    let found = match held {
        None => None,
        Some(held) => {
            let rows = list::rows(store.connection(), held.id).await.unwrap();
            Some((held.file.sha256, rows.len()))
        }
    };
    store.close().await.unwrap();
    found
}

#[tokio::test]
async fn a_file_becomes_the_list_once_and_the_next_replaces_it_whole() {
    let directory = Directory::new();
    let first = directory.file("november.csv", list_file(&rows(2_100)));
    let before = directory.seq().await;
    let dry = take(&directory, &first, &["--dry-run"]).report();
    assert_eq!((&dry["rows"], &dry["new"]), (&2_100.into(), &2_100.into()));
    assert_eq!(directory.seq().await, before);
    assert_eq!(in_force(&directory).await, None);

    let report = take(&directory, &first, &["--dated", "2026-11-10"]).report();
    assert_eq!(report["new"], 2_100);
    assert_eq!(report["screening"]["providers"], 0);
    let (_, held) = in_force(&directory).await.unwrap();
    assert_eq!(held, 2_100);

    let seq = directory.seq().await;
    let again = take(&directory, &first, &[]).report();
    assert_eq!(
        (&again["alreadyInForce"], &again["unchanged"]),
        (&true.into(), &2_100.into())
    );
    assert_eq!(directory.seq().await, seq);

    // One row changed, one gone, one new: in a zip, in whose name nobody has to believe.
    let mut next = rows(2_101);
    next[7] = named("OTHER7", "NAME", &[(Column::Address, "1 ELM ST")]);
    next.remove(3);
    let next = zipped(&[("UPDATED.CSV", list_file(&next).as_bytes())]);
    let next = directory.file("december", next);
    let report = take(&directory, &next, &["--dated", "2026-12-10"]).report();
    assert_eq!(
        (&report["new"], &report["removed"], &report["unchanged"]),
        (&2.into(), &2.into(), &2_098.into())
    );
    assert_eq!(in_force(&directory).await.unwrap().1, 2_100);
}

#[tokio::test]
async fn what_is_not_the_whole_list_is_turned_away_recorded_and_told() {
    let directory = Directory::new();
    let good = list_file(&rows(100));
    let held = directory.file("good.csv", &good);
    assert_eq!(
        take(&directory, &held, &["--dated", "2026-11-10"]).status,
        0
    );
    let in_force_before = in_force(&directory).await;
    let whole = zipped(&[("UPDATED.csv", good.as_bytes())]);
    let moved = good.replacen("LASTNAME,FIRSTNAME", "FIRSTNAME,LASTNAME", 1);
    let files: [(&str, Vec<u8>, &str); 11] = [
        (
            "html.csv",
            b"<!DOCTYPE html><html>404</html>".to_vec(),
            "HTML",
        ),
        ("empty.csv", Vec::new(), "is empty"),
        ("header.csv", list_file(&[]).into_bytes(), "no rows"),
        (
            "moved.csv",
            moved.into_bytes(),
            "LASTNAME stands in column 2",
        ),
        (
            "renamed.csv",
            good.replacen("NPI", "NPPI", 1).into_bytes(),
            "lacks these columns: NPI",
        ),
        (
            "wider.csv",
            good.replacen("WVRSTATE", "WVRSTATE,SSN", 1).into_bytes(),
            "19 columns",
        ),
        (
            "cut.csv",
            good.as_bytes()[..good.len() - 30].to_vec(),
            "truncated",
        ),
        (
            "open.csv",
            good.trim_end().as_bytes().to_vec(),
            "without a line break",
        ),
        (
            "short.csv",
            list_file(&rows(94)).into_bytes(),
            "more than 5 % fewer",
        ),
        (
            "cut.zip",
            whole[..whole.len() - 20].to_vec(),
            "no readable zip archive",
        ),
        (
            "two.zip",
            zipped(&[("a.csv", b"x"), ("b.csv", b"y")]),
            "exactly one CSV",
        ),
    ];
    for (name, bytes, words) in files {
        let file = directory.file(name, bytes);
        let before = directory.seq().await;
        let dry = take(&directory, &file, &["--dry-run"]);
        assert_eq!((dry.status, directory.seq().await), (1, before), "{name}");
        let ran = take(&directory, &file, &[]);
        assert_eq!(ran.status, 1, "{name}: {ran:?}");
        let report = ran.report();
        let reason = report["refused"].as_str().unwrap();
        assert!(
            reason.contains(words),
            "{name}: {words:?} is not in {reason:?}"
        );
        // Recorded once, and nothing else happened.
        assert_eq!(directory.seq().await, before + 1, "{name}");
        assert_eq!(in_force(&directory).await, in_force_before, "{name}");
    }
    let older = directory.file("older.csv", list_file(&rows(101)));
    let ran = take(&directory, &older, &["--dated", "2026-10-10"]);
    assert_eq!(ran.status, 1);
    assert!(
        ran.report()["refused"]
            .as_str()
            .unwrap()
            .contains("older file")
    );
    let told = directory.run(&["leie", &older, "--dated", "2026-10-10"]);
    assert!(
        told.stdout
            .contains("Refused and recorded: it is of 2026-10-10"),
        "{told:?}"
    );
    // One row in twenty may be gone.
    let shorter = directory.file("shorter.csv", list_file(&rows(95)));
    assert_eq!(take(&directory, &shorter, &[]).status, 0);
}

#[tokio::test]
async fn everybody_on_file_is_screened_and_people_who_come_later_too() {
    let directory = Directory::new();
    directory.import(&[&directory.file("people.csv", main_file(&[person(1), person(2)]))]);
    let npis = [1, 3].map(|serial| Npi::sample(serial).to_string());
    let rows = npis
        .each_ref()
        .map(|npi| named("X", "Y", &[(Column::Npi, npi)]));
    let file = directory.file("UPDATED.csv", list_file(&rows));
    let report = take(&directory, &file, &[]).report();
    assert_eq!(
        report["screening"],
        serde_json::json!({ "providers": 2, "matches": 1 })
    );
    let found = directory.person(1).await.unwrap().screening;
    assert_eq!((found.screened_at.len(), found.matches.len()), (1, 1));
    assert!(Path::new(&directory.path("drypoint.key")).exists());

    directory.import(&[&directory.file("later.csv", main_file(&[person(3)]))]);
    let found = directory.person(3).await.unwrap().screening;
    assert_eq!((found.screened_at.len(), found.matches.len()), (1, 1));
    let unchanged = directory.person(2).await.unwrap().screening;
    assert_eq!(unchanged.screened_at.len(), 1);
}
