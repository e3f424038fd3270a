//! Lists of excluded people, and what they have raised about people on file.
//!
//! [`list`] keeps the lists: staged beside the one in force, then put in its place by one small
//! change. [`hit`] keeps what was found and what people decided, [`run`] when everybody was screened
//! against what, and [`private`] the birth dates that rows are compared with.

pub mod coverage;
pub mod hit;
pub mod list;
pub mod private;
pub mod run;
