use async_graphql::{Context, Object};
use domain::access::Act;

use crate::graphql::acting::reading_as;
use crate::graphql::codes::ProposalState;
use crate::graphql::connection::{ProposalConnection, RowCursor, page_size};
use crate::graphql::error::Fault;
use crate::graphql::object::Proposal;
use crate::service;
use crate::service::proposal::ProposalId;

#[derive(Default)]
pub(super) struct ProposalQuery;

#[Object]
impl ProposalQuery {
    /// Acts that need two people, oldest first. Not public.
    async fn proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which state; all when absent.")] state: Option<ProposalState>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<ProposalConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadProposals)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let found = service::proposal::page(
            app,
            state.map(Into::into),
            after.map(|cursor| ProposalId(cursor.0)),
            size,
        )
        .await?;
        Ok(ProposalConnection::of(
            found,
            after.is_some(),
            size,
            |proposal| RowCursor(proposal.id.0),
            Proposal,
        ))
    }
}
