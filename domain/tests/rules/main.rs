//! The rules as a whole, on the law that is shipped: what a lawyer would ask of them.
//!
//! `scope_cases` and `verification_cases` are the acceptance cases of the specification by number,
//! with hand-written expectations. `matrix` and `reasons` are golden files to be read; `matrix` is
//! recomputed by a reader of the files that shares no code with the rules.

mod cases;
mod change_points;
mod evaluation;
mod matrix;
mod reasons;
mod records;
mod scope_cases;
mod screening;
mod search;
mod shipped_law;
mod support;
mod verification_cases;
