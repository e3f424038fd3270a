//! Sets that an import replaces as a whole: the law and the places.

use chrono::{DateTime, Utc};
use domain::place::PostalPlace;
use domain::scope::ScopeLaw;

use crate::store::log::{self, NewEvent};
use crate::store::scope::Replaced;
use crate::store::txn::WriteTxn;
use crate::store::{Store, StoreError, place, scope};

/// Makes a law the law of the directory, with one entry in the log unless it is already.
pub async fn replace_scope(
    store: &Store,
    law: &ScopeLaw,
    at: DateTime<Utc>,
    dry_run: bool,
) -> Result<Replaced, StoreError> {
    let txn = store.begin().await?;
    let replaced = scope::replace(&txn, law, txn.next_seq()).await?;
    settle(txn, replaced, "scope_rule", at, dry_run).await
}

/// Makes places all there are, with one entry in the log unless they are already.
pub async fn replace_places(
    store: &Store,
    places: &[PostalPlace],
    at: DateTime<Utc>,
    dry_run: bool,
) -> Result<Replaced, StoreError> {
    replace_places_if(store, places, at, |_| !dry_run).await
}

/// The same where `is_wanted` says so of what would change; otherwise nothing is written.
pub async fn replace_places_if(
    store: &Store,
    places: &[PostalPlace],
    at: DateTime<Utc>,
    is_wanted: impl FnOnce(&Replaced) -> bool,
) -> Result<Replaced, StoreError> {
    let txn = store.begin().await?;
    let replaced = place::replace(&txn, places).await?;
    let dry_run = !is_wanted(&replaced);
    settle(txn, replaced, "place", at, dry_run).await
}

/// Gives a directory without any law its first. Does nothing where there is one, also where another
/// process has just put it there.
pub async fn first_scope(
    store: &Store,
    law: &ScopeLaw,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    if !scope::is_empty(txn.db()).await? {
        return txn.rollback().await;
    }
    let replaced = scope::replace(&txn, law, txn.next_seq()).await?;
    settle(txn, replaced, "scope_rule", at, false).await?;
    Ok(())
}

/// Gives a directory without any places its first. Does nothing where there are some, also where
/// another process has just put them there.
pub async fn first_places(
    store: &Store,
    places: &[PostalPlace],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    if !place::is_empty(txn.db()).await? {
        return txn.rollback().await;
    }
    let replaced = place::replace(&txn, places).await?;
    settle(txn, replaced, "place", at, false).await?;
    Ok(())
}

async fn settle(
    txn: WriteTxn,
    replaced: Replaced,
    table: &str,
    at: DateTime<Utc>,
    dry_run: bool,
) -> Result<Replaced, StoreError> {
    if dry_run || replaced.is_nothing() {
        txn.rollback().await?;
        return Ok(replaced);
    }
    let event = NewEvent {
        reason_text: Some(format!(
            "{} added, {} changed, {} removed",
            replaced.added, replaced.changed, replaced.removed
        )),
        ..NewEvent::by_system(format!("{table}.replace"), table, at)
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(replaced)
}
