//! What may be looked at of screening: matches, runs, and how much of the list can be matched at all.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::access::Act;
use domain::screening::ExclusionList;

use super::{Filter, MatchId, Run, RunId, StoredMatch};
use crate::app::App;
use crate::service::{Requester, Trouble, read_log};
use crate::store::exclusion::coverage::{self, Screened};
pub use crate::store::exclusion::list::ListCounts;
use crate::store::exclusion::list::{self, ListSnapshot, RejectedList};
use crate::store::exclusion::{hit, private, run};
use crate::store::{self};

/// How much of the list in force can be matched, how old it is, and how long ago people were screened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The list in force; nothing where none was ever taken in.
    pub list: Option<ListSnapshot>,
    /// Whole days since it was published, or taken in where nobody says when that was.
    pub list_age_days: Option<i64>,
    /// A file that was turned away since.
    pub rejected: Option<RejectedList>,
    /// People by the time of their last screening.
    pub screened: Screened,
    /// People whose birth date is known.
    pub with_birth_date: u64,
}

/// Matches, oldest first: a page and one more where there is one. That they were read is in the log when
/// this returns: their rows hold birth dates and addresses.
pub async fn matches(
    app: &App,
    who: &Requester,
    filter: Filter,
    after: Option<MatchId>,
    size: usize,
) -> Result<Vec<StoredMatch>, Trouble> {
    let db = app.store.connection();
    let found = hit::page_after(db, filter, after, one_more(size)).await?;
    let shown: Vec<_> = found
        .iter()
        .take(size)
        .map(|found| format!("match_{}", found.id.0))
        .collect();
    let what = (Act::ReadExclusionMatches, "exclusion_match");
    read_log::shown(app, who, what, &shown).await?;
    Ok(found)
}

/// How many matches there are.
pub async fn match_count(app: &App, filter: Filter) -> Result<u64, Trouble> {
    Ok(hit::count(app.store.connection(), filter).await?)
}

/// A match by its number.
pub async fn find_match(app: &App, id: MatchId) -> Result<Option<StoredMatch>, Trouble> {
    Ok(hit::by_ids(app.store.connection(), &[id]).await?.pop())
}

/// The rows of these matches that the list in force still holds, by their digests.
pub async fn still_listed(app: &App, matches: &[StoredMatch]) -> Result<BTreeSet<String>, Trouble> {
    let db = app.store.connection();
    let Some(list) = list::in_force(db, ExclusionList::OigLeie).await? else {
        return Ok(BTreeSet::new());
    };
    let fingerprints: Vec<String> = matches
        .iter()
        .filter_map(|found| found.facts.row_fingerprint.as_deref().map(Into::into))
        .collect();
    Ok(list::holds(db, list.id, &fingerprints).await?)
}

/// Runs, the latest first: a page and one more where there is one.
pub async fn runs(app: &App, before: Option<RunId>, size: usize) -> Result<Vec<Run>, Trouble> {
    Ok(run::page_before(app.store.connection(), before, one_more(size)).await?)
}

/// A run by its number.
pub async fn find_run(app: &App, id: RunId) -> Result<Option<Run>, Trouble> {
    Ok(run::find(app.store.connection(), id).await?)
}

/// How much can be matched, and who was screened when.
pub async fn coverage(app: &App) -> Result<Coverage, Trouble> {
    let view = app.store.read().await?;
    let now = app.clock.now();
    let policy = store::policy::in_force(&view, now)
        .await?
        .ok_or(crate::app::LoadError::NoPolicy)?;
    let list = list::in_force(&view, ExclusionList::OigLeie).await?;
    let since = list.as_ref().map(|list| list.imported_at);
    Ok(Coverage {
        list_age_days: list.as_ref().map(|list| age_days(list, now)),
        rejected: list::rejected_since(&view, ExclusionList::OigLeie, since).await?,
        screened: coverage::screened(
            &view,
            now - TimeDelta::days(i64::from(policy.screening_due_days)),
            now - TimeDelta::days(i64::from(policy.screening_overdue_days)),
        )
        .await?,
        with_birth_date: private::count(&view).await?,
        list,
    })
}

/// Business days, Monday to Friday, after a day: the day by which a match is to be looked at. Holidays
/// are not known here.
pub fn business_days_after(day: NaiveDate, days: u32) -> NaiveDate {
    use chrono::Datelike as _;
    let mut left = days;
    day.iter_days()
        .skip(1)
        .find(|day| {
            if day.weekday().number_from_monday() <= 5 {
                left -= 1;
            }
            left == 0
        })
        .unwrap_or(NaiveDate::MAX)
}

fn age_days(list: &ListSnapshot, now: DateTime<Utc>) -> i64 {
    let since = list
        .file
        .dated_on
        .unwrap_or_else(|| list.imported_at.date_naive());
    (now.date_naive() - since).num_days()
}

fn one_more(size: usize) -> u64 {
    u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_business_days_skip_the_weekend() {
        for (from, expected) in [
            // Monday to Wednesday, Thursday to Monday, Friday and the weekend to Tuesday.
            ("2026-11-16", "2026-11-18"),
            ("2026-11-19", "2026-11-23"),
            ("2026-11-20", "2026-11-24"),
            ("2026-11-21", "2026-11-24"),
            ("2026-11-22", "2026-11-24"),
        ] {
            let found = business_days_after(from.parse().unwrap(), 2);
            assert_eq!(found.to_string(), expected, "{from}");
        }
    }
}
