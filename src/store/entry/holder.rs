//! Whose entry it is: the account that a person acts by.

use chrono::{DateTime, Utc};
use domain::access::{AccountId, Role};
use domain::npi::Npi;
use entity::account_entry;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::provider::number;
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

/// Gives an entry to an account as its own.
pub async fn give(
    txn: &WriteTxn,
    npi: Npi,
    account: AccountId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = account_entry::Model {
        id: txn.take_id(),
        account_id: account.0,
        provider_npi: number(npi),
        role: Role::Provider.code().to_owned(),
        since: row::instant(at),
        until: None,
    };
    row::insert::<account_entry::Entity>(txn.db(), vec![row]).await
}

/// Takes an entry from everybody who holds it or acts for who does.
pub async fn take_from_all(txn: &WriteTxn, npi: Npi, at: DateTime<Utc>) -> Result<(), StoreError> {
    account_entry::Entity::update_many()
        .col_expr(
            account_entry::Column::Until,
            sea_orm::sea_query::Expr::value(Some(row::instant(at))),
        )
        .filter(account_entry::Column::ProviderNpi.eq(number(npi)))
        .filter(account_entry::Column::Until.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}
