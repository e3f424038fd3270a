//! People, the law, places and policy come out as they went in.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use domain::npi::Npi;
use domain::policy::{Policy, SilentScope};
use domain::provider::{LocationId, Provider};
use domain::scope::ScopeLaw;
use drypoint::store::{Store, log, place, policy, provider, scope};

use crate::support::database::{Database, an_event, insert, now};
use crate::support::on_file::{bare, complete, renumbered};

async fn everybody(store: &Store, page: usize) -> Vec<Provider> {
    let mut found: Vec<Provider> = Vec::new();
    loop {
        let after = found.last().map(|person| person.npi);
        let next = provider::page_after(store.connection(), after, page)
            .await
            .unwrap();
        if next.is_empty() {
            return found;
        }
        found.extend(next);
    }
}

#[tokio::test]
async fn a_person_with_everything_comes_out_as_they_went_in() {
    let db = Database::new().await;
    let people = vec![bare(2), complete(7), complete(9)];
    let seq = insert(&db.store, &people).await;
    let found = everybody(&db.store, 2).await;
    assert!(found.iter().all(|person| person.changed_seq == seq));
    assert_eq!(
        found.into_iter().map(renumbered).collect::<Vec<_>>(),
        people.into_iter().map(renumbered).collect::<Vec<_>>()
    );
}

#[tokio::test]
async fn no_two_rows_bear_one_number_whatever_the_handles() {
    let db = Database::new().await;
    insert(&db.store, &[complete(1)]).await;
    insert(&db.store, &[complete(3), complete(5)]).await;
    let found = everybody(&db.store, 10).await;
    let mut numbers = HashSet::new();
    for person in &found {
        let attested: Vec<LocationId> = person.attestations[0].locations.clone();
        let theirs: Vec<LocationId> = person.locations.iter().rev().map(|it| it.id).collect();
        assert_eq!(attested, theirs);
        let licenses = person.licenses.iter().map(|it| it.id.0);
        let credentials = person.credentials.iter().map(|it| it.id.0);
        for number in theirs
            .iter()
            .map(|id| id.0)
            .chain(licenses)
            .chain(credentials)
        {
            assert!(numbers.insert(number), "{number} is borne twice");
        }
    }
    let issuers: HashSet<i64> = found
        .iter()
        .flat_map(|person| &person.credentials)
        .map(|credential| credential.issuer.id)
        .collect();
    assert_eq!(issuers.len(), 1, "one name is one issuer");
}

#[tokio::test]
async fn people_are_found_by_number_and_by_what_changed_them() {
    let db = Database::new().await;
    let first = insert(&db.store, &[bare(1), bare(2)]).await;
    let second = insert(&db.store, &[bare(3)]).await;
    let npi = Npi::sample;
    let found = provider::by_npis(db.store.connection(), &[npi(3), npi(8), npi(1), npi(3)])
        .await
        .unwrap();
    let found: Vec<Npi> = found.iter().map(|person| person.npi).collect();
    assert_eq!(found, [npi(1), npi(3)]);
    for (seq, expected) in [
        (0, vec![npi(1), npi(2), npi(3)]),
        (first, vec![npi(3)]),
        (second, vec![]),
    ] {
        let changed = provider::changed_since(db.store.connection(), seq).await;
        assert_eq!(changed.unwrap(), expected, "since {seq}");
    }
}

#[tokio::test]
async fn a_withdrawn_entry_is_not_read_but_its_change_is_told() {
    let db = Database::new().await;
    insert(&db.store, &[complete(1), complete(3)]).await;
    let gone = Npi::sample(1);
    db.sql(&format!(
        "UPDATE provider SET withdrawn_at = '2026-11-21T09:00:00+00:00', changed_seq = 9 WHERE npi = {gone}"
    ))
    .await;
    let left: Vec<Npi> = everybody(&db.store, 1)
        .await
        .iter()
        .map(|it| it.npi)
        .collect();
    assert_eq!(left, [Npi::sample(3)]);
    let found = provider::by_npis(db.store.connection(), &[gone])
        .await
        .unwrap();
    assert!(found.is_empty());
    let changed = provider::changed_since(db.store.connection(), 8)
        .await
        .unwrap();
    assert_eq!(changed, [gone]);
}

#[tokio::test]
async fn a_hidden_street_and_a_credential_entered_in_error_stay_inside() {
    let db = Database::new().await;
    insert(&db.store, &[complete(1)]).await;
    db.sql(
        "UPDATE practice_location SET hides_street = 1;
         UPDATE credential_standing SET standing = 'ENTERED_IN_ERROR'
         WHERE ordinal = 2 AND credential_id IN (SELECT credential_id FROM training_detail);",
    )
    .await;
    let found = everybody(&db.store, 10).await;
    assert!(
        found[0]
            .locations
            .iter()
            .all(|it| it.address.lines.is_empty())
    );
    assert!(found[0].training.is_empty());
    assert_eq!(found[0].credentials.len(), 2);
}

#[tokio::test]
async fn the_number_of_statements_does_not_grow_with_the_people() {
    let db = Database::new().await;
    let people: Vec<Provider> = (0..40).map(|serial| complete(serial * 2)).collect();
    insert(&db.store, &people).await;
    let run = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&run);
    let mut connection = db.store.connection().clone();
    connection.set_metric_callback(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    for limit in [2, 40] {
        run.store(0, Ordering::Relaxed);
        let page = provider::page_after(&connection, None, limit)
            .await
            .unwrap();
        assert_eq!(page.len(), limit);
        assert_eq!(run.load(Ordering::Relaxed), 24, "for {limit} people");
    }
}

#[tokio::test]
async fn the_law_comes_out_as_it_went_in_and_old_rules_are_retired_not_lost() {
    let db = Database::new().await;
    let law = drypoint::import::seed::law().unwrap();
    let txn = db.store.begin().await.unwrap();
    let replaced = scope::replace(&txn, &law, txn.next_seq()).await.unwrap();
    assert_eq!(replaced.added, law.rules().count());
    log::append(&txn, an_event("scope_rule.replace"))
        .await
        .unwrap();
    txn.commit().await.unwrap();
    assert_eq!(scope::load(db.store.connection()).await.unwrap(), law);

    let mut rules: Vec<_> = law.rules().cloned().collect();
    rules[0].summary = "in other words".into();
    let other = ScopeLaw::new(rules).unwrap();
    let txn = db.store.begin().await.unwrap();
    let replaced = scope::replace(&txn, &other, txn.next_seq()).await.unwrap();
    assert_eq!(
        (replaced.added, replaced.removed, replaced.unchanged),
        (1, 1, law.rules().count() - 1)
    );
    log::append(&txn, an_event("scope_rule.replace"))
        .await
        .unwrap();
    txn.commit().await.unwrap();
    assert_eq!(scope::load(db.store.connection()).await.unwrap(), other);
    let again = db.store.begin().await.unwrap();
    assert!(
        scope::replace(&again, &other, 3)
            .await
            .unwrap()
            .is_nothing()
    );
}

#[tokio::test]
async fn places_come_out_as_they_went_in_and_only_differences_are_written() {
    let db = Database::new().await;
    let places = drypoint::import::seed::places().unwrap();
    let txn = db.store.begin().await.unwrap();
    let replaced = place::replace(&txn, &places).await.unwrap();
    assert_eq!(replaced.added, places.len());
    log::append(&txn, an_event("place.replace")).await.unwrap();
    txn.commit().await.unwrap();
    let found = place::load(db.store.connection()).await.unwrap();
    assert_eq!(found, places);

    let mut fewer = places[1..].to_vec();
    fewer[0].city = Some("Elsewhere".into());
    let txn = db.store.begin().await.unwrap();
    let replaced = place::replace(&txn, &fewer).await.unwrap();
    assert_eq!(
        (
            replaced.added,
            replaced.changed,
            replaced.removed,
            replaced.unchanged
        ),
        (0, 1, 1, places.len() - 2)
    );
    assert_eq!(place::load(txn.db()).await.unwrap(), fewer);
}

#[tokio::test]
async fn policy_has_versions_and_none_is_written_twice() {
    let db = Database::new().await;
    assert_eq!(policy::current(db.store.connection()).await.unwrap(), None);
    let second = Policy {
        version: 2,
        silent_scope: SilentScope::Withhold,
        ..Policy::default()
    };
    let txn = db.store.begin().await.unwrap();
    let seq = txn.next_seq();
    policy::set(&txn, &Policy::default(), now(), seq)
        .await
        .unwrap();
    policy::set(&txn, &second, now(), seq).await.unwrap();
    log::append(&txn, an_event("policy.set")).await.unwrap();
    txn.commit().await.unwrap();
    let current = policy::current(db.store.connection()).await.unwrap();
    assert_eq!(current.as_ref(), Some(&second));
    let txn = db.store.begin().await.unwrap();
    assert!(policy::set(&txn, &second, now(), 2).await.is_err());
}
