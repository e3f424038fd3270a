//! What clients ask with.

mod search;

pub use search::{NearInput, PointInput, ProviderSearchInput};
