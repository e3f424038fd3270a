//! Who of several nodes does a piece of work. A lease saves the others the trouble; that nothing is
//! done twice rests on unique keys, so a lost or doubled lease makes nothing wrong.

use chrono::{DateTime, TimeDelta, Utc};
use entity::lease;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::{Store, StoreError, row};

/// Takes or renews a lease. Says whether the holder has it until `length` from now: it was free, had
/// run out, or was the holder's already.
///
/// A lease that has most of its time left is not written anew, so that a busy holder costs readers
/// and other writers nothing.
pub async fn take(
    store: &Store,
    name: &str,
    holder: &str,
    at: DateTime<Utc>,
    length: TimeDelta,
) -> Result<bool, StoreError> {
    let select = || lease::Entity::find().filter(lease::Column::Name.eq(name));
    let held = row::read(store.connection(), select()).await?.pop();
    if let Some(held) = held {
        let left = held.held_until - at;
        if held.holder != holder && left > TimeDelta::zero() && left <= length {
            return Ok(false);
        }
        if held.holder == holder && left > length / 2 && left <= length {
            return Ok(true);
        }
    }
    let txn = store.begin().await?;
    // Somebody else may have taken it since.
    if let Some(held) = row::read(txn.db(), select()).await?.pop() {
        let left = held.held_until - at;
        // A lease from beyond `length` was taken under another clock: it does not bind.
        if held.holder != holder && left > TimeDelta::zero() && left <= length {
            txn.rollback().await?;
            return Ok(false);
        }
    }
    let taken = lease::Model {
        name: name.to_owned(),
        holder: holder.to_owned(),
        held_until: row::instant(at + length),
    };
    row::upsert::<lease::Entity>(txn.db(), vec![taken]).await?;
    txn.commit_work().await?;
    Ok(true)
}

/// Gives a lease back before its time, so that another node need not wait for its end.
pub async fn give_back(store: &Store, name: &str, holder: &str) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    lease::Entity::delete_many()
        .filter(lease::Column::Name.eq(name))
        .filter(lease::Column::Holder.eq(holder))
        .exec(txn.db())
        .await?;
    txn.commit_work().await
}
