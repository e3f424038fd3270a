//! Browsers that somebody has signed in with, by the hash of what their cookie holds.

use chrono::{DateTime, Utc};
use domain::access::AccountId;
use entity::session;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::store::{Store, StoreError, WriteTxn, row};

/// A session as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of its id, in hexadecimal.
    pub id_sha256: Box<str>,
    /// Whose.
    pub account: AccountId,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// To the minute: when it was last used.
    pub last_seen_at: DateTime<Utc>,
    /// When it ends however much it is used.
    pub expires_at: DateTime<Utc>,
    /// When a second factor was shown in it.
    pub second_factor_at: Option<DateTime<Utc>>,
}

/// The session of an id's hash, unless it was ended. Whether it is too old is for the caller to say.
pub async fn find(
    db: &impl ConnectionTrait,
    id_sha256: &str,
) -> Result<Option<Session>, StoreError> {
    let select = session::Entity::find()
        .filter(session::Column::IdSha256.eq(id_sha256))
        .filter(session::Column::EndedAt.is_null());
    let found = row::read(db, select).await?.pop();
    Ok(found.map(|row| Session {
        id_sha256: row.id_sha256.into(),
        account: AccountId(row.account_id),
        created_at: row.created_at,
        last_seen_at: row.last_seen_at,
        expires_at: row.expires_at,
        second_factor_at: row.second_factor_at,
    }))
}

/// Begins a session.
pub async fn insert(txn: &WriteTxn, new: &Session) -> Result<(), StoreError> {
    let written = session::Model {
        id_sha256: new.id_sha256.to_string(),
        account_id: new.account.0,
        created_at: row::instant(new.created_at),
        last_seen_at: row::instant(new.last_seen_at),
        expires_at: row::instant(new.expires_at),
        second_factor_at: new.second_factor_at.map(row::instant),
        ended_at: None,
    };
    row::insert::<session::Entity>(txn.db(), vec![written]).await
}

/// Ends a session.
pub async fn end(txn: &WriteTxn, id_sha256: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, row::instant(at).into())
        .filter(session::Column::IdSha256.eq(id_sha256))
        .filter(session::Column::EndedAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Ends every session of an account.
pub async fn end_all(
    txn: &WriteTxn,
    account: AccountId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    session::Entity::update_many()
        .col_expr(session::Column::EndedAt, row::instant(at).into())
        .filter(session::Column::AccountId.eq(account.0))
        .filter(session::Column::EndedAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Notes that a session was used. Working data: not in the log.
pub async fn touch(store: &Store, id_sha256: &str, at: DateTime<Utc>) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    session::Entity::update_many()
        .col_expr(session::Column::LastSeenAt, row::instant(at).into())
        .filter(session::Column::IdSha256.eq(id_sha256))
        .exec(txn.db())
        .await?;
    txn.commit_work().await
}

/// Forgets sessions that nobody can use any more. Working data: not in the log.
pub async fn forget_before(txn: &WriteTxn, at: DateTime<Utc>) -> Result<(), StoreError> {
    session::Entity::delete_many()
        .filter(session::Column::ExpiresAt.lt(row::instant(at)))
        .exec(txn.db())
        .await?;
    Ok(())
}
