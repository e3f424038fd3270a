//! One runner among many nodes, for as long as the program runs.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tracing::{info, warn};

use super::{Delivered, Done, deliver, run_once};
use crate::app::{App, LoadError};
use crate::outbox::Outbox;
use crate::store::lease;

/// How often a node looks whether it is its turn, and sends what waits.
const TICK: Duration = Duration::from_mins(1);

/// How often everything is looked at: reminders and tasks are told by the day.
const EVERY: TimeDelta = TimeDelta::minutes(15);

/// A node that dies is followed by another after this.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// What the lease is called.
const NAME: &str = "schedule";

/// What a node knows of its turns.
#[derive(Debug, Clone)]
pub struct Watch {
    holder: String,
    looked_at: Option<DateTime<Utc>>,
}

impl Watch {
    /// Of a node by a name that no other has.
    pub fn new(holder: impl Into<String>) -> Self {
        Self {
            holder: holder.into(),
            looked_at: None,
        }
    }

    /// Does the work for as long as it is polled, whenever it is this node's turn.
    pub async fn run(mut self, app: &App, outbox: &Outbox) {
        let mut ticks = tokio::time::interval(TICK);
        ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut is_failing = false;
        loop {
            ticks.tick().await;
            let ticked = tick(app, outbox, &mut self).await;
            if let Err(error) = &ticked {
                // Said when it begins, not every minute.
                if !is_failing {
                    warn!(
                        error = error as &dyn std::error::Error,
                        "what the time asks for cannot be done"
                    );
                }
            } else if is_failing {
                info!("what the time asks for is done again");
            }
            is_failing = ticked.is_err();
        }
    }

    /// Lets another node take over at once.
    pub async fn give_back(app: &App, holder: &str) -> Result<(), LoadError> {
        Ok(lease::give_back(&app.store, NAME, holder).await?)
    }
}

/// Does what the time asks for, if it is this node's turn: everything every quarter of an hour, sending
/// each time. `None` while another node has its turn.
///
/// # Errors
/// When the database does not do its part; the next tick goes on.
pub async fn tick(
    app: &App,
    outbox: &Outbox,
    watch: &mut Watch,
) -> Result<Option<(Done, Delivered)>, LoadError> {
    let now = app.clock.now();
    if !lease::take(&app.store, NAME, &watch.holder, now, LEASE).await? {
        return Ok(None);
    }
    let mut done = Done::default();
    if watch.looked_at.is_none_or(|at| now - at >= EVERY) {
        done = run_once(app).await?;
        watch.looked_at = Some(now);
    }
    Ok(Some((done, deliver(app, outbox).await?)))
}
