//! Tasks: opened within a change or by the passing of time, closed by one of us.

use domain::notice::{Task, TaskResolution};

use super::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::app::App;
use crate::store::task::{self, Closed};

pub use crate::store::task::{Filter, StoredTask, TaskId};

/// Opens tasks within a change. Those that were asked before, by their `once_key`, are left out.
pub async fn open(change: &Change<'_>, tasks: &[Task]) -> Result<u64, Trouble> {
    Ok(task::open(&change.txn, tasks, change.now).await?)
}

/// Closes a task.
///
/// # Errors
/// `ILLEGAL_TRANSITION` for one that is closed, `REASON_REQUIRED` for MISTAKEN without a word why.
pub async fn close(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (TaskId, i64),
    resolution: TaskResolution,
    text: Option<&str>,
) -> Result<i64, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let found = task::by_id(change.txn.db(), id)
            .await?
            .ok_or(Trouble::NotFound("task"))?;
        change.check_version(expected_version, i64::from(found.version))?;
        if found.closed.is_some() {
            return Err(Trouble::refused(
                UserErrorCode::IllegalTransition,
                "the task is closed already",
            ));
        }
        let text = text.map(str::trim).filter(|text| !text.is_empty());
        if resolution == TaskResolution::Mistaken && text.is_none() {
            return Err(Trouble::field(
                UserErrorCode::ReasonRequired,
                "input.reasonText",
                "say what was mistaken about it",
            ));
        }
        let closed = Closed {
            at: change.now,
            by: change.who.key().into(),
            resolution,
            text: text.map(Into::into),
        };
        task::close(&change.txn, id, &closed).await?;
        let mut event = change.event("task", format!("task_{}", id.0));
        event.entity_version = Some(u64::from(found.version) + 1);
        event.reason_code = Some(resolution.code().to_owned());
        event.reason_text = text.map(Into::into);
        change.log(event).await?;
        Ok(id.0)
    })
    .await
}

/// The task with a number.
pub async fn find(app: &App, id: TaskId) -> Result<Option<StoredTask>, Trouble> {
    Ok(task::by_id(app.store.connection(), id).await?)
}

/// Tasks, oldest first, those after one; one more than fits where there is one.
pub async fn page(
    app: &App,
    filter: &Filter,
    after: Option<TaskId>,
    first: usize,
) -> Result<Vec<StoredTask>, Trouble> {
    Ok(task::page(app.store.connection(), filter, after, first as u64 + 1).await?)
}
