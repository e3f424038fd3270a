//! The scalars of the API: days, instants and provider numbers.

use async_graphql::Value;

mod date;
mod date_time;
mod npi;

pub use date::Date;
pub use date_time::DateTime;
pub use npi::Npi;

/// Why one of our scalars refuses a value; nothing for other scalars.
pub(super) fn refuses(scalar: &str, value: &Value) -> Option<String> {
    match scalar {
        "Date" => Date::read(value).err().map(str::to_owned),
        "DateTime" => DateTime::read(value).err().map(str::to_owned),
        "NPI" => Npi::read(value).err(),
        _ => None,
    }
}
