use std::collections::HashMap;

use domain::access::{AccountId, Role, Roles};
use domain::npi::{Npi, SampleNpis};
use entity::{account, account_entry, account_role};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{Account, SecondFactor};
use crate::store::{StoreError, row};

/// The account of a number.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: AccountId,
) -> Result<Option<Account>, StoreError> {
    let select = account::Entity::find().filter(account::Column::Id.eq(id.0));
    Ok(whole(db, row::read(db, select).await?).await?.pop())
}

/// The account of a name, in lower case.
pub async fn by_name(db: &impl ConnectionTrait, name: &str) -> Result<Option<Account>, StoreError> {
    let select = account::Entity::find().filter(account::Column::Name.eq(name));
    Ok(whole(db, row::read(db, select).await?).await?.pop())
}

/// Accounts by number: so many after one.
pub async fn page(
    db: &impl ConnectionTrait,
    after: Option<AccountId>,
    limit: u64,
) -> Result<Vec<Account>, StoreError> {
    let select = account::Entity::find()
        .filter(account::Column::Id.gt(after.map_or(0, |id| id.0)))
        .order_by_asc(account::Column::Id)
        .limit(limit);
    whole(db, row::read(db, select).await?).await
}

/// How many accounts are active.
pub async fn count_active(db: &impl ConnectionTrait) -> Result<u64, StoreError> {
    let active = account::Entity::find().filter(account::Column::DisabledAt.is_null());
    Ok(active.count(db).await?)
}

/// Accounts with what they may do: two more statements, however many there are.
async fn whole(
    db: &impl ConnectionTrait,
    rows: Vec<account::Model>,
) -> Result<Vec<Account>, StoreError> {
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut roles: HashMap<i64, Vec<Role>> = HashMap::new();
    let held = account_role::Entity::find()
        .filter(account_role::Column::AccountId.is_in(ids.iter().copied()))
        .filter(account_role::Column::Until.is_null());
    for row in row::read(db, held).await? {
        let role = row::parse(&row.role, "account_role", "role", row.id)?;
        roles.entry(row.account_id).or_default().push(role);
    }
    let mut entries: HashMap<(i64, Role), Vec<Npi>> = HashMap::new();
    let held = account_entry::Entity::find()
        .filter(account_entry::Column::AccountId.is_in(ids))
        .filter(account_entry::Column::Until.is_null())
        .order_by_asc(account_entry::Column::Id);
    for row in row::read(db, held).await? {
        let role = row::parse(&row.role, "account_entry", "role", row.id)?;
        let npi =
            Npi::parse(&row.provider_npi.to_string(), SampleNpis::Allowed).map_err(|error| {
                StoreError::inconsistent("account_entry", "provider_npi", row.id, error)
            })?;
        entries.entry((row.account_id, role)).or_default().push(npi);
    }
    rows.into_iter()
        .map(|row| {
            let mut entries = |role| entries.remove(&(row.id, role)).unwrap_or_default();
            let (own, delegate_of) = (entries(Role::Provider), entries(Role::ProviderDelegate));
            let roles = Roles::new(roles.remove(&row.id).unwrap_or_default())
                .map_err(|error| StoreError::inconsistent("account_role", "role", row.id, error))?;
            let second_factor = row.totp_secret.map(|sealed| SecondFactor {
                sealed,
                confirmed_at: row.totp_confirmed_at,
                last_step: row.totp_last_step,
            });
            Ok(Account {
                id: AccountId(row.id),
                name: row.name.into(),
                email: row.email.map(Into::into),
                roles,
                own,
                delegate_of,
                password_hash: row.password_hash.map(Into::into),
                second_factor,
                created_at: row.created_at,
                disabled_at: row.disabled_at,
                version: row.row_version,
            })
        })
        .collect()
}
