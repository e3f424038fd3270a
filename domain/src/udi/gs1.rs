//! GS1 element strings: application identifiers with their values.
//!
//! Read are (01) GTIN, (11) production date, (17) expiration date, (10) batch or lot and (21) serial
//! number; every other element is passed over whole. Two spellings: with parentheses, as people read
//! it, and as scanners send it, where the control character 29 (for FNC1) ends a value of variable length.

use std::fmt;

use chrono::NaiveDate;

use super::date::{DatePrecision, ExpiryDate, yymmdd};
use super::gtin::Gtin;
use super::{DeviceIdentifier, InvalidUdi, Production, Udi};

/// What a scanner sends for FNC1 between two elements.
const GROUP_SEPARATOR: char = '\u{1d}';

/// What a scanner that names its symbology puts in front of GS1 data (ISO/IEC 15424): GS1-128, and
/// the GS1 forms of `DataBar`, `DataMatrix` and QR Code.
const SYMBOLOGIES: [&str; 4] = ["]C1", "]e0", "]d2", "]Q3"];

/// May the character stand in a lot or serial number? GS1 General Specifications 7.11, "GS1 AI
/// encodable character set 82", which is the invariant part of ISO/IEC 646.
pub const fn is_set_82(character: char) -> bool {
    matches!(
        character,
        '!' | '"' | '%'..='/' | '0'..='9' | ':'..='?' | 'A'..='Z' | '_' | 'a'..='z'
    )
}

/// May the text be a lot or serial number? 1 to 20 characters of set 82.
pub fn is_lot(text: &str) -> bool {
    (1..=20).contains(&text.len()) && text.chars().all(is_set_82)
}

pub(super) fn parse(text: &str, today: NaiveDate) -> Result<Udi, InvalidUdi> {
    let text = text
        .trim_matches(|character: char| character == GROUP_SEPARATOR || character.is_whitespace());
    if text.starts_with('(') {
        return read(elements_in_parentheses(text)?, today);
    }
    let bare = SYMBOLOGIES
        .iter()
        .find_map(|symbology| text.strip_prefix(symbology))
        .unwrap_or(text);
    let bare = bare.trim_start_matches(GROUP_SEPARATOR);
    if !bare.starts_with(|character: char| character.is_ascii_digit()) {
        return Err(InvalidUdi::UnknownForm);
    }
    read(elements_as_scanned(bare)?, today)
}

pub(super) fn write(
    f: &mut fmt::Formatter<'_>,
    gtin: &Gtin,
    production: &Production,
) -> fmt::Result {
    write!(f, "(01){gtin}")?;
    if let Some(made_on) = production.made_on {
        write!(f, "(11){}", made_on.format("%y%m%d"))?;
    }
    if let Some(ExpiryDate {
        last_day,
        precision,
    }) = production.expires
    {
        match precision {
            DatePrecision::Day => write!(f, "(17){}", last_day.format("%y%m%d"))?,
            DatePrecision::Month => write!(f, "(17){}00", last_day.format("%y%m"))?,
        }
    }
    if let Some(lot) = &production.lot {
        write!(f, "(10){lot}")?;
    }
    if let Some(serial) = &production.serial {
        write!(f, "(21){serial}")?;
    }
    Ok(())
}

/// An application identifier and its value.
type Element<'a> = (&'a str, &'a str);

fn read(elements: Vec<Element<'_>>, today: NaiveDate) -> Result<Udi, InvalidUdi> {
    let mut gtin = None;
    let mut production = Production::default();
    let mut seen: Vec<&str> = Vec::with_capacity(elements.len());
    for (identifier, value) in elements {
        if seen.contains(&identifier) {
            return Err(InvalidUdi::Duplicate(identifier.into()));
        }
        seen.push(identifier);
        let malformed = || InvalidUdi::Element(identifier.into());
        match identifier {
            "01" if value.len() == 14 => gtin = Some(Gtin::parse(value)?),
            "11" => production.made_on = Some(yymmdd(value, today)?.last_day),
            "17" => production.expires = Some(yymmdd(value, today)?),
            "10" if is_lot(value) => production.lot = Some(value.into()),
            "21" if is_lot(value) => production.serial = Some(value.into()),
            "01" | "10" | "21" => return Err(malformed()),
            _ if value.is_empty() || !value.chars().all(is_set_82) => return Err(malformed()),
            _ => {}
        }
    }
    Ok(Udi {
        device: DeviceIdentifier::Gs1(gtin.ok_or(InvalidUdi::NoDevice)?),
        production,
    })
}

/// Elements written `(01)…(17)…`. A lot may itself have parentheses; two to four digits between
/// them always begin an element, since the spelling has no way to say otherwise.
fn elements_in_parentheses(text: &str) -> Result<Vec<Element<'_>>, InvalidUdi> {
    let mut elements = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let Some((identifier, after)) = leading_identifier(rest) else {
            return Err(InvalidUdi::Stray(excerpt(rest)));
        };
        let end = after
            .char_indices()
            .filter(|(_, character)| *character == '(')
            .map(|(at, _)| at)
            .find(|at| leading_identifier(&after[*at..]).is_some())
            .unwrap_or(after.len());
        let (value, next) = after.split_at(end);
        // Labels and people put space between elements; set 82 has none, so it is no part of a value.
        elements.push((identifier, value.trim()));
        rest = next;
    }
    Ok(elements)
}

fn leading_identifier(text: &str) -> Option<(&str, &str)> {
    let (identifier, after) = text.strip_prefix('(')?.split_once(')')?;
    let fits = (2..=4).contains(&identifier.len());
    (fits && identifier.bytes().all(|byte| byte.is_ascii_digit())).then_some((identifier, after))
}

fn elements_as_scanned(text: &str) -> Result<Vec<Element<'_>>, InvalidUdi> {
    let mut elements = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let stray = || InvalidUdi::Stray(excerpt(rest));
        let identifier = rest.get(..2).ok_or_else(stray)?;
        if !identifier.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(stray());
        }
        let end = match predefined_length(identifier) {
            Some(length) => length,
            None => rest.find(GROUP_SEPARATOR).unwrap_or(rest.len()),
        };
        let element = rest
            .get(..end)
            .ok_or_else(|| InvalidUdi::Element(identifier.into()))?;
        elements.push(split_identifier(element));
        rest = &rest[end..];
        rest = rest.strip_prefix(GROUP_SEPARATOR).unwrap_or(rest);
    }
    Ok(elements)
}

/// An identifier that is passed over may have three or four digits; all that is asked of it is to
/// be told from the others, so its whole element stands for it when it is not one of ours.
fn split_identifier(element: &str) -> Element<'_> {
    let (identifier, value) = element.split_at(2);
    match identifier {
        "01" | "10" | "11" | "17" | "21" => (identifier, value),
        _ => (element, element),
    }
}

/// How long the whole element is, its identifier included, where its first two digits fix it: the
/// table of identifiers whose elements need no FNC1 (GS1 General Specifications, "Element strings
/// with predefined length using GS1 Application Identifiers").
fn predefined_length(first_two: &str) -> Option<usize> {
    match first_two {
        "00" => Some(20),
        "01" | "02" | "03" | "41" => Some(16),
        "04" => Some(18),
        "11" | "12" | "13" | "14" | "15" | "16" | "17" | "18" | "19" => Some(8),
        "20" => Some(4),
        "31" | "32" | "33" | "34" | "35" | "36" => Some(10),
        _ => None,
    }
}

fn excerpt(text: &str) -> Box<str> {
    text.chars().take(20).collect()
}
