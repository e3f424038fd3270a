//! What one running node holds: the clock, the store and the snapshot that answers every public read.
//!
//! The snapshot is swapped whole. [`App::refresh`] brings it up to the log's head once; [`App::follow`]
//! does so for as long as the node runs.

mod feed;
mod load;

use std::sync::Arc;

use arc_swap::ArcSwap;
use chrono::{DateTime, Utc};
use index::Snapshot;
use tokio::sync::Mutex;

pub use load::LoadError;

use crate::clock::Clock;
use crate::store::Store;

/// One running node.
pub struct App {
    /// What time it is.
    pub clock: Clock,
    /// The database.
    pub store: Store,
    snapshot: ArcSwap<Snapshot>,
    /// When the snapshot was last known to be up to the log's head.
    refreshed_at: ArcSwap<DateTime<Utc>>,
    /// Held while it is brought there.
    refreshing: Mutex<()>,
}

impl App {
    /// A node that answers from a snapshot it is given.
    pub fn new(store: Store, clock: Clock, snapshot: Snapshot) -> Self {
        Self {
            refreshed_at: ArcSwap::from_pointee(clock.now()),
            refreshing: Mutex::new(()),
            snapshot: ArcSwap::from_pointee(snapshot),
            clock,
            store,
        }
    }

    /// A node that answers from all that its database holds.
    pub async fn load(store: Store, clock: Clock) -> Result<Self, LoadError> {
        let snapshot = load::everything(&store).await?;
        Ok(Self::new(store, clock, snapshot))
    }

    /// What public reads are answered from now. Hold it for one request, so that the request sees one
    /// data version.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }
}
