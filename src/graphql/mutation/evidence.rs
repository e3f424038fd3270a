//! What becomes of files once they were handed in, which happens at `POST /evidence`.

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;
use domain::evidence::EvidenceId;

use crate::app::App;
use crate::graphql::acting::{acting, order, settled};
use crate::graphql::codes::PurgeReason;
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::Evidence;
use crate::graphql::payload::payload;
use crate::service;
use crate::service::evidence::Purge;

/// Which file is destroyed, and why.
#[derive(InputObject)]
pub struct PurgeEvidenceInput {
    /// Which file.
    evidence_id: ID,
    /// Why.
    reason: PurgeReason,
    /// Why, in words; they stay on record.
    reason_text: String,
    /// The file's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// Which file must not be destroyed, and why.
#[derive(InputObject)]
pub struct HoldEvidenceInput {
    /// Which file.
    evidence_id: ID,
    /// Why, in words: whose order it is.
    reason_text: String,
    /// The file's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// Which file may be destroyed again, and why.
#[derive(InputObject)]
pub struct ReleaseEvidenceInput {
    /// Which file.
    evidence_id: ID,
    /// Why, in words.
    reason_text: String,
    /// The file's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of destroying a file.
    PurgeEvidencePayload {
        /// What is left of it.
        evidence: Evidence,
    }
}

payload! {
    /// What came of putting a file on hold.
    HoldEvidencePayload {
        /// The file.
        evidence: Evidence,
    }
}

payload! {
    /// What came of lifting a hold.
    ReleaseEvidencePayload {
        /// The file.
        evidence: Evidence,
    }
}

#[derive(Default)]
pub(super) struct EvidenceMutation;

#[Object]
impl EvidenceMutation {
    /// Destroy the bytes of a file for good. A tombstone stays: what they were, when and why they went.
    /// Not of one on hold, nor of one in a case that has not been decided.
    async fn purge_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: PurgeEvidenceInput,
    ) -> Result<PurgeEvidencePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::PurgeEvidence, &input, &input.idempotency_key)?;
        let subject = subject(&input.evidence_id, input.expected_version)?;
        let why = Purge {
            reason: input.reason.into(),
            text: input.reason_text.into(),
        };
        let done = service::evidence::purge(app, who, &order, subject, why).await;
        match settled(ctx, done)? {
            Ok(id) => Ok(PurgeEvidencePayload {
                evidence: found(app, id).await?,
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(PurgeEvidencePayload::refused(errors)),
        }
    }

    /// Forbid that a file is destroyed: a court's order, an inspection.
    async fn hold_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: HoldEvidenceInput,
    ) -> Result<HoldEvidencePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::HoldEvidence, &input, &input.idempotency_key)?;
        let subject = subject(&input.evidence_id, input.expected_version)?;
        let done = service::evidence::hold(app, who, &order, subject, &input.reason_text).await;
        match settled(ctx, done)? {
            Ok(id) => Ok(HoldEvidencePayload {
                evidence: found(app, id).await?,
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(HoldEvidencePayload::refused(errors)),
        }
    }

    /// Allow again that a file is destroyed.
    async fn release_evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: ReleaseEvidenceInput,
    ) -> Result<ReleaseEvidencePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ReleaseEvidence, &input, &input.idempotency_key)?;
        let subject = subject(&input.evidence_id, input.expected_version)?;
        let done = service::evidence::release(app, who, &order, subject, &input.reason_text).await;
        match settled(ctx, done)? {
            Ok(id) => Ok(ReleaseEvidencePayload {
                evidence: found(app, id).await?,
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(ReleaseEvidencePayload::refused(errors)),
        }
    }
}

fn subject(id: &ID, expected_version: i32) -> Result<(EvidenceId, i64), Fault> {
    let id = row_id("evidence", "input.evidenceId", id)?;
    Ok((EvidenceId(id), i64::from(expected_version)))
}

async fn found(app: &App, id: EvidenceId) -> Result<Option<Evidence>, Fault> {
    Ok(service::evidence::find(app, id).await?.map(Evidence))
}
