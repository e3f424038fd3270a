//! Who hands files in, sees them and destroys them.

use domain::access::Role;
use domain::evidence::{EvidenceKind, FILES_OF_ONE, MediaType};
use domain::npi::Npi;
use drypoint::service::Trouble;
use drypoint::service::evidence::{Label, open};
use drypoint::vault::VaultError;
use futures_util::TryStreamExt as _;
use serde_json::{Value, json};

use crate::support::database::insert;
use crate::support::desk::{Desk, Hand};
use crate::support::evidence::{a_pdf, certificate_of};
use crate::support::on_file::bare;

const SHOWN: &str = "evidence { id version npi kind sha256 bytes mime fileName uploadedBy url \
    holdReason tombstone { reason reasonText purgedAt purgedBy } }";

struct Scene {
    desk: Desk,
    ada: Hand,
    bob: Hand,
    verifier: Hand,
    compliance: Hand,
}

const ADA: u32 = 1;
const BOB: u32 = 2;

async fn a_scene() -> Scene {
    let desk = Desk::open().await;
    insert(&desk.app.store, &[bare(ADA), bare(BOB)]).await;
    Scene {
        ada: desk.hand_of("ada", &[Role::Provider], &[Npi::sample(ADA)]),
        bob: desk.hand_of("bob", &[Role::Provider], &[Npi::sample(BOB)]),
        verifier: desk.hand("vera", &[Role::Verifier]),
        compliance: desk.hand("cora", &[Role::Compliance]),
        desk,
    }
}

async fn seen(by: &Hand, id: &str) -> Value {
    let query = format!(
        "query($id: ID!) {{ {} }}",
        SHOWN.replacen("evidence", "evidence(id: $id)", 1)
    );
    by.answer(&query, json!({ "id": id })).await
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or("none")
}

async fn file_is_there(desk: &Desk, id: &str) -> bool {
    let vault = desk.app.vault.as_ref().unwrap();
    let id = domain::evidence::EvidenceId(id["evidence_".len()..].parse().unwrap());
    let db = desk.app.store.connection();
    let found = drypoint::store::evidence::by_ids(db, &[id]).await.unwrap();
    vault.has(&found[0].sha256, found[0].bytes).await.unwrap()
}

#[tokio::test]
async fn a_file_is_seen_by_its_person_and_by_those_who_check_and_by_nobody_else() {
    let Scene {
        desk,
        ada,
        bob,
        verifier,
        ..
    } = a_scene().await;
    let id = desk.certificate(&ada, Npi::sample(ADA), "DN-1").await;
    for who in [&ada, &verifier] {
        let answer = seen(who, &id).await;
        let evidence = &answer["data"]["evidence"];
        assert_eq!(evidence["kind"], "CERTIFICATE_SCAN", "{answer}");
        assert_eq!(evidence["mime"], "application/pdf");
        assert_eq!(evidence["bytes"], a_pdf("DN-1").len());
        assert_eq!(evidence["fileName"], "certificate.pdf");
        assert_eq!(evidence["url"], format!("/evidence/{id}"));
        assert_eq!(
            evidence["uploadedBy"],
            format!("account_{}", ada.who.account.unwrap().0)
        );
        assert_eq!(evidence["version"], 1);
    }
    let others = seen(&bob, &id).await;
    let nothing = seen(&bob, "evidence_999999").await;
    assert_eq!(code(&others), "NOT_FOUND", "{others}");
    assert_eq!(
        others["errors"][0]["message"],
        nothing["errors"][0]["message"]
    );
    assert_eq!(code(&seen(&desk.anybody(), &id).await), "UNAUTHENTICATED");
    let admin = desk.hand("root", &[Role::Admin]);
    let read = seen(&admin, &id).await;
    assert_eq!(
        read["data"]["evidence"]["version"], 1,
        "as whoever may purge it: {read}"
    );
    let all = "query($npi: NPI!) { evidenceOf(npi: $npi) { id } }";
    let npi = json!({ "npi": Npi::sample(ADA).to_string() });
    let found = verifier.ask(all, npi.clone()).await;
    assert_eq!(found["evidenceOf"], json!([{ "id": id }]));
    assert_eq!(code(&bob.answer(all, npi).await), "NOT_FOUND");
}

#[tokio::test]
async fn the_same_bytes_for_the_same_person_are_the_same_file() {
    let Scene {
        desk,
        ada,
        bob,
        verifier,
        ..
    } = a_scene().await;
    let (ada_npi, bob_npi) = (Npi::sample(ADA), Npi::sample(BOB));
    let first = desk.certificate(&ada, ada_npi, "same").await;
    assert_eq!(desk.certificate(&ada, ada_npi, "same").await, first);
    assert_eq!(desk.certificate(&verifier, ada_npi, "same").await, first);
    let other_kind = Label {
        kind: EvidenceKind::Transcript,
        ..certificate_of(ada_npi)
    };
    let receipt = desk
        .hand_in(&ada, other_kind, &a_pdf("same"))
        .await
        .unwrap();
    assert!(receipt.was_there);
    assert_eq!(receipt.evidence.kind, EvidenceKind::CertificateScan);
    assert_ne!(desk.certificate(&ada, ada_npi, "other").await, first);
    assert_ne!(desk.certificate(&bob, bob_npi, "same").await, first);
}

#[tokio::test]
async fn a_key_used_twice_for_different_files_is_a_conflict() {
    let Scene { desk, ada, .. } = a_scene().await;
    let label = Label {
        idempotency_key: Some("upload-1".into()),
        ..certificate_of(Npi::sample(ADA))
    };
    let first = desk
        .hand_in(&ada, label.clone(), &a_pdf("one"))
        .await
        .unwrap();
    let events = desk.events().await.len();
    let again = desk
        .hand_in(&ada, label.clone(), &a_pdf("one"))
        .await
        .unwrap();
    assert_eq!(again.evidence, first.evidence);
    assert_eq!(
        desk.events().await.len(),
        events,
        "a repetition is no event"
    );
    let other = desk.hand_in(&ada, label, &a_pdf("two")).await;
    let Err(Trouble::Refused(errors)) = other else {
        panic!("{other:?}");
    };
    assert_eq!(errors[0].code.code(), "IDEMPOTENCY_CONFLICT");
}

#[tokio::test]
async fn what_is_not_theirs_or_not_there_is_not_handed_in() {
    let Scene {
        desk,
        ada,
        verifier,
        ..
    } = a_scene().await;
    let refused = async |by: &Hand, npi: Npi, bytes: &[u8]| {
        desk.hand_in(by, certificate_of(npi), bytes)
            .await
            .unwrap_err()
    };
    let others = refused(&ada, Npi::sample(BOB), &a_pdf("x")).await;
    assert!(
        matches!(others, Trouble::NotFound("provider")),
        "{others:?}"
    );
    let nobody = refused(&verifier, Npi::sample(77), &a_pdf("x")).await;
    assert!(
        matches!(nobody, Trouble::NotFound("provider")),
        "{nobody:?}"
    );
    for wrong in [&b""[..], b"<html>%PDF-1.7", b"PK\x03\x04 a zip", b"MZ\x90"] {
        let refused = refused(&ada, Npi::sample(ADA), wrong).await;
        let Trouble::BadInput { field, .. } = &refused else {
            panic!("{refused:?}");
        };
        assert_eq!(&**field, "file");
    }
    let auditor = desk.hand("audrey", &[Role::Auditor]);
    let before = desk.events().await.len();
    let denied = refused(&auditor, Npi::sample(ADA), &a_pdf("x")).await;
    assert!(matches!(denied, Trouble::Forbidden), "{denied:?}");
    let events = desk.events().await;
    assert_eq!(events.len(), before + 1, "a denied attempt is an event");
    assert_eq!(events[before]["action"], "uploadEvidence");
    assert_eq!(events[before]["reasonCode"], "FORBIDDEN");
    let anybody = refused(&desk.anybody(), Npi::sample(ADA), &a_pdf("x")).await;
    assert!(matches!(anybody, Trouble::Unauthenticated), "{anybody:?}");
    let vault = desk.app.vault.as_ref().unwrap();
    let kept = vault.strays(&std::collections::HashSet::new()).unwrap();
    assert!(kept.is_empty(), "what is refused does not stay: {kept:?}");
}

#[tokio::test]
async fn a_person_has_so_many_files_and_no_more() {
    let Scene { desk, ada, .. } = a_scene().await;
    let npi = Npi::sample(ADA);
    let txn = desk.app.store.begin().await.unwrap();
    for serial in 1..FILES_OF_ONE {
        let mut sha256 = [0; 32];
        sha256[..8].copy_from_slice(&serial.to_be_bytes());
        let new = drypoint::store::evidence::NewEvidence {
            provider: npi,
            kind: EvidenceKind::Invoice,
            sha256: domain::evidence::Sha256::new(sha256),
            bytes: 1,
            media_type: MediaType::Text,
            file_name: None,
            uploaded_by: None,
            uploaded_at: desk.clock.now(),
        };
        drypoint::store::evidence::insert(&txn, new).await.unwrap();
    }
    let event = crate::support::database::an_event("test.evidence");
    drypoint::store::log::append(&txn, event).await.unwrap();
    txn.commit().await.unwrap();
    desk.certificate(&ada, npi, "the last").await;
    let beyond = desk
        .hand_in(&ada, certificate_of(npi), &a_pdf("beyond"))
        .await;
    assert!(matches!(beyond, Err(Trouble::Refused(_))), "{beyond:?}");
    desk.certificate(&ada, npi, "the last").await;
}

#[tokio::test]
async fn reading_a_file_is_in_the_log_before_its_first_byte() {
    let Scene {
        desk,
        ada,
        bob,
        verifier,
        ..
    } = a_scene().await;
    let id = desk.certificate(&ada, Npi::sample(ADA), "read me").await;
    let number = domain::evidence::EvidenceId(id["evidence_".len()..].parse().unwrap());
    let before = desk.events().await.len();
    let (evidence, bytes) = open(&desk.app, &verifier.who, number).await.unwrap();
    let events = desk.events().await;
    assert_eq!(events.len(), before + 1);
    let event = &events[before];
    assert_eq!(event["action"], "evidence.read");
    assert_eq!(event["entityId"], id);
    assert_eq!(event["actorRole"], "VERIFIER");
    assert_eq!(
        event["actorId"],
        format!("account_{}", verifier.who.account.unwrap().0)
    );
    assert_eq!(event["afterHash"], evidence.sha256.to_string());
    let bytes: Vec<Vec<u8>> = bytes.try_collect().await.unwrap();
    assert_eq!(bytes.concat(), a_pdf("read me"));

    let refused = open(&desk.app, &bob.who, number).await.err().unwrap();
    assert!(matches!(refused, Trouble::NotFound(_)), "{refused:?}");
    assert_eq!(
        desk.events().await.len(),
        before + 1,
        "what is not read is no read"
    );
}

#[tokio::test]
async fn a_damaged_file_is_neither_given_nor_told_as_read() {
    let Scene { desk, ada, .. } = a_scene().await;
    let id = desk.certificate(&ada, Npi::sample(ADA), "whole").await;
    let number = domain::evidence::EvidenceId(id["evidence_".len()..].parse().unwrap());
    let db = desk.app.store.connection();
    let evidence = &drypoint::store::evidence::by_ids(db, &[number])
        .await
        .unwrap()[0];
    let digits = evidence.sha256.to_string();
    let file = desk
        .app
        .vault
        .as_ref()
        .unwrap()
        .folder()
        .join(&digits[..2])
        .join(&digits);
    std::fs::write(&file, a_pdf("hole!")).unwrap();
    let before = desk.events().await.len();
    let refused = open(&desk.app, &ada.who, number).await.err().unwrap();
    assert!(
        matches!(refused, Trouble::Vault(VaultError::Damaged(_))),
        "{refused:?}"
    );
    assert_eq!(desk.events().await.len(), before);
}

#[tokio::test]
async fn a_purged_file_leaves_its_tombstone() {
    let Scene {
        desk,
        ada,
        compliance,
        ..
    } = a_scene().await;
    let npi = Npi::sample(ADA);
    let id = desk.certificate(&ada, npi, "to go").await;
    let input = json!({
        "evidenceId": id, "reason": "WRONG_PERSON", "reasonText": "of a namesake", "expectedVersion": 1,
    });
    assert_eq!(
        ada.is_refused("purgeEvidence", with_key(&input)).await,
        "FORBIDDEN"
    );
    let mut stale = input.clone();
    stale["expectedVersion"] = 2.into();
    assert_eq!(
        compliance.is_told("purgeEvidence", stale).await,
        "STALE_VERSION"
    );
    let mut silent = input.clone();
    silent["reasonText"] = " ".into();
    assert_eq!(
        compliance.is_told("purgeEvidence", silent).await,
        "REASON_REQUIRED"
    );
    assert!(file_is_there(&desk, &id).await);

    let payload = compliance.does("purgeEvidence", input.clone(), SHOWN).await;
    let evidence = &payload["evidence"];
    assert_eq!(evidence["url"], Value::Null);
    assert_eq!(evidence["fileName"], Value::Null);
    assert_eq!(evidence["version"], 2);
    assert_eq!(evidence["tombstone"]["reason"], "WRONG_PERSON");
    assert_eq!(evidence["tombstone"]["reasonText"], "of a namesake");
    assert_eq!(evidence["sha256"].as_str().unwrap().len(), 64);
    assert!(!file_is_there(&desk, &id).await);
    let events = desk.events().await;
    let event = events.last().unwrap();
    assert_eq!(event["action"], "purgeEvidence");
    assert_eq!(event["reasonCode"], "WRONG_PERSON");
    assert_eq!(event["beforeHash"], evidence["sha256"]);

    let mut twice = input;
    twice["expectedVersion"] = 2.into();
    assert_eq!(
        compliance.is_told("purgeEvidence", twice).await,
        "ILLEGAL_TRANSITION"
    );
    let number = domain::evidence::EvidenceId(id["evidence_".len()..].parse().unwrap());
    let gone = open(&desk.app, &compliance.who, number)
        .await
        .err()
        .unwrap();
    assert!(matches!(gone, Trouble::NotFound(_)), "{gone:?}");
    let anew = desk.certificate(&ada, npi, "to go").await;
    assert_ne!(anew, id, "what was purged can be handed in anew");
    assert!(file_is_there(&desk, &anew).await);
}

#[tokio::test]
async fn a_repeated_upload_does_not_bring_a_purged_file_back() {
    let Scene {
        desk,
        ada,
        compliance,
        ..
    } = a_scene().await;
    let bytes = a_pdf("to go");
    let label = || Label {
        idempotency_key: Some("once".into()),
        ..certificate_of(Npi::sample(ADA))
    };
    let receipt = desk.hand_in(&ada, label(), &bytes).await.unwrap();
    let id = format!("evidence_{}", receipt.evidence.id.0);
    let input = json!({
        "evidenceId": id, "reason": "WRONG_PERSON", "reasonText": "of a namesake", "expectedVersion": 1,
    });
    compliance.does("purgeEvidence", input, SHOWN).await;
    let again = desk.hand_in(&ada, label(), &bytes).await;
    assert!(matches!(again, Err(Trouble::Refused(_))), "{again:?}");
    assert!(!file_is_there(&desk, &id).await);
}

#[tokio::test]
async fn a_purge_spares_the_same_bytes_of_another_person() {
    let Scene {
        desk,
        ada,
        bob,
        compliance,
        ..
    } = a_scene().await;
    let ours = desk.certificate(&ada, Npi::sample(ADA), "shared").await;
    let theirs = desk.certificate(&bob, Npi::sample(BOB), "shared").await;
    let purge = |id: &str| json!({ "evidenceId": id, "reason": "OTHER", "reasonText": "asked for", "expectedVersion": 1 });
    compliance
        .does("purgeEvidence", purge(&ours), "evidence { id }")
        .await;
    assert!(file_is_there(&desk, &theirs).await);
    compliance
        .does("purgeEvidence", purge(&theirs), "evidence { id }")
        .await;
    assert!(!file_is_there(&desk, &theirs).await);
}

#[tokio::test]
async fn what_is_on_hold_is_not_purged() {
    let Scene {
        desk,
        ada,
        compliance,
        ..
    } = a_scene().await;
    let id = desk.certificate(&ada, Npi::sample(ADA), "held").await;
    let hold = |version: i64| json!({ "evidenceId": id, "reasonText": "order 17-204 of the court", "expectedVersion": version });
    let purge = |version: i64| json!({ "evidenceId": id, "reason": "PROVIDER_REQUEST", "reasonText": "asked", "expectedVersion": version });
    assert_eq!(
        compliance.is_told("releaseEvidence", hold(1)).await,
        "ILLEGAL_TRANSITION"
    );
    let protected = compliance.does("holdEvidence", hold(1), SHOWN).await;
    assert_eq!(
        protected["evidence"]["holdReason"],
        "order 17-204 of the court"
    );
    assert_eq!(
        compliance.is_told("holdEvidence", hold(2)).await,
        "ILLEGAL_TRANSITION"
    );
    assert_eq!(
        compliance.is_told("purgeEvidence", purge(2)).await,
        "GUARD_FAILED"
    );
    assert!(file_is_there(&desk, &id).await);
    let admin = desk.hand("root", &[Role::Admin]);
    assert_eq!(
        admin
            .is_refused("releaseEvidence", with_key(&hold(2)))
            .await,
        "FORBIDDEN"
    );
    compliance.does("releaseEvidence", hold(2), SHOWN).await;
    let purged = admin.does("purgeEvidence", purge(3), SHOWN).await;
    assert_eq!(purged["evidence"]["version"], 4);
}

fn with_key(input: &Value) -> Value {
    let mut input = input.clone();
    input["idempotencyKey"] = crate::support::desk::key().into();
    input
}
