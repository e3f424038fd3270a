use async_graphql::{Context, Object};
use domain::access::Act;

use crate::graphql::acting::reading_as;
use crate::graphql::connection::{AuditEventConnection, RowCursor, page_size};
use crate::graphql::error::Fault;
use crate::graphql::input::AuditEventFilter;
use crate::graphql::object::AuditEvent;
use crate::service::audit::{self, Event, Wanted};

#[derive(Default)]
pub(super) struct AuditQuery;

#[Object]
impl AuditQuery {
    /// Entries of the log, oldest first. Not public.
    async fn audit_events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which; all when absent.")] filter: Option<AuditEventFilter>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<AuditEventConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadAuditEvents)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let filter = filter.unwrap_or_default();
        let wanted = Wanted {
            entity_type: filter.entity_type,
            entity_id: filter.entity_id,
            actor_id: filter.actor_id,
            action: filter.action,
            from_seq: number("filter.fromSeq", filter.from_seq)?,
            to_seq: number("filter.toSeq", filter.to_seq)?,
        };
        let from = after.and_then(|cursor| u64::try_from(cursor.0).ok());
        let found = audit::page(app, &wanted, from, size).await?;
        let cursor = |event: &Event| RowCursor(i64::try_from(event.seq).unwrap_or(i64::MAX));
        Ok(AuditEventConnection::of(
            found,
            after.is_some(),
            size,
            cursor,
            AuditEvent,
        ))
    }
}

fn number(field: &str, given: Option<i32>) -> Result<Option<u64>, Fault> {
    let read = given.map(u64::try_from).transpose();
    read.map_err(|_| Fault::bad_input(field, "a number of the log is not negative"))
}
