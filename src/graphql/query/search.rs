use async_graphql::{Context, Object};

use crate::graphql::connection::{ProviderSearchConnection, page_size};
use crate::graphql::error::Fault;
use crate::graphql::input::ProviderSearchInput;
use crate::graphql::object::reading;
use crate::service::{self, Want};

#[derive(Default)]
pub(super) struct SearchQuery;

#[Object]
impl SearchQuery {
    /// People who do dry needling, nearest first, as far as the law and our checks let them be shown.
    async fn search_providers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is asked for.")] input: ProviderSearchInput,
        #[graphql(desc = "How many people on a page, 1 to 100.", default = 20)] first: Option<i32>,
        #[graphql(
            desc = "The cursor after which the page begins, of a search with the same `input`."
        )]
        after: Option<String>,
    ) -> Result<ProviderSearchConnection, Fault> {
        let first = page_size(first.unwrap_or(20))?;
        let reading = reading(ctx);
        let criteria = input.criteria(reading)?;
        let selected = ctx.look_ahead();
        let want = Want {
            total: selected.field("totalCount").exists(),
            notices: selected.field("notices").exists(),
            facets: selected.field("facets").exists(),
        };
        let found = service::search::search(reading, &criteria, first, after.as_deref(), want)
            .map_err(|error| Fault::bad_input("after", error.to_string()))?;
        Ok(ProviderSearchConnection {
            found,
            after: after.is_some(),
        })
    }
}
