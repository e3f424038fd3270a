//! Everything that can be asked, one subject a file.

mod node;
mod place;
mod provider;
mod scope;
mod search;

use async_graphql::MergedObject;

/// Everything that can be asked without changing anything.
#[derive(MergedObject, Default)]
pub struct Query(
    node::NodeQuery,
    provider::ProviderQuery,
    search::SearchQuery,
    scope::ScopeQuery,
    place::PlaceQuery,
);

use super::error::Fault;

/// The most that one text argument may hold, in bytes.
const MAX_TEXT_BYTES: usize = 256;

/// Refuses a text that is longer than anything that makes sense.
pub(super) fn short(field: &str, text: &str) -> Result<(), Fault> {
    if text.len() <= MAX_TEXT_BYTES {
        Ok(())
    } else {
        Err(Fault::bad_input(
            field,
            format!("{field} has at most {MAX_TEXT_BYTES} bytes"),
        ))
    }
}
