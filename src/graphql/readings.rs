//! What one request sees, change after change.

use std::sync::OnceLock;

use crate::service::Reading;

/// Changes of one request that renew what it sees; the gate admits no more root fields.
const CHANGES: usize = 10;

/// The readings of one request: one to begin with, and one after each of its changes.
pub(super) struct Readings {
    first: Reading,
    later: [OnceLock<Reading>; CHANGES],
}

impl Readings {
    pub(super) fn new(first: Reading) -> Self {
        Self {
            first,
            later: [const { OnceLock::new() }; CHANGES],
        }
    }

    /// What the request sees now.
    pub(super) fn latest(&self) -> &Reading {
        let mut later = self.later.iter().rev();
        later.find_map(OnceLock::get).unwrap_or(&self.first)
    }

    /// Shows what came of a change. Root fields of a mutation run one after the other, so that what an
    /// earlier one shows has been shown.
    pub(super) fn renew(&self, reading: Reading) {
        let mut reading = reading;
        for place in &self.later {
            match place.set(reading) {
                Ok(()) => return,
                Err(taken) => reading = taken,
            }
        }
    }
}
