//! Unique device identifiers as labels carry them: read strictly, written back the same.
//!
//! A UDI is a device identifier and, on most labels, the production's lot, serial number and dates
//! (21 CFR 801.3, 830.3). Two issuing agencies' forms are read here: GS1's element strings
//! ([`gs1`], [`gtin`]) and HIBCC's data structures ([`hibc`]). Any text is read without a panic;
//! nothing is repaired in silence. ICCBBA's form, for blood and tissue, is not read.

pub mod date;
pub mod gs1;
pub mod gtin;
pub mod hibc;
mod hibc_secondary;

use std::fmt;

use chrono::NaiveDate;

use date::{ExpiryDate, InvalidLabelDate};
use gtin::{Gtin, InvalidGtin};
use hibc::HibcDevice;

/// What a label says of a device and its production.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Udi {
    /// Which device, in which package.
    pub device: DeviceIdentifier,
    /// Which production of it.
    pub production: Production,
}

/// Which device, in which package: the part of a UDI that stays the same from lot to lot.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeviceIdentifier {
    /// Issued by GS1.
    Gs1(Gtin),
    /// Issued by HIBCC.
    Hibc(HibcDevice),
}

/// Which production of a device: the part of a UDI that changes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Production {
    /// Lot or batch.
    pub lot: Option<Box<str>>,
    /// Serial number.
    pub serial: Option<Box<str>>,
    /// Last day, as precisely as the label says it.
    pub expires: Option<ExpiryDate>,
    /// Day of manufacture.
    pub made_on: Option<NaiveDate>,
}

/// Why a text is no UDI.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidUdi {
    /// Neither form's beginning.
    #[error("a UDI begins with (01), with 01 and a GTIN, or with +")]
    UnknownForm,
    /// It names no device.
    #[error("the device identifier is missing")]
    NoDevice,
    /// The GTIN in it is wrong.
    #[error(transparent)]
    Gtin(#[from] InvalidGtin),
    /// The same element twice.
    #[error("the element ({0}) is there twice")]
    Duplicate(Box<str>),
    /// An element without a value, longer or shorter than it may be, or with a character it may not have.
    #[error("the element ({0}) is malformed")]
    Element(Box<str>),
    /// Text between the elements.
    #[error("the text at {0:?} belongs to no element")]
    Stray(Box<str>),
    /// A date that is in no calendar.
    #[error(transparent)]
    Date(#[from] InvalidLabelDate),
    /// The device expired before it was made.
    #[error("the expiry {expires_on} is before the manufacture {made_on}")]
    ExpiresBeforeMade {
        /// Last day.
        expires_on: NaiveDate,
        /// Day of manufacture.
        made_on: NaiveDate,
    },
    /// A character that HIBC does not have.
    #[error("HIBC has digits, capital letters and - . $ / + % only, not {0:?}")]
    HibcCharacter(char),
    /// The check character is wrong.
    #[error("the check character is wrong: {expected:?} was expected")]
    HibcCheck {
        /// What would be right.
        expected: char,
    },
    /// The check character was a space, and somebody trimmed it.
    #[error("the check character is missing: it is a space here, printed _ on the label")]
    HibcCheckTrimmed,
    /// The first part is not a letter, three letters or digits, 1 to 18 letters or digits, a digit.
    #[error(
        "the first part of an HIBC is a labeler of four, a product of 1 to 18 and a unit digit"
    )]
    HibcPrimary,
    /// The second part has none of the forms.
    #[error("the part {0:?} is no HIBC date, lot or serial number")]
    HibcSecondary(Box<str>),
    /// The second bar code alone.
    #[error("this is the second bar code of two: the first names the device")]
    HibcSecondaryAlone,
    /// The second bar code belongs to another first one.
    #[error("the second bar code belongs to another device")]
    HibcLink,
}

impl Udi {
    /// Reads one of the forms. Space around the text is no part of it, except that an HIBC may end
    /// with a check character that is a space.
    ///
    /// `today` places two-digit years in their century.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, InvalidUdi> {
        let udi = if hibc::is_hibc(text) {
            hibc::parse(text, today)?
        } else {
            gs1::parse(text, today)?
        };
        udi.production.in_order()?;
        Ok(udi)
    }
}

impl DeviceIdentifier {
    /// Reads a device identifier alone: a GTIN, or the first HIBC bar code.
    pub fn parse(text: &str) -> Result<Self, InvalidUdi> {
        if hibc::is_hibc(text) {
            hibc::parse_primary(text).map(Self::Hibc)
        } else {
            Ok(Self::Gs1(Gtin::parse(text)?))
        }
    }

    /// As databases keep it: fourteen digits, or the HIBC without its `+` and check character.
    pub fn bare(&self) -> String {
        match self {
            Self::Gs1(gtin) => gtin.to_string(),
            Self::Hibc(device) => device.bare(),
        }
    }
}

impl fmt::Display for DeviceIdentifier {
    /// As [`DeviceIdentifier::parse`] reads it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gs1(gtin) => gtin.fmt(f),
            Self::Hibc(device) => device.fmt(f),
        }
    }
}

impl fmt::Display for Udi {
    /// As a person reads it on a label and [`Udi::parse`] reads it back: GS1's in the order of FDA's
    /// example; HIBC's with `_` for a check character that is a space.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.device {
            DeviceIdentifier::Gs1(gtin) => gs1::write(f, gtin, &self.production),
            DeviceIdentifier::Hibc(device) => hibc::write(f, device, &self.production),
        }
    }
}

impl Production {
    fn in_order(&self) -> Result<(), InvalidUdi> {
        match (self.expires, self.made_on) {
            (Some(expires), Some(made_on)) if expires.last_day < made_on => {
                Err(InvalidUdi::ExpiresBeforeMade {
                    expires_on: expires.last_day,
                    made_on,
                })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
