//! The places that people ask for.

use index::Place;

use super::Reading;

/// ZIPs, cities and states that begin so or nearly so, the best first.
pub fn find(reading: &Reading, prefix: &str, first: usize) -> Vec<Place> {
    let found = reading.places().find(prefix, first);
    found.into_iter().cloned().collect()
}

/// The place with that id, as [`Place::id`] gives it.
pub fn by_id(reading: &Reading, id: &str) -> Option<Place> {
    reading.places().by_id(id).cloned()
}
