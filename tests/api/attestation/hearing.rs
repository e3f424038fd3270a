//! Decisions against an attestation, and the cases about them.

use domain::access::Role;
use serde_json::{Value, json};

use super::scene::{SHOWN, Scene, needle};
use crate::cases::bench::{CASE, Standing, a_check};
use crate::support::desk::{Hand, key};

/// What is read of an attestation that was decided about.
pub(super) const DECIDED: &str = "id version state reasonCode noticeSentAt appealUntil appealed \
     decidedByCaseId overturnedByCaseId caseIds validUntil assurance signature { payloadSha256 }";

impl Scene {
    /// Signed, looked at and refused.
    pub(super) async fn refused(&self) -> Value {
        let signed = self.signed(json!([needle()])).await;
        assert_eq!(signed["state"], "UNDER_REVIEW", "{signed}");
        let photo = self.photograph(90).await;
        let mut review = Self::reviewing(&signed, false, &[photo]);
        review["reasonCode"] = json!("DOC_ILLEGIBLE");
        self.verifier.does("reviewAttestation", review, "").await;
        self.fields(&signed["id"], DECIDED).await
    }

    /// Signed, in force, and taken out of it by compliance.
    pub(super) async fn invalidated(&self, reason: &str) -> Value {
        let signed = self.signed(json!([needle()])).await;
        assert_eq!(signed["state"], "ACCEPTED", "{signed}");
        let input = json!({
            "attestationId": signed["id"],
            "expectedVersion": signed["version"],
            "reasonCode": reason,
        });
        self.compliance
            .does("invalidateAttestation", input, SHOWN)
            .await;
        self.fields(&signed["id"], DECIDED).await
    }

    pub(super) fn officer(&self, name: &str) -> Hand {
        self.desk.hand(name, &[Role::Appeals])
    }

    /// An appeal goes through two officers, to a decision.
    pub(super) async fn heard(&self, appeal: &Standing, overturns: bool) -> Standing {
        let reviewed = self
            .reviewed(&self.officer("Apollo One"), appeal, overturns)
            .await;
        let mut input = reviewed.signed("APPEAL_DECISION", "Apollo Two");
        let second = self.officer("Apollo Two");
        let decided = if overturns {
            second.does("approveCase", input, CASE).await
        } else {
            input["reasonCode"] = json!("OTHER");
            second.does("rejectCase", input, CASE).await
        };
        Standing::of(&decided)
    }

    /// A case about an attestation is held, checked and recommended upon.
    pub(super) async fn reviewed(&self, by: &Hand, case: &Standing, approves: bool) -> Standing {
        let held = Standing::of(&by.does("claimCase", case.order(), CASE).await);
        let today = self.desk.clock.now().date_naive().to_string();
        let outcome = if approves { "MATCH" } else { "MISMATCH" };
        let mut check = a_check(&held, "attestation", &today, outcome);
        if !approves {
            check["mismatches"] = json!(["TITLE"]);
        }
        let held = Standing::of(&by.does("recordCheck", check, CASE).await);
        let mut input = held.order();
        input["recommendation"] = json!(if approves { "APPROVE" } else { "REJECT" });
        input["reasonCode"] = json!("OTHER");
        Standing::of(&by.does("recommendCase", input, CASE).await)
    }
}

/// An appeal against what was decided about an attestation.
pub(super) fn appealing(attestation: &Value) -> Value {
    json!({
        "attestationId": attestation["id"],
        "expectedVersion": attestation["version"],
        "reasonText": "the photograph was of another box",
        "idempotencyKey": key(),
        "signature": {
            "printedName": "Ada Needham",
            "meaning": "AUTHORSHIP",
            "contentSha256": attestation["signature"]["payloadSha256"],
        },
    })
}
