use async_graphql::{Context, ID, Object};
use domain::evidence::EvidenceId;

use crate::graphql::acting::acting;
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::Evidence;
use crate::graphql::scalar::Npi;
use crate::service;

#[derive(Default)]
pub(super) struct EvidenceQuery;

#[Object]
impl EvidenceQuery {
    /// What is known of a file that proves a claim, a purged one too. Not public; what is not one's own
    /// answers like what is not there. Files are handed in at `POST /evidence`.
    async fn evidence(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, like evidence_7.")] id: ID,
    ) -> Result<Option<Evidence>, Fault> {
        let (app, who) = acting(ctx)?;
        let id = EvidenceId(row_id("evidence", "id", &id)?);
        Ok(Some(Evidence(
            service::evidence::by_id(app, who, id).await?,
        )))
    }

    /// What is known of all files of a person, purged ones too, the latest first. Not public.
    async fn evidence_of(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose.")] npi: Npi,
    ) -> Result<Option<Vec<Evidence>>, Fault> {
        let (app, who) = acting(ctx)?;
        let found = service::evidence::of_provider(app, who, npi.0).await?;
        Ok(Some(found.into_iter().map(Evidence).collect()))
    }
}
