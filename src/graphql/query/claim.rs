use async_graphql::{Context, Object};
use domain::access::{AccountId, Act, Reach};

use crate::app::App;
use crate::graphql::acting::{acting, reading_as};
use crate::graphql::codes::{ClaimState, RemovalState, ReportState};
use crate::graphql::connection::{
    ClaimConnection, MistakeReportConnection, RemovalConnection, RowCursor, page_size,
};
use crate::graphql::error::Fault;
use crate::graphql::object::{Claim, MistakeReport, Removal, ReportStatus};
use crate::service;
use crate::service::entry::claim::ClaimId;
use crate::service::entry::removal::RemovalId;
use crate::service::entry::report::ReportId;

/// The node, and whose are to be read: one account's, or anybody's.
fn whose<'a>(ctx: &Context<'a>, act: Act) -> Result<(&'a App, Option<AccountId>), Fault> {
    let (app, who, reach) = reading_as(ctx, act)?;
    Ok((app, who.account.filter(|_| reach == Reach::Own)))
}

#[derive(Default)]
pub(super) struct ClaimQuery;

#[Object]
impl ClaimQuery {
    /// Claims to entries, oldest first. Not public; whoever does not decide them sees their own.
    async fn claims(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which state; all when absent.")] state: Option<ClaimState>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<ClaimConnection, Fault> {
        let (app, by) = whose(ctx, Act::ReadClaims)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let from = after.map(|cursor| ClaimId(cursor.0));
        let found =
            service::entry::claim::page(app, (state.map(Into::into), by), from, size).await?;
        let cursor = |claim: &service::entry::claim::Claim| RowCursor(claim.id.0);
        Ok(ClaimConnection::of(
            found,
            after.is_some(),
            size,
            cursor,
            Claim,
        ))
    }

    /// Requests that entries go, oldest first. Not public; whoever does not decide them sees those that they
    /// made.
    async fn removals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which state; all when absent.")] state: Option<RemovalState>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<RemovalConnection, Fault> {
        let (app, by) = whose(ctx, Act::ReadRemovals)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let from = after.map(|cursor| RemovalId(cursor.0));
        let found =
            service::entry::removal::page(app, (state.map(Into::into), by), from, size).await?;
        let cursor = |removal: &service::entry::removal::Removal| RowCursor(removal.id.0);
        Ok(RemovalConnection::of(
            found,
            after.is_some(),
            size,
            cursor,
            Removal,
        ))
    }

    /// Reports of mistakes, oldest first. Not public.
    async fn reports(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which state; all when absent.")] state: Option<ReportState>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<MistakeReportConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadReports)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let from = after.map(|cursor| ReportId(cursor.0));
        let found = service::entry::report::page(app, state.map(Into::into), from, size).await?;
        let cursor = |report: &service::entry::report::Report| RowCursor(report.id.0);
        let wrap = MistakeReport;
        Ok(MistakeReportConnection::of(
            found,
            after.is_some(),
            size,
            cursor,
            wrap,
        ))
    }

    /// Where a report stands, by the reference that was given with it; null where there is none.
    async fn report(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The reference.")] reference: String,
    ) -> Result<Option<ReportStatus>, Fault> {
        let (app, _) = acting(ctx)?;
        let found = service::entry::report::by_reference(app, &reference).await?;
        Ok(found.map(ReportStatus))
    }
}
