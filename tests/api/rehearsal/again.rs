//! A rehearsal that is played again, cut short, or played on another engine.

use drypoint::rehearsal;
use drypoint::store::{Store, log};
use serde_json::{Value, json};

use super::{Stage, a_node, desk, every, reader, rehearse, rehearsed, set_up};
use crate::support::database;
use crate::support::desk::Desk;
use crate::support::postgres::Postgres;

const CASE: &str = "id npi state purpose openedAt decidedAt dueAt version";

/// Everything that is to be the same for the same instant.
async fn told(desk: &Desk) -> Vec<Value> {
    let by = reader(desk);
    let mut told = Vec::new();
    for state in domain::case::CaseState::ALL {
        let filter = format!(", state: {state}");
        told.extend(every(&by, "caseQueue", &filter, CASE).await);
    }
    told.extend(every(&by, "proposals", "", "id kind state proposedAt").await);
    told.extend(every(&by, "exclusionMatches", "", "id npi state").await);
    told.extend(every(&by, "auditEvents", "", "seq occurredAt action entityId").await);
    told
}

#[tokio::test]
async fn played_again_it_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["drypoint.db", "drypoint.evidence"] {
        copy(&rehearsed().await.join(name), &folder.path().join(name));
    }
    let url = database::url(&folder.path().join("drypoint.db"));
    let store = Store::connect(&url).await.unwrap();
    assert!(!rehearsal::is_wanted(&store).await.unwrap());
    let head = log::head(store.connection()).await.unwrap();
    rehearse(&store, folder.path()).await;
    assert_eq!(log::head(store.connection()).await.unwrap(), head);
}

#[tokio::test]
async fn cut_short_it_goes_on_and_comes_to_the_same_end() {
    let stage = Stage::open().await;
    set_up(&stage.store).await;
    assert!(rehearsal::is_wanted(&stage.store).await.unwrap());
    let whole = rehearsal::rehearse(&stage.store, a_node(stage.folder.path()));
    tokio::select! {
        done = whole => panic!("it was not cut short: {done:?}"),
        () = reaches(&stage.store, 700) => {}
    }
    assert!(rehearsal::is_wanted(&stage.store).await.unwrap());
    stage.rehearse().await;
    assert!(!rehearsal::is_wanted(&stage.store).await.unwrap());
    let (uncut, _folder) = desk().await;
    let cut = Desk::on(stage.store.clone()).await;
    assert_eq!(told(&cut).await, told(&uncut).await);
}

/// Ready once the log has so many entries.
async fn reaches(store: &Store, seq: u64) {
    while log::head(store.connection()).await.unwrap().seq < seq {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn it_is_the_same_on_postgresql() {
    let server = Postgres::start();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::connect(&server.url()).await.unwrap();
    store.migrate().await.unwrap();
    rehearse(&store, folder.path()).await;
    let (on_sqlite, _folder) = desk().await;
    let on_postgresql = Desk::on(store).await;
    assert_eq!(told(&on_postgresql).await, told(&on_sqlite).await);
}

#[tokio::test]
async fn a_directory_that_holds_somebody_is_left_alone() {
    let desk = Desk::open().await;
    desk.with([crate::support::people::a_provider(1)]).await;
    assert!(!rehearsal::is_wanted(&desk.app.store).await.unwrap());
    let empty = Desk::open().await;
    assert!(rehearsal::is_wanted(&empty.app.store).await.unwrap());
    assert_eq!(
        json!([]),
        json!(every(&reader(&empty), "caseQueue", "", "id").await)
    );
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).unwrap();
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::copy(from, to).unwrap();
    }
}
