//! Staged rows are merged, and what people claimed or somebody verified stays as it was.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use domain::name::PersonName;
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::Provider;
use domain::registry::{
    RegistryLicense, RegistryLocation, RegistryRecord, new_entry, reconcile, zip_doubts,
};
use domain::taxonomy::Discipline;
use drypoint::store::bulk::{
    self, Batch, Decision, Held, ImportKind, Merged, NewRun, RunId, Staged, Totals,
};
use drypoint::store::log::{self, Verdict};
use drypoint::store::{Store, StoreError, provider};
use sea_orm::{ConnectionTrait, Statement};

use crate::support::database::{Database, now};
use crate::support::on_file::{day, renumbered};

fn record(serial: u32) -> RegistryRecord {
    RegistryRecord {
        npi: Npi::sample(serial),
        name: PersonName::new("Pat", "", &format!("Example {serial}"), "").unwrap(),
        other_names: Vec::new(),
        taxonomies: vec!["225100000X".parse().unwrap()],
        licenses: vec![license(Jurisdiction::Co, "1")],
        practice: Some(place("80205", "1 Example Way")),
        further: Vec::new(),
        trade_names: Vec::new(),
        enumerated_on: Some(day("2010-01-01")),
        updated_on: Some(day("2020-01-01")),
        deactivated_on: None,
        reactivated_on: None,
        replaced_by: None,
    }
}

fn license(jurisdiction: Jurisdiction, number: &str) -> RegistryLicense {
    RegistryLicense {
        discipline: Discipline::PhysicalTherapist,
        jurisdiction,
        number: number.into(),
    }
}

fn place(zip: &str, street: &str) -> RegistryLocation {
    RegistryLocation {
        lines: vec![street.into()],
        city: "Denver".into(),
        state: Jurisdiction::Co,
        postal_code: zip.parse().unwrap(),
        phone: Some("3035550100".into()),
        point: Some((39.759, -104.966)),
        zone: chrono_tz::America::Denver,
        zip_state: None,
    }
}

async fn begin(store: &Store) -> RunId {
    let run = NewRun {
        kind: ImportKind::Nppes,
        file_name: "example.csv".into(),
        file_sha256: "00".into(),
        started_at: now(),
    };
    bulk::begin(store, run).await.unwrap()
}

async fn stage(store: &Store, run: RunId, records: &[RegistryRecord]) {
    let rows = records.iter().zip(0..).map(|(record, ordinal)| Staged {
        npi: record.npi,
        ordinal,
        document: serde_json::to_string(record).unwrap(),
    });
    bulk::stage(store, run, rows.collect()).await.unwrap();
}

/// Takes the last row of a person as the registry's word.
fn decide(rows: &[Staged], held: Option<&Held>) -> Decision {
    let last = rows.last().unwrap();
    let record: Box<RegistryRecord> = serde_json::from_str(&last.document).unwrap();
    let seen_on = now().date_naive();
    match held {
        None => Decision::New {
            entry: Box::new(new_entry(&record, seen_on)),
            differences: zip_doubts(&record),
            record,
        },
        Some(held) if held.base.as_ref() == Some(&record) => Decision::Unchanged,
        Some(held) => Decision::Changed {
            reconciled: reconcile(&held.provider, held.base.as_ref(), &record, seen_on),
            record,
        },
    }
}

async fn merge(store: &Store, run: RunId, dry_run: bool) -> Result<Option<Merged>, StoreError> {
    let batch = Batch {
        run,
        after: None,
        at: now(),
        dry_run,
    };
    bulk::merge(store, batch, |_, rows, held| Ok(decide(rows, held))).await
}

/// Imports records in the order given; says how many were new, changed and unchanged, and how many
/// tasks were opened.
async fn import(store: &Store, records: &[RegistryRecord]) -> (u64, u64, u64, u64) {
    let run = begin(store).await;
    stage(store, run, records).await;
    let merged = merge(store, run, false).await.unwrap().unwrap();
    let totals = Totals {
        rows: records.len() as u64,
        new: merged.new,
        changed: merged.changed,
        unchanged: merged.unchanged,
        ..Totals::default()
    };
    bulk::finish(store, run, now(), totals).await.unwrap();
    (
        merged.new,
        merged.changed,
        merged.unchanged,
        merged.tasks_opened,
    )
}

async fn one(store: &Store, serial: u32) -> Provider {
    let found = provider::by_npis(store.connection(), &[Npi::sample(serial)]).await;
    found.unwrap().pop().expect("the person is on file")
}

async fn count(store: &Store, rows: &str) -> i64 {
    let statement = Statement::from_string(
        store.connection().get_database_backend(),
        format!("SELECT count(*) AS many FROM {rows}"),
    );
    let row = store.connection().query_one_raw(statement).await.unwrap();
    row.unwrap().try_get("", "many").unwrap()
}

#[tokio::test]
async fn the_same_rows_in_any_order_change_nothing_the_second_time() {
    let db = Database::new().await;
    let mut records: Vec<_> = (1..=30).map(record).collect();
    assert_eq!(import(&db.store, &records).await, (30, 0, 0, 0));
    let entry = new_entry(&records[4], now().date_naive());
    let held = one(&db.store, 5).await;
    assert_eq!(renumbered(held), renumbered(entry));
    let merges = "event WHERE action = 'nppes.merge'";
    assert_eq!(count(&db.store, merges).await, 1);

    records.reverse();
    assert_eq!(import(&db.store, &records).await, (0, 0, 30, 0));
    assert_eq!(count(&db.store, merges).await, 1);
    assert_eq!(count(&db.store, "import_stage").await, 0);
    let changed = provider::changed_since(db.store.connection(), 1).await;
    assert!(changed.unwrap().is_empty());

    records[3].licenses[0].number = "2".into();
    assert_eq!(import(&db.store, &records).await, (0, 1, 29, 0));
    let changed = provider::changed_since(db.store.connection(), 1).await;
    assert_eq!(changed.unwrap(), [records[3].npi]);
    let view = db.store.read().await.unwrap();
    let verdict = log::verify(&view).await.unwrap();
    assert!(matches!(verdict, Verdict::Intact(_)), "{verdict:?}");
}

#[tokio::test]
async fn every_kind_of_news_reaches_an_unclaimed_entry() {
    let db = Database::new().await;
    let mut before = record(1);
    before.licenses.push(license(Jurisdiction::Wy, "9"));
    before.further.push(place("80202", "9 Gone Street"));
    import(&db.store, &[before]).await;
    let old = one(&db.store, 1).await;

    let mut after = record(1);
    after.name = PersonName::new("Pat", "", "Renamed", "").unwrap();
    after.taxonomies = vec!["2251X0800X".parse().unwrap(), "225100000X".parse().unwrap()];
    after.licenses = vec![
        license(Jurisdiction::Co, "2"),
        license(Jurisdiction::Ut, "3"),
    ];
    after.practice = Some(place("80206", "2 Moved Way"));
    after.deactivated_on = Some(day("2024-05-01"));
    after.replaced_by = Some(Npi::sample(77));
    assert_eq!(
        import(&db.store, std::slice::from_ref(&after)).await,
        (0, 1, 0, 0)
    );

    let new = one(&db.store, 1).await;
    let expected = Provider {
        version: 1,
        former_names: vec![old.name.clone()],
        ..new_entry(&after, now().date_naive())
    };
    assert_eq!(renumbered(new.clone()), renumbered(expected));
    assert_eq!(new.licenses[0].id, old.licenses[0].id, "another number");
    assert_eq!(new.locations[0].id, old.locations[0].id, "moved");
    assert!(new.changed_seq > old.changed_seq);
}

#[tokio::test]
async fn what_was_claimed_or_confirmed_stays_and_the_difference_is_asked_about_once() {
    let db = Database::new().await;
    import(&db.store, &[record(1), record(2)]).await;
    db.sql(&format!(
        "UPDATE provider SET claimed = 1, given = 'Patricia' WHERE npi = {};
         INSERT INTO location_confirmation SELECT id, 0, '2026-11-01T00:00:00+00:00', NULL
         FROM practice_location WHERE provider_npi = {}",
        Npi::sample(1),
        Npi::sample(2),
    ))
    .await;
    let held = [one(&db.store, 1).await, one(&db.store, 2).await];

    let mut renamed = record(1);
    renamed.name = PersonName::new("Pat", "", "Other", "").unwrap();
    let mut moved = record(2);
    moved.practice = Some(place("80206", "2 Moved Way"));
    let news = [renamed, moved];
    assert_eq!(import(&db.store, &news).await, (0, 2, 0, 2));
    for (before, serial) in held.into_iter().zip([1, 2]) {
        let after = one(&db.store, serial).await;
        let seq = after.changed_seq;
        assert_eq!(
            after,
            Provider {
                version: 1,
                changed_seq: seq,
                ..before
            }
        );
    }
    assert_eq!(count(&db.store, "task WHERE closed_at IS NULL").await, 2);
    let name =
        "task WHERE kind = 'NAME' AND held = 'Patricia Example 1' AND registry = 'Pat Other'";
    assert_eq!(count(&db.store, name).await, 1);

    assert_eq!(import(&db.store, &news).await, (0, 0, 2, 0));
    // The registry goes back and forth: the open question is not asked again.
    import(&db.store, &[record(1)]).await;
    assert_eq!(import(&db.store, &news[..1]).await, (0, 1, 0, 0));
}

#[tokio::test]
async fn a_zip_of_another_state_is_kept_and_asked_about() {
    let db = Database::new().await;
    let mut odd = record(1);
    odd.practice.as_mut().unwrap().zip_state = Some(Jurisdiction::Wy);
    assert_eq!(import(&db.store, &[odd]).await, (1, 0, 0, 1));
    assert_eq!(one(&db.store, 1).await.locations.len(), 1);
    assert_eq!(count(&db.store, "task WHERE kind = 'ZIP_STATE'").await, 1);
}

#[tokio::test]
async fn a_dry_run_leaves_nothing() {
    let db = Database::new().await;
    let run = begin(&db.store).await;
    stage(&db.store, run, &[record(1)]).await;
    let merged = merge(&db.store, run, true).await.unwrap().unwrap();
    assert_eq!((merged.new, merged.seq), (1, None));
    bulk::discard(&db.store, run).await.unwrap();
    for table in [
        "provider",
        "import_run",
        "import_stage",
        "event",
        "registry_record",
    ] {
        assert_eq!(count(&db.store, table).await, 0, "{table}");
    }
}

#[tokio::test]
async fn a_run_that_died_gives_way_to_the_next() {
    let db = Database::new().await;
    let died = begin(&db.store).await;
    stage(&db.store, died, &[record(1)]).await;
    let next = begin(&db.store).await;
    assert_eq!(count(&db.store, "import_stage").await, 0);
    for refused in [
        merge(&db.store, died, false).await.map(drop),
        bulk::stage(&db.store, died, Vec::new()).await,
        bulk::finish(&db.store, died, now(), Totals::default()).await,
    ] {
        assert!(
            matches!(refused, Err(StoreError::ImportEnded { .. })),
            "{refused:?}"
        );
    }
    stage(&db.store, next, &[record(1)]).await;
    assert_eq!(merge(&db.store, next, false).await.unwrap().unwrap().new, 1);
}

#[tokio::test]
async fn an_entry_that_was_withdrawn_is_not_taken_for_new() {
    let db = Database::new().await;
    import(&db.store, &[record(1)]).await;
    db.sql("UPDATE provider SET withdrawn_at = '2026-11-01T00:00:00+00:00'")
        .await;
    let mut news = record(1);
    news.name = PersonName::new("Pat", "", "Renamed", "").unwrap();
    assert_eq!(import(&db.store, &[news]).await, (0, 1, 0, 0));
    let found = provider::by_npis(db.store.connection(), &[Npi::sample(1)]).await;
    assert!(found.unwrap().is_empty());
}

#[tokio::test]
async fn people_come_in_batches_in_the_order_of_their_numbers() {
    let db = Database::new().await;
    let run = begin(&db.store).await;
    let mut records: Vec<_> = (1..=2_001).map(record).collect();
    records.reverse();
    stage(&db.store, run, &records).await;
    let mut after = None;
    let mut batches = Vec::new();
    loop {
        let batch = Batch {
            run,
            after,
            at: now(),
            dry_run: false,
        };
        let Some(merged) = bulk::merge(&db.store, batch, |_, rows, held| {
            Ok::<_, StoreError>(decide(rows, held))
        })
        .await
        .unwrap() else {
            break;
        };
        after = Some(merged.last);
        batches.push((merged.new, merged.last, merged.seq));
    }
    assert_eq!(
        batches,
        [
            (2_000, Npi::sample(2_000), Some(1)),
            (1, Npi::sample(2_001), Some(2)),
        ]
    );
}
