use async_graphql::{Context, Object};
use domain::access::{AccountId, Act};

use crate::graphql::acting::reading_as;
use crate::graphql::connection::{AccountConnection, RowCursor, page_size};
use crate::graphql::error::Fault;
use crate::graphql::object::Account;
use crate::service::account::manage;

#[derive(Default)]
pub(super) struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Accounts, oldest first. Not public; who reads them is logged.
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "The cursor after which to go on.")] after: Option<String>,
    ) -> Result<AccountConnection, Fault> {
        let (app, who, _) = reading_as(ctx, Act::ReadAccounts)?;
        let size = page_size(first)?;
        let after = RowCursor::read(after.as_deref())?;
        let after_id = after.map(|cursor| AccountId(cursor.0));
        let found = manage::page_for(app, who, after_id, size).await?;
        Ok(AccountConnection::of(
            found,
            after.is_some(),
            size,
            |(account, _)| RowCursor(account.id.0),
            |(account, keys)| Account(account, keys),
        ))
    }
}
