//! Files that are not what they should be: each is told clearly, and nothing is half-written.

use std::process::Command;

use super::directory::{Directory, Ran};
use super::file::{TAXONOMY, locations, main_file, other_names, person, zipped};

/// The file is refused with these words, and the database is as it was.
#[track_caller]
fn refused(directory: &Directory, args: &[&str], words: &[&str]) {
    let database = directory.path("drypoint.db");
    let before = std::fs::read(&database).unwrap();
    let ran = directory.run(&[&["nppes", "--allow-samples"], args].concat());
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    for word in words {
        assert!(
            ran.stderr.contains(word),
            "{word:?} is not in {}",
            ran.stderr
        );
    }
    assert!(
        std::fs::read(&database).unwrap() == before,
        "something was written"
    );
}

#[test]
fn what_is_no_file_of_the_registry_is_refused_before_the_database_is_touched() {
    let directory = Directory::new();
    let gzip = directory.file("a.csv", b"\x1f\x8b\x08\0\0\0\0\0");
    let html = directory.file("b.csv", "<!DOCTYPE html><html><body>404</body></html>");
    let binary = directory.file("c.csv", b"\x7fELF\x02\x01\x01\0\0\0\0\0");
    let empty = directory.file("d.csv", "");
    refused(
        &directory,
        &["/no/such/file.csv"],
        &["/no/such/file.csv", "No such file"],
    );
    refused(&directory, &["/tmp"], &["/tmp", "irectory"]);
    refused(&directory, &[&gzip], &["a.csv is not CSV", "gzip"]);
    refused(&directory, &[&html], &["b.csv is not CSV", "HTML"]);
    refused(&directory, &[&binary], &["c.csv is not CSV", "binary"]);
    refused(&directory, &[&empty], &["d.csv is empty"]);
}

#[test]
fn a_zip_that_is_cut_off_or_holds_something_else_is_refused() {
    let directory = Directory::new();
    let main = main_file((0..50).map(person).collect::<Vec<_>>().iter());
    let whole = zipped(&[("npidata_pfile_1.csv", &main)]);
    let cut = directory.file("cut.zip", &whole[..whole.len() / 2]);
    refused(
        &directory,
        &[&cut],
        &["cut.zip is no readable zip archive", "truncated"],
    );
    let deactivations = zipped(&[
        ("[Content_Types].xml", b"<x/>"),
        ("xl/workbook.xml", b"<x/>"),
    ]);
    let deactivations = directory.file("NPPES Deactivated NPI Report.xlsx", deactivations);
    refused(
        &directory,
        &[&deactivations],
        &["holds no npidata_pfile_*.csv", "xl/workbook.xml"],
    );
}

/// The columns are looked at when reading begins: by then the run is on file, and has to go again.
#[tokio::test]
async fn a_wrong_header_is_refused_by_the_columns_it_lacks() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let text = String::from_utf8(main_file(&[person(1)])).unwrap();
    let renamed = text
        .replace(TAXONOMY, "Taxonomy")
        .replace("Entity Type Code", "Type");
    let renamed = directory.file("renamed.csv", renamed);
    let further = directory.file("pl.csv", locations(&[(1, ["1 X", "Y", "CO", "80205"])]));
    let names = directory.file("names.csv", other_names(&[(1, "X", "3")]));
    let header = directory.file("header.csv", main_file([]));
    for (file, words) in [
        (
            renamed,
            &[
                "lacks these columns: Entity Type Code",
                ", Healthcare Provider Taxonomy Code_1",
            ][..],
        ),
        (further, &["further practice locations", "--locations"]),
        (names, &["other names", "--other-names"]),
        (header, &["has a header but no rows"]),
    ] {
        let ran = directory.run(&["nppes", "--allow-samples", &file]);
        assert_eq!(ran.status, 1, "{ran:?}");
        for word in words {
            assert!(
                ran.stderr.contains(word),
                "{word:?} is not in {}",
                ran.stderr
            );
        }
    }
    assert_eq!(directory.seq().await, before);
}

#[tokio::test]
async fn a_file_that_breaks_off_changes_nothing_however_much_of_it_was_good() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let rows: Vec<_> = (0..5_000).map(person).collect();
    let whole = main_file(&rows);
    let cut_row = directory.file("cut.csv", &whole[..whole.len() - 900]);
    // The archive is whole; what is in it was spoiled after it was packed.
    let mut spoiled = zipped(&[("npidata_pfile_1.csv", &whole)]);
    let middle = spoiled.len() / 2;
    for byte in &mut spoiled[middle..middle + 200] {
        *byte ^= 0xff;
    }
    let spoiled = directory.file("spoiled.zip", spoiled);
    let mut unclosed = whole.clone();
    unclosed.extend(b"\"");
    unclosed.extend(std::iter::repeat_n(b'x', 1 << 20));
    let unclosed = directory.file("unclosed.csv", unclosed);
    for (file, words) in [
        (
            cut_row,
            &[
                "cut.csv ends in the middle of the row at line 5001",
                "truncated",
            ][..],
        ),
        (spoiled, &["spoiled.zip", "the archive may be damaged"]),
        (
            unclosed,
            &["row at line 5002 is longer than", "quote not closed"],
        ),
    ] {
        let ran = directory.run(&["nppes", "--allow-samples", &file]);
        assert_eq!(ran.status, 1, "{ran:?}");
        for word in words {
            assert!(
                ran.stderr.contains(word),
                "{word:?} is not in {}",
                ran.stderr
            );
        }
        assert!(directory.person(0).await.is_none());
        assert_eq!(directory.seq().await, before);
    }
    // And nothing stands in the way of the good file.
    let whole = directory.file("whole.csv", whole);
    assert_eq!(directory.import(&[&whole])["new"], 5_000);
}

#[tokio::test]
async fn a_full_disk_is_told_and_the_import_goes_through_once_there_is_room() {
    let directory = Directory::new();
    let before = directory.seq().await;
    let rows: Vec<_> = (0..3_000).map(person).collect();
    let file = directory.file("month.csv", main_file(&rows));
    // No file may grow beyond one megabyte: what a full disk does to the database's log.
    let inner = directory.command(&["nppes", "--allow-samples", &file]);
    let full = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 2048; exec \"$0\" \"$@\""])
        .arg(inner.get_program())
        .args(inner.get_args())
        .output()
        .unwrap();
    let ran = Ran::of(&full);
    assert_eq!(ran.status, 1, "{ran:?}");
    assert!(ran.stderr.contains("error: "), "{}", ran.stderr);
    assert!(directory.person(1).await.is_none());
    assert_eq!(directory.seq().await, before);

    let report = directory.import(&[&file]);
    assert_eq!(
        (&report["new"], &report["unchanged"]),
        (&3_000.into(), &0.into())
    );
}

#[test]
fn nothing_is_drawn_where_there_is_no_terminal() {
    let directory = Directory::new();
    let file = directory.file("week.csv", main_file(&[person(1)]));
    let ran = directory.run(&["nppes", "--allow-samples", &file]);
    assert_eq!(ran.status, 0);
    assert_eq!(ran.stderr, "");
}

#[test]
fn the_command_teaches_and_a_wrong_flag_is_a_usage_error() {
    let directory = Directory::new();
    let help = directory.run(&["nppes", "--help"]);
    for flag in [
        "--locations",
        "--other-names",
        "--dry-run",
        "--disciplines",
        "--max-rejected",
    ] {
        assert!(help.stdout.contains(flag), "{flag}");
    }
    assert_eq!(directory.run(&["nppes"]).status, 2);
    assert_eq!(
        directory
            .run(&["nppes", "x.csv", "--max-rejected", "7"])
            .status,
        2
    );
    assert_eq!(
        directory
            .run(&["nppes", "x.csv", "--disciplines", "DENTIST"])
            .status,
        2
    );
}
