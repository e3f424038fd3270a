use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::eligibility::Rulebook;
use domain::policy::Policy;
use domain::time::{Day, local_day};
use index::{Gazetteer, Snapshot};

use crate::app::App;

/// What one request sees: one snapshot and one instant, however long it takes and whatever changes
/// meanwhile.
#[derive(Clone)]
pub struct Reading {
    snapshot: Arc<Snapshot>,
    now: DateTime<Utc>,
}

impl Reading {
    /// What the application holds now.
    pub fn of(app: &App) -> Self {
        Self::new(app.snapshot(), app.clock.now())
    }

    /// A snapshot, seen at an instant.
    pub const fn new(snapshot: Arc<Snapshot>, now: DateTime<Utc>) -> Self {
        Self { snapshot, now }
    }

    /// Everything that is searched.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The number of the last change that is in it.
    pub fn version(&self) -> u64 {
        self.snapshot.version()
    }

    /// The instant.
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The law and the policy.
    pub fn rules(&self) -> &Arc<Rulebook> {
        self.snapshot.rules()
    }

    /// The directory's own choices.
    pub fn policy(&self) -> &Policy {
        &self.rules().policy
    }

    /// The places that people ask for.
    pub fn places(&self) -> &Gazetteer {
        self.snapshot.places()
    }

    /// Today in a zone.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        local_day(self.now, zone)
    }

    /// The day asked for, or today, as it is judged in a zone.
    pub fn day(&self, on: Option<NaiveDate>, zone: Tz) -> Day {
        let today = self.today(zone);
        Day::new(on.unwrap_or(today), today)
    }
}

#[cfg(test)]
impl Reading {
    /// A directory of nobody under no law, at version 7.
    pub(crate) fn of_nobody() -> Self {
        let rules = Rulebook::default();
        let places = Arc::new(Gazetteer::new(Vec::new()));
        let snapshot = Snapshot::build(7, Arc::new(rules), places, []);
        Self::new(Arc::new(snapshot), DateTime::UNIX_EPOCH)
    }
}
