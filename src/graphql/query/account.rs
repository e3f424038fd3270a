use async_graphql::{Context, Object};
use domain::access::{AccountId, Act};

use crate::graphql::acting::reading_as;
use crate::graphql::connection::{AccountConnection, RowCursor, page_size};
use crate::graphql::error::Fault;
use crate::graphql::object::Account;
use crate::service::{Trouble, account::manage};

#[derive(Default)]
pub(super) struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Accounts, oldest first. Not public.
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<AccountConnection, Fault> {
        let (app, _, _) = reading_as(ctx, Act::ReadAccounts)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
        let found = manage::page(app, after.map(|cursor| AccountId(cursor.0)), limit);
        Ok(AccountConnection::of(
            found.await.map_err(Trouble::from)?,
            after.is_some(),
            size,
            |(account, _)| RowCursor(account.id.0),
            |(account, keys)| Account(account, keys),
        ))
    }
}
