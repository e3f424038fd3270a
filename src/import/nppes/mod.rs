//! The federal registry's bulk files (NPPES): people of the needling professions, and nobody's home.
//!
//! Layout: CMS, NPPES Data Dissemination, June 2025 (V2) and earlier. [`row`] reads the main file,
//! [`further`] the two smaller ones, [`place`] addresses; [`reject`] says what is wrong with a row.
//! [`read`] goes through all files of a run, [`decide`] says what the rows of a person come to, and
//! [`run`] stages, merges and reports ([`report`]).

mod columns;
pub mod decide;
pub mod further;
pub mod place;
pub mod read;
pub mod reject;
pub mod report;
pub mod row;
pub mod run;
#[cfg(test)]
mod tests;
