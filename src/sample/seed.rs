//! Writes made-up people into a database, and finds a ZIP code worth a search.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::eligibility::{ListingOutcome, Rulebook, outcome};
use domain::npi::Npi;
use domain::place::{GeoPoint, METERS_PER_MILE, PostalCode, PostalPlace};
use domain::provider::{Practice, Provider};
use domain::search::DEFAULT_RADIUS_MILES;
use domain::time::{Day, local_day};
use sha2::{Digest, Sha256};

use super::people;
use crate::clock::Clock;
use crate::store::log::{self, NewEvent};
use crate::store::{self, Store, StoreError};

/// The seed that is used when none is named.
pub const DEFAULT_SEED: u64 = 1;

/// People written in one transaction, with one entry in the log.
const BATCH: usize = 2_000;

/// The ZIP code that the README searches: Denver, where the law asks for things and many meet them.
const FAVOURITE: &str = "80205";

/// As many verified people make a ZIP code worth a search.
const ENOUGH: usize = 5;

/// Why nobody, or not everybody, was written.
#[derive(Debug, thiserror::Error)]
pub enum SeedError {
    /// The database did not do what it should.
    #[error("writing made-up people to the database")]
    Store(#[from] StoreError),
    /// There is nowhere to put people.
    #[error("the database holds no places to put people at")]
    NoPlaces,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seeded {
    /// People who were not on file before.
    pub added: usize,
    /// People whose number was on file already; they were left as they are.
    pub kept: usize,
    /// A place at which a search finds verified people, as far as there is one.
    pub example: Option<Example>,
}

/// A ZIP code worth a search today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The ZIP code.
    pub postal_code: PostalCode,
    /// People verified within the radius of a search that names none.
    pub verified: usize,
}

/// Writes the first `count` people of a seed, as of now, leaving alone whoever is on file.
///
/// `progress` is told after each batch how many of them are done. A run that is cut short leaves whole
/// batches behind, and the same run again does the rest.
pub async fn seed(
    store: &Store,
    clock: &Clock,
    count: usize,
    seed: u64,
    mut progress: impl FnMut(usize),
) -> Result<Seeded, SeedError> {
    let now = clock.now();
    let places = store::place::load(store.connection()).await?;
    let rules = Rulebook {
        scope: store::scope::load(store.connection()).await?,
        compacts: store::compact::load(store.connection()).await?,
        policy: store::policy::in_force(store.connection(), now)
            .await?
            .unwrap_or_default(),
    };
    let mut people = people(count, seed, now, &places, &rules.scope).peekable();
    if count > 0 && people.peek().is_none() {
        return Err(SeedError::NoPlaces);
    }
    let mut added = 0;
    let mut done = 0;
    let mut verified = Vec::new();
    loop {
        let batch: Vec<_> = people.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        verified.extend(batch.iter().filter_map(|it| verified_at(it, &rules, now)));
        done += batch.len();
        added += write(store, batch, seed, now).await?;
        progress(done);
    }
    Ok(Seeded {
        added,
        kept: done - added,
        example: example(&places, &verified),
    })
}

/// Writes those who are not on file; says how many.
async fn write(
    store: &Store,
    mut batch: Vec<Provider>,
    seed: u64,
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let txn = store.begin().await?;
    let npis: Vec<_> = batch.iter().map(|person| person.npi).collect();
    let on_file: BTreeSet<Npi> = store::provider::on_file(txn.db(), &npis).await?;
    batch.retain(|person| !on_file.contains(&person.npi));
    if batch.is_empty() {
        txn.rollback().await?;
        return Ok(0);
    }
    store::provider::insert_many(&txn, &batch, txn.next_seq()).await?;
    let event = NewEvent {
        reason_text: Some(format!(
            "{} made-up people of seed {seed}, from {} on",
            batch.len(),
            batch[0].npi
        )),
        after_hash: Some(digest(&batch)),
        ..NewEvent::by_system("sample.seed", "provider", now)
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(batch.len())
}

/// SHA-256 over everything about these people: whoever makes them again can tell that they are those.
fn digest(people: &[Provider]) -> String {
    let mut digest = Sha256::new();
    for person in people {
        digest.update(format!("{person:?}\n"));
    }
    data_encoding::HEXLOWER.encode(&digest.finalize())
}

/// Where a search would find the person verified today.
fn verified_at(
    person: &Provider,
    rules: &Rulebook,
    now: DateTime<Utc>,
) -> Option<(PostalCode, GeoPoint)> {
    let is_verified = |practice: &Practice<'_>| {
        let day = Day::at(local_day(now, practice.zone()));
        outcome(person, *practice, rules, day) == ListingOutcome::Verified
    };
    person
        .practices()
        .into_iter()
        .filter(|practice| practice.location.is_some_and(|it| it.position.is_some()))
        .find(is_verified)
        .and_then(|practice| practice.location)
        .and_then(|it| Some((it.address.postal_code, it.position?.point)))
}

/// The README's ZIP code while it is worth a search, else the best of the first hundred.
fn example(places: &[PostalPlace], verified: &[(PostalCode, GeoPoint)]) -> Option<Example> {
    let favourite = FAVOURITE.parse().ok()?;
    let at = |code: PostalCode| {
        let middle = places.iter().find(|it| it.postal_code == code)?.point;
        let radius = DEFAULT_RADIUS_MILES * METERS_PER_MILE;
        Some(Example {
            postal_code: code,
            verified: verified
                .iter()
                .filter(|(_, point)| point.distance_meters(middle) <= radius)
                .count(),
        })
    };
    at(favourite)
        .filter(|example| example.verified >= ENOUGH)
        .or_else(|| {
            let codes = verified.iter().take(100).map(|(code, _)| *code);
            codes.filter_map(at).max_by_key(|example| example.verified)
        })
}
