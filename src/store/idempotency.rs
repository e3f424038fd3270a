//! Answers that are remembered under the key of their request.

use chrono::{DateTime, Utc};
use entity::idempotency;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::txn::{WriteTxn, seq_value};
use super::{StoreError, row};

/// A request that was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// Who asked.
    pub actor: String,
    /// The key they chose.
    pub key: String,
    /// What they asked for.
    pub act: String,
    /// SHA-256 of the input, in hexadecimal.
    pub body_sha256: String,
    /// DONE, DENIED or FORBIDDEN.
    pub outcome: String,
    /// The answer as JSON.
    pub answer: String,
}

/// What was answered to that key of that actor.
pub async fn find(
    db: &impl ConnectionTrait,
    actor: &str,
    key: &str,
) -> Result<Option<Remembered>, StoreError> {
    let select = idempotency::Entity::find()
        .filter(idempotency::COLUMN.actor.eq(actor))
        .filter(idempotency::COLUMN.key.eq(key));
    let found = row::read(db, select).await?.pop();
    Ok(found.map(|found| Remembered {
        actor: found.actor,
        key: found.key,
        act: found.act,
        body_sha256: found.body_sha256,
        outcome: found.outcome,
        answer: found.answer,
    }))
}

/// How often somebody did something since an instant.
pub async fn count_done(
    db: &impl ConnectionTrait,
    actor: &str,
    act: &str,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    Ok(idempotency::Entity::find()
        .filter(idempotency::COLUMN.actor.eq(actor))
        .filter(idempotency::COLUMN.act.eq(act))
        .filter(idempotency::COLUMN.outcome.eq("DONE"))
        .filter(idempotency::COLUMN.answered_at.gt(row::instant(since)))
        .count(db)
        .await?)
}

/// Remembers an answer, under the entry that was appended last.
pub async fn remember(
    txn: &WriteTxn,
    answered: Remembered,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = idempotency::Model {
        actor: answered.actor,
        key: answered.key,
        act: answered.act,
        body_sha256: answered.body_sha256,
        outcome: answered.outcome,
        answer: answered.answer,
        seq: seq_value(txn.head().seq),
        answered_at: row::instant(at),
    };
    row::insert::<idempotency::Entity>(txn.db(), vec![row]).await
}
