//! Issuers by their names in time, and what follows when one is not to be trusted.

mod names;
pub(crate) mod records;
mod reinstated;
pub(crate) mod taint;
