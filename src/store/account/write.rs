use chrono::{DateTime, Utc};
use domain::access::{AccountId, Role, Roles};
use domain::npi::Npi;
use entity::{account, account_entry, account_role};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, UpdateMany};

use crate::store::{StoreError, WriteTxn, row};

/// An account that is about to be.
#[derive(Debug, Clone)]
pub struct NewAccount<'a> {
    /// In lower case; no other account's.
    pub name: &'a str,
    /// Where notices go.
    pub email: Option<&'a str>,
    /// In which capacities it acts.
    pub roles: &'a Roles,
    /// Its own entry.
    pub provider: Option<Npi>,
    /// Entries that it acts for as a delegate.
    pub delegate_of: &'a [Npi],
}

/// Puts an account on file, without a password.
pub async fn insert(
    txn: &WriteTxn,
    new: &NewAccount<'_>,
    at: DateTime<Utc>,
) -> Result<AccountId, StoreError> {
    let id = AccountId(txn.take_id());
    let written = account::Model {
        id: id.0,
        name: new.name.to_owned(),
        email: new.email.map(Into::into),
        password_hash: None,
        password_set_at: None,
        totp_secret: None,
        totp_confirmed_at: None,
        totp_last_step: None,
        created_at: row::instant(at),
        disabled_at: None,
        row_version: 1,
    };
    row::insert::<account::Entity>(txn.db(), vec![written]).await?;
    give(txn, id, new.roles.iter(), at).await?;
    if let Some(npi) = new.provider {
        grant_entry(txn, id, npi, Role::Provider, at).await?;
    }
    for npi in new.delegate_of {
        grant_entry(txn, id, *npi, Role::ProviderDelegate, at).await?;
    }
    Ok(id)
}

/// Ends the roles that are not among these and begins those that were not held.
pub async fn change_roles(
    txn: &WriteTxn,
    id: AccountId,
    roles: &Roles,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let held = account_role::Entity::find()
        .filter(account_role::Column::AccountId.eq(id.0))
        .filter(account_role::Column::Until.is_null());
    let mut kept = Vec::new();
    let mut ended = Vec::new();
    for held in row::read(txn.db(), held).await? {
        let role: Role = row::parse(&held.role, "account_role", "role", held.id)?;
        if roles.iter().any(|wanted| wanted == role) {
            kept.push(role);
        } else {
            ended.push(held.id);
        }
    }
    account_role::Entity::update_many()
        .col_expr(account_role::Column::Until, row::instant(at).into())
        .filter(account_role::Column::Id.is_in(ended))
        .exec(txn.db())
        .await?;
    give(
        txn,
        id,
        roles.iter().filter(|role| !kept.contains(role)),
        at,
    )
    .await?;
    next_version(txn, id, account::Entity::update_many()).await
}

/// Makes an entry an account's own, or one that it acts for as a delegate.
pub async fn grant_entry(
    txn: &WriteTxn,
    id: AccountId,
    npi: Npi,
    role: Role,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let written = account_entry::Model {
        id: txn.take_id(),
        account_id: id.0,
        provider_npi: row::fit(npi.number(), "account_entry", "provider_npi", npi)?,
        role: role.code().to_owned(),
        since: row::instant(at),
        until: None,
    };
    row::insert::<account_entry::Entity>(txn.db(), vec![written]).await
}

/// Ends that.
pub async fn end_entry(
    txn: &WriteTxn,
    id: AccountId,
    npi: Npi,
    role: Role,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let number: i64 = row::fit(npi.number(), "account_entry", "provider_npi", npi)?;
    account_entry::Entity::update_many()
        .col_expr(account_entry::Column::Until, row::instant(at).into())
        .filter(account_entry::Column::AccountId.eq(id.0))
        .filter(account_entry::Column::ProviderNpi.eq(number))
        .filter(account_entry::Column::Role.eq(role.code()))
        .filter(account_entry::Column::Until.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Accepts nothing of the account from now on.
pub async fn disable(txn: &WriteTxn, id: AccountId, at: DateTime<Utc>) -> Result<(), StoreError> {
    let update = account::Entity::update_many()
        .col_expr(account::Column::DisabledAt, row::instant(at).into());
    next_version(txn, id, update).await
}

/// Stores another password's hash.
pub async fn set_password(
    txn: &WriteTxn,
    id: AccountId,
    hash: &str,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let update = account::Entity::update_many()
        .col_expr(account::Column::PasswordHash, hash.into())
        .col_expr(account::Column::PasswordSetAt, row::instant(at).into());
    next_version(txn, id, update).await
}

/// Stores a second factor that no code has confirmed yet.
pub async fn set_second_factor(
    txn: &WriteTxn,
    id: AccountId,
    sealed: Vec<u8>,
) -> Result<(), StoreError> {
    let update = account::Entity::update_many()
        .col_expr(account::Column::TotpSecret, sealed.into())
        .col_expr(account::Column::TotpConfirmedAt, null::<DateTime<Utc>>())
        .col_expr(account::Column::TotpLastStep, null::<i64>());
    next_version(txn, id, update).await
}

/// Asks for the second factor from now on; its first code was of this step.
pub async fn confirm_second_factor(
    txn: &WriteTxn,
    id: AccountId,
    step: i64,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let update = account::Entity::update_many()
        .col_expr(account::Column::TotpConfirmedAt, row::instant(at).into())
        .col_expr(account::Column::TotpLastStep, step.into());
    next_version(txn, id, update).await
}

/// Forgets the second factor, so that another may be set.
pub async fn forget_second_factor(txn: &WriteTxn, id: AccountId) -> Result<(), StoreError> {
    let update = account::Entity::update_many()
        .col_expr(account::Column::TotpSecret, null::<Vec<u8>>())
        .col_expr(account::Column::TotpConfirmedAt, null::<DateTime<Utc>>())
        .col_expr(account::Column::TotpLastStep, null::<i64>());
    next_version(txn, id, update).await
}

/// Remembers that a code of this step was taken: none of it or of an earlier one is taken again.
pub async fn take_step(txn: &WriteTxn, id: AccountId, step: i64) -> Result<(), StoreError> {
    account::Entity::update_many()
        .col_expr(account::Column::TotpLastStep, step.into())
        .filter(account::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

async fn give(
    txn: &WriteTxn,
    id: AccountId,
    roles: impl Iterator<Item = Role>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = roles.map(|role| account_role::Model {
        id: txn.take_id(),
        account_id: id.0,
        role: role.code().to_owned(),
        since: row::instant(at),
        until: None,
    });
    let rows = rows.collect();
    row::insert::<account_role::Entity>(txn.db(), rows).await
}

async fn next_version(
    txn: &WriteTxn,
    id: AccountId,
    update: UpdateMany<account::Entity>,
) -> Result<(), StoreError> {
    update
        .col_expr(
            account::Column::RowVersion,
            Expr::col(account::Column::RowVersion).add(1),
        )
        .filter(account::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

fn null<T>() -> Expr
where
    Option<T>: Into<sea_orm::Value>,
{
    Expr::value(None::<T>)
}
