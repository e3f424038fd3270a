//! What is done to a credential beside its cases.

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;
use domain::case::Purpose;

use super::{
    CasePayload, CredentialPayload, credential_order, evidence_numbers, show_case, show_credential,
    words,
};
use crate::graphql::acting::{acting, order, settled};
use crate::graphql::codes::{ReasonCode, SuspensionKind};
use crate::graphql::error::Fault;
use crate::graphql::object::Proposal;
use crate::graphql::payload::payload;
use crate::service;
use crate::service::case::Reason;

/// A credential that is taken out of force for now.
#[derive(InputObject)]
pub struct SuspendCredentialInput {
    /// Which.
    credential_id: ID,
    /// Of what kind the suspension is.
    kind: SuspensionKind,
    /// Why, as a code: needed.
    reason_code: Option<ReasonCode>,
    /// Why, in words; needed without files.
    reason_text: Option<String>,
    /// The ids of the files that show why, uploaded before.
    evidence_ids: Option<Vec<ID>>,
    /// The credential's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A suspended credential that is to be put back in force.
#[derive(InputObject)]
pub struct ReinstateCredentialInput {
    /// Which.
    credential_id: ID,
    /// The credential's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A credential that its holder takes back.
#[derive(InputObject)]
pub struct WithdrawCredentialInput {
    /// Which.
    credential_id: ID,
    /// The credential's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

/// A record that never was.
#[derive(InputObject)]
pub struct MarkEnteredInErrorInput {
    /// Which credential.
    credential_id: ID,
    /// Why, as a code: needed.
    reason_code: Option<ReasonCode>,
    /// Why, in words.
    reason_text: Option<String>,
    /// The credential's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of saying that a record never was.
    MarkEnteredInErrorPayload {
        /// The proposal: somebody else confirms it.
        proposal: Proposal,
    }
}

#[derive(Default)]
pub(in crate::graphql::mutation) struct CredentialMutation;

#[Object]
impl CredentialMutation {
    /// Take a credential out of force for now: by one person of compliance, at once.
    async fn suspend_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: SuspendCredentialInput,
    ) -> Result<CredentialPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::SuspendCredential, &input, &input.idempotency_key)?;
        let credential = credential_order(&input.credential_id, input.expected_version)?;
        let reason = Reason {
            code: input.reason_code.map(Into::into),
            text: words("reasonText", input.reason_text.as_deref())?,
        };
        let evidence = evidence_numbers(input.evidence_ids.as_deref().unwrap_or_default())?;
        let kind = input.kind.into();
        let done =
            service::case::suspend(app, who, &order, credential, kind, reason, &evidence).await;
        show_credential!(ctx, app, done)
    }

    /// Ask that a suspension be lifted: opens a case of the purpose REINSTATEMENT, which its holder
    /// submits and two other people decide. Nobody reinstates alone.
    async fn reinstate_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: ReinstateCredentialInput,
    ) -> Result<CasePayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ReinstateCredential, &input, &input.idempotency_key)?;
        let credential = credential_order(&input.credential_id, input.expected_version)?;
        let opening = service::case::Opening {
            credential: credential.id,
            expected_version: credential.expected_version,
            purpose: Purpose::Reinstatement,
            reopens: None,
        };
        let done = service::case::reinstate(app, who, &order, opening).await;
        show_case!(ctx, app, done)
    }

    /// Take a credential back. Its public entry disappears; its history stays.
    async fn withdraw_credential(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] input: WithdrawCredentialInput,
    ) -> Result<CredentialPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::WithdrawCredential, &input, &input.idempotency_key)?;
        let credential = credential_order(&input.credential_id, input.expected_version)?;
        let done = service::case::withdraw_credential(app, who, &order, credential).await;
        show_credential!(ctx, app, done)
    }

    /// Say that a record never was: of somebody else, or there twice. It takes effect when another
    /// person confirms the proposal.
    async fn mark_entered_in_error(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and why.")] input: MarkEnteredInErrorInput,
    ) -> Result<MarkEnteredInErrorPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::MarkEnteredInError, &input, &input.idempotency_key)?;
        let credential = credential_order(&input.credential_id, input.expected_version)?;
        let reason = Reason {
            code: input.reason_code.map(Into::into),
            text: words("reasonText", input.reason_text.as_deref())?,
        };
        let done = service::case::propose_in_error(app, who, &order, credential, reason).await;
        match settled(ctx, done)? {
            Ok(id) => Ok(MarkEnteredInErrorPayload {
                proposal: service::proposal::find(app, id).await?.map(Proposal),
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(MarkEnteredInErrorPayload::refused(errors)),
        }
    }
}
