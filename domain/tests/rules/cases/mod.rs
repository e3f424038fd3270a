//! Cases and standings: who may do what when, the acceptance cases of verification.md 9 that are
//! decided by them, and a hundred thousand acts at random.
#![expect(
    clippy::needless_pass_by_value,
    reason = "a table of expectations reads better without references"
)]
#![expect(clippy::unwrap_used, reason = "here a panic is a test that fails")]

mod acceptance;
mod appeals;
mod checks;
mod desk;
mod standing;
mod triples;
mod walk;
mod why;
