//! Files in: read, parse, stage, merge, report.
//!
//! [`mod@file`] opens what it is given and refuses what is not the file that was asked for; [`nppes`],
//! [`leie`], [`places`], [`recalls`] and [`scope`] each turn rows into domain values and values into changes;
//! [`seed`] loads the tables that the binary carries. Files are streamed: memory does not grow with their length.
//!
//! A file is read to its end before anything is written: what is truncated, of another kind or
//! rejected past the settable share leaves the directory as it was. Nothing here knows SQL.

pub mod compact;
pub mod error;
pub mod file;
pub mod issuer;
pub mod leie;
pub mod nppes;
pub mod places;
pub mod recalls;
pub mod report;
pub mod roster;
pub mod scope;
pub mod seed;

pub use error::ImportError;
