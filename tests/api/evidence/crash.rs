//! What stops between a file and its row, and who finds it.

use std::sync::Arc;

use domain::access::Act;
use domain::access::Role;
use domain::evidence::PurgeReason;
use domain::evidence::{EvidenceId, EvidenceKind, MediaType, Sha256};
use domain::npi::Npi;
use drypoint::service::Order;
use drypoint::service::evidence::{Purge, purge, receive};
use drypoint::store::evidence::{self, NewEvidence};
use drypoint::store::{Store, log};
use serde_json::json;

use crate::support::database::{an_event, insert, now, url};
use crate::support::desk::{Desk, key};
use crate::support::evidence::{a_pdf, certificate_of};
use crate::support::on_file::bare;
use crate::support::process::{Installation, text};

/// Every row that was not purged has its file, whole.
async fn nothing_is_missing(desk: &Desk) -> usize {
    let vault = desk.app.vault.as_ref().unwrap();
    let kept = evidence::kept_after(desk.app.store.connection(), None, 10_000)
        .await
        .unwrap();
    for file in &kept {
        vault.verify(&file.sha256, file.bytes).await.unwrap();
    }
    kept.len()
}

#[tokio::test]
async fn what_stops_between_file_and_row_leaves_a_file_and_no_row() {
    let desk = Desk::open().await;
    insert(&desk.app.store, &[bare(1)]).await;
    let npi = Npi::sample(1);
    let ada = desk.hand_of("ada", &[Role::Provider], &[npi]);
    let vault = desk.app.vault.as_ref().unwrap();
    let mut incoming = receive(&desk.app, &ada.who).await.unwrap();
    incoming.write(&a_pdf("cut")).await.unwrap();
    let received = incoming.finish().await.unwrap();
    vault.keep(&received).await.unwrap();
    // Here the power goes: neither the row is written nor what lies aside removed.
    std::mem::forget(received);
    assert_eq!(nothing_is_missing(&desk).await, 0);
    let strays = vault.strays(&std::collections::HashSet::new()).unwrap();
    assert_eq!(strays.len(), 2, "{strays:?}");
    let receipt = desk
        .hand_in(&ada, certificate_of(npi), &a_pdf("cut"))
        .await
        .unwrap();
    assert!(
        !receipt.was_there,
        "the same file can be handed in as if nothing had been"
    );
    assert_eq!(nothing_is_missing(&desk).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_order_of_uploads_and_purges_leaves_a_row_without_its_file() {
    let desk = Arc::new(Desk::open().await);
    insert(&desk.app.store, &[bare(1), bare(2)]).await;
    let verifier = desk.hand("vera", &[Role::Verifier]);
    let compliance = desk.hand("cora", &[Role::Compliance]);
    for round in 0..15 {
        let same = a_pdf("same");
        let first = desk.hand_in(&verifier, certificate_of(Npi::sample(1)), &same);
        let first = first.await.unwrap().evidence.id;
        let (app, by) = (Arc::clone(&desk.app), compliance.who.clone());
        let purging = tokio::spawn(async move {
            let order = Order::of(Act::PurgeEvidence, &key(), &json!({})).unwrap();
            let why = Purge {
                reason: PurgeReason::Other,
                text: "a round".into(),
            };
            purge(&app, &by, &order, (first, 1), why).await
        });
        let (there, by) = (Arc::clone(&desk), verifier.clone());
        let again = tokio::spawn(async move {
            let other = certificate_of(Npi::sample(2));
            there.hand_in(&by, other, &a_pdf("same")).await
        });
        purging.await.unwrap().unwrap();
        let second = again.await.unwrap().unwrap().evidence.id;
        assert_eq!(nothing_is_missing(&desk).await, 1, "round {round}");
        purge_now(&desk, &compliance, second).await;
    }
}

async fn purge_now(desk: &Desk, by: &crate::support::desk::Hand, id: EvidenceId) {
    let order = Order::of(Act::PurgeEvidence, &key(), &json!({})).unwrap();
    let why = Purge {
        reason: PurgeReason::Other,
        text: "the end of a round".into(),
    };
    purge(&desk.app, &by.who, &order, (id, 1), why)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_doctor_names_files_that_are_gone_and_those_that_nobody_refers_to() {
    let here = Installation::new();
    here.ok(&["migrate", "up"]).await;
    here.ok(&["sample", "--providers", "3"]).await;
    let well = here.ok(&["doctor"]).await;
    assert!(well.contains("0 files as they were handed in"), "{well}");
    let folder = here.path().join("drypoint.evidence");
    assert!(!folder.exists(), "looking makes nothing");

    std::fs::create_dir_all(folder.join("aa")).unwrap();
    std::fs::write(folder.join("aa").join("left.tmp"), "left").unwrap();
    let stray = here.ok(&["doctor"]).await;
    assert!(stray.contains("left.tmp"), "{stray}");

    let store = Store::connect(&url(&here.path().join("drypoint.db")))
        .await
        .unwrap();
    let person = drypoint::store::provider::lowest(store.connection())
        .await
        .unwrap();
    let txn = store.begin().await.unwrap();
    let new = NewEvidence {
        provider: person.unwrap(),
        kind: EvidenceKind::Invoice,
        sha256: Sha256::new([7; 32]),
        bytes: 3,
        media_type: MediaType::Text,
        file_name: None,
        uploaded_by: None,
        uploaded_at: now(),
    };
    let id = evidence::insert(&txn, new).await.unwrap();
    log::append(&txn, an_event("test.evidence")).await.unwrap();
    txn.commit().await.unwrap();
    store.close().await.unwrap();
    let gone = here.run(&["doctor"]).await;
    assert_eq!(gone.status.code(), Some(1));
    let said = text(&gone.stdout);
    assert!(
        said.contains(&format!("evidence_{} is gone", id.0)),
        "{said}"
    );
}
