use async_graphql::{Context, Object};
use domain::access::Act;

use crate::graphql::acting::reading_as;
use crate::graphql::codes::{MatchState, MatchTier};
use crate::graphql::connection::{
    ExclusionMatchConnection, RowCursor, ScreeningRunConnection, page_size,
};
use crate::graphql::error::Fault;
use crate::graphql::object::{ExclusionMatch, ScreeningCoverage, ScreeningRun};
use crate::graphql::scalar::Npi;
use crate::service::screening::{Filter, MatchId, RunId, read};

#[derive(Default)]
pub(super) struct ScreeningQuery;

#[Object]
impl ScreeningQuery {
    /// Rows of lists of excluded people that may be somebody on file, oldest first. Not public; who reads them
    /// is logged.
    async fn exclusion_matches(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As they stand now; all when absent.")] state: Option<MatchState>,
        #[graphql(desc = "How strong; all when absent.")] tier: Option<MatchTier>,
        #[graphql(desc = "Whose; everybody's when absent.")] provider: Option<Npi>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<ExclusionMatchConnection, Fault> {
        let (app, who, _) = reading_as(ctx, Act::ReadExclusionMatches)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let filter = Filter {
            state: state.map(Into::into),
            tier: tier.map(Into::into),
            npi: provider.map(|npi| npi.0),
        };
        let after_id = after.map(|cursor| MatchId(cursor.0));
        let found = read::matches(app, who, filter, after_id, size).await?;
        let listed = read::still_listed(app, &found).await?;
        Ok(ExclusionMatchConnection::of(
            found,
            after.is_some(),
            size,
            |found| RowCursor(found.id.0),
            |found| ExclusionMatch {
                is_listed: found
                    .facts
                    .row_fingerprint
                    .as_deref()
                    .is_some_and(|fingerprint| listed.contains(fingerprint)),
                found,
            },
        ))
    }

    /// When everybody was held against which list, the latest first. Not public.
    async fn screening_runs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<ScreeningRunConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadScreeningRuns)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let found = read::runs(app, after.map(|cursor| RunId(cursor.0)), size).await?;
        Ok(ScreeningRunConnection::of(
            found,
            after.is_some(),
            size,
            |run| RowCursor(run.id.0),
            ScreeningRun,
        ))
    }

    /// How much of the list in force can be matched, how old it is, and how long ago people were
    /// screened. Not public.
    async fn screening_coverage(&self, ctx: &Context<'_>) -> Result<ScreeningCoverage, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadScreeningCoverage)?;
        Ok(ScreeningCoverage(read::coverage(app).await?))
    }
}
