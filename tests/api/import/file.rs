//! The registry's files, with made-up people in them: every column, every value quoted, latin-1.

use std::io::{Cursor, Write};
use std::sync::OnceLock;

use domain::npi::Npi;
use serde_json::Value;
use zip::write::SimpleFileOptions;

pub(super) const FAMILY: &str = "Provider Last Name (Legal Name)";
pub(super) const GIVEN: &str = "Provider First Name";
pub(super) const OTHER_FAMILY: &str = "Provider Other Last Name";
pub(super) const PHONE: &str = "Provider Business Practice Location Address Telephone Number";
pub(super) const STREET: &str = "Provider First Line Business Practice Location Address";
pub(super) const CITY: &str = "Provider Business Practice Location Address City Name";
pub(super) const STATE: &str = "Provider Business Practice Location Address State Name";
pub(super) const ZIP: &str = "Provider Business Practice Location Address Postal Code";
pub(super) const MAILING_STREET: &str = "Provider First Line Business Mailing Address";
pub(super) const TAXONOMY: &str = "Healthcare Provider Taxonomy Code_1";
pub(super) const LICENSE: &str = "Provider License Number_1";
pub(super) const LICENSE_STATE: &str = "Provider License Number State Code_1";
pub(super) const ENTITY_TYPE: &str = "Entity Type Code";
pub(super) const ENUMERATED_ON: &str = "Provider Enumeration Date";
pub(super) const UPDATED_ON: &str = "Last Update Date";
pub(super) const DEACTIVATED_ON: &str = "NPI Deactivation Date";
pub(super) const REACTIVATED_ON: &str = "NPI Reactivation Date";
pub(super) const REPLACEMENT: &str = "Replacement NPI";

/// One row: columns by name, the others empty.
#[derive(Debug, Clone)]
pub(super) struct Row(Vec<(String, Vec<u8>)>);

/// A physical therapist at a street in Denver.
pub(super) fn person(serial: u32) -> Row {
    number(&Npi::sample(serial).to_string())
        .with(ENTITY_TYPE, "1")
        .with(GIVEN, "ADA")
        .with(FAMILY, &format!("NEEDHAM{serial}"))
        .with(STREET, &format!("{serial} ELM ST"))
        .with(CITY, "DENVER")
        .with(STATE, "CO")
        .with(ZIP, "802051234")
        .with(PHONE, "3035550100")
        .with(TAXONOMY, "225100000X")
        .with("Healthcare Provider Primary Taxonomy Switch_1", "Y")
        .with(ENUMERATED_ON, "04/07/2010")
        .with(UPDATED_ON, "01/02/2020")
        .with(MAILING_STREET, "HOME SWEET HOME")
}

/// A row with nothing but a number.
pub(super) fn number(npi: &str) -> Row {
    Row(vec![("NPI".to_owned(), npi.into())])
}

/// A number out of use: little but NPI and dates.
pub(super) fn deactivated(serial: u32, on: &str) -> Row {
    number(&Npi::sample(serial).to_string()).with(DEACTIVATED_ON, on)
}

impl Row {
    pub(super) fn with(self, column: &str, value: &str) -> Self {
        self.with_bytes(column, value.as_bytes())
    }

    pub(super) fn with_bytes(mut self, column: &str, value: &[u8]) -> Self {
        self.0.retain(|(name, _)| name != column);
        self.0.push((column.to_owned(), value.to_vec()));
        self
    }
}

/// The main file as it is now.
pub(super) fn main_file<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<u8> {
    written(&columns("npidata_pfile"), rows)
}

/// The main file as it was before a column was renamed.
pub(super) fn older_main_file<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Vec<u8> {
    let mut columns = columns("npidata_pfile");
    for name in &mut columns {
        if name == "Provider Sex Code" {
            "Provider Gender Code".clone_into(name);
        }
    }
    assert!(columns.iter().any(|name| name == "Provider Gender Code"));
    written(&columns, rows)
}

/// The further practice locations: NPI, street, city, state and ZIP.
pub(super) fn locations(rows: &[(u32, [&str; 4])]) -> Vec<u8> {
    let columns = columns("pl_pfile");
    let rows: Vec<_> = rows
        .iter()
        .map(|(serial, [street, city, state, zip])| {
            number(&Npi::sample(*serial).to_string())
                .with(&columns[1], street)
                .with(&columns[3], city)
                .with(&columns[4], state)
                .with(&columns[5], zip)
                .with(&columns[6], "US")
        })
        .collect();
    written(&columns, &rows)
}

/// The other names: NPI, name and type code.
pub(super) fn other_names(rows: &[(u32, &str, &str)]) -> Vec<u8> {
    let columns = columns("othername_pfile");
    let rows: Vec<_> = rows
        .iter()
        .map(|(serial, name, kind)| {
            number(&Npi::sample(*serial).to_string())
                .with(&columns[1], name)
                .with(&columns[2], kind)
        })
        .collect();
    written(&columns, &rows)
}

/// A zip archive of files.
pub(super) fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The registry's own column names of one of its files.
pub(super) fn columns(file: &str) -> Vec<String> {
    static HEADERS: OnceLock<Value> = OnceLock::new();
    let headers = HEADERS.get_or_init(|| {
        let text = std::fs::read("tests/data/nppes_bulk_headers_2025-06_v2.json").unwrap();
        serde_json::from_slice(&text).unwrap()
    });
    let columns = headers[file]["columns"].as_array().unwrap();
    columns
        .iter()
        .map(|name| name.as_str().unwrap().to_owned())
        .collect()
}

fn written<'a>(columns: &[String], rows: impl IntoIterator<Item = &'a Row>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(Vec::new());
    writer.write_record(columns).unwrap();
    for Row(cells) in rows {
        for (name, _) in cells {
            assert!(columns.contains(name), "{name} is no column");
        }
        let value = |column: &String| {
            let cell = cells.iter().find(|(name, _)| name == column);
            cell.map_or(&b""[..], |(_, value)| value)
        };
        writer.write_record(columns.iter().map(value)).unwrap();
    }
    writer.into_inner().unwrap()
}
