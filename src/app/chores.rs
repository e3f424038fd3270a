//! What became of the work that time brings, for those who watch over it.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use chrono::{DateTime, Utc};

/// Counts of one node. Any of them may be read at any time and costs nothing.
#[derive(Debug, Default)]
pub struct Chores {
    sent: AtomicU64,
    failed: AtomicU64,
    unsent: AtomicU64,
    overdue: AtomicU64,
    last_run: AtomicI64,
}

impl Chores {
    /// Counts notices that left the house, and attempts that failed.
    pub fn count_sending(&self, sent: u64, failed: u64) {
        self.sent.fetch_add(sent, Ordering::Relaxed);
        self.failed.fetch_add(failed, Ordering::Relaxed);
    }

    /// Notes that everything was looked at, and how many notices wait then.
    pub fn ran(&self, at: DateTime<Utc>, unsent: u64, overdue: u64) {
        self.last_run.store(at.timestamp(), Ordering::Relaxed);
        self.unsent.store(unsent, Ordering::Relaxed);
        self.overdue.store(overdue, Ordering::Relaxed);
    }

    /// Notices that this node sent since it started.
    pub fn sent(&self) -> u64 {
        self.sent.load(Ordering::Relaxed)
    }

    /// Attempts of this node that failed.
    pub fn failed(&self) -> u64 {
        self.failed.load(Ordering::Relaxed)
    }

    /// Notices that waited when this node last looked.
    pub fn unsent(&self) -> u64 {
        self.unsent.load(Ordering::Relaxed)
    }

    /// Those of them whose last day had passed.
    pub fn overdue(&self) -> u64 {
        self.overdue.load(Ordering::Relaxed)
    }

    /// When this node last looked, in seconds since 1970; 0 before it did for the first time.
    pub fn last_run(&self) -> i64 {
        self.last_run.load(Ordering::Relaxed)
    }
}
