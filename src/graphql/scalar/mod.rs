//! The scalars of the API: days, instants and provider numbers.

mod date;
mod date_time;
mod npi;

pub use date::Date;
pub use date_time::DateTime;
pub use npi::Npi;
