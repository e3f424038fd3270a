//! What the federal registry (NPPES) says of a person, and what follows for the entry we hold.
//!
//! [`record`] is one person as the registry tells of them; [`mod@reconcile`] decides which of it goes
//! into the entry and which differs from something that is not the registry's to change.

mod as_text;
pub mod reconcile;
pub mod record;
#[cfg(test)]
mod tests;
mod words;

pub use reconcile::{
    Difference, DifferenceKind, Edit, REGISTRY, Reconciled, new_entry, reconcile, zip_doubts,
};
pub use record::{RegistryLicense, RegistryLocation, RegistryRecord};
