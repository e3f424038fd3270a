//! How a node keeps up with the log.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tracing::{info, warn};

use super::{App, LoadError, load};

/// How often a node looks at the log's head: one indexed row.
const POLL: Duration = Duration::from_millis(250);

/// A node whose index has not been brought up to the log for longer is not ready.
const LAGGING: TimeDelta = TimeDelta::seconds(30);

impl App {
    /// Brings the snapshot up to the log's head. Says whether there was anything to do; a blank node
    /// has nothing to do.
    pub async fn refresh(&self) -> Result<bool, LoadError> {
        if self.is_blank {
            return Ok(false);
        }
        // One at a time: the slower of two would put an older snapshot over a newer one.
        let _alone = self.refreshing.lock().await;
        let next = load::next(&self.store, &self.snapshot(), self.clock.now()).await?;
        let is_new = next.is_some();
        if let Some(next) = next {
            self.snapshot.store(Arc::new(next));
        }
        self.refreshed_at.store(Arc::new(self.clock.now()));
        // Also when nothing is new: what could not be told the last time is told now.
        self.tell_watchers().await?;
        Ok(is_new)
    }

    /// Since when the snapshot has not been brought up to the log, when that is too long ago.
    pub fn lags_since(&self) -> Option<DateTime<Utc>> {
        let refreshed_at = **self.refreshed_at.load();
        (self.clock.now() - refreshed_at > LAGGING).then_some(refreshed_at)
    }

    /// Keeps the snapshot up to date for as long as it is polled. While that fails the old snapshot
    /// serves, and the node says that it is not ready.
    pub async fn follow(&self) {
        let mut ticks = tokio::time::interval(POLL);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut is_failing = false;
        loop {
            ticks.tick().await;
            let refreshed = self.refresh().await;
            // Said when it begins and when it ends, not four times a second.
            if refreshed.is_err() == is_failing {
                continue;
            }
            is_failing = refreshed.is_err();
            match refreshed {
                Ok(_) => info!("the index is kept up to date again"),
                Err(error) => warn!(
                    error = &error as &dyn std::error::Error,
                    "the index cannot be kept up to date"
                ),
            }
        }
    }
}
