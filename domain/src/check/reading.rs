//! What the checks of a case say together at a decision.
//!
//! Of the checks that cover a field the latest that counts has the last word; a check of an earlier
//! version counts as long as nothing that it covers was changed since.

use chrono::NaiveDate;

use super::{Check, CheckOutcome, Demand, FieldPath, required};
use crate::case::Content;
use crate::time::days_between;

/// What the checks say together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// Required, and no source has answered.
    pub unanswered: Vec<&'static str>,
    /// The last word differs from the claim, or knows of none.
    pub contradicted: Vec<Box<str>>,
    /// Proved too long ago.
    pub stale: Vec<Box<str>>,
    /// Does a source near enough to the facts agree in anything that is required?
    pub is_proved: bool,
    /// The day whose truth the oldest of the proofs tells.
    pub psv_as_of: Option<NaiveDate>,
}

/// Reads the checks on a day; what proves may be `psv_days` old.
pub fn read(
    checks: &[Check],
    content: &Content,
    demand: Demand,
    on: NaiveDate,
    psv_days: u32,
) -> Reading {
    let counted: Vec<&Check> = checks
        .iter()
        .filter(|check| content.still_holds(&check.field, check.content_version))
        .collect();
    let mut reading = Reading::default();
    for field in required(demand) {
        let last = last_word(&counted, |check| check.field.covers(field));
        match last.map(Check::outcome) {
            None | Some(CheckOutcome::SourceUnavailable | CheckOutcome::NeedsReview) => {
                reading.unanswered.push(field);
            }
            Some(
                CheckOutcome::Match
                | CheckOutcome::Mismatch
                | CheckOutcome::NotFound
                | CheckOutcome::NotApplicable,
            ) => {}
        }
        reading.is_proved |= last.is_some_and(Check::proves);
    }
    let mut fields: Vec<&FieldPath> = counted.iter().map(|check| &check.field).collect();
    fields.sort_unstable();
    fields.dedup();
    for field in fields {
        let Some(last) = last_word(&counted, |check| check.field.covers(field.as_str())) else {
            continue;
        };
        match last.outcome() {
            CheckOutcome::Mismatch | CheckOutcome::NotFound => {
                reading.contradicted.push(field.as_str().into());
            }
            CheckOutcome::Match
            | CheckOutcome::SourceUnavailable
            | CheckOutcome::NeedsReview
            | CheckOutcome::NotApplicable => {}
        }
        if last.source.kind.proves() && last.outcome() == CheckOutcome::Match {
            let as_of = last.source.as_of;
            if days_between(as_of, on) > i64::from(psv_days) {
                reading.stale.push(field.as_str().into());
            }
            reading.psv_as_of = Some(reading.psv_as_of.map_or(as_of, |oldest| oldest.min(as_of)));
        }
    }
    reading
}

/// The latest answer about a field: a source that did not answer undoes no earlier answer, unless
/// there is none.
fn last_word<'a>(checks: &[&'a Check], covers: impl Fn(&Check) -> bool) -> Option<&'a Check> {
    let of_field = || checks.iter().copied().filter(|check| covers(check));
    let latest = |check: &&Check| (check.performed_at, check.id);
    of_field()
        .filter(|check| check.outcome() != CheckOutcome::SourceUnavailable)
        .max_by_key(latest)
        .or_else(|| of_field().max_by_key(latest))
}
