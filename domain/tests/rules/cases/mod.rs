//! Cases and standings: who may do what when, the acceptance cases of verification.md 9 that are
//! decided by them, and a hundred thousand acts at random.

mod acceptance;
mod appeals;
mod checks;
mod desk;
mod standing;
mod triples;
mod walk;
mod why;
