//! Acts that need two people.

use async_graphql::{Context, Enum, ID, InputObject, Object, OneofObject};
use domain::access::{AccountId, Act};

use crate::graphql::acting::{acting, order, settled};
use crate::graphql::codes::Role;
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::Proposal;
use crate::graphql::payload::payload;
use crate::service;
use crate::service::account::manage::{RoleChange, propose_change_roles};

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

/// Other roles for an account.
#[derive(InputObject)]
pub struct ChangeRolesInput {
    /// Whose roles.
    account_id: ID,
    /// All that they shall hold from then on.
    roles: Vec<Role>,
    /// The account's version as it was read.
    expected_version: i32,
}

/// Credentials that are put back in force.
#[derive(InputObject)]
pub struct ReinstateInBulkInput {
    /// Which: suspended by an issuer's taint; at most 500. Those that no longer are stay as they are.
    credential_ids: Vec<ID>,
}

/// What is proposed: exactly one of these. The other acts that need two people have mutations of their
/// own: `markEnteredInError`, `adjudicateMatch`, `taintIssuer`, `liftTaint`.
#[derive(OneofObject)]
pub enum ProposedAct {
    /// Other roles for an account; an ADMIN proposes, another confirms.
    ChangeRoles(ChangeRolesInput),
    /// What a lifted taint had suspended is in force again; an APPROVER or COMPLIANCE officer proposes.
    ReinstateInBulk(ReinstateInBulkInput),
}

/// An act that needs two people.
#[derive(InputObject)]
pub struct ProposeActInput {
    /// What is proposed.
    act: ProposedAct,
    /// Why, in words.
    reason_text: String,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of proposing.
    ProposeActPayload {
        /// The proposal, which waits for a second person.
        proposal: Proposal,
    }
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
    /// Propose an act that needs two people. Nothing is done before another confirms it.
    async fn propose_act(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and why.")] input: ProposeActInput,
    ) -> Result<ProposeActPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::ProposeAct, &input, &input.idempotency_key)?;
        let reason = input.reason_text.as_str();
        let done = match &input.act {
            ProposedAct::ChangeRoles(change) => {
                let id = row_id(
                    "account",
                    "input.act.changeRoles.accountId",
                    &change.account_id,
                )?;
                let change = RoleChange {
                    account: AccountId(id),
                    roles: change.roles.iter().map(|role| (*role).into()).collect(),
                    expected_version: i64::from(change.expected_version),
                };
                propose_change_roles(app, who, &order, &change, reason).await
            }
            ProposedAct::ReinstateInBulk(bulk) => {
                const FIELD: &str = "input.act.reinstateInBulk.credentialIds";
                let ids = bulk.credential_ids.iter();
                let ids: Vec<_> = ids
                    .map(|id| super::credential_number(FIELD, id))
                    .collect::<Result<_, _>>()?;
                service::case::propose_in_bulk(app, who, &order, &ids, reason).await
            }
        };
        match settled(ctx, done)? {
            Ok(id) => Ok(ProposeActPayload {
                proposal: service::proposal::find(app, id).await?.map(Proposal),
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(ProposeActPayload::refused(errors)),
        }
    }

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
