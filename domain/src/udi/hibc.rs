//! HIBC supplier labels (ANSI/HIBC 2.6): `+`, the labeler, its product, a unit digit; then, after a
//! `/` or in a second bar code, dates, lot and serial number; a check character at the end.
//!
//! The check character may be a space. It belongs to the data, so an HIBC is never trimmed at its
//! end; labels print it as `_`, and so does this module.

use std::fmt;

use chrono::NaiveDate;

use super::{DeviceIdentifier, InvalidUdi, Production, Udi, hibc_secondary};
use crate::check_digit;

/// Which device, in which package, by HIBCC's scheme. Every value has a labeler of a letter and
/// three letters or digits, a product of 1 to 18 letters or digits, and a unit digit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HibcDevice {
    labeler: Box<str>,
    product: Box<str>,
    unit: char,
}

impl HibcDevice {
    /// The Labeler Identification Code that HIBCC gave out.
    pub fn labeler(&self) -> &str {
        &self.labeler
    }

    /// The labeler's own product or catalog number.
    pub fn product(&self) -> &str {
        &self.product
    }

    /// The level of packaging: 0 for the unit of use, 1 to 8 above it, 9 for variable quantities.
    pub const fn unit(&self) -> char {
        self.unit
    }

    /// Labeler, product and unit digit alone: the 6 to 23 characters that a database keeps.
    pub fn bare(&self) -> String {
        format!("{}{}{}", self.labeler, self.product, self.unit)
    }

    fn read(bare: &str) -> Result<Self, InvalidUdi> {
        let read = || {
            let (labeler, rest) = bare.split_at_checked(4)?;
            let (product, unit) = rest.split_at_checked(rest.len().checked_sub(1)?)?;
            let fits = labeler.starts_with(|first: char| first.is_ascii_uppercase())
                && labeler.bytes().all(is_alphanumeric)
                && (1..=18).contains(&product.len())
                && product.bytes().all(is_alphanumeric);
            let unit = unit.chars().next().filter(char::is_ascii_digit)?;
            fits.then(|| Self {
                labeler: labeler.into(),
                product: product.into(),
                unit,
            })
        };
        read().ok_or(InvalidUdi::HibcPrimary)
    }
}

impl fmt::Display for HibcDevice {
    /// The first bar code whole, with `_` for a check character that is a space.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&with_check(format!("+{}", self.bare())))
    }
}

/// Does the text begin as an HIBC does?
pub(super) fn is_hibc(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('+') || text.starts_with("*+")
}

/// Reads the first bar code alone.
pub(super) fn parse_primary(text: &str) -> Result<HibcDevice, InvalidUdi> {
    let data = data_of(text)?;
    HibcDevice::read(&data[1..])
}

/// Reads a first bar code, or first and second joined by `/`.
pub(super) fn parse(text: &str, today: NaiveDate) -> Result<Udi, InvalidUdi> {
    let data = data_of(text)?;
    let mut parts = data[1..].split('/');
    let first = parts.next().unwrap_or_default();
    if first.starts_with(|first: char| first == '$' || first.is_ascii_digit()) {
        return Err(InvalidUdi::HibcSecondaryAlone);
    }
    Ok(Udi {
        device: DeviceIdentifier::Hibc(HibcDevice::read(first)?),
        production: hibc_secondary::parse(parts, today)?,
    })
}

/// Reads a label that has two bar codes: the second one ends with the first one's check character,
/// which ties the two together, and then its own.
pub fn parse_pair(first: &str, second: &str, today: NaiveDate) -> Result<Udi, InvalidUdi> {
    let device = parse_primary(first)?;
    let link = check_digit::hibc(&format!("+{}", device.bare()));
    let data = data_of(second)?;
    // The link may itself be a space printed as `_`.
    let (rest, found) = split_last(&data).ok_or(InvalidUdi::HibcLink)?;
    let found = if found == '_' { ' ' } else { found };
    if Some(found) != link {
        return Err(InvalidUdi::HibcLink);
    }
    let rest = rest.strip_prefix('+').unwrap_or_default();
    let production = hibc_secondary::parse(rest.split('/'), today)?;
    production.in_order()?;
    Ok(Udi {
        device: DeviceIdentifier::Hibc(device),
        production,
    })
}

pub(super) fn write(
    f: &mut fmt::Formatter<'_>,
    device: &HibcDevice,
    production: &Production,
) -> fmt::Result {
    let mut data = format!("+{}", device.bare());
    for part in hibc_secondary::write(production) {
        data.push('/');
        data.push_str(&part);
    }
    f.write_str(&with_check(data))
}

/// The data before the check character, `+` and all, once the check character is found right.
fn data_of(text: &str) -> Result<String, InvalidUdi> {
    let text = text.trim_start();
    // Captions stand between asterisks, which are no part of the data.
    let text = match text.strip_prefix('*') {
        Some(caption) => caption.trim_end().strip_suffix('*').unwrap_or(caption),
        None => text.trim_end_matches(['\r', '\n']),
    };
    let (data, check) = split_last(text).ok_or(InvalidUdi::UnknownForm)?;
    if !data.starts_with('+') {
        return Err(InvalidUdi::UnknownForm);
    }
    let printed = data.strip_suffix('_').map(|rest| format!("{rest} "));
    let data = printed.unwrap_or_else(|| data.to_owned());
    if let Some(strange) = text
        .chars()
        .find(|character| *character != '_' && !check_digit::HIBC_CHARACTERS.contains(*character))
    {
        return Err(InvalidUdi::HibcCharacter(strange));
    }
    let expected = check_digit::hibc(&data).ok_or(InvalidUdi::HibcCharacter('_'))?;
    let check = if check == '_' { ' ' } else { check };
    if check == expected {
        return Ok(data);
    }
    if check_digit::hibc(&format!("{data}{check}")) == Some(' ') {
        return Err(InvalidUdi::HibcCheckTrimmed);
    }
    Err(InvalidUdi::HibcCheck { expected })
}

fn with_check(mut data: String) -> String {
    if let Some(check) = check_digit::hibc(&data) {
        data.push(if check == ' ' { '_' } else { check });
    }
    data
}

fn split_last(text: &str) -> Option<(&str, char)> {
    let last = text.chars().next_back()?;
    Some((&text[..text.len() - last.len_utf8()], last))
}

const fn is_alphanumeric(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit()
}
