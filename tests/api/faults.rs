//! Disks that fill and databases that break.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use std::error::Error;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use domain::provider::Provider;
use drypoint::store::log::{self, Verdict};
use drypoint::store::{Store, StoreError, provider};
use sea_orm::{ConnectionTrait, Statement};

use crate::support::database::{Database, append, insert, insert_in, url};
use crate::support::on_file::complete;

/// The error and everything behind it, as a log line tells it.
fn told(error: &StoreError) -> String {
    let mut told = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        told.push_str(": ");
        told.push_str(&cause.to_string());
        source = cause.source();
    }
    told
}

async fn refused(url: &str) -> String {
    told(&Store::connect(url).await.map(drop).unwrap_err())
}

async fn pragma(db: &impl ConnectionTrait, name: &str) -> String {
    let statement = Statement::from_string(
        db.get_database_backend(),
        format!("SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}"),
    );
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    row.try_get("", "value").unwrap()
}

#[tokio::test]
async fn sqlite_keeps_what_it_acknowledged_by_settings_that_are_named() {
    let db = Database::new().await;
    let txn = db.store.begin().await.unwrap();
    assert_eq!(pragma(txn.db(), "journal_mode").await, "wal");
    assert_eq!(pragma(txn.db(), "synchronous").await, "2", "2 is FULL");
    assert_eq!(pragma(txn.db(), "foreign_keys").await, "1");
    let reader = db.store.connection();
    assert_eq!(pragma(reader, "foreign_keys").await, "1");
    assert_eq!(pragma(reader, "synchronous").await, "2");
}

#[tokio::test]
async fn what_cannot_be_opened_is_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let within = |name: &str| folder.path().join(name);
    std::fs::write(within("empty.db"), "").unwrap();
    std::fs::write(within("page.html"), "<!doctype html>".repeat(100)).unwrap();
    let missing = within("nowhere/test.db");
    for (url, file, remedy) in [
        (url(&missing), missing.as_path(), "create it"),
        (url(folder.path()), folder.path(), "name a file"),
        (
            url(&within("empty.db")),
            &within("empty.db"),
            "restore the last backup",
        ),
        (
            url(&within("page.html")),
            &within("page.html"),
            "not a SQLite database",
        ),
        (
            format!("sqlite://{}", within("none.db").display()),
            &within("none.db"),
            "mode=rwc",
        ),
        ("sqlite::memory:".to_owned(), Path::new(""), "name a file"),
    ] {
        let said = refused(&url).await;
        assert!(said.contains(file.to_str().unwrap()), "{said}");
        assert!(said.contains(remedy), "{said}");
    }
    assert!(!missing.exists());
    assert!(!within("none.db").exists());
}

#[tokio::test]
async fn a_url_of_another_kind_is_refused_without_repeating_its_password() {
    for url in [
        "mysql://user:secret@localhost/db",
        "postgres://user:secret@127.0.0.1:1/db",
        "secret",
    ] {
        let said = refused(url).await;
        assert!(said.starts_with("cannot open the database"), "{said}");
        assert!(!said.contains(":secret"), "{said}");
    }
}

#[tokio::test]
async fn an_emptied_database_is_noticed_and_not_begun_anew() {
    let db = Database::new().await;
    insert(&db.store, &[complete(1)]).await;
    let (file, url) = (db.file(), db.url());
    db.store.clone().close().await.unwrap();
    std::fs::write(&file, "").unwrap();
    let said = refused(&url).await;
    assert!(said.contains(file.to_str().unwrap()), "{said}");
    assert!(said.contains("empty"), "{said}");
    assert_eq!(std::fs::metadata(&file).unwrap().len(), 0);
}

#[tokio::test]
async fn damaged_pages_are_refused_and_never_read_as_nothing() {
    let db = Database::new().await;
    let people: Vec<Provider> = (0..50).map(|serial| complete(serial * 2)).collect();
    insert(&db.store, &people).await;
    let (file, url) = (db.file(), db.url());
    db.store.clone().close().await.unwrap();
    let whole = std::fs::read(&file).unwrap();
    let pages = whole.len() / 4096;
    let mut refusals = 0;
    for page in 0..pages {
        let mut damaged = std::fs::File::options().write(true).open(&file).unwrap();
        damaged.seek(SeekFrom::Start(page as u64 * 4096)).unwrap();
        damaged.write_all(&[0xA5; 64]).unwrap();
        drop(damaged);
        match Store::connect(&url).await {
            Err(error) => {
                let said = told(&error);
                assert!(said.contains(file.to_str().unwrap()), "page {page}: {said}");
                assert!(said.contains("drypoint restore"), "page {page}: {said}");
                refusals += 1;
            }
            Ok(store) => {
                // Damage in an unused page: everybody is still there.
                let found = provider::page_after(store.connection(), None, 100).await;
                assert_eq!(found.unwrap().len(), 50, "page {page}");
                store.close().await.unwrap();
            }
        }
        std::fs::write(&file, &whole).unwrap();
    }
    assert!(refusals > pages / 2, "{refusals} of {pages}");
}

#[tokio::test]
async fn a_stored_value_that_cannot_be_read_is_named_by_table_column_and_row() {
    for (change, table, column) in [
        (
            "UPDATE license SET jurisdiction = 'ZZ'",
            "license",
            "jurisdiction",
        ),
        (
            "UPDATE practice_location SET zone = 'Mars/Olympus'",
            "practice_location",
            "zone",
        ),
        (
            "UPDATE practice_location SET latitude = 91",
            "practice_location",
            "latitude",
        ),
        (
            "UPDATE practice_location SET precision = NULL",
            "practice_location",
            "precision",
        ),
        (
            "UPDATE practice_location SET postal_code = '8020'",
            "practice_location",
            "postal_code",
        ),
        (
            "UPDATE provider SET changed_seq = 'last'",
            "provider",
            "changed_seq",
        ),
        (
            "UPDATE provider SET changed_seq = -1",
            "provider",
            "changed_seq",
        ),
        (
            "UPDATE license SET expires_on = '2026-02-30'",
            "license",
            "expires_on",
        ),
        (
            "DROP TRIGGER license_check_is_kept; UPDATE license_check SET checked_at = 'noon'",
            "license_check",
            "checked_at",
        ),
        (
            "DROP TRIGGER license_check_is_kept; UPDATE license_check SET mismatches = 'NAME,SHOE'",
            "license_check",
            "mismatches",
        ),
        (
            "UPDATE provider_taxonomy SET code = 'X'",
            "provider_taxonomy",
            "code",
        ),
        (
            "UPDATE training_detail SET in_person_minutes = -5",
            "training_detail",
            "in_person_minutes",
        ),
        (
            "DELETE FROM course_approval; DELETE FROM training_detail",
            "training_detail",
            "credential_id",
        ),
        (
            "UPDATE match_change SET waived_in = 'XX'",
            "match_change",
            "waived_in",
        ),
    ] {
        let db = Database::new().await;
        insert(&db.store, &[complete(1)]).await;
        db.sql(change).await;
        let error = provider::page_after(db.store.connection(), None, 10)
            .await
            .unwrap_err();
        let said = told(&error);
        assert!(
            said.starts_with(&format!("{column} of {table} ")),
            "{change}: {said}"
        );
        assert!(!said.contains(&format!("{table} ?")), "{change}: {said}");
    }
}

#[tokio::test]
async fn codes_outside_their_closed_list_are_refused_by_the_database() {
    let db = Database::new().await;
    insert(&db.store, &[complete(1)]).await;
    for change in [
        "UPDATE license SET discipline = 'BARBER'",
        "DROP TRIGGER license_check_is_kept; UPDATE license_check SET board_status = 'FINE'",
        "UPDATE credential_standing SET standing = 'GOOD'",
        "UPDATE credential_standing SET standing = 'REVALIDATION_REQUIRED'",
        "UPDATE attestation_change SET state = 'MAYBE'",
        "UPDATE attestation_change SET state = 'LAPSED'",
        "UPDATE npi_status SET status = 'RETIRED'",
        "UPDATE license SET provider_npi = 1",
        "DELETE FROM provider",
    ] {
        let refused = db.store.connection().execute_unprepared(change).await;
        assert!(refused.is_err(), "{change}");
    }
}

#[tokio::test]
async fn a_full_disk_refuses_the_whole_change_and_lets_later_ones_through() {
    let db = Database::new().await;
    append(&db.store, "before").await;
    let people: Vec<Provider> = (0..500).map(|serial| complete(serial * 2)).collect();

    let txn = db.store.begin().await.unwrap();
    let pages: u64 = pragma(txn.db(), "page_count").await.parse().unwrap();
    let limit = |pages: u64| format!("PRAGMA max_page_count = {pages}");
    txn.db()
        .execute_unprepared(&limit(pages + 20))
        .await
        .unwrap();
    let error = insert_in(&txn, &people).await.unwrap_err();
    assert!(matches!(error, StoreError::Full(_)), "{}", told(&error));
    assert!(error.to_string().contains("full"), "{error}");
    drop(txn);

    assert_eq!(provider::count(db.store.connection()).await.unwrap(), 0);
    let view = db.store.read().await.unwrap();
    let found = log::verify(&view).await.unwrap();
    assert!(matches!(found, Verdict::Intact(end) if end.seq == 1));
    drop(view);

    let txn = db.store.begin().await.unwrap();
    txn.db()
        .execute_unprepared(&limit(1_000_000))
        .await
        .unwrap();
    assert_eq!(insert_in(&txn, &people).await.unwrap(), 2);
    txn.commit().await.unwrap();
    assert_eq!(provider::count(db.store.connection()).await.unwrap(), 500);
}

#[tokio::test]
async fn several_programs_that_migrate_at_once_make_each_change_once() {
    let folder = tempfile::tempdir().unwrap();
    let url = url(&folder.path().join("test.db"));
    let first = Store::connect(&url).await.unwrap();
    assert!(!first.pending_migrations().await.unwrap().is_empty());
    let mut programs = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let store = Store::connect(&url).await.unwrap();
        programs.spawn(async move { store.migrate().await });
    }
    for done in programs.join_all().await {
        done.unwrap();
    }
    assert!(first.pending_migrations().await.unwrap().is_empty());
    first.ping().await.unwrap();
}

#[tokio::test]
async fn a_database_that_was_never_set_up_does_not_answer_as_ours() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::connect(&url(&folder.path().join("test.db")))
        .await
        .unwrap();
    assert!(store.ping().await.is_err());
}
