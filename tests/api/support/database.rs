//! A database of one's own.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeZone, Utc};
use domain::provider::Provider;
use drypoint::store::log::{self, NewEvent};
use drypoint::store::{Store, StoreError, WriteTxn, provider};
use sea_orm::ConnectionTrait;
use tempfile::TempDir;

/// A migrated SQLite database in a folder that goes with it.
pub(crate) struct Database {
    pub(crate) store: Store,
    folder: TempDir,
}

impl Database {
    pub(crate) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::connect(&url(&folder.path().join("test.db")))
            .await
            .unwrap();
        store.migrate().await.unwrap();
        Self { store, folder }
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.folder.path().join("test.db")
    }

    pub(crate) fn url(&self) -> String {
        url(&self.file())
    }

    /// Another program's view of the same file.
    pub(crate) async fn again(&self) -> Result<Store, StoreError> {
        Store::connect(&self.url()).await
    }

    /// Runs statements as somebody with the file in hand might.
    pub(crate) async fn sql(&self, statements: &str) {
        self.store
            .connection()
            .execute_unprepared(statements)
            .await
            .unwrap();
    }
}

pub(crate) fn url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

/// When tests happen.
pub(crate) fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 21, 9, 0, 0).unwrap()
}

/// An entry that says little.
pub(crate) fn an_event(action: &str) -> NewEvent {
    NewEvent::by_system(action, "test", now())
}

/// Appends one entry in a transaction of its own.
pub(crate) async fn append(store: &Store, action: &str) -> u64 {
    let txn = store.begin().await.unwrap();
    let event = log::append(&txn, an_event(action)).await.unwrap();
    txn.commit().await.unwrap();
    event.seq
}

/// Writes people with an entry that tells of them.
pub(crate) async fn insert(store: &Store, people: &[Provider]) -> u64 {
    let txn = store.begin().await.unwrap();
    let seq = insert_in(&txn, people).await.unwrap();
    txn.commit().await.unwrap();
    seq
}

pub(crate) async fn insert_in(txn: &WriteTxn, people: &[Provider]) -> Result<u64, StoreError> {
    provider::insert_many(txn, people, txn.next_seq()).await?;
    Ok(log::append(txn, an_event("provider.insert")).await?.seq)
}
