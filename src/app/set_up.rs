//! What a fresh database starts with: the places, the law and the policy that the binary carries.

use chrono::{DateTime, Utc};
use domain::policy::Policy;

use crate::import::seed::{self, BrokenSeed};
use crate::store::log::{self, NewEvent};
use crate::store::{self, Store, StoreError};

/// Why a database could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum SetUpError {
    /// The database did not do what it should.
    #[error("setting up the database")]
    Store(#[from] StoreError),
    /// The tables in the binary cannot be read.
    #[error(transparent)]
    Seed(#[from] BrokenSeed),
}

/// Fills the tables of places, law and policy that are empty, each with its entry in the log; what
/// somebody put there stays.
pub async fn set_up(store: &Store, at: DateTime<Utc>) -> Result<(), SetUpError> {
    let db = store.connection();
    if store::place::is_empty(db).await? {
        store::bulk::replace_places(store, &seed::places()?, at, false).await?;
    }
    if store::scope::is_empty(db).await? {
        store::bulk::replace_scope(store, &seed::law()?, at, false).await?;
    }
    if store::policy::current(db).await?.is_none() {
        let policy = Policy::default();
        let txn = store.begin().await?;
        store::policy::set(&txn, &policy, at, txn.next_seq()).await?;
        let event = NewEvent {
            entity_id: Some(policy.version.to_string()),
            policy_version: Some(policy.version),
            ..NewEvent::by_system("policy.set", "policy", at)
        };
        log::append(&txn, event).await?;
        txn.commit().await?;
    }
    Ok(())
}
