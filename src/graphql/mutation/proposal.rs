//! Acts that need two people.

use async_graphql::{Context, Enum, ID, InputObject, Object};
use domain::access::Act;

use crate::graphql::acting::{acting, order, settled};
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::Proposal;
use crate::graphql::payload::payload;
use crate::service;

/// What a second person says of a proposal.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProposalDecision {
    /// Do it.
    Confirm,
    /// Do not.
    Decline,
    /// The proposer takes it back.
    Withdraw,
}

/// A second person's word on a proposal.
#[derive(InputObject)]
pub struct ConfirmActInput {
    /// Which proposal.
    proposal_id: ID,
    /// What is said of it.
    decision: ProposalDecision,
    /// Why; needed to decline.
    reason_text: Option<String>,
    /// The proposal's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of a second person's word.
    ConfirmActPayload {
        /// The proposal.
        proposal: Proposal,
    }
}

#[derive(Default)]
pub(super) struct ProposalMutation;

#[Object]
impl ProposalMutation {
    /// Confirm or decline an act that needs two people, or take back one's own proposal. What is
    /// confirmed is done at once.
    async fn confirm_act(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and what is said of it.")] input: ConfirmActInput,
    ) -> Result<ConfirmActPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ConfirmAct, &input, &input.idempotency_key)?;
        let id = row_id("proposal", "input.proposalId", &input.proposal_id)?;
        let decision = match input.decision {
            ProposalDecision::Confirm => service::proposal::Decision::Confirm,
            ProposalDecision::Decline => service::proposal::Decision::Decline,
            ProposalDecision::Withdraw => service::proposal::Decision::Withdraw,
        };
        let done = service::proposal::decide(
            app,
            who,
            &order,
            (
                service::proposal::ProposalId(id),
                i64::from(input.expected_version),
            ),
            decision,
            input.reason_text.as_deref(),
        )
        .await;
        match settled(ctx, done)? {
            Ok(id) => Ok(ConfirmActPayload {
                proposal: service::proposal::find(app, id).await?.map(Proposal),
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(ConfirmActPayload::refused(errors)),
        }
    }
}
