//! Slows guessing down: by name and by address, each failure doubling the wait.
//!
//! An attempt is counted before it is judged and given back when it succeeds. So a thousand attempts at
//! the same moment are a thousand failures, and not one.

use chrono::{DateTime, TimeDelta, Utc};

use super::limits::{
    FIRST_DELAY, FORGOTTEN, FREE_PER_ADDRESS, FREE_PER_NAME, LONGEST_DELAY, RESET_EVERY,
};
use super::{Name, Visit};
use crate::app::App;
use crate::secret::Use;
use crate::store::StoreError;
use crate::store::account::throttle::{self, Throttle};

/// An attempt that has been counted.
#[derive(Debug)]
pub(super) struct Counted {
    subjects: Vec<(String, u32)>,
    /// Has the name failed so often that the next attempt must wait?
    pub(super) name_is_blocked: bool,
}

/// Nothing is tried before then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Blocked {
    pub(super) until: DateTime<Utc>,
}

/// Counts an attempt, or says how long to wait. Names that do not exist are counted alike.
pub(super) async fn count(
    app: &App,
    visit: &Visit,
    name: &Name,
) -> Result<Result<Counted, Blocked>, StoreError> {
    let subjects = subjects(app, visit, name);
    let now = app.clock.now();
    let keys: Vec<String> = subjects.iter().map(|(key, _)| key.clone()).collect();
    let counted = throttle::change(&app.store, &keys, |held| {
        let waits = held.iter().flatten().map(|held| held.blocked_until);
        if let Some(until) = waits.max().filter(|until| *until > now) {
            return Err(Blocked { until });
        }
        let held = held.into_iter().zip(&subjects);
        Ok(held
            .map(|(held, (subject, free))| Some(after_failure(held, subject, *free, now)))
            .collect())
    });
    Ok(counted.await?.map(|counted| Counted {
        name_is_blocked: counted
            .first()
            .and_then(Option::as_ref)
            .is_some_and(|name| name.blocked_until > now),
        subjects,
    }))
}

/// How an attempt ended that was no failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ended {
    /// Somebody is in: the name begins anew.
    SignedIn,
    /// The code was left out. Wrong codes that were tried before still count, or who has the password could
    /// try them all.
    CodeLeftOut,
}

/// Gives an attempt back that was no failure: name and address have one failure less.
pub(super) async fn give_back(
    app: &App,
    counted: &Counted,
    ended: Ended,
) -> Result<(), StoreError> {
    let keys: Vec<String> = counted
        .subjects
        .iter()
        .map(|(key, _)| key.clone())
        .collect();
    let now = app.clock.now();
    let given = throttle::change(&app.store, &keys, |held| {
        let left = held.into_iter().zip(&counted.subjects).enumerate();
        let left = left.map(|(nth, (held, (_, free)))| {
            let is_name = nth == 0;
            let held = held.filter(|held| held.failures > 1)?;
            (!is_name || ended == Ended::CodeLeftOut).then(|| Throttle {
                failures: held.failures - 1,
                blocked_until: now + delay(held.failures - 1, *free),
                ..held
            })
        });
        Ok::<_, std::convert::Infallible>(left.collect())
    });
    given.await?.map(drop).map_err(|never| match never {})
}

/// Is it the first time in a while that somebody asks for another password for this name?
pub(super) async fn asks_anew(app: &App, name: &Name) -> Result<bool, StoreError> {
    let subject = format!("reset/{}", app.secret.blind(Use::SignInName, name.as_str()));
    let now = app.clock.now();
    noted(app, subject, now, RESET_EVERY).await
}

/// Notes that something happens, unless it has within a while: says whether it was noted.
pub(super) async fn noted(
    app: &App,
    subject: String,
    now: DateTime<Utc>,
    quiet: TimeDelta,
) -> Result<bool, StoreError> {
    let subjects = [subject];
    let changed = throttle::change(&app.store, &subjects, |held| {
        let held = held.into_iter().next().flatten();
        if held.as_ref().is_some_and(|held| held.blocked_until > now) {
            return Err(());
        }
        Ok(vec![Some(Throttle {
            subject: subjects[0].clone(),
            failures: held.map_or(0, |held| held.failures).saturating_add(1),
            last_failed_at: now,
            blocked_until: now + quiet,
        })])
    });
    Ok(changed.await?.is_ok())
}

fn subjects(app: &App, visit: &Visit, name: &Name) -> Vec<(String, u32)> {
    let name = app.secret.blind(Use::SignInName, name.as_str());
    let mut subjects = vec![(format!("name/{name}"), FREE_PER_NAME)];
    if let Some(address) = visit.ip_hash(app) {
        subjects.push((format!("address/{address}"), FREE_PER_ADDRESS));
    }
    subjects
}

fn after_failure(held: Option<Throttle>, subject: &str, free: u32, now: DateTime<Utc>) -> Throttle {
    let recent = held.filter(|held| held.last_failed_at + FORGOTTEN > now);
    let failures = recent.map_or(0, |held| held.failures).saturating_add(1);
    Throttle {
        subject: subject.to_owned(),
        failures,
        last_failed_at: now,
        blocked_until: now + delay(failures, free),
    }
}

/// How long to wait after so many failures.
fn delay(failures: u32, free: u32) -> TimeDelta {
    let Some(doublings) = failures.checked_sub(free) else {
        return TimeDelta::zero();
    };
    // 2^10 seconds are past the longest delay.
    let factor = 1 << doublings.min(10);
    (FIRST_DELAY * factor).min(LONGEST_DELAY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_quarter_of_an_hour() {
        for (failures, seconds) in [
            (0, 0),
            (4, 0),
            (5, 1),
            (6, 2),
            (7, 4),
            (14, 512),
            (15, 900),
            (16, 900),
            (u32::MAX, 900),
        ] {
            assert_eq!(delay(failures, 5).num_seconds(), seconds, "{failures}");
        }
    }

    #[test]
    fn failures_are_forgotten_after_a_day_without_another() {
        let now: DateTime<Utc> = "2026-11-21T09:00:00Z".parse().unwrap();
        let held = |hours| {
            Some(Throttle {
                subject: "name/x".into(),
                failures: 9,
                last_failed_at: now - TimeDelta::hours(hours),
                blocked_until: now,
            })
        };
        assert_eq!(after_failure(held(23), "name/x", 5, now).failures, 10);
        assert_eq!(after_failure(held(24), "name/x", 5, now).failures, 1);
        assert_eq!(after_failure(None, "name/x", 5, now).blocked_until, now);
    }
}
