//! What ends, what we have to do, what people were told, and whom we trust: all of it not public.

use async_graphql::{Context, Object};
use domain::access::Act;

use crate::graphql::acting::reading_as;
use crate::graphql::codes::{NoticeKind, TaskKind};
use crate::graphql::connection::{
    ExpiringConnection, IssuerConnection, NoticeConnection, RowCursor, TaskConnection, page_size,
};
use crate::graphql::error::Fault;
use crate::graphql::object::{AdminIssuer, Notice, Task};
use crate::graphql::scalar::Npi;
use crate::service;
use crate::service::issuer::IssuerId;
use crate::service::notice::NoticeId;
use crate::service::task::TaskId;

/// The furthest that anybody looks ahead.
const MAX_DAYS: i32 = 1_100;

#[derive(Default)]
pub(super) struct ChoresQuery;

#[Object]
impl ChoresQuery {
    /// What ends or has to be done within so many days, or was due within the last 42 days and was not
    /// made good: credentials, verifications, licences and their checks, attestations and lots,
    /// confirmations of places, screenings, reviews of suspensions, notices that were not sent in
    /// time, and the claims, requests and reports about entries that wait for one of us. What is due first is first. Not public.
    async fn expiring(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In how many days, from 0 to 1100.")] within: i32,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<ExpiringConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadExpiring)?;
        let size = page_size(first)?;
        let days = u32::try_from(within)
            .ok()
            .filter(|_| within <= MAX_DAYS)
            .ok_or_else(|| {
                Fault::bad_input(
                    "within",
                    format!("within is between 0 and {MAX_DAYS} days, unlike {within}"),
                )
            })?;
        let page = service::expiring::page(app, days, after.as_deref(), size).await?;
        Ok(ExpiringConnection::of(page, after.is_some()))
    }

    /// What one of us has to settle, oldest first. Not public.
    async fn tasks(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only about this entry.")] npi: Option<Npi>,
        #[graphql(desc = "Only of this kind.")] kind: Option<TaskKind>,
        #[graphql(desc = "Those that are closed too.", default = false)] closed_too: bool,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<TaskConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadTasks)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let filter = service::task::Filter {
            npi: npi.map(|npi| npi.0),
            kind: kind.map(Into::into),
            closed_too,
        };
        let from = after.map(|cursor| TaskId(cursor.0));
        let found = service::task::page(app, &filter, from, size).await?;
        Ok(TaskConnection::of(
            found,
            after.is_some(),
            size,
            |task| RowCursor(task.id.0),
            Task,
        ))
    }

    /// What people were or are to be told, the latest first. Not public.
    async fn notices(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only to the people of this entry.")] npi: Option<Npi>,
        #[graphql(desc = "Only of this kind.")] kind: Option<NoticeKind>,
        #[graphql(desc = "Only those that were sent, or that were not.")] sent: Option<bool>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<NoticeConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadNotices)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let filter = service::notice::Filter {
            npi: npi.map(|npi| npi.0),
            kind: kind.map(Into::into),
            sent,
        };
        let today = app.clock.now().date_naive();
        let from = after.map(|cursor| NoticeId(cursor.0));
        let found = service::notice::page(app, &filter, from, size).await?;
        Ok(NoticeConnection::of(
            found,
            after.is_some(),
            size,
            |notice| RowCursor(notice.id.0),
            |it| Notice { it, today },
        ))
    }

    /// Issuers with their names in time and what was decided about their trust. Not public.
    async fn issuers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<IssuerConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadIssuers)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let from = after.map(|cursor| IssuerId(cursor.0));
        let found = service::issuer::page(app, from, size).await?;
        Ok(IssuerConnection::of(
            found,
            after.is_some(),
            size,
            |issuer| RowCursor(issuer.id.0),
            AdminIssuer,
        ))
    }
}
