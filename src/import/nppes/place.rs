//! Practice addresses: from the registry's columns to a place under a state's law.

use chrono_tz::Tz;
use domain::place::{GeoPoint, Jurisdiction, PostalCode};
use domain::registry::RegistryLocation;

use super::reject::{MAX_FIELD, Oddity, Reason};

/// What is known of a ZIP code.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Zip {
    /// Its point.
    pub point: GeoPoint,
    /// Whose mail it is.
    pub jurisdiction: Jurisdiction,
    /// The zone of its clocks.
    pub zone: Tz,
}

/// Every ZIP code that we know.
pub type Zips = std::collections::HashMap<PostalCode, Zip>;

/// An address as the columns give it.
pub(super) struct Columns<'a> {
    pub(super) street: &'a str,
    pub(super) suite: &'a str,
    pub(super) city: &'a str,
    pub(super) state: &'a str,
    pub(super) postal_code: &'a str,
    pub(super) country: &'a str,
    pub(super) phone: &'a str,
}

/// The place, unless the address lies where no state's law is held; what is odd is told.
///
/// The state is that of the address, never that of the ZIP or of an outline. Only a state that does
/// not exist is an error: such a row is broken, and under which law it falls cannot be guessed.
pub(super) fn locate(
    columns: &Columns<'_>,
    zips: &Zips,
    odd: &mut Vec<Oddity>,
) -> Result<Option<RegistryLocation>, Reason> {
    let Columns {
        street,
        suite,
        city,
        state,
        postal_code,
        country,
        phone,
    } = *columns;
    if [street, suite, city, state, postal_code]
        .iter()
        .all(|text| text.is_empty())
    {
        odd.push(Oddity::NoAddress);
        return Ok(None);
    }
    if !is_domestic(country) {
        odd.push(Oddity::Abroad(country.to_owned()));
        return Ok(None);
    }
    if let Some(elsewhere) = outside(state) {
        odd.push(elsewhere);
        return Ok(None);
    }
    let state = jurisdiction(state).ok_or_else(|| Reason::State(state.to_owned()))?;
    for (text, column) in [
        (street, "the street"),
        (suite, "the second line"),
        (city, "the city"),
    ] {
        if text.chars().count() > MAX_FIELD {
            return Err(Reason::TooLong(column));
        }
    }
    let Ok(code) = postal_code.parse::<PostalCode>() else {
        odd.push(Oddity::BadPostalCode(postal_code.to_owned()));
        return Ok(None);
    };
    let zip = zips.get(&code);
    let zip_state = zip
        .map(|zip| zip.jurisdiction)
        .filter(|other| *other != state);
    if zip.is_none() {
        odd.push(Oddity::UnknownPostalCode(code.to_string()));
    }
    if let Some(other) = zip_state {
        odd.push(Oddity::ZipState {
            postal_code: code.to_string(),
            zip_state: other.code(),
            state: state.code(),
        });
    }
    Ok(Some(RegistryLocation {
        lines: [street, suite]
            .into_iter()
            .filter(|line| !line.is_empty())
            .map(folded)
            .collect(),
        city: folded(city),
        state,
        postal_code: code,
        phone: digits(phone),
        point: zip.map(|zip| (zip.point.latitude(), zip.point.longitude())),
        // A ZIP of another state says nothing of the clocks in this one.
        zone: zip
            .filter(|_| zip_state.is_none())
            .map_or_else(|| state.zone(), |zip| zip.zone),
        zip_state,
    }))
}

/// A state by its postal code or its name in full, in any case.
pub(super) fn jurisdiction(text: &str) -> Option<Jurisdiction> {
    text.to_ascii_uppercase().parse().ok().or_else(|| {
        Jurisdiction::ALL
            .iter()
            .copied()
            .find(|state| state.name().eq_ignore_ascii_case(text))
    })
}

/// The territories have country codes of their own; other codes must not be read as states: "CA" is
/// Canada.
fn is_domestic(country: &str) -> bool {
    let code = country.to_ascii_uppercase();
    matches!(
        code.as_str(),
        "" | "US" | "USA" | "UNITED STATES" | "PR" | "GU" | "VI" | "AS" | "MP"
    ) || outside(&code).is_some()
}

/// Postal "states" that are no jurisdiction of ours (USPS Publication 28, appendix B).
fn outside(state: &str) -> Option<Oddity> {
    let code = state.to_ascii_uppercase();
    match code.as_str() {
        "AA" | "AE" | "AP" => Some(Oddity::Military(code)),
        "FM" | "MH" | "PW" => Some(Oddity::Associated(code)),
        _ => None,
    }
}

fn folded(text: &str) -> Box<str> {
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}

/// Ten digits, with or without the country's 1; anything else is no number that one can dial.
fn digits(phone: &str) -> Option<Box<str>> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let ten = match digits.len() {
        10 => &digits[..],
        11 => digits.strip_prefix('1')?,
        _ => return None,
    };
    Some(ten.into())
}
