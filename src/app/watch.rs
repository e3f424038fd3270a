//! What those who listen are told: every entry of the log that names a case, in order.

use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::broadcast;

use super::{App, LoadError};
use crate::store;
use crate::store::log::CaseChange;

/// How far behind a listener may be.
const BEHIND: usize = 1_024;

/// Who listens, and up to which entry they have been told.
pub(super) struct Watch {
    tell: broadcast::Sender<CaseChange>,
    told: Mutex<u64>,
}

impl Watch {
    /// From an entry on.
    pub(super) fn from(version: u64) -> Self {
        Self {
            tell: broadcast::Sender::new(BEHIND),
            told: Mutex::new(version),
        }
    }

    fn told(&self) -> MutexGuard<'_, u64> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Every entry that names a case, from now on: whoever reads cases after this call, at a version,
    /// is told of every entry after that version. One who is too far behind is told so and loses some.
    pub fn watch_cases(&self) -> broadcast::Receiver<CaseChange> {
        self.watch.tell.subscribe()
    }

    /// Tells listeners what is new up to the snapshot's version. The caller sees to it that there is one
    /// call at a time.
    pub(super) async fn tell_watchers(&self) -> Result<(), LoadError> {
        let version = self.snapshot().version();
        let told = *self.watch.told();
        // A log that is shorter than it was has nothing that could be told.
        if told < version && self.watch.tell.receiver_count() > 0 {
            let db = self.store.connection();
            for change in store::log::case_changes(db, told, version).await? {
                // The last listener may have gone meanwhile.
                let _ = self.watch.tell.send(change);
            }
        }
        *self.watch.told() = version;
        Ok(())
    }
}
