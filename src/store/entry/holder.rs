//! Whose entry it is: the account that a person acts by.

use chrono::{DateTime, Utc};
use domain::access::{AccountId, Role};
use domain::npi::Npi;
use entity::account_entry;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::provider::{npi, number};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// The accounts that hold an entry as their own.
pub async fn of(db: &impl ConnectionTrait, npi: Npi) -> Result<Vec<AccountId>, StoreError> {
    let select = account_entry::Entity::find()
        .filter(account_entry::Column::ProviderNpi.eq(number(npi)))
        .filter(account_entry::Column::Role.eq(Role::Provider.code()))
        .filter(account_entry::Column::Until.is_null())
        .order_by_asc(account_entry::Column::Id);
    let rows = row::read(db, select).await?.into_iter();
    Ok(rows.map(|found| AccountId(found.account_id)).collect())
}

/// The entries that an account holds as its own.
pub async fn entries_of(
    db: &impl ConnectionTrait,
    account: AccountId,
) -> Result<Vec<Npi>, StoreError> {
    let select = account_entry::Entity::find()
        .filter(account_entry::Column::AccountId.eq(account.0))
        .filter(account_entry::Column::Role.eq(Role::Provider.code()))
        .filter(account_entry::Column::Until.is_null())
        .order_by_asc(account_entry::Column::Id);
    let rows = row::read(db, select).await?.into_iter();
    rows.map(|found| npi(found.provider_npi, "account_entry.provider_npi", found.id))
        .collect()
}

/// Takes an entry from everybody who holds it or acts for who does.
pub async fn take_from_all(txn: &WriteTxn, npi: Npi, at: DateTime<Utc>) -> Result<(), StoreError> {
    ended(npi, at).exec(txn.db()).await?;
    Ok(())
}

/// Takes an entry from one account, and leaves it with the others.
pub async fn take(
    txn: &WriteTxn,
    npi: Npi,
    account: AccountId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    ended(npi, at)
        .filter(account_entry::Column::AccountId.eq(account.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

fn ended(npi: Npi, at: DateTime<Utc>) -> sea_orm::UpdateMany<account_entry::Entity> {
    account_entry::Entity::update_many()
        .col_expr(
            account_entry::Column::Until,
            Expr::value(Some(row::instant(at))),
        )
        .filter(account_entry::Column::ProviderNpi.eq(number(npi)))
        .filter(account_entry::Column::Until.is_null())
}
