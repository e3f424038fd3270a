//! Rows of the two smaller files: further practice locations and other names.

use domain::npi::Npi;
use domain::registry::RegistryLocation;

use super::columns::{Location, OtherName};
use super::place::{self, locate};
use super::reject::{MAX_FIELD, Oddity, Reason};
use super::row::Reading;
use crate::import::file::Row;

/// A further practice location; `None` where no state's law is held for it.
pub fn location(
    row: &Row<'_>,
    reading: &Reading<'_>,
    odd: &mut Vec<Oddity>,
) -> Result<(Npi, Option<RegistryLocation>), Reason> {
    let npi = Npi::parse(&row.get(Location::Npi as usize), reading.samples)?;
    let columns = place::Columns {
        street: &row.get(Location::Street as usize),
        suite: &row.get(Location::Suite as usize),
        city: &row.get(Location::City as usize),
        state: &row.get(Location::State as usize),
        postal_code: &row.get(Location::PostalCode as usize),
        country: &row.get(Location::Country as usize),
        phone: &row.get(Location::Phone as usize),
    };
    Ok((npi, locate(&columns, reading.zips, odd)?))
}

/// A name under which somebody does business; `None` for former legal names and others of that kind.
///
/// The file is meant for organisations, but people who practise alone register trade names too.
pub fn trade_name(row: &Row<'_>, reading: &Reading<'_>) -> Result<(Npi, Option<Box<str>>), Reason> {
    /// "Doing Business As" (NPPES code values, other name type).
    const DOING_BUSINESS_AS: &str = "3";
    let npi = Npi::parse(&row.get(OtherName::Npi as usize), reading.samples)?;
    let name = row.get(OtherName::Name as usize);
    if name.chars().count() > MAX_FIELD {
        return Err(Reason::TooLong("the name"));
    }
    let is_trade_name = &*row.get(OtherName::Kind as usize) == DOING_BUSINESS_AS;
    let folded = name.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok((
        npi,
        (is_trade_name && !folded.is_empty()).then(|| folded.into()),
    ))
}
