//! The same store on PostgreSQL.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use std::collections::BTreeSet;

use drypoint::store::log::{self, Broken, Verdict, Why};
use drypoint::store::{Store, compact, place, provider, scope};
use sea_orm::ConnectionTrait;

use crate::support::database::{an_event, insert, insert_in};
use crate::support::on_file::{bare, complete, renumbered};
use crate::support::postgres::Postgres;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_store_keeps_its_promises_on_postgresql() {
    let server = Postgres::start();
    let store = Store::connect(&server.url()).await.unwrap();
    several_programs_migrate_at_once(&server).await;
    assert!(store.pending_migrations().await.unwrap().is_empty());
    store.ping().await.unwrap();

    people_come_out_as_they_went_in(&store).await;
    the_law_and_the_places_are_kept(&store).await;
    writers_at_once_leave_no_gap(&server).await;
    tampering_is_found(&store).await;
}

async fn several_programs_migrate_at_once(server: &Postgres) {
    let mut programs = tokio::task::JoinSet::new();
    for _ in 0..3 {
        let store = Store::connect(&server.url()).await.unwrap();
        programs.spawn(async move { store.migrate().await });
    }
    for done in programs.join_all().await {
        done.unwrap();
    }
}

async fn people_come_out_as_they_went_in(store: &Store) {
    let people = vec![bare(2), complete(7), complete(9)];
    insert(store, &people).await;
    let found = provider::page_after(store.connection(), None, 10)
        .await
        .unwrap();
    assert_eq!(
        found.into_iter().map(renumbered).collect::<Vec<_>>(),
        people.into_iter().map(renumbered).collect::<Vec<_>>()
    );
}

async fn the_law_and_the_places_are_kept(store: &Store) {
    let law = drypoint::import::seed::law().unwrap();
    let places = drypoint::import::seed::places().unwrap();
    let txn = store.begin().await.unwrap();
    scope::replace(&txn, &law, txn.next_seq()).await.unwrap();
    place::replace(&txn, &places[..2_000]).await.unwrap();
    let compacts = drypoint::import::seed::compacts().unwrap();
    let seq = txn.next_seq();
    compact::insert(&txn, compacts.periods(), seq)
        .await
        .unwrap();
    // One that is put again is corrected, and counts once.
    let again = compacts.periods().next().unwrap();
    assert!(compact::put(&txn, again, seq).await.unwrap());
    log::append(&txn, an_event("seed")).await.unwrap();
    txn.commit().await.unwrap();
    assert_eq!(scope::load(store.connection()).await.unwrap(), law);
    assert_eq!(compact::load(store.connection()).await.unwrap(), compacts);
    let found = place::load(store.connection()).await.unwrap();
    assert_eq!(found, places[..2_000]);
}

async fn writers_at_once_leave_no_gap(server: &Postgres) {
    let store = Store::connect(&server.url()).await.unwrap();
    let before = log::head(store.connection()).await.unwrap().seq;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 1..=8_u32 {
        let store = Store::connect(&server.url()).await.unwrap();
        writers.spawn(async move {
            let mut seqs = Vec::new();
            for number in 0..5 {
                // Every other change is undone, and takes no number.
                let txn = store.begin().await.unwrap();
                insert_in(&txn, &[bare(writer * 1_000 + number)])
                    .await
                    .unwrap();
                txn.rollback().await.unwrap();
                let txn = store.begin().await.unwrap();
                let person = bare(writer * 1_000 + number);
                seqs.push(insert_in(&txn, &[person]).await.unwrap());
                txn.commit().await.unwrap();
            }
            seqs
        });
    }
    let seqs: BTreeSet<u64> = writers.join_all().await.into_iter().flatten().collect();
    assert_eq!(seqs, (before + 1..=before + 40).collect());
    let view = store.read().await.unwrap();
    let found = log::verify(&view).await.unwrap();
    assert!(matches!(found, Verdict::Intact(end) if end.seq == before + 40));
}

async fn tampering_is_found(store: &Store) {
    let change = "UPDATE event SET action = 'x' WHERE seq = 3";
    let refused = store.connection().execute_unprepared(change).await;
    assert!(refused.unwrap_err().to_string().contains("append-only"));
    let drop = "DROP TRIGGER event_is_append_only ON event";
    store.connection().execute_unprepared(drop).await.unwrap();
    store.connection().execute_unprepared(change).await.unwrap();
    let found = log::verify(store.connection()).await.unwrap();
    let expected = Verdict::Broken(Broken {
        seq: 3,
        why: Why::Changed,
    });
    assert_eq!(found, expected);
}
