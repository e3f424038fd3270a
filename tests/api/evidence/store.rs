//! Files as the database knows them, on both engines.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use domain::evidence::{
    Evidence, EvidenceId, EvidenceKind, FileName, MediaType, PurgeReason, Sha256, Tombstone,
};
use domain::npi::Npi;
use drypoint::store::evidence::{self, Kept, NewEvidence};
use drypoint::store::{Store, StoreError, log};
use sea_orm::ConnectionTrait;

use crate::support::database::{Database, an_event, insert, now};
use crate::support::on_file::bare;
use crate::support::postgres::Postgres;

fn a_file(serial: u32, byte: u8) -> NewEvidence {
    NewEvidence {
        provider: Npi::sample(serial),
        kind: EvidenceKind::CertificateScan,
        sha256: Sha256::new([byte; 32]),
        bytes: 1_234,
        media_type: MediaType::Pdf,
        file_name: FileName::sanitised("Zertifikat für Zoë.pdf"),
        uploaded_by: None,
        uploaded_at: now(),
    }
}

async fn add(store: &Store, new: NewEvidence) -> Result<EvidenceId, StoreError> {
    let txn = store.begin().await.unwrap();
    let id = evidence::insert(&txn, new).await?;
    log::append(&txn, an_event("evidence")).await.unwrap();
    txn.commit().await.unwrap();
    Ok(id)
}

async fn purge(store: &Store, id: EvidenceId) -> Tombstone {
    let tombstone = Tombstone {
        purged_at: now(),
        purged_by: None,
        reason: PurgeReason::WrongPerson,
        text: "somebody else's".into(),
    };
    let txn = store.begin().await.unwrap();
    evidence::purge(&txn, id, &tombstone).await.unwrap();
    log::append(&txn, an_event("purge")).await.unwrap();
    txn.commit().await.unwrap();
    tombstone
}

async fn one(store: &Store, id: EvidenceId) -> Evidence {
    let found = evidence::by_ids(store.connection(), &[id]).await.unwrap();
    found.into_iter().next().unwrap()
}

#[tokio::test]
async fn a_file_is_kept_as_it_was_handed_in_on_sqlite() {
    let database = Database::new().await;
    files_are_kept(&database.store).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_is_kept_as_it_was_handed_in_on_postgresql() {
    let server = Postgres::start();
    let store = Store::connect(&server.url()).await.unwrap();
    store.migrate().await.unwrap();
    files_are_kept(&store).await;
}

async fn files_are_kept(store: &Store) {
    insert(store, &[bare(1), bare(2)]).await;
    let db = store.connection();
    let (npi, other) = (Npi::sample(1), Npi::sample(2));
    let new = a_file(1, 7);
    let id = add(store, new.clone()).await.unwrap();
    let second = add(store, a_file(1, 8)).await.unwrap();
    let others = add(store, a_file(2, 7)).await.unwrap();

    let expected = Evidence {
        id,
        provider: npi,
        kind: new.kind,
        sha256: new.sha256,
        bytes: new.bytes,
        media_type: new.media_type,
        file_name: new.file_name.clone(),
        uploaded_by: None,
        uploaded_at: now(),
        hold: None,
        tombstone: None,
        version: 1,
    };
    let nobodys = EvidenceId(999_999);
    let found = evidence::by_ids(db, &[second, nobodys, id]).await.unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0], expected);
    let of_one = evidence::of_provider(db, npi).await.unwrap();
    assert_eq!(
        of_one.iter().map(|it| it.id).collect::<Vec<_>>(),
        [second, id]
    );
    assert_eq!(
        evidence::find(db, npi, &new.sha256).await.unwrap(),
        Some(expected.clone())
    );
    let absent = evidence::find(db, other, &Sha256::new([8; 32])).await;
    assert_eq!(absent.unwrap(), None);
    let twice = add(store, new.clone()).await;
    assert!(twice.is_err(), "one row a file and person");

    what_it_is_never_changes(store, id).await;
    a_hold_comes_before_a_purge(store, id).await;

    let tombstone = purge(store, id).await;
    assert_eq!(
        one(store, id).await,
        Evidence {
            file_name: None,
            tombstone: Some(tombstone),
            version: 4,
            ..expected
        }
    );
    a_purged_file_stays_purged(store, id).await;
    let kept = |id, byte| Kept {
        id,
        sha256: Sha256::new([byte; 32]),
        bytes: 1_234,
    };
    let all = [kept(second, 8), kept(others, 7)];
    assert_eq!(evidence::kept_after(db, None, 10).await.unwrap(), all);
    let rest = evidence::kept_after(db, Some(second), 10).await.unwrap();
    assert_eq!(rest, all[1..]);
    assert_eq!(evidence::count(db, npi).await.unwrap(), 1);
    assert!(evidence::keeps(db, &new.sha256).await.unwrap());
    purge(store, others).await;
    assert!(!evidence::keeps(db, &new.sha256).await.unwrap());
    let again = add(store, new).await.unwrap();
    assert!(again > others, "a purged file can be handed in anew");
}

async fn refuses(store: &Store, statement: &str) {
    let done = store.connection().execute_unprepared(statement).await;
    let told = done.expect_err(statement).to_string();
    assert!(
        told.contains("evidence is not rewritten"),
        "{statement}: {told}"
    );
}

async fn what_it_is_never_changes(store: &Store, id: EvidenceId) {
    let id = id.0;
    for change in [
        "sha256 = 'x'",
        "bytes = 1",
        "mime = 'text/plain'",
        "kind = 'INVOICE'",
        "provider_npi = 1",
        "uploaded_at = NULL",
    ] {
        refuses(
            store,
            &format!("UPDATE evidence SET {change} WHERE id = {id}"),
        )
        .await;
    }
    refuses(store, &format!("DELETE FROM evidence WHERE id = {id}")).await;
}

async fn a_hold_comes_before_a_purge(store: &Store, id: EvidenceId) {
    for reason in [Some("a court asks for it"), None] {
        let txn = store.begin().await.unwrap();
        evidence::hold(&txn, id, reason).await.unwrap();
        log::append(&txn, an_event("hold")).await.unwrap();
        txn.commit().await.unwrap();
        assert_eq!(one(store, id).await.hold.as_deref(), reason);
        if reason.is_some() {
            let txn = store.begin().await.unwrap();
            let tombstone = Tombstone {
                purged_at: now(),
                purged_by: None,
                reason: PurgeReason::Other,
                text: "no".into(),
            };
            let purged = evidence::purge(&txn, id, &tombstone).await;
            assert!(purged.is_err(), "the engine itself holds it");
            txn.rollback().await.unwrap();
        }
    }
}

async fn a_purged_file_stays_purged(store: &Store, id: EvidenceId) {
    let id = id.0;
    for change in ["purged_at = NULL, purge_reason = NULL", "hold_reason = 'x'"] {
        refuses(
            store,
            &format!("UPDATE evidence SET {change} WHERE id = {id}"),
        )
        .await;
    }
}
