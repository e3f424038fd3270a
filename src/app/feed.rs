//! How a node keeps up with the log.

use std::sync::Arc;
use std::time::Duration;

use index::Snapshot;
use tracing::{info, warn};

use super::{App, LoadError, load};
use crate::store;

/// How often a node looks at the log's head: one indexed row.
const POLL: Duration = Duration::from_millis(250);

impl App {
    /// Brings the snapshot up to the log's head. Says whether there was anything to do.
    pub async fn refresh(&self) -> Result<bool, LoadError> {
        let current = self.snapshot();
        let head = store::log::head(self.store.connection()).await?.seq;
        if head == current.version() {
            return Ok(false);
        }
        let next = self.next(current, head).await?;
        self.snapshot.store(Arc::new(next));
        Ok(true)
    }

    /// Keeps the snapshot up to date for as long as it is polled. While the database is away the old
    /// snapshot serves.
    pub async fn follow(&self) {
        let mut ticks = tokio::time::interval(POLL);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut failing = false;
        loop {
            ticks.tick().await;
            match self.refresh().await {
                Ok(_) if failing => {
                    failing = false;
                    info!("the database answers again");
                }
                Ok(_) => {}
                // Said once, not four times a second.
                Err(error) if !failing => {
                    failing = true;
                    warn!(
                        error = &error as &dyn std::error::Error,
                        "the index cannot be kept up to date"
                    );
                }
                Err(_) => {}
            }
        }
    }

    async fn next(&self, current: Arc<Snapshot>, head: u64) -> Result<Snapshot, LoadError> {
        let version = current.version();
        if head < version {
            warn!(
                head,
                version, "the log is shorter than it was: reading everything anew"
            );
            return load::everything(&self.store).await;
        }
        if store::log::touches_rules(self.store.connection(), version).await? {
            return load::everything(&self.store).await;
        }
        load::changes(&self.store, current).await
    }
}
