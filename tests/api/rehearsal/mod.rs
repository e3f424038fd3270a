//! The rehearsal: made-up people whose cases came about by the doors that everybody uses.

mod again;
mod shown;

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use domain::access::Role;
use drypoint::app::Equipment;
use drypoint::clock::Clock;
use drypoint::import::seed;
use drypoint::rehearsal;
use drypoint::store::Store;
use drypoint::vault::Vault;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::sync::OnceCell;

use crate::support::database;
use crate::support::desk::{Desk, Hand};
use crate::support::equipment::equipment;
use crate::support::people::now;

/// A database in a folder with its files, set up as `serve --sample` does.
pub(crate) struct Stage {
    pub(crate) folder: TempDir,
    pub(crate) store: Store,
}

impl Stage {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::connect(&database::url(&folder.path().join("drypoint.db")))
            .await
            .unwrap();
        store.migrate().await.unwrap();
        Self { folder, store }
    }

    pub(crate) async fn rehearse(&self) -> rehearsal::Rehearsed {
        rehearse(&self.store, self.folder.path()).await
    }
}

pub(crate) async fn rehearse(store: &Store, folder: &Path) -> rehearsal::Rehearsed {
    set_up(store).await;
    rehearsal::rehearse(store, a_node(folder)).await.unwrap()
}

pub(crate) async fn set_up(store: &Store) {
    seed::seed(store, rehearsal::begins(now())).await.unwrap();
}

pub(crate) fn a_node(folder: &Path) -> Equipment {
    let vault = Vault::open(&folder.join("drypoint.evidence")).unwrap();
    equipment(Clock::fixed(now())).with_vault(Some(vault))
}

/// A folder with a rehearsed database and its files, made once.
pub(crate) async fn rehearsed() -> PathBuf {
    static REHEARSED: OnceCell<TempDir> = OnceCell::const_new();
    let made = REHEARSED.get_or_init(|| async {
        let stage = Stage::open().await;
        let told = stage.rehearse().await;
        assert!(told.people > 100 && told.cases > 80, "{told:?}");
        stage.store.close().await.unwrap();
        stage.folder
    });
    made.await.path().to_owned()
}

/// A desk over a copy of it.
pub(crate) async fn desk() -> (Desk, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("drypoint.db");
    std::fs::copy(rehearsed().await.join("drypoint.db"), &file).unwrap();
    let store = Store::connect(&database::url(&file)).await.unwrap();
    (Desk::on(store).await, folder)
}

/// Somebody who may read everything that reviewers and administrators read.
pub(crate) fn reader(desk: &Desk) -> Hand {
    let roles = [
        Role::Verifier,
        Role::Approver,
        Role::Compliance,
        Role::Admin,
    ];
    desk.hand("Reader", &roles)
}

/// Every node of a list, page by page.
pub(crate) async fn every(by: &Hand, list: &str, filter: &str, shown: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let mut after = Value::Null;
    loop {
        let query = format!(
            "query($after: String) {{ {list}(first: 100, after: $after{filter}) \
             {{ nodes {{ {shown} }} pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        let mut data = by.ask(&query, json!({ "after": after })).await;
        let page = &mut data[list];
        if let Value::Array(nodes) = page["nodes"].take() {
            found.extend(nodes);
        }
        if page["pageInfo"]["hasNextPage"] != true {
            return found;
        }
        after = page["pageInfo"]["endCursor"].take();
    }
}

pub(crate) fn instant(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}
