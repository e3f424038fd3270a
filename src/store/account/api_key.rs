//! Keys of apps and scripts, by their prefix; of the rest only a hash.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::AccountId;
use entity::api_key;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::{Store, StoreError, WriteTxn, row};

/// A key as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// In whose name it calls.
    pub account: AccountId,
    /// The part that may be seen.
    pub prefix: Box<str>,
    /// SHA-256 of the whole key, in hexadecimal.
    pub sha256: Box<str>,
    /// What it is for.
    pub name: Box<str>,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// To the minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// From then on it opens nothing.
    pub revoked_at: Option<DateTime<Utc>>,
    /// The last day on which it opens anything, in UTC; nothing where it has none.
    pub expires_on: Option<NaiveDate>,
}

impl ApiKey {
    /// Does it open anything at an instant, if its account is in use?
    pub fn is_good(&self, now: DateTime<Utc>) -> bool {
        self.revoked_at.is_none() && !self.has_expired(now)
    }

    /// Has its last day passed?
    pub fn has_expired(&self, now: DateTime<Utc>) -> bool {
        self.expires_on.is_some_and(|last| last < now.date_naive())
    }
}

/// The key of a prefix, revoked or not.
pub async fn find(db: &impl ConnectionTrait, prefix: &str) -> Result<Option<ApiKey>, StoreError> {
    let select = api_key::Entity::find().filter(api_key::Column::Prefix.eq(prefix));
    Ok(row::read(db, select).await?.pop().map(key))
}

/// Keys of accounts, oldest first.
pub async fn of_accounts(
    db: &impl ConnectionTrait,
    accounts: &[AccountId],
) -> Result<Vec<ApiKey>, StoreError> {
    let accounts = accounts.iter().map(|account| account.0);
    let select = api_key::Entity::find()
        .filter(api_key::Column::AccountId.is_in(accounts))
        .order_by_asc(api_key::Column::Id);
    Ok(row::read(db, select).await?.into_iter().map(key).collect())
}

/// Puts a key on file.
pub async fn insert(txn: &WriteTxn, new: &ApiKey) -> Result<(), StoreError> {
    let written = api_key::Model {
        id: txn.take_id(),
        account_id: new.account.0,
        prefix: new.prefix.to_string(),
        sha256: new.sha256.to_string(),
        name: new.name.to_string(),
        created_at: row::instant(new.created_at),
        last_used_at: new.last_used_at.map(row::instant),
        revoked_at: new.revoked_at.map(row::instant),
        expires_on: new.expires_on,
    };
    row::insert::<api_key::Entity>(txn.db(), vec![written]).await
}

/// Takes a key out of use.
pub async fn revoke(txn: &WriteTxn, prefix: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    api_key::Entity::update_many()
        .col_expr(api_key::Column::RevokedAt, row::instant(at).into())
        .filter(api_key::Column::Prefix.eq(prefix))
        .filter(api_key::Column::RevokedAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Notes that a key was used. Working data: not in the log.
pub async fn touch(store: &Store, prefix: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    api_key::Entity::update_many()
        .col_expr(api_key::Column::LastUsedAt, row::instant(at).into())
        .filter(api_key::Column::Prefix.eq(prefix))
        .exec(txn.db())
        .await?;
    txn.commit_work().await
}

fn key(row: api_key::Model) -> ApiKey {
    ApiKey {
        account: AccountId(row.account_id),
        prefix: row.prefix.into(),
        sha256: row.sha256.into(),
        name: row.name.into(),
        created_at: row.created_at,
        last_used_at: row.last_used_at,
        revoked_at: row.revoked_at,
        expires_on: row.expires_on,
    }
}
