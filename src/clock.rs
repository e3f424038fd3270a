//! The one place that reads the time.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};

/// Tells the time: the system's, a fixed one, or one that starts elsewhere and ticks.
#[derive(Debug, Clone)]
pub struct Clock(Kind);

#[derive(Debug, Clone)]
enum Kind {
    System,
    Fixed(DateTime<Utc>),
    Moved(Arc<Mutex<DateTime<Utc>>>),
    Ticking {
        from: DateTime<Utc>,
        started: Instant,
    },
}

impl Clock {
    /// The machine's clock.
    pub const fn system() -> Self {
        Self(Kind::System)
    }

    /// Always the same instant.
    pub const fn fixed(at: DateTime<Utc>) -> Self {
        Self(Kind::Fixed(at))
    }

    /// Stands at an instant until [`set`](Self::set) moves it; its clones with it.
    pub fn moved(at: DateTime<Utc>) -> Self {
        Self(Kind::Moved(Arc::new(Mutex::new(at))))
    }

    /// Moves a clock that is [`moved`](Self::moved) by hand. Any other goes its own way.
    pub fn set(&self, to: DateTime<Utc>) {
        if let Kind::Moved(at) = &self.0 {
            *at.lock().unwrap_or_else(PoisonError::into_inner) = to;
        }
    }

    /// Starts at an instant now and goes on from there at the usual pace.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn starting_at(from: DateTime<Utc>) -> Self {
        Self(Kind::Ticking {
            from,
            started: Instant::now(),
        })
    }

    /// What time it is.
    #[expect(clippy::disallowed_methods, reason = "this is the clock")]
    pub fn now(&self) -> DateTime<Utc> {
        match &self.0 {
            Kind::System => Utc::now(),
            Kind::Fixed(at) => *at,
            Kind::Moved(at) => *at.lock().unwrap_or_else(PoisonError::into_inner),
            Kind::Ticking { from, started } => {
                *from + TimeDelta::from_std(started.elapsed()).unwrap_or(TimeDelta::MAX)
            }
        }
    }
}
