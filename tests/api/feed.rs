//! How a node keeps up with what others write.

use std::sync::Arc;

use domain::policy::{Policy, SilentScope};
use drypoint::app::App;
use drypoint::clock::Clock;
use drypoint::import::seed;
use drypoint::store::log::NewEvent;
use drypoint::store::{Store, log, policy, provider};
use tempfile::TempDir;

use crate::support::equipment::equipment;
use crate::support::people::{AUSTIN, a_provider, now};
use domain::place::Jurisdiction::Tx;
use domain::taxonomy::Discipline::PhysicalTherapist;

/// A database with law, places and policy, and the directory that it is in.
async fn a_database() -> (TempDir, Store) {
    let directory = tempfile::tempdir().unwrap();
    let url = format!("sqlite://{}/test.db?mode=rwc", directory.path().display());
    let store = Store::connect(&url).await.unwrap();
    store.migrate().await.unwrap();
    seed::seed(&store, now()).await.unwrap();
    (directory, store)
}

async fn add_a_person(store: &Store, serial: u32) {
    let person = a_provider(serial)
        .licensed(PhysicalTherapist, Tx)
        .at(AUSTIN, Tx)
        .into();
    let txn = store.begin().await.unwrap();
    provider::insert_many(&txn, &[person], txn.next_seq())
        .await
        .unwrap();
    log::append(&txn, NewEvent::by_system("provider.add", "provider", now()))
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

async fn withhold_the_silent(store: &Store) {
    let current = policy::current(store.connection()).await.unwrap().unwrap();
    let next = Policy {
        version: current.version + 1,
        silent_scope: SilentScope::Withhold,
        ..current
    };
    let txn = store.begin().await.unwrap();
    policy::set(&txn, &next, now(), txn.next_seq())
        .await
        .unwrap();
    log::append(&txn, NewEvent::by_system("policy.set", "policy", now()))
        .await
        .unwrap();
    txn.commit().await.unwrap();
}

#[tokio::test]
async fn people_and_rules_that_change_between_two_looks_are_both_taken_over() {
    let (_directory, store) = a_database().await;
    let app = App::load(store.clone(), equipment(Clock::fixed(now())))
        .await
        .unwrap();
    assert!(!app.refresh().await.unwrap(), "there is nothing to do");

    add_a_person(&store, 1).await;
    withhold_the_silent(&store).await;
    assert!(app.refresh().await.unwrap());
    let snapshot = app.snapshot();
    assert_eq!(
        snapshot.version(),
        log::head(store.connection()).await.unwrap().seq
    );
    assert_eq!(snapshot.len(), 1);
    assert_eq!(snapshot.rules().policy.silent_scope, SilentScope::Withhold);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_written_while_looking_is_in_the_snapshot_of_its_version() {
    let (_directory, store) = a_database().await;
    let app = Arc::new(
        App::load(store.clone(), equipment(Clock::fixed(now())))
            .await
            .unwrap(),
    );
    let seeded = app.snapshot().version();
    let writer = store.clone();
    let writing = tokio::spawn(async move {
        for serial in 1..=10 {
            add_a_person(&writer, serial).await;
            withhold_the_silent(&writer).await;
        }
    });
    let (mut version, looks) = (0, 4);
    let looking: Vec<_> = (0..looks)
        .map(|_| {
            let app = Arc::clone(&app);
            tokio::spawn(async move {
                for _ in 0..10 {
                    app.refresh().await.unwrap();
                }
            })
        })
        .collect();
    while !writing.is_finished() {
        let snapshot = app.snapshot();
        assert!(snapshot.version() >= version, "the data version went back");
        version = snapshot.version();
        // Every other entry after the seed's is a person, the others are policies.
        assert_eq!(snapshot.len() as u64, (version - seeded).div_ceil(2));
        assert_eq!(
            u64::from(snapshot.rules().policy.version),
            1 + (version - seeded) / 2
        );
        tokio::task::yield_now().await;
    }
    for one in looking {
        one.await.unwrap();
    }
    writing.await.unwrap();
    app.refresh().await.unwrap();
    assert_eq!(app.snapshot().len(), 10);
}

#[tokio::test]
async fn a_node_whose_database_is_away_goes_on_answering() {
    let (_directory, store) = a_database().await;
    add_a_person(&store, 1).await;
    let app = App::load(store.clone(), equipment(Clock::fixed(now())))
        .await
        .unwrap();
    store.close().await.unwrap();
    assert!(app.refresh().await.is_err());
    assert_eq!(app.snapshot().len(), 1);
    assert_eq!(app.lags_since(), None, "a moment is not too long");
}
