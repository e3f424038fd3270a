//! Decisions of which nobody was told in time: somebody of ours is, once for each notice.

use chrono::{DateTime, Utc};
use domain::notice::{Addressee, NoticeKind, Task, TaskKind};

use super::tasks::{close, open};
use crate::app::{App, LoadError};
use crate::store::notice::{self, NoticeId, StoredNotice};
use crate::store::task::{self, StoredTask};

/// Notices, and tasks, looked at in one go.
const AT_ONCE: u64 = 500;

/// What people are owed word of by a day. A reminder that is late is a smaller matter, and is counted.
const OWED: [NoticeKind; 4] = [
    NoticeKind::Decision,
    NoticeKind::AttestationDecision,
    NoticeKind::Suspended,
    NoticeKind::Revoked,
];

/// Opens a task for every notice of a decision that was not sent by its last day (NCQA: 30 days), and
/// closes it when the notice has left the house after all. Tells how many of each.
pub(super) async fn settle(app: &App) -> Result<(u64, u64), LoadError> {
    let now = app.clock.now();
    let mut opened = 0;
    let mut after = NoticeId(0);
    loop {
        let db = app.store.connection();
        let page = notice::owed(db, &OWED, now.date_naive(), after, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        let asked: Vec<Task> = page.iter().map(task_for).collect();
        opened += open(app, &asked, now).await?;
    }
    Ok((opened, close_sent(app, now).await?))
}

fn task_for(late: &StoredNotice) -> Task {
    let id = late.id.0;
    let why = late.last_error.as_deref().unwrap_or("nobody tried yet");
    Task {
        kind: TaskKind::NoticeOverdue,
        npi: match late.notice.to {
            Addressee::Entry(npi) => Some(npi),
            Addressee::Account(_) | Addressee::Address(_) => None,
        },
        about: Some(("notice".into(), id.to_string().into())),
        what: format!(
            "notice_{id} of a decision was to be sent by {} and has not been ({why}): see to it that its \
             person is told",
            late.notice.due_on
        )
        .into(),
        due_on: Some(late.notice.due_on),
        once_key: format!("NOTICE/notice_{id}").into(),
    }
}

/// Closes the tasks of notices that were sent meanwhile.
async fn close_sent(app: &App, now: DateTime<Utc>) -> Result<u64, LoadError> {
    let db = app.store.connection();
    let filter = task::Filter {
        kind: Some(TaskKind::NoticeOverdue),
        ..task::Filter::default()
    };
    let mut after = None;
    let mut closed = 0;
    loop {
        let page = task::page(db, &filter, after, AT_ONCE).await?;
        let Some(last) = page.last() else {
            return Ok(closed);
        };
        after = Some(last.id);
        let ids: Vec<NoticeId> = page.iter().filter_map(of_notice).collect();
        let sent = notice::sent_among(db, &ids).await?;
        let is_sent = |task: &&StoredTask| of_notice(task).is_some_and(|id| sent.contains(&id));
        let needless: Vec<&StoredTask> = page.iter().filter(is_sent).collect();
        closed += close(app, &needless, now).await?;
    }
}

fn of_notice(task: &StoredTask) -> Option<NoticeId> {
    let (_, id) = task.about.as_ref()?;
    id.parse().ok().map(NoticeId)
}
