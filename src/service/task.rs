//! Tasks: opened within a change or by the passing of time, closed by one of us.

use domain::access::Act;
use domain::notice::{Task, TaskResolution};

use super::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::app::App;
use crate::store::task::{self, Closed};

pub use crate::store::task::{Filter, StoredTask, TaskId};

/// Tasks on one page, and whether there are more.
pub type Page = (Vec<StoredTask>, bool);

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

/// The task with a number, for those who may read tasks.
pub async fn by_id(app: &App, who: &Requester, id: TaskId) -> Result<Option<StoredTask>, Trouble> {
    who.acting(Act::ReadTasks)?;
    Ok(task::by_id(app.store.connection(), id).await?)
}

/// A page of tasks, oldest first.
pub async fn page(
    app: &App,
    who: &Requester,
    filter: &Filter,
    after: Option<TaskId>,
    first: usize,
) -> Result<Page, Trouble> {
    who.acting(Act::ReadTasks)?;
    let limit = first as u64 + 1;
    let mut found = task::page(app.store.connection(), filter, after, limit).await?;
    let more = found.len() > first;
    found.truncate(first);
    Ok((found, more))
}
