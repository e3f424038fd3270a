//! Who issues credentials: its names in time, and what its word is worth in time.

mod trust;

pub use trust::TrustLevel;
