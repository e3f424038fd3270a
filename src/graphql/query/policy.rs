use async_graphql::{Context, Object};

use crate::graphql::object::{Policy, reading};

#[derive(Default)]
pub(super) struct PolicyQuery;

#[Object]
impl PolicyQuery {
    /// The directory's own choices that hold now.
    async fn policy(&self, ctx: &Context<'_>) -> Policy {
        Policy {
            policy: reading(ctx).policy().clone(),
            effective_at: None,
        }
    }
}
