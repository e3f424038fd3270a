//! What ends soon, or ended lately and was not made good: read off the records, whether or not the
//! scheduler ever ran.

use std::sync::Arc;

use chrono::{DateTime, Days, NaiveDate, Utc};
use data_encoding::BASE64URL_NOPAD;
use domain::notice::{Addressee, Due, DueKind, dues};
use domain::npi::Npi;
use domain::provider::Provider;
use domain::time::days_between;
use index::Snapshot;

use super::Trouble;
use super::entry::waiting;
use crate::app::{App, LoadError};
use crate::store::notice;

/// What ended longer ago is not shown any more: the last reminder goes out on this day (CAQH).
const SHOWN_DAYS_AFTER: i64 = 42;

/// Overdue notices that are shown; a house with more has another problem.
const MAX_NOTICES: u64 = 1_000;

/// Something that ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ending {
    /// What.
    pub kind: DueKind,
    /// The last day.
    pub due_on: NaiveDate,
    /// Has it passed?
    pub is_overdue: bool,
    /// Whose.
    pub npi: Option<Npi>,
    /// The person's name.
    pub person: Option<Box<str>>,
    /// The record, by its table and number.
    pub about: (&'static str, i64),
    /// The record in words.
    pub name: Box<str>,
    key: String,
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What is on it.
    pub items: Vec<Ending>,
    /// Is there another?
    pub has_next: bool,
    /// How many there are in all.
    pub total: usize,
}

impl Ending {
    /// Where the next page goes on after it. Opaque to clients.
    pub fn cursor(&self) -> String {
        BASE64URL_NOPAD.encode(format!("due:{}|{}", self.due_on, self.key).as_bytes())
    }

    fn order(&self) -> (NaiveDate, &str) {
        (self.due_on, &self.key)
    }
}

/// What ends within so many days, what ends first being first.
///
/// # Errors
/// `BadInput` names an `after` that is no cursor.
pub async fn page(
    app: &App,
    within: u32,
    after: Option<&str>,
    first: usize,
) -> Result<Page, Trouble> {
    let after = after.map(read_cursor).transpose()?;
    let now = app.clock.now();
    let snapshot = app.snapshot();
    let mut all = tokio::task::spawn_blocking(move || of_people(&snapshot, now, within))
        .await
        .map_err(LoadError::from)?;
    let today = now.date_naive();
    let overdue = notice::overdue(app.store.connection(), today, MAX_NOTICES).await?;
    all.extend(overdue.into_iter().map(|waiting| Ending {
        kind: DueKind::Notice,
        due_on: waiting.notice.due_on,
        is_overdue: true,
        npi: match waiting.notice.to {
            Addressee::Entry(npi) => Some(npi),
            Addressee::Account(_) | Addressee::Address(_) => None,
        },
        person: None,
        about: ("notice", waiting.id.0),
        name: waiting.notice.subject,
        key: format!("NOTICE/notice_{}", waiting.id.0),
    }));
    all.extend(of_entries(app, now, within).await?);
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    let total = all.len();
    let from = after.map_or(0, |(day, key)| {
        all.partition_point(|ending| ending.order() <= (day, key.as_str()))
    });
    let mut items = all.split_off(from);
    let has_next = items.len() > first;
    items.truncate(first);
    Ok(Page {
        items,
        has_next,
        total,
    })
}

fn of_people(snapshot: &Arc<Snapshot>, now: DateTime<Utc>, within: u32) -> Vec<Ending> {
    let policy = &snapshot.rules().policy;
    let mut found = Vec::new();
    for person in snapshot.people() {
        if !is_looked_after(person) {
            continue;
        }
        let due = dues(person, now, policy).into_iter();
        let soon = due.filter(|due| is_shown(due, within));
        found.extend(soon.map(|due| Ending {
            kind: due.kind,
            due_on: due.due_on,
            is_overdue: due.due_on < due.today,
            npi: Some(person.npi),
            person: Some(person.name.full().into()),
            about: due.about,
            key: due.key(),
            name: due.name,
        }));
    }
    found
}

/// What is asked of us about entries and waits.
async fn of_entries(app: &App, now: DateTime<Utc>, within: u32) -> Result<Vec<Ending>, Trouble> {
    let snapshot = app.snapshot();
    let policy = &snapshot.rules().policy;
    let waiting = waiting::all(&app.store, now, policy).await?;
    let today = waiting::today(now);
    let last = today
        .checked_add_days(Days::new(u64::from(within)))
        .unwrap_or(NaiveDate::MAX);
    let soon = waiting.waiting.into_iter().filter(|it| it.due_on <= last);
    Ok(soon
        .map(|it| Ending {
            kind: it.due,
            due_on: it.due_on,
            is_overdue: it.due_on < today,
            npi: Some(it.npi),
            person: snapshot.provider(it.npi).map(|it| it.name.full().into()),
            about: it.about,
            key: format!("{}/{}_{}", it.due, it.about.0, it.about.1),
            name: it.what,
        })
        .collect())
}

/// Registry rows that nobody claimed and nothing was decided about are not looked after.
fn is_looked_after(person: &Provider) -> bool {
    person.claimed
        || !person.training.is_empty()
        || !person.credentials.is_empty()
        || !person.attestations.is_empty()
}

fn is_shown(due: &Due, within: u32) -> bool {
    let last = due
        .today
        .checked_add_days(Days::new(u64::from(within)))
        .unwrap_or(NaiveDate::MAX);
    due.due_on <= last && days_between(due.due_on, due.today) <= SHOWN_DAYS_AFTER
}

fn read_cursor(text: &str) -> Result<(NaiveDate, String), Trouble> {
    let read = BASE64URL_NOPAD
        .decode(text.as_bytes())
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| {
            let (day, key) = text.strip_prefix("due:")?.split_once('|')?;
            Some((day.parse().ok()?, key.to_owned()))
        });
    read.ok_or_else(|| Trouble::BadInput {
        field: "after".into(),
        message: "after is the endCursor of a page of the same question".into(),
    })
}
