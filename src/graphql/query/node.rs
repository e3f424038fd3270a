use async_graphql::{Context, ID, Object};

use crate::graphql::error::Fault;
use crate::graphql::node::{Node, NodeId};
use crate::graphql::object::reading;

#[derive(Default)]
pub(super) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything by its id. Null where nothing public has that id; an id that this server never gives
    /// is refused.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An id that this server gave.")] id: ID,
    ) -> Result<Option<Node>, Fault> {
        let id = NodeId::parse(&id)
            .ok_or_else(|| Fault::bad_input("id", "this is not an id that this server gives"))?;
        Ok(id.load(reading(ctx)))
    }
}
