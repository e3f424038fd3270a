//! The one log.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use std::collections::BTreeSet;

use drypoint::store::log::{self, Broken, Event, GENESIS, Head, NewEvent, Verdict, Why};
use drypoint::store::{Store, StoreError};
use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use crate::support::database::{Database, an_event, append, insert_in, now};
use crate::support::on_file::bare;

async fn verdict(store: &Store) -> Verdict {
    log::verify(&store.read().await.unwrap()).await.unwrap()
}

#[track_caller]
fn broken(found: &Verdict) -> &Broken {
    match found {
        Verdict::Broken(broken) => broken,
        Verdict::Intact(_) => panic!("nothing was found"),
    }
}

/// A log of entries with every field filled, and with no more than they need, in turn.
async fn a_log(entries: usize) -> Database {
    let db = Database::new().await;
    let some = |text: &str| Some(text.to_owned());
    let full = NewEvent {
        actor_id: some("user-7"),
        actor_role: "COMPLIANCE".to_owned(),
        on_behalf_of: some("user-8"),
        auth_method: some("session"),
        session_id: some("s-1"),
        entity_id: some("credential_9"),
        entity_version: Some(3),
        case_id: some("case_2"),
        reason_code: some("FRAUD"),
        reason_text: some("the school “denies” it"),
        before_hash: some("aa"),
        after_hash: some("bb"),
        changed_fields: vec!["standing".to_owned(), "note".to_owned()],
        request_id: some("r-1"),
        idempotency_key: some("k-1"),
        ip_hash: some("cc"),
        policy_version: Some(1),
        ..an_event("credential.suspend")
    };
    let txn = db.store.begin().await.unwrap();
    for number in 0..entries {
        let event = if number % 2 == 0 {
            full.clone()
        } else {
            an_event("credential.read")
        };
        log::append(&txn, event).await.unwrap();
    }
    txn.commit().await.unwrap();
    db
}

/// Lets somebody with the file in hand do what the triggers refuse.
async fn unguard(db: &Database) {
    db.sql("DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted;")
        .await;
}

#[tokio::test]
async fn anybody_can_check_an_exported_log_with_a_json_canonicalizer_and_sha_256() {
    let db = a_log(5).await;
    let mut exported = Vec::new();
    let written = log::export(db.store.connection(), &mut exported)
        .await
        .unwrap();
    assert_eq!(written, 5);
    let mut last = GENESIS.to_owned();
    for (line, seq) in String::from_utf8(exported).unwrap().lines().zip(1..) {
        let mut entry: serde_json::Value = serde_json::from_str(line).unwrap();
        let fields = entry.as_object_mut().unwrap();
        let hash = fields.remove("hash").unwrap();
        assert_eq!(fields["seq"], seq);
        assert_eq!(fields["prevHash"], last.as_str());
        assert_eq!(fields["occurredAt"], "2026-11-21T09:00:00.000000Z");
        let canonical = serde_json_canonicalizer::to_string(&entry).unwrap();
        let digest = Sha256::digest(format!("{last}{canonical}"));
        last = data_encoding::HEXLOWER.encode(&digest);
        assert_eq!(hash, last.as_str());
    }
    let end = Head { seq: 5, hash: last };
    assert_eq!(log::head(db.store.connection()).await.unwrap(), end);
    assert_eq!(verdict(&db.store).await, Verdict::Intact(end));
}

#[tokio::test]
async fn an_empty_log_is_intact() {
    let db = Database::new().await;
    let end = Head {
        seq: 0,
        hash: GENESIS.to_owned(),
    };
    assert_eq!(verdict(&db.store).await, Verdict::Intact(end));
}

#[tokio::test]
async fn what_is_rolled_back_takes_no_number() {
    let db = Database::new().await;
    append(&db.store, "first").await;
    let txn = db.store.begin().await.unwrap();
    assert_eq!(insert_in(&txn, &[bare(1)]).await.unwrap(), 2);
    txn.rollback().await.unwrap();
    let txn = db.store.begin().await.unwrap();
    assert_eq!(insert_in(&txn, &[bare(1)]).await.unwrap(), 2);
    drop(txn);
    assert_eq!(append(&db.store, "second").await, 2);
    let people = drypoint::store::provider::count(db.store.connection()).await;
    assert_eq!(people.unwrap(), 0);
    assert!(matches!(verdict(&db.store).await, Verdict::Intact(end) if end.seq == 2));
}

#[tokio::test]
async fn a_change_without_an_entry_is_refused() {
    let db = Database::new().await;
    let txn = db.store.begin().await.unwrap();
    drypoint::store::provider::insert_many(&txn, &[bare(1)], txn.next_seq())
        .await
        .unwrap();
    assert!(matches!(txn.commit().await, Err(StoreError::NotLogged)));
    let people = drypoint::store::provider::count(db.store.connection()).await;
    assert_eq!(people.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn eight_programs_that_write_at_once_leave_no_gap() {
    const EACH: usize = 10;
    let db = Database::new().await;
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..8_u32 {
        let store = db.again().await.unwrap();
        writers.spawn(async move {
            let mut seqs = Vec::new();
            for number in 0..10 {
                let txn = store.begin().await.unwrap();
                let person = bare(writer * 100 + number);
                seqs.push(insert_in(&txn, &[person]).await.unwrap());
                txn.commit().await.unwrap();
            }
            seqs
        });
    }
    let seqs: BTreeSet<u64> = writers.join_all().await.into_iter().flatten().collect();
    assert_eq!(seqs, (1..=8 * EACH as u64).collect());
    assert!(matches!(verdict(&db.store).await, Verdict::Intact(end) if end.seq == 80));
}

#[tokio::test]
async fn the_database_refuses_to_change_or_delete_an_entry() {
    let db = a_log(3).await;
    for statement in [
        "UPDATE event SET action = 'x' WHERE seq = 2",
        "DELETE FROM event WHERE seq = 2",
    ] {
        let refused = db.store.connection().execute_unprepared(statement).await;
        let error = refused.unwrap_err().to_string();
        assert!(error.contains("append-only"), "{error}");
    }
    assert!(matches!(verdict(&db.store).await, Verdict::Intact(_)));
}

#[tokio::test]
async fn a_change_of_any_field_of_any_entry_is_found_at_that_entry() {
    const COLUMNS: [&str; 23] = [
        "occurred_at",
        "actor_id",
        "actor_role",
        "on_behalf_of",
        "auth_method",
        "session_id",
        "action",
        "entity_type",
        "entity_id",
        "entity_version",
        "case_id",
        "reason_code",
        "reason_text",
        "before_hash",
        "after_hash",
        "changed_fields",
        "request_id",
        "idempotency_key",
        "ip_hash",
        "app_version",
        "policy_version",
        "prev_hash",
        "hash",
    ];
    let db = a_log(4).await;
    unguard(&db).await;
    db.sql("CREATE TABLE untouched AS SELECT * FROM event")
        .await;
    for seq in 1..=4 {
        for column in COLUMNS {
            // One more in the number, another last letter in the text, something in place of nothing.
            let other = match column {
                "entity_version" | "policy_version" => format!("coalesce({column}, 0) + 1"),
                _ => format!(
                    "coalesce(substr({column}, 1, length({column}) - 1), '') ||
                     CASE substr({column}, -1) WHEN 'x' THEN 'y' ELSE 'x' END"
                ),
            };
            db.sql(&format!(
                "UPDATE event SET {column} = {other} WHERE seq = {seq}"
            ))
            .await;
            let found = verdict(&db.store).await;
            let expected = Broken {
                seq,
                why: Why::Changed,
            };
            assert_eq!(*broken(&found), expected, "{column} of entry {seq}");
            db.sql("DELETE FROM event; INSERT INTO event SELECT * FROM untouched")
                .await;
        }
    }
    assert!(matches!(verdict(&db.store).await, Verdict::Intact(_)));
}

#[tokio::test]
async fn entries_taken_out_put_in_or_moved_are_found() {
    let copy = "INSERT INTO event SELECT";
    let rest = "occurred_at, actor_id, actor_role, on_behalf_of, auth_method, session_id, action,
        entity_type, entity_id, entity_version, case_id, reason_code, reason_text, before_hash,
        after_hash, changed_fields, request_id, idempotency_key, ip_hash, app_version,
        policy_version, prev_hash || 'x', hash || 'x' FROM event WHERE seq = 2";
    for (act, seq, why) in [
        (
            "DELETE FROM event WHERE seq = 1".to_owned(),
            1,
            Why::Missing,
        ),
        (
            "DELETE FROM event WHERE seq = 3".to_owned(),
            3,
            Why::Missing,
        ),
        (
            "DELETE FROM event WHERE seq > 3".to_owned(),
            4,
            Why::Truncated { head: 5 },
        ),
        (
            "DELETE FROM event".to_owned(),
            1,
            Why::Truncated { head: 5 },
        ),
        // A hole that is closed by renumbering.
        (
            "DELETE FROM event WHERE seq = 2;
             UPDATE event SET seq = 2 WHERE seq = 3;
             UPDATE event SET seq = 3 WHERE seq = 4;
             UPDATE event SET seq = 4 WHERE seq = 5"
                .to_owned(),
            2,
            Why::Changed,
        ),
        (
            "UPDATE event SET seq = 99 WHERE seq = 2;
             UPDATE event SET seq = 2 WHERE seq = 4;
             UPDATE event SET seq = 4 WHERE seq = 99"
                .to_owned(),
            2,
            Why::Changed,
        ),
        (format!("{copy} 6, {rest}"), 6, Why::Changed),
        (format!("{copy} 0, {rest}"), 0, Why::Changed),
        (
            "UPDATE event_head SET seq = 4, hash = (SELECT hash FROM event WHERE seq = 4)"
                .to_owned(),
            5,
            Why::BeyondHead { head: 4 },
        ),
        (
            "UPDATE event_head SET hash = hash || 'x'".to_owned(),
            5,
            Why::HeadChanged,
        ),
    ] {
        let db = a_log(5).await;
        unguard(&db).await;
        db.sql(&act).await;
        let found = verdict(&db.store).await;
        assert_eq!(*broken(&found), Broken { seq, why }, "{act}");
    }
}

#[tokio::test]
async fn an_entry_forged_with_a_right_hash_of_its_own_does_not_fit_the_next() {
    let db = a_log(5).await;
    unguard(&db).await;
    let mut exported = Vec::new();
    log::export(db.store.connection(), &mut exported)
        .await
        .unwrap();
    let line = exported.split(|byte| *byte == b'\n').nth(2).unwrap();
    let mut entry: serde_json::Value = serde_json::from_slice(line).unwrap();
    let fields = entry.as_object_mut().unwrap();
    fields.remove("hash");
    fields.insert("action".to_owned(), "credential.verify".into());
    let previous = fields["prevHash"].as_str().unwrap().to_owned();
    let canonical = serde_json_canonicalizer::to_string(&entry).unwrap();
    let digest = Sha256::digest(format!("{previous}{canonical}"));
    let forged = data_encoding::HEXLOWER.encode(&digest);
    db.sql(&format!(
        "UPDATE event SET action = 'credential.verify', hash = '{forged}' WHERE seq = 3"
    ))
    .await;
    let found = verdict(&db.store).await;
    let expected = Broken {
        seq: 4,
        why: Why::OutOfOrder,
    };
    assert_eq!(*broken(&found), expected);
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_is_named() {
    let db = a_log(5).await;
    unguard(&db).await;
    db.sql("UPDATE event SET entity_version = 'three' WHERE seq = 3")
        .await;
    let found = verdict(&db.store).await;
    assert_eq!(broken(&found).seq, 3);
    let said = broken(&found).to_string();
    assert!(said.contains("entity_version of event 3"), "{said}");
}

#[tokio::test]
async fn a_log_longer_than_one_page_is_walked_to_its_end() {
    let db = a_log(2_001).await;
    assert!(matches!(verdict(&db.store).await, Verdict::Intact(end) if end.seq == 2_001));
    unguard(&db).await;
    for seq in [2_001, 1_001] {
        db.sql(&format!("UPDATE event SET action = 'x' WHERE seq = {seq}"))
            .await;
        let found = verdict(&db.store).await;
        assert_eq!(broken(&found).seq, seq);
    }
}

#[tokio::test]
async fn a_reader_sees_the_log_end_where_its_view_began() {
    let db = Database::new().await;
    append(&db.store, "before").await;
    let view = db.store.read().await.unwrap();
    assert_eq!(log::head(&view).await.unwrap().seq, 1);
    append(&db.store, "after").await;
    let found = log::verify(&view).await.unwrap();
    assert!(matches!(found, Verdict::Intact(end) if end.seq == 1));
    assert_eq!(log::head(db.store.connection()).await.unwrap().seq, 2);
}

#[tokio::test]
async fn instants_are_told_to_the_microsecond() {
    let db = Database::new().await;
    let txn = db.store.begin().await.unwrap();
    let event = NewEvent {
        occurred_at: now() + chrono::TimeDelta::nanoseconds(1_234_567),
        ..an_event("tick")
    };
    let event: Event = log::append(&txn, event).await.unwrap();
    assert_eq!(event.occurred_at, "2026-11-21T09:00:00.001234Z");
}
