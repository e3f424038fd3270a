//! What every test stands on.

pub(crate) mod people;
pub(crate) mod process;
pub(crate) mod world;
