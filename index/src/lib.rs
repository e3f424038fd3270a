//! The search index: everything that public reads are answered from, in memory.
//!
//! A [`Snapshot`] is immutable and holds every person at one version of the data; the application
//! swaps it whole. It knows the records, the law, the places, and how to find people by distance, by
//! jurisdiction and by name. It knows nothing of tables, threads of a runtime, or GraphQL; time comes
//! in as an argument.
//!
//! Modules in reading order: [`snapshot`] (layers of people, the newest hiding older ones), `segment`
//! (the people of one layer as rows, by number, by name, by place), `sites` (points on the sphere by
//! distance), [`search`] (what is asked, the page, the counts), [`gazetteer`] (what people type when
//! they mean a place), [`fold`] (how names are compared).
#![warn(missing_docs)]

mod bits;
pub mod fold;
pub mod gazetteer;
mod groups;
pub mod search;
mod segment;
mod sites;
pub mod snapshot;

pub use gazetteer::{Gazetteer, Place};
pub use search::{Facets, Found, Hit, Notice, Page, SortKey, Want};
pub use snapshot::Snapshot;

/// Rows are counted in 32 bits: a quarter of the memory of the widest lists.
///
/// The United States have some nine million NPIs; a segment of 2³² rows is out of reach.
pub(crate) fn row(number: usize) -> u32 {
    u32::try_from(number).expect("a segment has fewer than 2^32 rows")
}
