use async_graphql::{Context, Object};

use crate::graphql::connection::page_size;
use crate::graphql::error::Fault;
use crate::graphql::object::{Place, reading};
use crate::service;

#[derive(Default)]
pub(super) struct PlaceQuery;

#[Object]
impl PlaceQuery {
    /// ZIPs, cities and states by prefix or with a typo, best first.
    async fn places(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What somebody has typed so far: at least one letter or digit.")]
        prefix: String,
        #[graphql(desc = "How many places, 1 to 100.", default = 10)] first: Option<i32>,
    ) -> Result<Vec<Place>, Fault> {
        let first = page_size(first.unwrap_or(10))?;
        if !prefix.chars().any(char::is_alphanumeric) {
            return Err(Fault::bad_input(
                "prefix",
                "prefix has at least one letter or digit",
            ));
        }
        let found = service::place::find(reading(ctx), &prefix, first);
        Ok(found.into_iter().map(Place).collect())
    }
}
