//! One row of the List of Excluded Individuals/Entities.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::npi::Npi;
use crate::place::Jurisdiction;

/// A column of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are the list's own")]
pub enum Column {
    LastName,
    FirstName,
    MidName,
    BusName,
    General,
    Specialty,
    Upin,
    Npi,
    Dob,
    Address,
    City,
    State,
    Zip,
    ExclType,
    ExclDate,
    ReinDate,
    WaiverDate,
    WvrState,
}

impl Column {
    /// The columns in the order of the official file (OIG, record layout of `UPDATED.csv`).
    pub const ALL: [Self; 18] = [
        Self::LastName,
        Self::FirstName,
        Self::MidName,
        Self::BusName,
        Self::General,
        Self::Specialty,
        Self::Upin,
        Self::Npi,
        Self::Dob,
        Self::Address,
        Self::City,
        Self::State,
        Self::Zip,
        Self::ExclType,
        Self::ExclDate,
        Self::ReinDate,
        Self::WaiverDate,
        Self::WvrState,
    ];

    /// As the file's header spells it.
    pub const fn header(self) -> &'static str {
        match self {
            Self::LastName => "LASTNAME",
            Self::FirstName => "FIRSTNAME",
            Self::MidName => "MIDNAME",
            Self::BusName => "BUSNAME",
            Self::General => "GENERAL",
            Self::Specialty => "SPECIALTY",
            Self::Upin => "UPIN",
            Self::Npi => "NPI",
            Self::Dob => "DOB",
            Self::Address => "ADDRESS",
            Self::City => "CITY",
            Self::State => "STATE",
            Self::Zip => "ZIP",
            Self::ExclType => "EXCLTYPE",
            Self::ExclDate => "EXCLDATE",
            Self::ReinDate => "REINDATE",
            Self::WaiverDate => "WAIVERDATE",
            Self::WvrState => "WVRSTATE",
        }
    }

    const fn is_date(self) -> bool {
        matches!(
            self,
            Self::Dob | Self::ExclDate | Self::ReinDate | Self::WaiverDate
        )
    }
}

/// The eighteen columns of a row, normalised: upper case, single blanks, and empty where the file
/// writes a value that stands for none (`0000000000`, `00000000`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ExclusionRow {
    columns: [Box<str>; 18],
}

/// Something in a row that cannot be what the list means. The row stays: to drop it would be to
/// forget an exclusion. Only the value counts as not given.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RowFlaw {
    /// The NPI is none.
    #[error("NPI {0:?} is none; the row is matched by its names alone")]
    Npi(Box<str>),
    /// A date is none.
    #[error("{} {text:?} is no date as YYYYMMDD", .column.header())]
    Date {
        /// In which column.
        column: Column,
        /// What stands there.
        text: Box<str>,
    },
    /// Neither a person's family name nor a business name.
    #[error("the row names nobody")]
    Nameless,
}

impl ExclusionRow {
    /// Normalises the fields of a row, which come in the order of [`Column::ALL`].
    pub fn new(fields: [&str; 18]) -> Self {
        let mut columns = fields.map(normal);
        for column in Column::ALL {
            let text = &mut columns[column as usize];
            let stands_for_none = match column {
                Column::Npi => text.bytes().all(|byte| byte == b'0'),
                column if column.is_date() => text.bytes().all(|byte| byte == b'0'),
                _ => false,
            };
            if stands_for_none {
                *text = "".into();
            }
        }
        Self { columns }
    }

    /// A column's text; empty where the list gives none.
    pub fn text(&self, column: Column) -> &str {
        &self.columns[column as usize]
    }

    /// Everything that is odd about the row.
    pub fn flaws(&self) -> Vec<RowFlaw> {
        let mut flaws = Vec::new();
        if !self.text(Column::Npi).is_empty() && self.npi().is_none() {
            flaws.push(RowFlaw::Npi(self.text(Column::Npi).into()));
        }
        for column in Column::ALL {
            let text = self.text(column);
            if column.is_date() && !text.is_empty() && self.date(column).is_none() {
                let text = text.into();
                flaws.push(RowFlaw::Date { column, text });
            }
        }
        if !self.is_person() && !self.is_organisation() {
            flaws.push(RowFlaw::Nameless);
        }
        flaws
    }

    /// The NPI, where the row carries one.
    pub fn npi(&self) -> Option<Npi> {
        self.text(Column::Npi).parse().ok()
    }

    /// The birth date, where the row carries one. "Not shown" means that the Office does not hold it.
    pub fn born_on(&self) -> Option<NaiveDate> {
        self.date(Column::Dob)
    }

    /// The jurisdiction of the address.
    pub fn state(&self) -> Option<Jurisdiction> {
        self.text(Column::State).parse().ok()
    }

    /// Where the list itself says that a waiver lifts the exclusion.
    pub fn waived_in(&self) -> Option<Jurisdiction> {
        if self.text(Column::WaiverDate).is_empty() {
            return None;
        }
        self.text(Column::WvrState).parse().ok()
    }

    /// Does the row name a person?
    pub fn is_person(&self) -> bool {
        !self.text(Column::LastName).is_empty()
    }

    /// Does the row name a business and nobody? Such a row is never held against a person's name.
    pub fn is_organisation(&self) -> bool {
        !self.is_person() && !self.text(Column::BusName).is_empty()
    }

    /// The eighteen columns as one text, by whose digest two rows are told apart.
    pub fn canonical(&self) -> String {
        // No field holds a control character, so no two rows share a text.
        self.columns.join("\u{1f}")
    }

    /// What stays the same while the Office corrects an address or adds an NPI: names, kind and day
    /// of the exclusion. Two people may share it.
    pub fn exclusion_key(&self) -> String {
        [
            Column::LastName,
            Column::FirstName,
            Column::BusName,
            Column::ExclType,
            Column::ExclDate,
        ]
        .map(|column| self.text(column))
        .join("\u{1f}")
    }

    fn date(&self, column: Column) -> Option<NaiveDate> {
        let text = self.text(column);
        // `parse_from_str` would take signs and blanks too.
        let is_plain = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_plain
            .then(|| NaiveDate::parse_from_str(text, "%Y%m%d").ok())
            .flatten()
    }
}

fn normal(text: &str) -> Box<str> {
    let mut normal = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace() || c.is_control()) {
        if word.is_empty() {
            continue;
        }
        if !normal.is_empty() {
            normal.push(' ');
        }
        normal.extend(word.chars().flat_map(char::to_uppercase));
    }
    normal.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(changes: &[(Column, &str)]) -> ExclusionRow {
        let mut fields = [""; 18];
        fields[Column::Npi as usize] = "0000000000";
        for column in Column::ALL.into_iter().filter(|column| column.is_date()) {
            fields[column as usize] = "00000000";
        }
        for (column, text) in changes {
            fields[*column as usize] = text;
        }
        ExclusionRow::new(fields)
    }

    #[test]
    fn what_stands_for_none_is_none() {
        let row = row(&[(Column::LastName, " o'brien  smith ")]);
        assert_eq!(row.text(Column::LastName), "O'BRIEN SMITH");
        assert_eq!(
            (row.npi(), row.born_on(), row.waived_in()),
            (None, None, None)
        );
        assert_eq!(row.text(Column::Npi), "");
        assert_eq!(row.flaws(), []);
    }

    #[test]
    fn values_are_read_and_a_waiver_needs_its_day() {
        let npi = Npi::sample(7);
        let text = npi.to_string();
        let full = [
            (Column::LastName, "SMITH"),
            (Column::Npi, text.as_str()),
            (Column::Dob, "19700229"),
            (Column::State, "tx"),
            (Column::WvrState, "TX"),
        ];
        let odd = row(&full);
        assert_eq!(odd.npi(), Some(npi));
        assert_eq!(odd.state(), Some(Jurisdiction::Tx));
        // 1970 was no leap year.
        assert_eq!(odd.born_on(), None);
        assert_eq!(odd.flaws().len(), 1);
        assert_eq!(odd.waived_in(), None);
        let waived = row(&[&full[..], &[(Column::WaiverDate, "20200131")]].concat());
        assert_eq!(waived.waived_in(), Some(Jurisdiction::Tx));
    }

    #[test]
    fn a_row_that_cannot_be_read_whole_says_what_is_wrong_with_it() {
        let odd = row(&[(Column::Npi, "1234567890"), (Column::ExclDate, "2020013")]);
        let told: Vec<String> = odd.flaws().iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "NPI \"1234567890\" is none; the row is matched by its names alone",
                "EXCLDATE \"2020013\" is no date as YYYYMMDD",
                "the row names nobody",
            ]
        );
    }

    #[test]
    fn every_column_tells_rows_apart_and_blanks_and_case_do_not() {
        let plain = row(&[(Column::LastName, "SMITH")]);
        let spaced = row(&[(Column::LastName, "  Smith ")]);
        assert_eq!(plain.canonical(), spaced.canonical());
        for column in Column::ALL {
            let other = row(&[(Column::LastName, "SMITH"), (column, "12 X")]);
            assert_ne!(plain.canonical(), other.canonical(), "{column:?}");
        }
        let shifted = row(&[(Column::FirstName, "SMITH")]);
        assert_ne!(plain.canonical(), shifted.canonical());
    }

    #[test]
    fn a_new_address_is_the_same_exclusion_and_another_day_is_not() {
        let known = row(&[(Column::LastName, "SMITH"), (Column::ExclDate, "20200120")]);
        let moved = row(&[
            (Column::LastName, "SMITH"),
            (Column::ExclDate, "20200120"),
            (Column::Address, "1 X"),
        ]);
        let again = row(&[(Column::LastName, "SMITH"), (Column::ExclDate, "20210120")]);
        assert_eq!(known.exclusion_key(), moved.exclusion_key());
        assert_ne!(known.exclusion_key(), again.exclusion_key());
    }
}
