//! Cases from a claim to a standing, over the API: the numbers are those of verification.md 9.

pub(crate) mod bench;
mod duties;
mod kill;
mod many;
mod queue;
mod standing;
mod training;
