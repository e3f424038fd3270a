use async_graphql::{Context, Object};

use crate::graphql::object::{Policy, reading};

#[derive(Default)]
pub(super) struct PolicyQuery;

#[Object]
impl PolicyQuery {
    /// The directory's own choices that hold now, and those that will.
    async fn policy(&self, ctx: &Context<'_>) -> Policy {
        let reading = reading(ctx);
        Policy {
            policy: reading.policy().clone(),
            effective_at: None,
            scheduled: reading.snapshot().announced().to_vec(),
        }
    }
}
