//! Imports: rows are staged, then merged in batches, each batch one transaction with one log entry.
//!
//! Staging is not logged; [`stage()`] keeps other writers waiting only while it writes the rows it is
//! given, 2,000 at a time in an import, and readers not at all. [`merge`] takes the next people in the order of their
//! NPIs, so the order of a file's rows decides nothing. What a row means and what it may change is
//! decided by the caller, from what is staged and what is held; here it is carried out with a fixed
//! number of statements a batch.
//!
//! A run that dies leaves what it merged and drops what it staged when the next of its kind begins.

mod apply;
mod record;
mod replace;
mod roster;
mod run;
mod stage;
mod task;

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use domain::npi::Npi;
use domain::provider::Provider;
use domain::registry::{Difference, Reconciled, RegistryRecord};
use sha2::{Digest, Sha256};

pub use replace::{first_places, first_scope, replace_places, replace_places_if, replace_scope};
pub use roster::{LookUp, LookedUp, look_up};
pub use run::{ImportKind, NewRun, RunId, Totals, begin, discard, fail, finish};
pub use stage::{Staged, stage};

use super::log::{self, NewEvent};
use super::{Store, StoreError, entry, provider};

/// A person on file, and what the registry last said of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Held {
    /// Everything on file, of withdrawn entries too.
    pub provider: Provider,
    /// What the registry said when it was last read; nothing for people it never told us of.
    pub base: Option<RegistryRecord>,
}

/// What is to be done about one staged person.
#[derive(Debug, Clone, PartialEq)]
pub enum Decision {
    /// The rows concern nobody we keep.
    Ignore,
    /// The registry says what it said before.
    Unchanged,
    /// A person not held before.
    New {
        /// The whole entry; numbers of locations and licences are handles.
        entry: Box<Provider>,
        /// What the registry says.
        record: Box<RegistryRecord>,
        /// What somebody has to look at.
        differences: Vec<Difference>,
    },
    /// The registry says something else than before.
    Changed {
        /// What it says now.
        record: Box<RegistryRecord>,
        /// What follows for the entry.
        reconciled: Reconciled,
    },
}

/// The next batch to merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Batch {
    /// Of which run.
    pub run: RunId,
    /// The last person of the batch before; nobody before the first.
    pub after: Option<Npi>,
    /// What time it is.
    pub at: DateTime<Utc>,
    /// Undo everything at the end of the batch?
    pub dry_run: bool,
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The last person of it: the next batch comes after.
    pub last: Npi,
    /// People not held before.
    pub new: u64,
    /// People of whom the registry said something else.
    pub changed: u64,
    /// People of whom it said the same.
    pub unchanged: u64,
    /// People who do not concern us.
    pub ignored: u64,
    /// Differences that somebody has to look at, not counting those that were open already.
    pub tasks_opened: u64,
    /// The log entry; nothing when nothing changed or nothing was kept.
    pub seq: Option<u64>,
}

/// Merges the next people of a run, at most 2,000; `None` when there are none left.
///
/// `decide` gets a person's staged rows in the order of the run and what is held of them. It may be
/// asked once a person and must not depend on other people.
pub async fn merge<E: From<StoreError>>(
    store: &Store,
    batch: Batch,
    mut decide: impl FnMut(Npi, &[Staged], Option<&Held>) -> Result<Decision, E>,
) -> Result<Option<Merged>, E> {
    let txn = store.begin().await?;
    let kind = run::still_open(txn.db(), batch.run).await?;
    let people = stage::next(txn.db(), batch.run, batch.after).await?;
    let Some(last) = people.last().map(|(npi, _)| *npi) else {
        txn.rollback().await?;
        return Ok(None);
    };
    let npis: Vec<Npi> = people.iter().map(|(npi, _)| *npi).collect();
    let held = record::held(txn.db(), &npis).await?;
    let erased = entry::erase::among(txn.db(), &npis).await?;
    let mut work = apply::Work::default();
    for (npi, rows) in &people {
        if erased.contains(npi) {
            work.add(Decision::Ignore, None)?;
            continue;
        }
        let held = held.get(npi);
        work.add(decide(*npi, rows, held)?, held)?;
    }
    let mut merged = work.counts(last);
    if work.is_empty() {
        txn.rollback().await?;
        return Ok(Some(merged));
    }
    let seq = txn.next_seq();
    merged.tasks_opened = work.carry_out(&txn, batch.run, batch.at, seq).await?;
    let event = NewEvent {
        entity_id: Some(batch.run.to_string()),
        reason_text: Some(format!(
            "{} new, {} changed, {} tasks",
            merged.new, merged.changed, merged.tasks_opened
        )),
        after_hash: Some(work.digest()?),
        ..NewEvent::by_system(format!("{}.merge", kind.verb()), "import_run", batch.at)
    };
    if batch.dry_run {
        txn.rollback().await?;
    } else {
        log::append(&txn, event).await?;
        txn.commit().await?;
        merged.seq = Some(seq);
    }
    Ok(Some(merged))
}

/// Everybody on file, withdrawn entries too.
pub async fn held_npis(store: &Store) -> Result<Vec<Npi>, StoreError> {
    provider::changed_since(store.connection(), 0).await
}

/// SHA-256 in hexadecimal.
fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}
