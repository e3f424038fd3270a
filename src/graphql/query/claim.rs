use async_graphql::{Context, Object};
use domain::access::Act;

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

#[derive(Default)]
pub(super) struct ClaimQuery;

#[Object]
impl ClaimQuery {
    /// Claims to entries, oldest first. Not public.
    async fn claims(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which state; all when absent.")] state: Option<ClaimState>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<ClaimConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadClaims)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let from = after.map(|cursor| ClaimId(cursor.0));
        let found = service::entry::claim::page(app, state.map(Into::into), from, size).await?;
        let cursor = |claim: &service::entry::claim::Claim| RowCursor(claim.id.0);
        Ok(ClaimConnection::of(
            found,
            after.is_some(),
            size,
            cursor,
            Claim,
        ))
    }

    /// Requests that entries go, oldest first. Not public.
    async fn removals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which state; all when absent.")] state: Option<RemovalState>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<RemovalConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadRemovals)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let from = after.map(|cursor| RemovalId(cursor.0));
        let found = service::entry::removal::page(app, state.map(Into::into), from, size).await?;
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
