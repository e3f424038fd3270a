//! Links by which a password is set, once; by the hash of their token.

use chrono::{DateTime, Utc};
use domain::access::AccountId;
use entity::one_time_link;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::Account;
use crate::store::{StoreError, WriteTxn, row};

/// A link as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// SHA-256 of its token, in hexadecimal.
    pub sha256: Box<str>,
    /// Whose password it sets.
    pub account: AccountId,
    /// Is it the account's first?
    pub is_first: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// Until when it may be used.
    pub expires_at: DateTime<Utc>,
    /// From then on it may not.
    pub used_at: Option<DateTime<Utc>>,
}

/// The link of a token's hash with its account, if it may still be used.
pub async fn good(
    db: &impl ConnectionTrait,
    sha256: &str,
    now: DateTime<Utc>,
) -> Result<Option<(Account, Link)>, StoreError> {
    let found = find(db, sha256).await?;
    let Some(link) = found.filter(|link| link.used_at.is_none() && link.expires_at > now) else {
        return Ok(None);
    };
    let account = super::by_id(db, link.account).await?;
    Ok(account
        .filter(Account::is_active)
        .map(|account| (account, link)))
}

async fn find(db: &impl ConnectionTrait, sha256: &str) -> Result<Option<Link>, StoreError> {
    let select = one_time_link::Entity::find().filter(one_time_link::Column::Sha256.eq(sha256));
    let found = row::read(db, select).await?.pop();
    Ok(found.map(|row| Link {
        sha256: row.sha256.into(),
        account: AccountId(row.account_id),
        is_first: row.purpose == "ACTIVATE",
        created_at: row.created_at,
        expires_at: row.expires_at,
        used_at: row.used_at,
    }))
}

/// Puts a link on file.
pub async fn insert(txn: &WriteTxn, new: &Link) -> Result<(), StoreError> {
    let written = one_time_link::Model {
        sha256: new.sha256.to_string(),
        account_id: new.account.0,
        purpose: if new.is_first { "ACTIVATE" } else { "RESET" }.to_owned(),
        created_at: row::instant(new.created_at),
        expires_at: row::instant(new.expires_at),
        used_at: None,
    };
    row::insert::<one_time_link::Entity>(txn.db(), vec![written]).await
}

/// Uses up every link of an account: the one that was redeemed, and what was sent before or beside it.
pub async fn use_up_all(
    txn: &WriteTxn,
    account: AccountId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    one_time_link::Entity::update_many()
        .col_expr(one_time_link::Column::UsedAt, row::instant(at).into())
        .filter(one_time_link::Column::AccountId.eq(account.0))
        .filter(one_time_link::Column::UsedAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}
