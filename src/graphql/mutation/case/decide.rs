//! What an approver does, and on appeal the second of two officers.

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;

use super::{CasePayload, SignatureInput, case_order, show_case, words};
use crate::graphql::acting::{acting, order};
use crate::graphql::codes::ReasonCode;
use crate::graphql::error::Fault;
use crate::service;
use crate::service::case::Reason;

/// A decision for.
#[derive(InputObject)]
pub struct ApproveCaseInput {
    /// Which case.
    case_id: ID,
    /// The signature over the content that was read; its meaning is APPROVAL, and of an appeal
    /// `APPEAL_DECISION`.
    signature: SignatureInput,
    /// Why, as a code.
    reason_code: Option<ReasonCode>,
    /// Why, in words.
    reason_text: Option<String>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A decision against.
#[derive(InputObject)]
pub struct RejectCaseInput {
    /// Which case.
    case_id: ID,
    /// The signature over the content that was read; its meaning is REJECTION, and of an appeal
    /// `APPEAL_DECISION`.
    signature: SignatureInput,
    /// Why, as a code: needed.
    reason_code: Option<ReasonCode>,
    /// Why, in words.
    reason_text: Option<String>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A case that is sent back to its verifier.
#[derive(InputObject)]
pub struct ReturnCaseInput {
    /// Which case.
    case_id: ID,
    /// Why, as a code: needed.
    reason_code: Option<ReasonCode>,
    /// Why, in words.
    reason_text: Option<String>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

#[derive(Default)]
pub(in crate::graphql::mutation) struct DecideMutation;

#[Object]
impl DecideMutation {
    /// Decide for. Every proof is judged anew for its age, and the credential's standing follows at
    /// once.
    async fn approve_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, with what signature.")] input: ApproveCaseInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ApproveCase, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let signed = input.signature.read()?;
        let reason = reason(input.reason_code, input.reason_text.as_deref())?;
        let done = service::case::approve(app, who, &order, case, signed, reason).await;
        show_case!(ctx, app, done)
    }

    /// Decide against, for a reason.
    async fn reject_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: RejectCaseInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::RejectCase, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let signed = input.signature.read()?;
        let reason = reason(input.reason_code, input.reason_text.as_deref())?;
        let done = service::case::reject(app, who, &order, case, signed, reason).await;
        show_case!(ctx, app, done)
    }

    /// Send a case back to the verifier who recommended, for a reason.
    async fn return_case(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: ReturnCaseInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ReturnCase, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let reason = reason(input.reason_code, input.reason_text.as_deref())?;
        let done = service::case::send_back(app, who, &order, case, reason).await;
        show_case!(ctx, app, done)
    }
}

fn reason(code: Option<ReasonCode>, text: Option<&str>) -> Result<Reason, Fault> {
    Ok(Reason {
        code: code.map(Into::into),
        text: words("reasonText", text)?,
    })
}
