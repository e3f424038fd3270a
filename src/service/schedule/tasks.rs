//! Tasks for us: opened when their day comes, closed when what they ask for has become needless.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Datelike, Utc};
use domain::notice::{Due, DueKind, Task, TaskKind, TaskResolution, dues};
use domain::policy::Policy;
use domain::provider::Provider;
use domain::time::days_between;
use index::Snapshot;

use crate::app::{App, LoadError};
use crate::service::entry::waiting::{self, Everything, Waiting};
use crate::store::log::{self, NewEvent};
use crate::store::task::{self, Closed, StoredTask};

/// Tasks written in one transaction.
const AT_ONCE: usize = 500;

/// A licence's register is to be looked at again so many days before the last look ends to count.
const RECHECK_DAYS_BEFORE: i64 = 5;

/// What the log calls whoever closes what has become needless.
const SYSTEM: &str = "SYSTEM";

/// Opens the tasks that today asks for, each once, and closes those that have become needless. Tells
/// how many of each.
pub(super) async fn settle(app: &App) -> Result<(u64, u64), LoadError> {
    let now = app.clock.now();
    let snapshot = app.snapshot();
    let mut asked = {
        let snapshot = Arc::clone(&snapshot);
        tokio::task::spawn_blocking(move || asked(&snapshot, now)).await?
    };
    let policy = &snapshot.rules().policy;
    let waiting = waiting::all(&app.store, now, policy).await?;
    asked.extend(of_entries(app, &waiting.waiting, now).await?);
    let mut opened = 0;
    for some in asked.chunks(AT_ONCE) {
        opened += open(app, some, now).await?;
    }
    Ok((opened, close_needless(app, &snapshot, &waiting, now).await?))
}

/// Every task that is to be open now.
fn asked(snapshot: &Snapshot, now: DateTime<Utc>) -> Vec<Task> {
    let policy = &snapshot.rules().policy;
    let mut found = Vec::new();
    let mut unscreened = 0_u64;
    for person in snapshot.people() {
        if !is_credentialed(person) {
            continue;
        }
        for due in dues(person, now, policy) {
            if due.kind == DueKind::Screening {
                unscreened += u64::from(due.due_on < due.today);
            } else {
                found.extend(task(person, &due));
            }
        }
    }
    if unscreened > 0 {
        found.push(screening(unscreened, now));
    }
    // The same order whoever looks, so that numbers follow days.
    found.sort_by(|a, b| (a.due_on, &a.once_key).cmp(&(b.due_on, &b.once_key)));
    found
}

/// The tasks of what is asked of us about entries, but for those about which one is open: opened with the
/// request, and again when it nears its day or passes it and somebody has closed that one meanwhile.
async fn of_entries(
    app: &App,
    waiting: &[Waiting],
    now: DateTime<Utc>,
) -> Result<Vec<Task>, LoadError> {
    if waiting.is_empty() {
        return Ok(Vec::new());
    }
    let open = task::open_subjects(app.store.connection(), &waiting::TASKS).await?;
    let missing = waiting.iter().filter(|it| !open.contains(&it.subject()));
    Ok(missing.map(|it| it.task(now)).collect())
}

/// Do we vouch for anything of theirs? Registry rows are not looked after.
fn is_credentialed(person: &Provider) -> bool {
    person
        .training
        .iter()
        .any(|it| !it.credential.history.is_empty())
        || person.credentials.iter().any(|it| !it.history.is_empty())
        || !person.attestations.is_empty()
}

/// The task that something due asks for today.
fn task(person: &Provider, due: &Due) -> Option<Task> {
    let left = days_between(due.today, due.due_on);
    let kind = match due.kind {
        DueKind::LicenseCheck if left <= RECHECK_DAYS_BEFORE => TaskKind::LicenseRecheck,
        DueKind::SuspensionReview => TaskKind::SuspensionReview,
        DueKind::NeedleLot if left < 0 => TaskKind::LotLapsed,
        DueKind::LicenseCheck
        | DueKind::NeedleLot
        | DueKind::Credential
        | DueKind::Revalidation
        | DueKind::License
        | DueKind::Attestation
        | DueKind::LocationConfirmation
        | DueKind::Screening
        | DueKind::Notice
        | DueKind::Claim
        | DueKind::Removal
        | DueKind::Report => return None,
    };
    let (table, id) = due.about;
    Some(Task {
        kind,
        npi: Some(person.npi),
        about: Some((table.into(), id.to_string().into())),
        what: format!("{}: {}", due.name, due.kind.to_do()).into(),
        due_on: Some(due.due_on),
        once_key: due.key().into(),
    })
}

/// One task a month for everybody: it takes one run, or a newer list.
fn screening(unscreened: u64, now: DateTime<Utc>) -> Task {
    let today = now.date_naive();
    Task {
        kind: TaskKind::ScreeningDue,
        npi: None,
        about: None,
        what: format!(
            "{unscreened} people are due for screening against the exclusion list: import the \
             current list, or run a screening."
        )
        .into(),
        due_on: Some(today),
        once_key: format!("SCREENING/{}-{:02}", today.year(), today.month()).into(),
    }
}

/// Opens tasks, each once, with an entry in the log; tells how many.
pub(super) async fn open(app: &App, tasks: &[Task], now: DateTime<Utc>) -> Result<u64, LoadError> {
    let keys: Vec<&str> = tasks.iter().map(|task| &*task.once_key).collect();
    let known = task::used_keys(app.store.connection(), &keys).await?;
    if known.len() == keys.len() {
        return Ok(0);
    }
    let txn = app.store.begin().await?;
    let opened = task::open(&txn, tasks, now).await?;
    if opened == 0 {
        txn.rollback().await?;
        return Ok(0);
    }
    let event = NewEvent {
        reason_text: Some(format!("{opened} tasks")),
        ..NewEvent::by_system("openTask", "task", now)
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(opened)
}

/// Closes what somebody has seen to without closing it, and what is about nobody any more.
async fn close_needless(
    app: &App,
    snapshot: &Snapshot,
    everything: &Everything,
    now: DateTime<Utc>,
) -> Result<u64, LoadError> {
    let waiting = everything.waiting.iter();
    let waiting: BTreeSet<_> = waiting.map(|it| (it.task, it.subject())).collect();
    let policy = &snapshot.rules().policy;
    let mut after = None;
    let mut closed = 0;
    loop {
        let filter = task::Filter::default();
        let page = task::page(app.store.connection(), &filter, after, AT_ONCE as u64).await?;
        let Some(last) = page.last() else {
            return Ok(closed);
        };
        after = Some(last.id);
        let needless: Vec<_> = page
            .iter()
            .filter(|task| {
                if waiting::TASKS.contains(&task.kind) {
                    let about = task.about.clone();
                    return about.is_some_and(|about| {
                        !everything.leaves_out(&about) && !waiting.contains(&(task.kind, about))
                    });
                }
                is_needless(task, snapshot, now, policy)
            })
            .collect();
        closed += close(app, &needless, now).await?;
    }
}

fn is_needless(
    task: &StoredTask,
    snapshot: &Snapshot,
    now: DateTime<Utc>,
    policy: &Policy,
) -> bool {
    let (Some(npi), Some(key)) = (task.npi, &task.once_key) else {
        return false;
    };
    match task.kind {
        TaskKind::LicenseRecheck | TaskKind::SuspensionReview | TaskKind::LotLapsed => {
            let still: BTreeSet<String> = snapshot
                .provider(npi)
                .map(|person| dues(person, now, policy))
                .unwrap_or_default()
                .iter()
                .map(Due::key)
                .collect();
            !still.contains(&**key)
        }
        TaskKind::Name
        | TaskKind::License
        | TaskKind::Location
        | TaskKind::ZipState
        | TaskKind::LotRecalled
        | TaskKind::LotTwoExpiries
        | TaskKind::StatementDenied
        | TaskKind::ScreeningDue
        | TaskKind::RemovalDue
        | TaskKind::NoticeOverdue
        | TaskKind::ClaimCode
        | TaskKind::ClaimDecision
        | TaskKind::ReportDue
        | TaskKind::FraudSuspected => false,
    }
}

/// Closes tasks that have become needless, with an entry in the log; tells how many.
pub(super) async fn close(
    app: &App,
    tasks: &[&StoredTask],
    now: DateTime<Utc>,
) -> Result<u64, LoadError> {
    if tasks.is_empty() {
        return Ok(0);
    }
    let txn = app.store.begin().await?;
    let how = Closed {
        at: now,
        by: SYSTEM.into(),
        resolution: TaskResolution::NotNeeded,
        text: Some("what it asked for has been done or has become needless".into()),
    };
    let mut closed = 0;
    for found in tasks {
        closed += u64::from(task::close(&txn, found.id, &how).await?);
    }
    if closed == 0 {
        txn.rollback().await?;
        return Ok(0);
    }
    let event = NewEvent {
        reason_text: Some(format!("{closed} tasks")),
        ..NewEvent::by_system("closeTask", "task", now)
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(closed)
}
