//! Sends the notices that wait.

use domain::notice::{Addressee, NoticeKind};

use crate::app::{App, LoadError};
use crate::outbox::{Letter, Outbox};
use crate::store::log::{self, NewEvent};
use crate::store::notice::{self, NoticeId, StoredNotice};

/// Notices taken at once: as many as are sent again when a program dies before it noted them.
const AT_ONCE: u64 = 16;

/// Kept where somebody looks for what went wrong.
const MAX_ERROR_BYTES: usize = 500;

/// What a round of sending came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Delivered {
    /// Notices that left the house.
    pub sent: u64,
    /// Notices that did not; they are tried again later.
    pub failed: u64,
}

/// Sends every notice that waits and whose time to be tried has come: each at least once, and noted as
/// sent with an entry in the log. Nothing is sent inside a transaction.
///
/// # Errors
/// When the database does not do its part. What cannot be sent is no error here: it is counted, and
/// what went wrong stands beside the notice.
pub async fn deliver(app: &App, outbox: &Outbox) -> Result<Delivered, LoadError> {
    let mut all = Delivered::default();
    loop {
        let taken = notice::take(&app.store, app.clock.now(), AT_ONCE).await?;
        if taken.is_empty() {
            return Ok(all);
        }
        let round = send(app, outbox, taken).await?;
        app.chores.count_sending(round.sent, round.failed);
        all.sent += round.sent;
        all.failed += round.failed;
    }
}

async fn send(
    app: &App,
    outbox: &Outbox,
    taken: Vec<StoredNotice>,
) -> Result<Delivered, LoadError> {
    let to: Vec<Addressee> = taken.iter().map(|it| it.notice.to.clone()).collect();
    let addresses = notice::addresses(app.store.connection(), &to).await?;
    let mut sent = Vec::new();
    let mut failed = Vec::new();
    for (waiting, to) in taken.into_iter().zip(addresses) {
        if to.is_empty() {
            let why = "there is nobody with an address for mail".to_owned();
            failed.push((waiting.id, why));
            continue;
        }
        let letter = letter(&waiting, to);
        match outbox.send(&letter).await {
            Ok(reached) => sent.push((waiting, reached.join(", "))),
            Err(error) => {
                tracing::warn!(
                    notice = waiting.id.0,
                    error = &error as &dyn std::error::Error,
                    "a notice could not be sent"
                );
                failed.push((waiting.id, told(&error)));
            }
        }
    }
    let round = Delivered {
        sent: note(app, &sent).await?,
        failed: failed.len() as u64,
    };
    notice::mark_failed(&app.store, &failed).await?;
    Ok(round)
}

/// Notes what was sent, and to whom, with an entry in the log for each. Tells how many nobody had noted
/// before.
///
/// # Errors
/// When the database does not do its part; nothing is noted then.
pub async fn note(app: &App, sent: &[(StoredNotice, String)]) -> Result<u64, LoadError> {
    if sent.is_empty() {
        return Ok(0);
    }
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let mut noted = 0;
    for (notice, recipients) in sent {
        if !notice::mark_sent(&txn, notice.id, recipients, now).await? {
            continue;
        }
        noted += 1;
        match (notice.notice.case_id, notice.notice.kind) {
            (Some(case), NoticeKind::Decision) => notice::mark_told(&txn, case, now).await?,
            (Some(case), NoticeKind::InfoRequested) => {
                notice::mark_asked(&txn, case, notice.queued_at, now).await?;
            }
            _ => {}
        }
        let event = NewEvent {
            entity_id: Some(name(notice.id)),
            case_id: notice.notice.case_id.map(|case| format!("case_{case}")),
            reason_code: Some(notice.notice.kind.code().to_owned()),
            ..NewEvent::by_system("sendNotice", "notice", now)
        };
        log::append(&txn, event).await?;
    }
    if noted == 0 {
        txn.rollback().await?;
    } else {
        txn.commit().await?;
    }
    Ok(noted)
}

fn letter(waiting: &StoredNotice, to: Vec<String>) -> Letter {
    Letter {
        name: name(waiting.id),
        to,
        subject: waiting.notice.subject.to_string(),
        body: waiting.notice.body.to_string(),
        written_at: waiting.queued_at,
    }
}

fn name(id: NoticeId) -> String {
    format!("notice_{}", id.0)
}

/// An error with its causes, in one line.
fn told(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    let end = text.floor_char_boundary(MAX_ERROR_BYTES);
    text.truncate(end);
    text
}
