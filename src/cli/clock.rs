use chrono::{DateTime, Utc};
use clap::Args;

use crate::clock::Clock;

/// What time a command takes it to be.
#[derive(Debug, Clone, Copy, Args)]
pub struct ClockArgs {
    /// Start the clock at this instant and let it tick: `2026-11-21T09:00:00Z` (tests and
    /// demonstrations only)
    #[arg(long, value_name = "INSTANT")]
    clock: Option<DateTime<Utc>>,
}

impl ClockArgs {
    /// The clock that was asked for: the machine's unless told otherwise, which is said.
    pub fn clock(self) -> Clock {
        match self.clock {
            None => Clock::system(),
            Some(from) => {
                tracing::warn!(%from, "the clock starts elsewhere, for tests and demonstrations only");
                Clock::starting_at(from)
            }
        }
    }
}
