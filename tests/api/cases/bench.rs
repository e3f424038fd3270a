//! A desk with a person who claims a training, and the people who verify it.

use std::sync::atomic::{AtomicU64, Ordering};

use domain::access::Role;
use domain::evidence::{EvidenceKind, MediaType, Sha256};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::taxonomy::Discipline;
use drypoint::store::Store;
use drypoint::store::evidence::{self, NewEvidence};
use drypoint::store::log::{self, NewEvent};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::support::desk::{Desk, Hand};
use crate::support::people::{DENVER, Person, a_provider};

/// What tests look at of a case.
pub(crate) const CASE: &str = "case { id version state contentSha256 credentialId dueAt checks { id outcome originalOutcome counts fieldPath contentVersion } }";

/// What tests look at of a credential.
pub(crate) const CREDENTIAL: &str =
    "credential { id version standing draft content { version sha256 hours { totalMinutes } } }";

/// A directory with one person in it, and everybody who has a part in their cases.
pub(crate) struct Bench {
    pub(crate) desk: Desk,
    pub(crate) npi: Npi,
    pub(crate) provider: Hand,
    pub(crate) delegate: Hand,
    pub(crate) verifier: Hand,
    pub(crate) approver: Hand,
    pub(crate) compliance: Hand,
    pub(crate) appeals: [Hand; 2],
}

/// A case as it stands, with what a signature under it names.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    pub(crate) id: String,
    pub(crate) version: i64,
    pub(crate) sha256: String,
    pub(crate) state: String,
    pub(crate) credential: String,
}

/// Somebody in Denver who is licensed and screened, and claims no training yet.
pub(crate) fn claimant(serial: u32) -> Person {
    a_provider(serial)
        .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
        .at(DENVER, Jurisdiction::Co)
        .with(|provider| provider.training.clear())
}

impl Bench {
    pub(crate) async fn open() -> Self {
        Self::of(Desk::open().await).await
    }

    pub(crate) async fn of(desk: Desk) -> Self {
        Self::about(desk, claimant(1)).await
    }

    /// With somebody else as the claimant.
    pub(crate) async fn about(desk: Desk, person: Person) -> Self {
        let npi = person.npi();
        desk.with([person]).await;
        Self {
            npi,
            provider: desk.hand_of("Ada Needham", &[Role::Provider], &[npi]),
            delegate: desk.hand_of("Dee Legate", &[Role::ProviderDelegate], &[npi]),
            verifier: desk.hand("Vera Fire", &[Role::Verifier]),
            approver: desk.hand("Abe Prover", &[Role::Approver]),
            compliance: desk.hand("Cora Pliance", &[Role::Compliance]),
            appeals: [
                desk.hand("Apollo One", &[Role::Appeals]),
                desk.hand("Apollo Two", &[Role::Appeals]),
            ],
            desk,
        }
    }

    /// A file of the person's, handed in by somebody. No two are alike.
    pub(crate) async fn file(&self, by: &Hand) -> String {
        static FILES: AtomicU64 = AtomicU64::new(1);
        let mut digest = [0; 32];
        digest[..8].copy_from_slice(&FILES.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        let store = &self.desk.app.store;
        on_file(store, by).await;
        let txn = store.begin().await.unwrap();
        let new = NewEvidence {
            provider: self.npi,
            kind: EvidenceKind::CertificateScan,
            sha256: Sha256::new(digest),
            bytes: 3,
            media_type: MediaType::Pdf,
            file_name: None,
            uploaded_by: by.who.account,
            uploaded_at: self.desk.clock.now(),
        };
        let id = evidence::insert(&txn, new).await.unwrap();
        let event = NewEvent::by_system("test.evidence", "evidence", self.desk.clock.now());
        log::append(&txn, event).await.unwrap();
        txn.commit().await.unwrap();
        format!("evidence_{}", id.0)
    }

    /// A training that is written down.
    pub(crate) async fn drafted(&self, content: Value) -> Value {
        self.drafted_as("DRY_NEEDLING_TRAINING", content).await
    }

    /// A credential of a kind that is written down.
    pub(crate) async fn drafted_as(&self, kind: &str, content: Value) -> Value {
        let input = json!({ "npi": self.npi.to_string(), "kind": kind, "content": content });
        let payload = self
            .provider
            .does("draftCredential", input, CREDENTIAL)
            .await;
        payload["credential"].clone()
    }

    /// A case about it, being written.
    pub(crate) async fn opened(&self, credential: &Value) -> Standing {
        self.opened_for(&self.provider, credential, "INITIAL").await
    }

    pub(crate) async fn opened_for(
        &self,
        by: &Hand,
        credential: &Value,
        purpose: &str,
    ) -> Standing {
        let input = json!({
            "credentialId": credential["id"], "purpose": purpose,
            "expectedVersion": credential["version"],
        });
        Standing::of(&by.does("openCase", input, CASE).await)
    }

    /// Put before a verifier, by whoever claims it.
    pub(crate) async fn submitted_by(&self, by: &Hand, case: &Standing) -> Standing {
        let file = self.file(by).await;
        let mut input = case.signed("AUTHORSHIP", "Ada Needham");
        input["evidenceIds"] = json!([file]);
        Standing::of(&by.does("submitCase", input, CASE).await)
    }

    pub(crate) async fn submitted(&self) -> Standing {
        let credential = self.drafted(a_training()).await;
        let case = self.opened(&credential).await;
        self.submitted_by(&self.provider, &case).await
    }

    pub(crate) async fn claimed(&self, case: &Standing) -> Standing {
        Standing::of(&self.verifier.does("claimCase", case.order(), CASE).await)
    }

    /// With a check of the whole against the issuer itself, as of a day.
    pub(crate) async fn checked(&self, case: &Standing, field: &str, as_of: &str) -> Standing {
        let payload = self
            .verifier
            .does("recordCheck", a_check(case, field, as_of, "MATCH"), CASE)
            .await;
        Standing::of(&payload)
    }

    pub(crate) async fn recommended(&self, case: &Standing) -> Standing {
        let mut input = case.order();
        input["recommendation"] = json!("APPROVE");
        Standing::of(&self.verifier.does("recommendCase", input, CASE).await)
    }

    /// A case that waits for a decision.
    pub(crate) async fn pending(&self) -> Standing {
        let case = self.submitted().await;
        self.through_review(&case).await
    }

    pub(crate) async fn through_review(&self, case: &Standing) -> Standing {
        let case = self.claimed(case).await;
        let today = self.desk.clock.now().date_naive().to_string();
        let case = self.checked(&case, "*", &today).await;
        self.recommended(&case).await
    }

    /// More is asked of the claimant.
    pub(crate) async fn asked(&self, case: &Standing) -> Standing {
        let mut input = case.order();
        input["items"] = json!(["the page with the hours"]);
        input["reasonCode"] = json!("DOC_ILLEGIBLE");
        Standing::of(&self.verifier.does("requestInfo", input, CASE).await)
    }

    /// The lists of excluded people were searched for everybody just now.
    pub(crate) async fn screened(&self) {
        let now = self.desk.clock.now();
        let sql = format!(
            "INSERT INTO provider_screening (provider_npi, ordinal, screened_at) VALUES ({}, {}, '{}')",
            self.npi,
            now.timestamp() % 1_000_000_000,
            now.to_rfc3339(),
        );
        let connection = self.desk.app.store.connection();
        connection.execute_unprepared(&sql).await.unwrap();
    }

    /// A credential of a kind that two people verified.
    pub(crate) async fn verified_as(&self, kind: &str, content: Value) -> Standing {
        let credential = self.drafted_as(kind, content).await;
        let case = self.opened(&credential).await;
        let case = self.submitted_by(&self.provider, &case).await;
        let case = self.through_review(&case).await;
        self.approved(&case).await
    }

    pub(crate) async fn approved(&self, case: &Standing) -> Standing {
        let input = case.signed("APPROVAL", "Abe Prover");
        Standing::of(&self.approver.does("approveCase", input, CASE).await)
    }

    /// A training that two people verified, as its holder sees it.
    pub(crate) async fn verified(&self) -> Value {
        let case = self.pending().await;
        let case = self.approved(&case).await;
        self.credential(&case.credential).await
    }

    pub(crate) async fn credential(&self, id: &str) -> Value {
        let query = "query($id: ID!, $on: Date) { credentialRecord(id: $id) { id version standing draft status(on: $on) standings { standing suspension reasonCode caseId psvAsOf assurance seq } content { version sha256 hours { totalMinutes } differences { field before after } } contents { version frozenAt } caseIds replacesId supersedesId overturnedByCaseId } }";
        let data = self.provider.ask(query, json!({ "id": id })).await;
        data["credentialRecord"].clone()
    }

    pub(crate) async fn case(&self, id: &str) -> Standing {
        let query = format!(
            "query($id: ID!) {{ {} }}",
            CASE.replacen("case", "case(id: $id)", 1)
        );
        Standing::of(&self.verifier.ask(&query, json!({ "id": id })).await)
    }

    /// Of whom the public sees which trainings, with their status.
    pub(crate) async fn public(&self) -> Value {
        let query = "query($npi: NPI!) { provider(npi: $npi) { training { id title status hours { totalMinutes } verifiedAt } } }";
        let npi = json!({ "npi": self.npi.to_string() });
        let data = self.desk.anybody().ask(query, npi).await;
        data["provider"]["training"].clone()
    }
}

impl Standing {
    pub(crate) fn of(payload: &Value) -> Self {
        let case = &payload["case"];
        let text = |name: &str| case[name].as_str().unwrap_or_default().to_owned();
        Self {
            id: text("id"),
            version: case["version"].as_i64().unwrap(),
            sha256: text("contentSha256"),
            state: text("state"),
            credential: text("credentialId"),
        }
    }

    /// The input of an act on it as it stands.
    pub(crate) fn order(&self) -> Value {
        json!({ "caseId": self.id, "expectedVersion": self.version })
    }

    /// The same with a signature over what was read.
    pub(crate) fn signed(&self, meaning: &str, name: &str) -> Value {
        let mut order = self.order();
        order["signature"] = json!({
            "printedName": name, "meaning": meaning, "contentSha256": self.sha256,
        });
        order
    }
}

/// The account of somebody, where there is none yet.
async fn on_file(store: &Store, hand: &Hand) {
    let account = hand.who.account.unwrap().0;
    let sql = format!(
        "INSERT INTO account (id, name, created_at, row_version)
         VALUES ({account}, 'account {account}', '2026-11-21T00:00:00+00:00', 1)
         ON CONFLICT (id) DO NOTHING"
    );
    store.connection().execute_unprepared(&sql).await.unwrap();
}

/// A check of a field against the issuer itself.
pub(crate) fn a_check(case: &Standing, field: &str, as_of: &str, outcome: &str) -> Value {
    let mut check = case.order();
    check["fieldPath"] = json!(field);
    check["sourceKind"] = json!("PRIMARY");
    check["method"] = json!("EMAIL_FROM_ISSUER");
    check["sourceName"] = json!("A school of examples");
    check["sourceAsOf"] = json!(as_of);
    check["outcome"] = json!(outcome);
    check
}

/// What a certificate of 27.5 hours in a room says.
pub(crate) fn a_training() -> Value {
    json!({
        "title": "Dry Needling 1", "holderName": "Ada Needham1",
        "issuer": { "name": "A school of examples" },
        "completedOn": "2026-05-03", "issuedOn": "2026-05-03",
        "training": {
            "courseCode": "DN-1", "startedOn": "2026-05-01",
            "hours": { "inPerson": { "hours": "27.5" } },
            "instructors": [{ "name": "Ina Structor", "license": "PTL.1" }],
            "approvals": [{ "body": "FSBPT", "number": "P-1", "from": "2025-01-01" }],
            "bodyRegions": ["SHOULDER"], "assessment": "PASSED_BOTH", "certificateNumber": "C-1",
        },
    })
}
