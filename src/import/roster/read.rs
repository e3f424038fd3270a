//! The rows of a board's file as entries of its register.

use std::io::Read;
use std::sync::Arc;

use chrono::NaiveDate;
use domain::license::BoardStatus;
use domain::name::PersonName;
use domain::register::{Register, RegisterEntry};

use super::RosterError;
use super::config::{RosterConfig, folded};
use crate::import::file::{Column, Next, Row, Rows};
use crate::import::report::{Remark, Remarks, shown};

/// A board's file, read to its end.
#[derive(Debug)]
pub struct RosterRows {
    /// What it lists.
    pub register: Register,
    /// Rows of it.
    pub rows: u64,
    /// Rows that could not be read.
    pub rejected: Remarks,
    /// Rows with something that nobody has mapped.
    pub flagged: Remarks,
}

/// The fields in the order of [`RosterConfig::wanted`].
#[derive(Clone, Copy)]
enum Field {
    Number,
    Status,
    Given,
    Middle,
    Family,
    Suffix,
    FullName,
    IssuedOn,
    ExpiresOn,
    LicenseType,
}

/// Reads a file. Rows that cannot be read are counted and told, and the others are taken.
pub fn read(
    file: &str,
    source: impl Read,
    config: &RosterConfig,
) -> Result<RosterRows, RosterError> {
    let wanted = config.wanted();
    let named: Vec<[&str; 1]> = wanted.iter().flatten().map(|name| [*name]).collect();
    let columns: Vec<_> = named.iter().map(|name| Column(name)).collect();
    let mut places = [None; 10];
    for (place, at) in wanted
        .iter()
        .enumerate()
        .filter_map(|(place, name)| name.map(|_| place))
        .zip(0..)
    {
        places[place] = Some(at);
    }
    let mut rows = Rows::new(file, source, &columns, Arc::default())?;
    let mut entries = Vec::new();
    let mut rejected = Remarks::default();
    let mut flagged = Remarks::default();
    loop {
        match rows.next()? {
            Next::Row(row) => {
                let fields = Fields {
                    row,
                    places: &places,
                };
                match entry(&fields, config) {
                    Ok((entry, odd)) => {
                        for (code, reason) in odd {
                            flagged.add(remark(file, row.line, &entry.number, code, reason));
                        }
                        entries.push(entry);
                    }
                    Err((code, reason)) => {
                        let number = fields.get(Field::Number);
                        rejected.add(remark(file, row.line, &number, code, reason));
                    }
                }
            }
            Next::Misshapen {
                line,
                fields,
                wanted,
            } => rejected.add(remark(
                file,
                line,
                "",
                "SHAPE",
                format!("has {fields} fields where the header has {wanted}"),
            )),
            Next::End => break,
        }
    }
    Ok(RosterRows {
        rows: rows.count(),
        register: Register::new(config.jurisdiction, config.discipline, entries),
        rejected,
        flagged,
    })
}

struct Fields<'a> {
    row: Row<'a>,
    places: &'a [Option<usize>; 10],
}

impl Fields<'_> {
    /// The text of a field; empty where the file has no such column.
    fn get(&self, field: Field) -> String {
        self.places[field as usize]
            .map(|at| self.row.get(at).into_owned())
            .unwrap_or_default()
    }
}

type Oddity = (&'static str, String);

fn entry(
    fields: &Fields<'_>,
    config: &RosterConfig,
) -> Result<(RegisterEntry, Vec<Oddity>), Oddity> {
    let number = fields.get(Field::Number);
    if number.is_empty() {
        return Err(("NUMBER", "has no license number".to_owned()));
    }
    let holder = holder(fields).ok_or(("NAME", "has no name".to_owned()))?;
    let mut odd = Vec::new();
    let status_text = fields.get(Field::Status);
    // Words that nobody has mapped are no status, and least of all a good one.
    let status = config.statuses.get(&folded(&status_text)).copied();
    if status.is_none() {
        let words = shown(&status_text);
        odd.push(("STATUS", format!("the status {words:?} has no mapping")));
    }
    let type_text = fields.get(Field::LicenseType);
    let discipline = if config.license_types.is_empty() {
        Some(config.discipline)
    } else {
        config.license_types.get(&folded(&type_text)).copied()
    };
    if discipline.is_none() {
        let words = shown(&type_text);
        odd.push(("TYPE", format!("the license type {words:?} has no mapping")));
    }
    Ok((
        RegisterEntry {
            number: number.into(),
            holder,
            discipline,
            status: status.unwrap_or(BoardStatus::Unknown),
            status_text: status_text.into(),
            issued_on: day(fields, Field::IssuedOn, "the first day", config)?,
            expires_on: day(fields, Field::ExpiresOn, "the last day", config)?,
        },
        odd,
    ))
}

fn day(
    fields: &Fields<'_>,
    field: Field,
    what: &str,
    config: &RosterConfig,
) -> Result<Option<NaiveDate>, Oddity> {
    let text = fields.get(field);
    if text.is_empty() {
        return Ok(None);
    }
    let read = NaiveDate::parse_from_str(&text, &config.date_format);
    read.map(Some).map_err(|_| {
        (
            "DATE",
            format!(
                "{what} {:?} is not written as {}",
                shown(&text),
                config.date_format
            ),
        )
    })
}

fn holder(fields: &Fields<'_>) -> Option<PersonName> {
    let full = fields.get(Field::FullName);
    if full.is_empty() {
        let part = |field| fields.get(field);
        return PersonName::new(
            &part(Field::Given),
            &part(Field::Middle),
            &part(Field::Family),
            &part(Field::Suffix),
        )
        .ok();
    }
    if let Some((family, rest)) = full.split_once(',') {
        let (given, middle) = rest.trim().split_once(' ').unwrap_or((rest.trim(), ""));
        return PersonName::new(given, middle, family, "").ok();
    }
    // "Zoë Q. Núñez": the last word is the family's.
    let (rest, family) = full.trim().rsplit_once(' ').unwrap_or(("", full.trim()));
    let (given, middle) = rest.split_once(' ').unwrap_or((rest, ""));
    PersonName::new(given, middle, family, "").ok()
}

fn remark(file: &str, line: u64, key: &str, code: &'static str, reason: String) -> Remark {
    Remark {
        file: file.to_owned(),
        line,
        key: shown(key),
        code,
        reason,
    }
}
