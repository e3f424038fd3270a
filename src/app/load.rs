use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::eligibility::Rulebook;
use domain::npi::Npi;
use domain::provider::Provider;
use index::{Gazetteer, Snapshot};
use tracing::warn;

use crate::store::{self, Store, StoreError, View};

/// People read from the database at once.
const PAGE: usize = 2_000;

/// Why a snapshot could not be made.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The database did not give what it should.
    #[error("reading the directory from the database")]
    Store(#[from] StoreError),
    /// The directory was never set up.
    #[error("the database holds no policy: it was not set up by `drypoint serve --migrate`")]
    NoPolicy,
    /// Something of ours refused the program itself.
    #[error("{0}")]
    Refused(String),
    /// The snapshot's builder died.
    #[error("building the search index")]
    Build(#[from] tokio::task::JoinError),
}

/// A snapshot of all that the database holds.
pub(super) async fn everything(store: &Store, now: DateTime<Utc>) -> Result<Snapshot, LoadError> {
    all(store.read().await?, now).await
}

/// The snapshot after `current`; nothing when the log has not moved.
///
/// Head, law and people are read from one view of the database, so that nothing which is committed
/// meanwhile is taken for seen.
pub(super) async fn next(
    store: &Store,
    current: &Arc<Snapshot>,
    now: DateTime<Utc>,
) -> Result<Option<Snapshot>, LoadError> {
    let view = store.read().await?;
    let (version, head) = (current.version(), store::log::head(&view).await?.seq);
    // A version of the policy may hold from an instant on that has come since.
    let holds = store::policy::in_force(&view, now).await?;
    let changed = holds.is_some_and(|holds| holds != current.rules().policy);
    if head == version && !changed {
        return Ok(None);
    }
    if head < version {
        warn!(
            head,
            version, "the log is shorter than it was: reading everything anew"
        );
        return all(view, now).await.map(Some);
    }
    if changed || store::log::touches_rules(&view, version).await? {
        return all(view, now).await.map(Some);
    }
    changes(view, Arc::clone(current), head).await.map(Some)
}

async fn all(view: View, now: DateTime<Utc>) -> Result<Snapshot, LoadError> {
    let version = store::log::head(&view).await?.seq;
    let rules = Rulebook {
        scope: store::scope::load(&view).await?,
        compacts: store::compact::load(&view).await?,
        policy: store::policy::in_force(&view, now)
            .await?
            .ok_or(LoadError::NoPolicy)?,
    };
    let announced = store::policy::scheduled(&view, now).await?;
    let places = store::place::load(&view).await?;
    let mut people: Vec<Provider> = Vec::new();
    loop {
        let after = people.last().map(|person| person.npi);
        let page = store::provider::page_after(&view, after, PAGE).await?;
        if page.is_empty() {
            break;
        }
        people.extend(page);
    }
    drop(view);
    Ok(tokio::task::spawn_blocking(move || {
        let places = Arc::new(Gazetteer::new(places));
        Snapshot::build(version, Arc::new(rules), places, people).announcing(announced)
    })
    .await?)
}

/// The people who changed since, by the same law and places.
async fn changes(view: View, current: Arc<Snapshot>, head: u64) -> Result<Snapshot, LoadError> {
    let touched = store::provider::changed_since(&view, current.version()).await?;
    let mut changed = Vec::with_capacity(touched.len());
    for page in touched.chunks(PAGE) {
        changed.extend(store::provider::by_npis(&view, page).await?);
    }
    drop(view);
    Ok(tokio::task::spawn_blocking(move || {
        // Touched and no longer read: withdrawn, or entered in error.
        let read: BTreeSet<Npi> = changed.iter().map(|person| person.npi).collect();
        let removed: Vec<Npi> = touched
            .into_iter()
            .filter(|npi| !read.contains(npi))
            .collect();
        current.with_changes(head, changed, &removed)
    })
    .await?)
}
