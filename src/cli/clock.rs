use chrono::{DateTime, Utc};
use clap::Args;

use crate::clock::Clock;

/// What time a command takes it to be.
#[derive(Debug, Clone, Copy, Args)]
pub struct ClockArgs {
    /// Start the clock at this instant and let it tick: `2026-11-21T09:00:00Z` (tests and
    /// demonstrations only)
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    clock: Option<DateTime<Utc>>,
}

impl ClockArgs {
    /// The clock that was asked for: the machine's unless told otherwise.
    pub fn clock(self) -> Clock {
        self.clock.map_or_else(Clock::system, Clock::starting_at)
    }

    /// The instant at which the clock was told to start.
    pub const fn start(self) -> Option<DateTime<Utc>> {
        self.clock
    }
}

fn instant(text: &str) -> Result<DateTime<Utc>, String> {
    text.parse().map_err(|error| {
        format!("{error}; a date, a time and a zone are wanted, such as 2026-11-21T09:00:00Z")
    })
}
