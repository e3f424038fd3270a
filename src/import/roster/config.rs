//! How a board's file is read: a small TOML file, written once for each board.

use std::collections::BTreeMap;
use std::path::Path;

use chrono::NaiveDate;
use chrono::format::{Item, StrftimeItems};
use domain::license::{BoardStatus, CheckSourceKind};
use domain::place::Jurisdiction;
use domain::taxonomy::Discipline;
use serde::Deserialize;

use super::RosterError;

/// What a configuration says, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterConfig {
    /// Whose register.
    pub jurisdiction: Jurisdiction,
    /// Of which profession.
    pub discipline: Discipline,
    /// How near the source stands to the fact.
    pub source_kind: CheckSourceKind,
    /// The board's name.
    pub source_name: Box<str>,
    /// Where the file is published.
    pub source_url: Option<Box<str>>,
    /// The day whose truth the file tells.
    pub as_of: NaiveDate,
    /// How its dates are written, as strftime tells it: `%m/%d/%Y`.
    pub date_format: Box<str>,
    /// Which version of the mapping this is.
    pub mapping_version: Box<str>,
    /// The board's words for a status, in lower case, and ours.
    pub statuses: BTreeMap<String, BoardStatus>,
    /// The board's words for kinds of licence, in lower case, and the profession that each is; empty where
    /// the file holds one kind alone.
    pub license_types: BTreeMap<String, Discipline>,
    /// The names of the columns.
    pub columns: Columns,
}

/// Which column holds what.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// The licence's number.
    pub number: String,
    /// Given name; absent where `full_name` holds both.
    pub given: Option<String>,
    /// Middle name.
    pub middle: Option<String>,
    /// Family name.
    pub family: Option<String>,
    /// "Jr.", "III".
    pub suffix: Option<String>,
    /// `FAMILY, GIVEN MIDDLE` in one column.
    pub full_name: Option<String>,
    /// What the board says of the licence.
    pub status: String,
    /// First day.
    pub issued_on: Option<String>,
    /// Last day.
    pub expires_on: Option<String>,
    /// The kind of licence.
    pub license_type: Option<String>,
}

/// The file as written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    jurisdiction: String,
    discipline: String,
    #[serde(default = "primary")]
    source_kind: String,
    source_name: String,
    source_url: Option<String>,
    as_of: String,
    #[serde(default = "iso")]
    date_format: String,
    mapping_version: String,
    statuses: BTreeMap<String, String>,
    #[serde(default)]
    license_types: BTreeMap<String, String>,
    columns: Columns,
}

fn primary() -> String {
    CheckSourceKind::Primary.code().to_owned()
}

fn iso() -> String {
    "%Y-%m-%d".to_owned()
}

impl RosterConfig {
    /// Reads a configuration from a file.
    pub fn open(path: &Path) -> Result<Self, RosterError> {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|source| RosterError::Config {
            file: file.clone(),
            reason: source.to_string(),
        })?;
        Self::parse(&text).map_err(|reason| RosterError::Config { file, reason })
    }

    /// Reads a configuration from TOML.
    ///
    /// # Errors
    /// What is wrong, by the name of the setting.
    pub fn parse(text: &str) -> Result<Self, String> {
        let written: Written = config::Config::builder()
            .add_source(config::File::from_str(text, config::FileFormat::Toml))
            .build()
            .and_then(config::Config::try_deserialize)
            .map_err(|error| error.to_string())?;
        let statuses = map(&written.statuses, "statuses")?;
        if statuses.is_empty() {
            return Err("statuses: name at least one of the board's words".to_owned());
        }
        if statuses
            .values()
            .any(|status| *status == BoardStatus::NotFound)
        {
            return Err("statuses: a licence that is listed is not NOT_FOUND".to_owned());
        }
        let read = Self {
            jurisdiction: code(&written.jurisdiction, "jurisdiction")?,
            discipline: code(&written.discipline, "discipline")?,
            source_kind: code(&written.source_kind, "source_kind")?,
            source_name: filled(&written.source_name, "source_name")?,
            source_url: written.source_url.map(Into::into),
            as_of: written
                .as_of
                .parse()
                .map_err(|_| format!("as_of: {:?} is not a day like 2026-11-21", written.as_of))?,
            date_format: written.date_format.into(),
            mapping_version: filled(&written.mapping_version, "mapping_version")?,
            statuses,
            license_types: map(&written.license_types, "license_types")?,
            columns: written.columns,
        };
        read.check()?;
        Ok(read)
    }

    fn check(&self) -> Result<(), String> {
        let columns = &self.columns;
        match (&columns.full_name, &columns.family) {
            (None, None) => return Err("columns: name family and given, or full_name".to_owned()),
            (Some(_), Some(_)) => {
                return Err("columns: name either family and given, or full_name".to_owned());
            }
            _ => {}
        }
        if columns.license_type.is_some() == self.license_types.is_empty() {
            return Err(
                "license_types: a column license_type and its words belong together".to_owned(),
            );
        }
        if !self.license_types.is_empty()
            && !self.license_types.values().any(|of| *of == self.discipline)
        {
            return Err(format!(
                "license_types: none of them is {}",
                self.discipline
            ));
        }
        // A format that cannot tell one day from another would make every date wrong.
        let day = NaiveDate::from_ymd_opt(2003, 2, 1).unwrap_or_default();
        let items: Vec<_> = StrftimeItems::new(&self.date_format).collect();
        let reads_back = !items.contains(&Item::Error) && {
            let written = day.format_with_items(items.iter()).to_string();
            NaiveDate::parse_from_str(&written, &self.date_format) == Ok(day)
        };
        if reads_back {
            Ok(())
        } else {
            Err(format!(
                "date_format: {:?} tells no day, month and year",
                self.date_format
            ))
        }
    }

    /// The columns that are read, in the order of `Field` of the reader.
    pub(super) fn wanted(&self) -> [Option<&str>; 10] {
        let columns = &self.columns;
        [
            Some(columns.number.as_str()),
            Some(columns.status.as_str()),
            columns.given.as_deref(),
            columns.middle.as_deref(),
            columns.family.as_deref(),
            columns.suffix.as_deref(),
            columns.full_name.as_deref(),
            columns.issued_on.as_deref(),
            columns.expires_on.as_deref(),
            columns.license_type.as_deref(),
        ]
    }
}

fn code<T: std::str::FromStr>(text: &str, setting: &str) -> Result<T, String>
where
    T::Err: std::fmt::Display,
{
    text.parse().map_err(|error| format!("{setting}: {error}"))
}

fn map<T: std::str::FromStr>(
    written: &BTreeMap<String, String>,
    setting: &str,
) -> Result<BTreeMap<String, T>, String>
where
    T::Err: std::fmt::Display,
{
    written
        .iter()
        .map(|(words, text)| Ok((folded(words), code(text, setting)?)))
        .collect()
}

/// The board's words without what its typist may vary.
pub(super) fn folded(words: &str) -> String {
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn filled(text: &str, setting: &str) -> Result<Box<str>, String> {
    if text.trim().is_empty() {
        Err(format!("{setting} is blank"))
    } else {
        Ok(text.trim().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLORADO: &str = r#"
        jurisdiction = "CO"
        discipline = "PHYSICAL_THERAPIST"
        source_name = "Colorado Physical Therapy Board"
        source_url = "https://example.gov/roster"
        as_of = "2026-11-20"
        date_format = "%m/%d/%Y"
        mapping_version = "co-2026-1"
        [statuses]
        "Active" = "ACTIVE"
        "Active - With Conditions" = "ACTIVE_CONDITIONS"
        "Revoked" = "REVOKED"
        [columns]
        number = "License Number"
        family = "Last Name"
        given = "First Name"
        status = "Status"
        expires_on = "Expires"
    "#;

    #[test]
    fn a_configuration_names_everything_that_a_check_needs() {
        let read = RosterConfig::parse(COLORADO).unwrap();
        assert_eq!(read.jurisdiction, Jurisdiction::Co);
        assert_eq!(read.source_kind, CheckSourceKind::Primary);
        assert_eq!(
            read.statuses.get("active - with conditions"),
            Some(&BoardStatus::ActiveConditions)
        );
        assert_eq!(read.columns.number, "License Number");
    }

    #[test]
    fn what_is_wrong_is_told_by_its_name() {
        for (from, to, expected) in [
            ("\"CO\"", "\"XX\"", "jurisdiction"),
            ("\"ACTIVE\"", "\"FINE\"", "statuses"),
            ("\"REVOKED\"", "\"NOT_FOUND\"", "statuses"),
            ("2026-11-20", "yesterday", "as_of"),
            ("%m/%d/%Y", "%m/%Y", "date_format"),
            ("%m/%d/%Y", "%", "date_format"),
            ("co-2026-1", " ", "mapping_version"),
            ("family = \"Last Name\"", "", "columns"),
            ("given =", "gyven =", "gyven"),
        ] {
            let spoiled = COLORADO.replacen(from, to, 1);
            assert_ne!(spoiled, COLORADO, "{from}");
            let error = RosterConfig::parse(&spoiled).unwrap_err();
            assert!(error.contains(expected), "{from}: {error}");
        }
    }
}
