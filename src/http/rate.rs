//! The bucket of points that each client spends from.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use governor::clock::{Clock as _, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::client::ClientKey;
use super::settings::Rate;

/// How many requests go by between two looks for clients to forget.
const SWEEP_EVERY: u32 = 4_096;

/// One bucket a client. A bucket that is full again is forgotten.
pub(crate) struct Buckets {
    limiter: RateLimiter<
        ClientKey,
        DashMapStateStore<ClientKey>,
        DefaultClock,
        StateInformationMiddleware,
    >,
    rate: Rate,
    clock: DefaultClock,
    since_sweep: AtomicU32,
}

/// Why a client may not spend what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spent {
    /// More than a full bucket holds.
    NeverEnough { burst: u32 },
    /// Enough points are back after this.
    NotYet { wait: Duration },
}

impl Buckets {
    pub(crate) fn new(rate: Rate) -> Self {
        let quota = Quota::per_second(rate.per_second).allow_burst(rate.burst);
        Self {
            limiter: RateLimiter::dashmap(quota).with_middleware(),
            rate,
            clock: DefaultClock::default(),
            since_sweep: AtomicU32::new(0),
        }
    }

    /// Takes the points out of the client's bucket and says how many are left.
    pub(crate) fn spend(&self, client: ClientKey, points: NonZeroU32) -> Result<u32, Spent> {
        if self.since_sweep.fetch_add(1, Ordering::Relaxed) == SWEEP_EVERY {
            self.since_sweep.store(0, Ordering::Relaxed);
            self.limiter.retain_recent();
        }
        match self.limiter.check_key_n(&client, points) {
            Ok(Ok(state)) => Ok(state.remaining_burst_capacity()),
            Ok(Err(until)) => Err(Spent::NotYet {
                wait: until.wait_time_from(self.clock.now()),
            }),
            Err(_) => Err(Spent::NeverEnough {
                burst: self.rate.burst.get(),
            }),
        }
    }

    pub(crate) const fn rate(&self) -> Rate {
        self.rate
    }
}
