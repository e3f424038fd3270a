//! Versions of the directory's policy.

use chrono::{DateTime, Utc};
use domain::policy::Policy;
use entity::policy;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::txn::{WriteTxn, seq_value};
use super::{StoreError, row};

/// The version that holds at an instant: of those that hold from then or before, the one written last.
/// Before any does, the first. Nothing where there is none.
pub async fn in_force(
    db: &impl ConnectionTrait,
    at: DateTime<Utc>,
) -> Result<Option<Policy>, StoreError> {
    let select = policy::Entity::find()
        .filter(policy::Column::EffectiveAt.lte(row::instant(at)))
        .order_by_desc(policy::Column::Version)
        .limit(1);
    if let Some(found) = row::read(db, select).await?.pop() {
        return of_row(&found).map(Some);
    }
    let select = policy::Entity::find()
        .order_by_asc(policy::Column::Version)
        .limit(1);
    let first = row::read(db, select).await?.pop();
    first.as_ref().map(of_row).transpose()
}

/// The versions that will hold and do not yet, each with its instant, in the order in which they come.
/// One that a later version takes the place of before its own instant never holds and is left out.
pub async fn scheduled(
    db: &impl ConnectionTrait,
    at: DateTime<Utc>,
) -> Result<Vec<(Policy, DateTime<Utc>)>, StoreError> {
    let Some(holds) = in_force(db, at).await? else {
        return Ok(Vec::new());
    };
    let number: i32 = row::fit(holds.version, "policy", "version", holds.version)?;
    let select = policy::Entity::find()
        .filter(policy::Column::Version.gt(number))
        .order_by_desc(policy::Column::Version);
    let mut coming = Vec::new();
    let mut earliest = DateTime::<Utc>::MAX_UTC;
    for found in row::read(db, select).await? {
        if found.effective_at < earliest {
            earliest = found.effective_at;
            coming.push((of_row(&found)?, found.effective_at));
        }
    }
    coming.reverse();
    Ok(coming)
}

/// The version written last, whether it holds yet or not.
pub async fn current(db: &impl ConnectionTrait) -> Result<Option<Policy>, StoreError> {
    let select = policy::Entity::find()
        .order_by_desc(policy::Column::Version)
        .limit(1);
    let found = row::read(db, select).await?.pop();
    found.as_ref().map(of_row).transpose()
}

/// A version, and the instant from which on it holds.
pub async fn by_version(
    db: &impl ConnectionTrait,
    version: u32,
) -> Result<Option<(Policy, DateTime<Utc>)>, StoreError> {
    let number: i32 = row::fit(version, "policy", "version", version)?;
    let found = row::read(db, policy::Entity::find_by_id(number))
        .await?
        .pop();
    let read = found.map(|found| Ok::<_, StoreError>((of_row(&found)?, found.effective_at)));
    read.transpose()
}

fn of_row(found: &policy::Model) -> Result<Policy, StoreError> {
    let id = found.version;
    let read: Policy = serde_json::from_str(&found.document)
        .map_err(|error| StoreError::inconsistent("policy", "document", id, error))?;
    let version: u32 = row::fit(id, "policy", "version", id)?;
    if read.version != version {
        return Err(StoreError::inconsistent(
            "policy",
            "document",
            id,
            format!("the document is of version {}", read.version),
        ));
    }
    Ok(read)
}

/// Writes a further version, under the entry `seq` of the log. A version is never written twice.
pub async fn set(
    txn: &WriteTxn,
    policy: &Policy,
    effective_at: DateTime<Utc>,
    seq: u64,
) -> Result<(), StoreError> {
    let document = serde_json::to_string(policy)
        .map_err(|error| StoreError::inconsistent("policy", "document", policy.version, error))?;
    let version = row::fit(policy.version, "policy", "version", policy.version)?;
    let written = policy::Model {
        version,
        document,
        effective_at: row::instant(effective_at),
        recorded_seq: seq_value(seq),
    };
    row::insert::<policy::Entity>(txn.db(), vec![written]).await
}
