//! The tables that the binary carries: places, zones, outlines, the law, compacts and issuers.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::license::compact::Compacts;
use domain::place::PostalPlace;
use domain::policy::Policy;
use domain::scope::ScopeLaw;

use super::places::read::read as read_places;
use super::places::zones::Zones;
use super::scope::read::read as read_scope;
use crate::store::issuer::{self, IssuerFacts};
use crate::store::log::NewEvent;
use crate::store::{Store, StoreError, bulk, compact, log, place, policy, scope};

/// `data/places.csv`.
pub const PLACES: &[u8] = include_bytes!("../../data/places.csv");
/// `data/zone_exceptions.csv`.
pub const ZONE_EXCEPTIONS: &[u8] = include_bytes!("../../data/zone_exceptions.csv");
/// `data/state_outlines.geojson`.
pub const STATE_OUTLINES: &[u8] = include_bytes!("../../data/state_outlines.geojson");
/// `data/scope_rules.csv`.
pub const SCOPE_RULES: &[u8] = include_bytes!("../../data/scope_rules.csv");
/// `data/scope_requirements.csv`.
pub const SCOPE_REQUIREMENTS: &[u8] = include_bytes!("../../data/scope_requirements.csv");

/// `data/compact_states.csv`.
pub const COMPACT_STATES: &[u8] = include_bytes!("../../data/compact_states.csv");

/// `data/issuers.csv`.
pub const ISSUERS: &[u8] = include_bytes!("../../data/issuers.csv");

/// Why a database could not be given its first places, law and policy.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The binary's own tables are broken.
    #[error(transparent)]
    Broken(#[from] BrokenSeed),
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// A table that the binary carries is broken; says what is wrong with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the seed data are broken: {0}")]
pub struct BrokenSeed(pub String);

/// Gives a database that has no places, no law, no compacts, no policy or no issuers the ones that the binary
/// carries, each with an entry in the log. What is there stays: afterwards imports and admins change it.
///
/// Several nodes may start on one empty database: whether something is missing is asked again once
/// the log is held, so that the first gives it and the others find it.
pub async fn seed(store: &Store, at: DateTime<Utc>) -> Result<(), SeedError> {
    if place::is_empty(store.connection()).await? {
        bulk::first_places(store, &places()?, at).await?;
    }
    if scope::is_empty(store.connection()).await? {
        bulk::first_scope(store, &law()?, at).await?;
    }
    if compact::is_empty(store.connection()).await? {
        first_compacts(store, at).await?;
    }
    if policy::current(store.connection()).await?.is_none() {
        let txn = store.begin().await?;
        if policy::current(txn.db()).await?.is_some() {
            return Ok(txn.rollback().await?);
        }
        let first = Policy::default();
        policy::set(&txn, &first, at, txn.next_seq()).await?;
        let event = NewEvent {
            entity_id: Some(first.version.to_string()),
            policy_version: Some(first.version),
            ..NewEvent::by_system("policy.set", "policy", at)
        };
        log::append(&txn, event).await?;
        txn.commit().await?;
    }
    if issuer::lacks_seeds(store.connection()).await? {
        first_issuers(store, at).await?;
    }
    Ok(())
}

async fn first_compacts(store: &Store, at: DateTime<Utc>) -> Result<(), SeedError> {
    let known = compacts()?;
    let txn = store.begin().await?;
    if !compact::is_empty(txn.db()).await? {
        return Ok(txn.rollback().await?);
    }
    compact::insert(&txn, known.periods(), txn.next_seq()).await?;
    let event = NewEvent::by_system("compact_period.put", "compact_period", at);
    log::append(&txn, event).await?;
    Ok(txn.commit().await?)
}

async fn first_issuers(store: &Store, at: DateTime<Utc>) -> Result<(), SeedError> {
    let known = issuers()?;
    let txn = store.begin().await?;
    if !issuer::lacks_seeds(txn.db()).await? {
        return Ok(txn.rollback().await?);
    }
    issuer::put(&txn, &known).await?;
    log::append(&txn, NewEvent::by_system("issuer.put", "issuer", at)).await?;
    Ok(txn.commit().await?)
}

/// Which state takes part how in which compact.
pub fn compacts() -> Result<Compacts, BrokenSeed> {
    super::compact::read(COMPACT_STATES)
}

/// The issuers.
pub fn issuers() -> Result<Vec<IssuerFacts>, BrokenSeed> {
    super::issuer::read(ISSUERS)
}

/// Every ZIP code.
pub fn places() -> Result<Vec<PostalPlace>, BrokenSeed> {
    let zones = Zones::read(ZONE_EXCEPTIONS).map_err(BrokenSeed)?;
    let found = read_places("places.csv", PLACES, &zones, Arc::default())
        .map_err(|error| BrokenSeed(error.to_string()))?;
    match found.rejected.rows.first() {
        None => Ok(found.places),
        Some(remark) => Err(BrokenSeed(format!(
            "places.csv line {}: {}",
            remark.line, remark.reason
        ))),
    }
}

/// The law.
pub fn law() -> Result<ScopeLaw, BrokenSeed> {
    read_scope(
        ("scope_rules.csv", SCOPE_RULES),
        ("scope_requirements.csv", SCOPE_REQUIREMENTS),
    )
    .map(|file| file.law)
    .map_err(|error| BrokenSeed(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_the_binary_carries_can_be_read() {
        assert_eq!(places().unwrap().len(), 41_169);
        assert_eq!(law().unwrap().rules().count(), 293);
        assert_eq!(compacts().unwrap().periods().count(), 61);
        assert_eq!(issuers().unwrap().len(), 11);
    }
}
