//! The federal registry's bulk files (NPPES): people of the needling professions, and nobody's home.
//!
//! Layout: CMS, NPPES Data Dissemination, June 2025 (V2) and earlier. [`row`] reads the main file,
//! [`further`] the two smaller ones, [`place`] addresses; [`reject`] says what is wrong with a row.

mod columns;
pub mod further;
pub mod place;
pub mod read;
pub mod reject;
pub mod report;
pub mod row;
#[cfg(test)]
mod tests;
