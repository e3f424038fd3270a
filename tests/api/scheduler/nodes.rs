//! Several nodes on one database.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::TimeDelta;
use domain::notice::NoticeKind;
use domain::place::Jurisdiction::Tx;
use domain::taxonomy::Discipline::PhysicalTherapist;
use drypoint::outbox::Outbox;
use drypoint::service::schedule::{Watch, deliver, run_once, tick};
use drypoint::store::Store;

use super::{notices, reachable};
use crate::support::database;
use crate::support::desk::Desk;
use crate::support::people::{AUSTIN, Person, a_provider, day};
use crate::support::postgres::Postgres;

const PEOPLE: u32 = 12;

fn ends_soon(serial: u32) -> Person {
    a_provider(serial)
        .licensed(PhysicalTherapist, Tx)
        .at(AUSTIN, Tx)
        .with(|person| {
            person.attestations[0].valid_until = Some(day("2026-12-01"));
        })
}

/// How often each letter was written, over all nodes.
fn letters(folders: &[&Path]) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    for folder in folders {
        for file in std::fs::read_dir(folder).into_iter().flatten() {
            let name = file.unwrap().file_name().into_string().unwrap();
            *found.entry(name).or_default() += 1;
        }
    }
    found
}

/// Two nodes look and send at once, day after day: each reminder is queued once and sent once.
async fn each_reminder_is_sent_once(first: Store, second: Store) {
    let (one, two) = (Desk::on(first).await, Desk::on(second).await);
    one.with((1..=PEOPLE).map(ends_soon)).await;
    for serial in 1..=PEOPLE {
        let npi = domain::npi::Npi::sample(serial);
        reachable(&one.app.store, npi, 900 + i64::from(serial)).await;
    }
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [a, b] = [0, 1].map(|at: usize| {
        let folder: &tempfile::TempDir = &folders[at];
        Outbox::folder(folder.path(), "dry@example.org").unwrap()
    });
    for _ in 0..12 {
        // Neither waits for the other's turn.
        let (left, right) = tokio::join!(run_once(&one.app), run_once(&two.app));
        left.unwrap();
        right.unwrap();
        let (left, right) = tokio::join!(deliver(&one.app, &a), deliver(&two.app, &b));
        left.unwrap();
        right.unwrap();
        one.advance(TimeDelta::days(1));
        two.advance(TimeDelta::days(1));
    }
    // From 10 days before to 1 day after: the reminders of 10 and 5 days before, and of 1 day after.
    let all = notices(&one.app.store).await;
    let due = all
        .iter()
        .filter(|it| it.notice.kind == NoticeKind::AttestationDue);
    assert_eq!(due.count(), 2 * PEOPLE as usize);
    let lapsed = all
        .iter()
        .filter(|it| it.notice.kind == NoticeKind::AttestationLapsed);
    assert_eq!(lapsed.count(), PEOPLE as usize);
    assert!(
        all.iter()
            .all(|it| it.sent_at.is_some() && it.attempts == 1)
    );
    let written = letters(&[folders[0].path(), folders[1].path()]);
    assert_eq!(written.len(), all.len());
    assert!(written.values().all(|times| *times == 1), "{written:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_on_one_postgresql_database_send_each_reminder_once() {
    let server = Postgres::start();
    let first = Store::connect(&server.url()).await.unwrap();
    let second = Store::connect(&server.url()).await.unwrap();
    each_reminder_is_sent_once(first, second).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_nodes_on_one_sqlite_file_send_each_reminder_once() {
    let database = database::Database::new().await;
    let second = database.again().await.unwrap();
    each_reminder_is_sent_once(database.store.clone(), second).await;
}

#[tokio::test]
async fn one_node_has_its_turn_until_it_dies() {
    let database = database::Database::new().await;
    let one = Desk::on(database.store.clone()).await;
    let two = Desk::on(database.again().await.unwrap()).await;
    let folder = tempfile::tempdir().unwrap();
    let outbox = Outbox::folder(folder.path(), "dry@example.org").unwrap();
    let (mut first, mut second) = (Watch::new("one"), Watch::new("two"));
    assert!(tick(&one.app, &outbox, &mut first).await.unwrap().is_some());
    assert!(
        tick(&two.app, &outbox, &mut second)
            .await
            .unwrap()
            .is_none()
    );
    // It goes on having it for as long as it comes back in time.
    for _ in 0..3 {
        for desk in [&one, &two] {
            desk.advance(TimeDelta::minutes(4));
        }
        assert!(tick(&one.app, &outbox, &mut first).await.unwrap().is_some());
        assert!(
            tick(&two.app, &outbox, &mut second)
                .await
                .unwrap()
                .is_none()
        );
    }
    // It does not come back.
    two.advance(TimeDelta::minutes(6));
    assert!(
        tick(&two.app, &outbox, &mut second)
            .await
            .unwrap()
            .is_some()
    );
    // Stopping in good order leaves the turn to whoever comes next.
    Watch::give_back(&two.app, "two").await.unwrap();
    one.advance(TimeDelta::minutes(6));
    assert!(tick(&one.app, &outbox, &mut first).await.unwrap().is_some());
}
