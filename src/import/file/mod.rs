//! Opening what one is given: a CSV file or a zip bundle, told apart by content, never by name.
//!
//! [`source`] finds the CSV files, [`sniff`] refuses what is none, [`rows`] reads one row after the
//! other within a bound, [`columns`] finds columns by name, and [`text`] turns bytes into text.

pub mod columns;
mod guard;
pub mod rows;
mod sniff;
pub mod source;
pub mod text;

pub use columns::Column;
pub use rows::{Next, Row, Rows};
pub use source::{CsvPart, PartKind, open_bundle, open_csv, open_single, sha256};
