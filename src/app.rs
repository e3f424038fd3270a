//! What one running node holds: the clock and the snapshot that answers every public read.

use std::sync::Arc;

use arc_swap::ArcSwap;
use index::Snapshot;

use crate::clock::Clock;

/// One running node.
pub struct App {
    /// What time it is.
    pub clock: Clock,
    snapshot: ArcSwap<Snapshot>,
}

impl App {
    /// A node that answers from a snapshot it is given.
    pub fn new(clock: Clock, snapshot: Snapshot) -> Self {
        Self {
            clock,
            snapshot: ArcSwap::from_pointee(snapshot),
        }
    }

    /// What public reads are answered from now.
    pub fn snapshot(&self) -> Arc<Snapshot> {
        self.snapshot.load_full()
    }
}
