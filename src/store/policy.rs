//! Versions of the directory's policy.

use chrono::{DateTime, Utc};
use domain::policy::Policy;
use entity::policy;
use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder, QuerySelect};

use super::txn::{WriteTxn, seq_value};
use super::{StoreError, row};

/// The latest version; nothing before the first.
pub async fn current(db: &impl ConnectionTrait) -> Result<Option<Policy>, StoreError> {
    let select = policy::Entity::find()
        .order_by_desc(policy::Column::Version)
        .limit(1);
    let Some(found) = row::read(db, select).await?.pop() else {
        return Ok(None);
    };
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
    Ok(Some(read))
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
