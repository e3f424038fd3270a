//! Tasks.

use async_graphql::{Context, ID, InputObject, Object};
use domain::access::Act;

use crate::graphql::acting::{acting, order, settled};
use crate::graphql::codes::TaskResolution;
use crate::graphql::error::Fault;
use crate::graphql::node::row_id;
use crate::graphql::object::Task;
use crate::graphql::payload::payload;
use crate::service;
use crate::service::task::TaskId;

/// How a task ended.
#[derive(InputObject)]
pub struct CloseTaskInput {
    /// Which task.
    task_id: ID,
    /// How it ended.
    resolution: TaskResolution,
    /// The same in words; needed for MISTAKEN.
    reason_text: Option<String>,
    /// The task's version as it was read.
    expected_version: i32,
    /// A key by which asking again is known.
    idempotency_key: String,
}

payload! {
    /// What came of closing a task.
    CloseTaskPayload {
        /// The task.
        task: Task,
    }
}

#[derive(Default)]
pub(super) struct TaskMutation;

#[Object]
impl TaskMutation {
    /// Close a task that has been settled, has become needless, or should not have been opened.
    async fn close_task(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which, and how it ended.")] input: CloseTaskInput,
    ) -> Result<CloseTaskPayload, Fault> {
        let (app, who) = acting(ctx)?;
        let order = order(Act::CloseTask, &input, &input.idempotency_key)?;
        let id = TaskId(row_id("task", "input.taskId", &input.task_id)?);
        let done = service::task::close(
            app,
            who,
            &order,
            (id, i64::from(input.expected_version)),
            input.resolution.into(),
            input.reason_text.as_deref(),
        )
        .await;
        match settled(ctx, done)? {
            Ok(id) => Ok(CloseTaskPayload {
                task: service::task::find(app, TaskId(id)).await?.map(Task),
                user_errors: Vec::new(),
            }),
            Err(errors) => Ok(CloseTaskPayload::refused(errors)),
        }
    }
}
