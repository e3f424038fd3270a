//! One row of the main file: a person, a number out of use, or something that is not ours.

use chrono::NaiveDate;
use domain::name::PersonName;
use domain::npi::{Npi, SampleNpis};
use domain::registry::{RegistryLicense, RegistryRecord};
use domain::taxonomy::{Discipline, TaxonomyCode};
use serde::{Deserialize, Serialize};

use super::columns::{GROUPS, Group, Main};
use super::place::{self, Zips, jurisdiction, locate};
use super::reject::{MAX_FIELD, Oddity, Reason};
use crate::import::file::Row;

/// What a row says, as far as it concerns the directory.
#[derive(Debug, Clone, PartialEq)]
pub enum Parsed {
    /// A person of one of the disciplines asked for, or one whom we hold.
    Person(Box<RegistryRecord>),
    /// A number that is out of use.
    Deactivated(Deactivation),
    /// An organisation.
    Organization,
    /// A person of other disciplines, whom we do not hold.
    OtherDiscipline,
}

/// All that the registry keeps of a deactivated number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Deactivation {
    /// Since when.
    pub deactivated_on: NaiveDate,
    /// An earlier reactivation.
    pub reactivated_on: Option<NaiveDate>,
    /// The number that replaced it, as written.
    pub replaced_by: Option<String>,
}

/// What a row is read with.
pub struct Reading<'a> {
    /// Points and states of ZIP codes.
    pub zips: &'a Zips,
    /// People with a speciality of these are taken over.
    pub disciplines: &'a [Discipline],
    /// Whether numbers of made-up people are.
    pub samples: SampleNpis,
}

/// Reads a row. `is_held` tells of numbers whose changes count whatever the speciality now is.
///
/// The NPI comes back whenever the row has one, for the list of rejected rows.
pub fn parse(
    row: &Row<'_>,
    reading: &Reading<'_>,
    is_held: impl Fn(Npi) -> bool,
    odd: &mut Vec<Oddity>,
) -> Result<(Npi, Parsed), Reason> {
    let npi = Npi::parse(&row.get(Main::Npi as usize), reading.samples)?;
    let deactivated_on = date(row, Main::DeactivatedOn, "NPI Deactivation Date")?;
    let reactivated_on = date(row, Main::ReactivatedOn, "NPI Reactivation Date")?;
    let replaced_by = replacement(row, reading, odd);
    match (deactivated_on, reactivated_on) {
        // On one and the same day the reactivation is the later.
        (Some(deactivated_on), again) if again < Some(deactivated_on) => {
            let deactivation = Deactivation {
                deactivated_on,
                reactivated_on,
                replaced_by: replaced_by.map(|npi| npi.to_string()),
            };
            return Ok((npi, Parsed::Deactivated(deactivation)));
        }
        (None, Some(on)) => return Err(Reason::NeverDeactivated(on)),
        _ => {}
    }
    match &*row.get(Main::EntityType as usize) {
        "1" => {}
        "2" => return Ok((npi, Parsed::Organization)),
        other => return Err(Reason::EntityType(other.to_owned())),
    }
    let taxonomies = taxonomies(row, odd);
    let is_asked_for = taxonomies
        .iter()
        .filter_map(TaxonomyCode::discipline)
        .any(|discipline| reading.disciplines.contains(&discipline));
    if !is_asked_for && !is_held(npi) {
        odd.clear();
        return Ok((npi, Parsed::OtherDiscipline));
    }
    let name = name(row)?;
    let record = RegistryRecord {
        npi,
        other_names: other_names(row, &name),
        name,
        taxonomies,
        licenses: licenses(row, odd),
        practice: practice(row, reading.zips, odd)?,
        further: Vec::new(),
        trade_names: Vec::new(),
        enumerated_on: date(row, Main::EnumeratedOn, "Provider Enumeration Date")?,
        updated_on: date(row, Main::UpdatedOn, "Last Update Date")?,
        deactivated_on,
        reactivated_on,
        replaced_by,
    };
    Ok((npi, Parsed::Person(Box::new(record))))
}

/// `MM/DD/YYYY`, nothing else.
pub(super) fn day(text: &str) -> Option<NaiveDate> {
    let bytes = text.as_bytes();
    let digits = |range: std::ops::Range<usize>| -> Option<u32> {
        let part = bytes.get(range)?;
        part.iter().all(u8::is_ascii_digit).then(|| {
            part.iter()
                .fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'))
        })
    };
    if bytes.len() != 10 || bytes[2] != b'/' || bytes[5] != b'/' {
        return None;
    }
    NaiveDate::from_ymd_opt(
        i32::try_from(digits(6..10)?).ok()?,
        digits(0..2)?,
        digits(3..5)?,
    )
}

fn date(row: &Row<'_>, column: Main, name: &'static str) -> Result<Option<NaiveDate>, Reason> {
    let text = row.get(column as usize);
    if text.is_empty() {
        return Ok(None);
    }
    day(&text).map(Some).ok_or_else(|| Reason::Date {
        column: name,
        text: text.into_owned(),
    })
}

fn replacement(row: &Row<'_>, reading: &Reading<'_>, odd: &mut Vec<Oddity>) -> Option<Npi> {
    let text = row.get(Main::Replacement as usize);
    if text.is_empty() {
        return None;
    }
    let npi = Npi::parse(&text, reading.samples).ok();
    if npi.is_none() {
        odd.push(Oddity::BadReplacement(text.into_owned()));
    }
    npi
}

/// Every well-formed code once, the primary one first, the others in the order of the groups.
fn taxonomies(row: &Row<'_>, odd: &mut Vec<Oddity>) -> Vec<TaxonomyCode> {
    let mut found: Vec<TaxonomyCode> = Vec::new();
    for n in 0..GROUPS {
        let text = row.get(Group::Taxonomy.of(n));
        if text.is_empty() {
            continue;
        }
        match text.parse() {
            Ok(code) if found.contains(&code) => {}
            Ok(code) if &*row.get(Group::IsPrimary.of(n)) == "Y" => found.insert(0, code),
            Ok(code) => found.push(code),
            Err(_) => odd.push(Oddity::BadTaxonomy(text.into_owned())),
        }
    }
    found
}

/// Licences whose taxonomy names a discipline; sorted, each once.
fn licenses(row: &Row<'_>, odd: &mut Vec<Oddity>) -> Vec<RegistryLicense> {
    let mut found = Vec::new();
    for n in 0..GROUPS {
        let number = row.get(Group::LicenseNumber.of(n));
        let taxonomy = row.get(Group::Taxonomy.of(n)).parse::<TaxonomyCode>();
        let Some(discipline) = taxonomy.ok().and_then(|code| code.discipline()) else {
            continue;
        };
        if is_no_number(&number) {
            continue;
        }
        let state = row.get(Group::LicenseState.of(n));
        match jurisdiction(&state) {
            Some(jurisdiction) => found.push(RegistryLicense {
                discipline,
                jurisdiction,
                number: number
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ")
                    .into(),
            }),
            None => odd.push(Oddity::LicenseState(state.into_owned())),
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// What people write who have no number to give.
fn is_no_number(text: &str) -> bool {
    !text.contains(|c: char| c.is_ascii_alphanumeric())
        || text.chars().count() > MAX_FIELD
        || ["NONE", "N/A", "NA", "PENDING", "APPLIED FOR"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word))
}

/// The legal name. Titles (`DR`) and degrees (`PT, DPT`) are no part of a name and not kept.
fn name(row: &Row<'_>) -> Result<PersonName, Reason> {
    let parts = [Main::Given, Main::Middle, Main::Family, Main::Suffix]
        .map(|column| row.get(column as usize));
    if parts.iter().any(|part| part.chars().count() > MAX_FIELD) {
        return Err(Reason::TooLong("the name"));
    }
    let [given, middle, family, suffix] = &parts;
    PersonName::new(given, middle, family, suffix).map_err(|_| Reason::NoName)
}

/// The former or other name. A given name that is not repeated is the current one.
fn other_names(row: &Row<'_>, name: &PersonName) -> Vec<PersonName> {
    let parts = [
        Main::OtherGiven,
        Main::OtherMiddle,
        Main::OtherFamily,
        Main::OtherSuffix,
    ]
    .map(|column| row.get(column as usize));
    let [given, middle, family, suffix] = &parts;
    if given.is_empty() && family.is_empty() || parts.iter().any(|part| part.len() > MAX_FIELD) {
        return Vec::new();
    }
    let or_current = |part: &str, current: &Option<Box<str>>| -> String {
        match current {
            Some(current) if part.is_empty() => current.to_string(),
            _ => part.to_owned(),
        }
    };
    let given = or_current(given, &name.given);
    let family = or_current(family, &name.family);
    let same = |part: &str, current: &Option<Box<str>>| {
        current
            .as_deref()
            .unwrap_or_default()
            .eq_ignore_ascii_case(part)
    };
    if same(&given, &name.given) && same(&family, &name.family) {
        return Vec::new();
    }
    PersonName::new(&given, middle, &family, suffix)
        .into_iter()
        .collect()
}

fn practice(
    row: &Row<'_>,
    zips: &Zips,
    odd: &mut Vec<Oddity>,
) -> Result<Option<domain::registry::RegistryLocation>, Reason> {
    let columns = place::Columns {
        street: &row.get(Main::Street as usize),
        suite: &row.get(Main::Suite as usize),
        city: &row.get(Main::City as usize),
        state: &row.get(Main::State as usize),
        postal_code: &row.get(Main::PostalCode as usize),
        country: &row.get(Main::Country as usize),
        phone: &row.get(Main::Phone as usize),
    };
    locate(&columns, zips, odd)
}
