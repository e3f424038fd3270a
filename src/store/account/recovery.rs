//! Recovery codes, by their hashes.

use chrono::{DateTime, Utc};
use domain::access::AccountId;
use entity::recovery_code;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::store::{StoreError, WriteTxn, row};

/// Puts codes on file in place of all that the account had.
pub async fn replace(
    txn: &WriteTxn,
    account: AccountId,
    hashes: &[String],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    forget(txn, account).await?;
    let rows = hashes.iter().map(|hash| recovery_code::Model {
        code_hash: hash.clone(),
        account_id: account.0,
        made_at: row::instant(at),
        used_at: None,
    });
    row::insert::<recovery_code::Entity>(txn.db(), rows.collect()).await
}

/// Uses a code up. Says whether the account had it and nobody had used it.
pub async fn take(
    txn: &WriteTxn,
    account: AccountId,
    hash: &str,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let taken = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, row::instant(at).into())
        .filter(recovery_code::Column::CodeHash.eq(hash))
        .filter(recovery_code::Column::AccountId.eq(account.0))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(taken.rows_affected == 1)
}

/// How many are left.
pub async fn left(db: &impl ConnectionTrait, account: AccountId) -> Result<u64, StoreError> {
    let unused = recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account.0))
        .filter(recovery_code::Column::UsedAt.is_null());
    Ok(unused.count(db).await?)
}

/// Forgets all that the account has.
pub async fn forget(txn: &WriteTxn, account: AccountId) -> Result<(), StoreError> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account.0))
        .exec(txn.db())
        .await?;
    Ok(())
}
