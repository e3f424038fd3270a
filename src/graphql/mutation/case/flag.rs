//! What somebody says of a case beside its steps.

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;

use super::{CasePayload, case_order, show_case, words};
use crate::graphql::acting::{acting, order};
use crate::graphql::error::Fault;
use crate::service;

/// A case that somebody is too near to.
#[derive(InputObject)]
pub struct DeclareConflictInput {
    /// Which.
    case_id: ID,
    /// Why, in words.
    reason_text: Option<String>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A case that may be a fraud.
#[derive(InputObject)]
pub struct FlagFraudInput {
    /// Which.
    case_id: ID,
    /// What speaks for it, in words; needed.
    reason_text: Option<String>,
    /// The case's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

#[derive(Default)]
pub(in crate::graphql::mutation) struct FlagMutation;

#[Object]
impl FlagMutation {
    /// Say that you are too near to a case, before you take it up or decide it: from then on you have no
    /// part in it.
    async fn declare_conflict(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: DeclareConflictInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::DeclareConflict, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let text = words("reasonText", input.reason_text.as_deref())?;
        let done = service::case::declare_conflict(app, who, &order, case, text).await;
        show_case!(ctx, app, done)
    }

    /// Say that a claim may be a fraud. The suspicion outlives a withdrawal; its person does not read it.
    async fn flag_fraud(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: FlagFraudInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::FlagFraud, &input, &input.idempotency_key)?;
        let case = case_order(&input.case_id, input.expected_version)?;
        let text = words("reasonText", input.reason_text.as_deref())?;
        let done = service::case::flag_fraud(app, who, &order, case, text).await;
        show_case!(ctx, app, done)
    }
}
