//! People around one provider's needles.

use chrono::TimeDelta;
use domain::access::{AccountId, Role};
use domain::evidence::{EvidenceKind, MediaType};
use domain::notice::Addressee;
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::policy::Policy;
use domain::taxonomy::Discipline;
use drypoint::import::recalls::{self, Options, Report};
use drypoint::outbox::Outbox;
use drypoint::service::schedule::deliver;
use drypoint::store::evidence::NewEvidence;
use drypoint::store::log::{self, NewEvent};
use drypoint::store::notice::addresses;
use drypoint::store::{evidence, policy};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};

use crate::scheduler::reachable;
use crate::support::desk::{Desk, Hand, key};
use crate::support::people::{DENVER, Person, a_provider};

/// FDA's own example.
pub(super) const DI: &str = "51022222233336";

/// What is read of an attestation in most tests.
pub(super) const SHOWN: &str = "attestation { id version contentVersion state validUntil payloadSha256 \
     findings { code severity field message } reviewReasons sample { seed drawn percent taken } \
     reasonCode assurance supersedesId \
     products { deviceIdentifier diIssuer k510Number diameterMicrometers \
       lots { lot expiresOn status udi } } }";

pub(super) struct Scene {
    pub(super) desk: Desk,
    pub(super) npi: Npi,
    pub(super) ada: Hand,
    pub(super) delegate: Hand,
    pub(super) verifier: Hand,
    pub(super) compliance: Hand,
    pub(super) location: String,
    pub(super) license: String,
}

/// Licensed and trained in Denver, with an attestation in force.
pub(super) fn someone(serial: u32) -> Person {
    a_provider(serial)
        .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
        .at(DENVER, Jurisdiction::Co)
}

impl Scene {
    /// Chance chooses nobody.
    pub(super) async fn open() -> Self {
        Self::with(vec![someone(1)], 0).await
    }

    /// The first person's; of a hundred attestations, so many are looked at by chance.
    pub(super) async fn with(people: Vec<Person>, sample_percent: u32) -> Self {
        let npi = people[0].npi();
        let desk = Desk::open().await;
        desk.with(people).await;
        let chosen = Policy {
            version: 2,
            sample_percent,
            ..Policy::default()
        };
        let txn = desk.app.store.begin().await.unwrap();
        let seq = txn.next_seq();
        policy::set(&txn, &chosen, desk.clock.now(), seq)
            .await
            .unwrap();
        let event = NewEvent::by_system("test.policy", "policy", desk.clock.now());
        log::append(&txn, event).await.unwrap();
        txn.commit().await.unwrap();
        desk.app.refresh().await.unwrap();
        let mut scene = Self {
            npi,
            ada: desk.hand_of("Ada", &[Role::Provider], &[npi]),
            delegate: desk.hand_of("Dan", &[Role::ProviderDelegate], &[npi]),
            verifier: desk.hand("Vera", &[Role::Verifier]),
            compliance: desk.hand("Cora", &[Role::Compliance]),
            location: String::new(),
            license: String::new(),
            desk,
        };
        let shown = scene.public("locations { id } licenses { id }").await;
        scene.location = text(&shown["locations"][0]["id"]);
        scene.license = text(&shown["licenses"][0]["id"]);
        scene
    }

    /// What anybody reads of the person.
    pub(super) async fn public(&self, fields: &str) -> Value {
        let query = format!("query($npi: NPI!) {{ provider(npi: $npi) {{ {fields} }} }}");
        let mut data = self
            .desk
            .anybody()
            .ask(&query, json!({ "npi": self.npi.to_string() }))
            .await;
        data["provider"].take()
    }

    /// The outcome of STERILITY at the person's first place.
    pub(super) async fn sterility(&self, on: Option<&str>) -> String {
        let query = "query($npi: NPI!, $on: Date) { whyNotShown(npi: $npi, on: $on) \
                     { reasons { code outcome } } }";
        let data = self
            .desk
            .anybody()
            .ask(query, json!({ "npi": self.npi.to_string(), "on": on }))
            .await;
        let reasons = data["whyNotShown"][0]["reasons"]
            .as_array()
            .unwrap()
            .clone();
        let found = reasons.iter().find(|reason| reason["code"] == "STERILITY");
        text(&found.unwrap()["outcome"])
    }

    /// A draft's input with one good product, to be spoiled.
    #[expect(clippy::needless_pass_by_value, reason = "made in place")]
    pub(super) fn draft(&self, products: Value) -> Value {
        json!({
            "npi": self.npi.to_string(),
            "locationIds": [self.location],
            "products": products,
            "idempotencyKey": key(),
        })
    }

    pub(super) async fn drafted(&self, products: Value) -> Value {
        let mut payload = self
            .ada
            .does("draftAttestation", self.draft(products), SHOWN)
            .await;
        payload["attestation"].take()
    }

    /// What signing a draft answers.
    pub(super) fn signing(&self, draft: &Value) -> Value {
        let answers: Vec<_> = (1..=8)
            .map(|nth| json!({ "statement": format!("S{nth}"), "answer": true }))
            .collect();
        json!({
            "attestationId": draft["id"],
            "expectedVersion": draft["version"],
            "payloadSha256": draft["payloadSha256"],
            "answers": answers,
            "printedName": "Ada Needham",
            "licenseId": self.license,
            "idempotencyKey": key(),
        })
    }

    pub(super) async fn signed(&self, products: Value) -> Value {
        let draft = self.drafted(products).await;
        let mut payload = self
            .ada
            .does("signAttestation", self.signing(&draft), SHOWN)
            .await;
        payload["attestation"].take()
    }

    /// A photograph of a label among the person's evidence, handed in by somebody.
    pub(super) async fn photograph(&self, by: i64) -> String {
        // Hands of a desk have numbers and no accounts; a file names one that is there.
        self.desk
            .app
            .store
            .connection()
            .execute_unprepared(&format!(
                "INSERT INTO account (id, name, created_at, row_version) \
                 VALUES ({by}, 'account {by}', '2026-11-21T09:00:00+00:00', 1) \
                 ON CONFLICT (id) DO NOTHING"
            ))
            .await
            .unwrap();
        let txn = self.desk.app.store.begin().await.unwrap();
        let id = evidence::insert(
            &txn,
            NewEvidence {
                provider: self.npi,
                kind: EvidenceKind::LabelPhoto,
                sha256: domain::evidence::Sha256::new([u8::try_from(by).unwrap(); 32]),
                bytes: 9,
                media_type: MediaType::Png,
                file_name: None,
                uploaded_by: Some(AccountId(by)),
                uploaded_at: self.desk.clock.now(),
            },
        )
        .await
        .unwrap();
        let event = NewEvent::by_system("test.evidence", "evidence", self.desk.clock.now());
        log::append(&txn, event).await.unwrap();
        txn.commit().await.unwrap();
        format!("evidence_{}", id.0)
    }

    /// A reviewer's word.
    pub(super) fn reviewing(attestation: &Value, accept: bool, evidence: &[String]) -> Value {
        json!({
            "attestationId": attestation["id"],
            "expectedVersion": attestation["version"],
            "accept": accept,
            "evidenceIds": evidence,
            "idempotencyKey": key(),
        })
    }

    /// A recall file taken over now.
    pub(super) async fn recall(&self, rows: &str, dry_run: bool) -> Report {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("recalls.csv");
        let header = "device_identifier,lot,source,recalled_on,reference_url";
        std::fs::write(&file, format!("{header}\n{rows}\n")).unwrap();
        let options = Options {
            max_rejected: 0.0,
            dry_run,
        };
        let store = &self.desk.app.store;
        let now = self.desk.clock.now();
        let report = recalls::run(store, now, &file, options, std::sync::Arc::default())
            .await
            .unwrap();
        self.desk.app.refresh().await.unwrap();
        report
    }

    /// The person has an address, and every notice that waits is sent.
    pub(super) async fn notices_leave(&self) {
        let store = &self.desk.app.store;
        if addresses(store.connection(), &[Addressee::Entry(self.npi)])
            .await
            .unwrap()[0]
            .is_empty()
        {
            reachable(store, self.npi, 901).await;
        }
        let folder = tempfile::tempdir().unwrap();
        let outbox = Outbox::folder(folder.path(), "dry@example.org").unwrap();
        let sent = deliver(&self.desk.app, &outbox).await.unwrap();
        assert!(sent.sent > 0 && sent.failed == 0, "{sent:?}");
    }

    /// Some fields of an attestation, as its provider reads them.
    pub(super) async fn fields(&self, id: &Value, fields: &str) -> Value {
        let query = format!("query($id: ID!) {{ attestation(id: $id) {{ {fields} }} }}");
        let mut data = self.ada.ask(&query, json!({ "id": id })).await;
        data["attestation"].take()
    }

    pub(super) async fn read(&self, id: &Value) -> Value {
        let query = format!(
            "query($id: ID!) {{ {} }}",
            SHOWN.replacen("attestation", "attestation(id: $id)", 1)
        );
        let mut data = self.ada.ask(&query, json!({ "id": id })).await;
        data["attestation"].take()
    }

    /// The instant, as the API spells it.
    pub(super) fn now(&self) -> Value {
        let now = self.desk.clock.now();
        json!(now.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true))
    }

    pub(super) fn days_pass(&self, days: i64) {
        self.desk.advance(TimeDelta::days(days));
    }
}

/// A needle in every way good.
pub(super) fn needle() -> Value {
    json!({
        "brand": "Filum",
        "labelerName": "Filum Works",
        "deviceIdentifier": DI,
        "productCode": "MQX",
        "fdaPathway": "EXEMPT_510K",
        "singleUse": true,
        "needleKind": "FILIFORM_SOLID",
        "diameter": "0.30 mm",
        "length": "40 mm",
        "sterileAsPackaged": true,
        "needsSterilizationBeforeUse": false,
        "source": "LABEL",
        "lots": [{ "lot": "LOT1", "expiresOn": "2028-11-30" }],
    })
}

/// The same with some fields changed.
#[expect(clippy::needless_pass_by_value, reason = "made in place")]
pub(super) fn needle_with(changed: Value) -> Value {
    let mut needle = needle();
    for (field, value) in changed.as_object().unwrap() {
        needle[field] = value.clone();
    }
    needle
}

pub(super) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value}"))
        .to_owned()
}

/// The codes of the findings of an attestation.
pub(super) fn findings(attestation: &Value) -> Vec<String> {
    let found = attestation["findings"].as_array().unwrap();
    found.iter().map(|finding| text(&finding["code"])).collect()
}
