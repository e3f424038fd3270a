use chrono::NaiveDate;
use chrono_tz::Tz;

use super::Rulebook;
use crate::provider::{Practice, Provider};
use crate::time::local_day;

/// What every reason is judged by, but for the day.
#[derive(Debug, Clone, Copy)]
pub(super) struct Case<'a> {
    pub(super) provider: &'a Provider,
    pub(super) practice: Practice<'a>,
    pub(super) rules: &'a Rulebook,
    /// The zone in which the days of the practice are told.
    pub(super) zone: Tz,
}

impl<'a> Case<'a> {
    pub(super) fn new(provider: &'a Provider, practice: Practice<'a>, rules: &'a Rulebook) -> Self {
        Self {
            provider,
            practice,
            rules,
            zone: practice.zone(),
        }
    }

    /// The day of an instant, as the practice tells it.
    pub(super) fn local(&self, at: chrono::DateTime<chrono::Utc>) -> NaiveDate {
        local_day(at, self.zone)
    }
}
