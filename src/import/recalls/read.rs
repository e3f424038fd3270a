//! Rows of a recall file.

use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono::NaiveDate;
use domain::needle::recall::Recall;
use domain::udi::{DeviceIdentifier, gs1};
use sha2::{Digest, Sha256};

use crate::import::ImportError;
use crate::import::file::{Column, Next, Row, Rows};
use crate::import::report::{Remark, Remarks, shown};
use crate::store::attestation::recall::RecallNotice;

const COLUMNS: [Column<'static>; 5] = [
    Column(&["device_identifier"]),
    Column(&["lot"]),
    Column(&["source"]),
    Column(&["recalled_on"]),
    Column(&["reference_url"]),
];

/// What a recall file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RecallFile {
    /// The file's name.
    pub name: String,
    /// The rows that could be read, in the order of the file.
    pub notices: Vec<ReadNotice>,
    /// All rows.
    pub rows: u64,
    /// Rows that could not be read.
    pub rejected: Remarks,
    /// SHA-256 of what was read, in hexadecimal.
    pub sha256: String,
}

/// A notice and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadNotice {
    /// In which line.
    pub line: u64,
    /// What it says.
    pub notice: RecallNotice,
}

/// Reads a recall file to its end. A day after `today` is refused: what is not recalled yet is in use.
pub fn read(
    file: &str,
    source: impl Read,
    today: NaiveDate,
    progress: Arc<AtomicU64>,
) -> Result<RecallFile, ImportError> {
    let mut rows = Rows::new(file, source, &COLUMNS, progress)?;
    let mut found = RecallFile {
        name: file.to_owned(),
        ..RecallFile::default()
    };
    let mut seen = HashMap::new();
    let mut digest = Sha256::new();
    loop {
        let (line, key, notice) = match rows.next()? {
            Next::Row(row) => {
                for column in 0..COLUMNS.len() {
                    digest.update(row.get(column).as_bytes());
                    digest.update([0]);
                }
                (row.line, row.get(0).into_owned(), parse(&row, today))
            }
            Next::Misshapen {
                line,
                fields,
                wanted,
            } => {
                let reason = format!("{fields} fields where the header has {wanted}");
                (line, String::new(), Err(("FIELDS", reason)))
            }
            Next::End => break,
        };
        let notice = notice.and_then(|notice| match seen.insert(notice.key(), line) {
            Some(first) => {
                let reason = format!("the same notice stands in line {first} too");
                Err(("DUPLICATE", reason))
            }
            None => Ok(notice),
        });
        match notice {
            Ok(notice) => found.notices.push(ReadNotice { line, notice }),
            Err((code, reason)) => found.rejected.add(Remark {
                file: file.to_owned(),
                line,
                key: shown(&key),
                code,
                reason: shown(&reason),
            }),
        }
    }
    found.rows = rows.count();
    found.sha256 = data_encoding::HEXLOWER.encode(&digest.finalize());
    Ok(found)
}

type Refusal = (&'static str, String);

fn parse(row: &Row<'_>, today: NaiveDate) -> Result<RecallNotice, Refusal> {
    let lot = row.get(1);
    if !lot.is_empty() && !gs1::is_lot(&lot) {
        let reason = "a lot number has 1 to 20 letters, digits or signs; empty means every lot";
        return Err(("LOT", reason.to_owned()));
    }
    let source = row.get(2);
    if source.is_empty() {
        return Err(("SOURCE", "say where the recall was published".to_owned()));
    }
    let recall = Recall {
        device_identifier: device(&row.get(0))?,
        lot: (!lot.is_empty()).then(|| lot.as_ref().into()),
        announced_on: recalled_on(&row.get(3), today)?,
        source: source.as_ref().into(),
    };
    let url = row.get(4);
    if !url.is_empty() && !url.starts_with("https://") && !url.starts_with("http://") {
        let reason = "a reference is an address that begins with https://";
        return Err(("REFERENCE", reason.to_owned()));
    }
    Ok(RecallNotice {
        recall,
        reference_url: (!url.is_empty()).then(|| url.as_ref().into()),
    })
}

/// An identifier of GS1's or HIBCC's form has to be right: a wrong one would recall nothing. Fields of a
/// file are trimmed, so a check character that is a space has to be written `_`, as labels print it.
fn device(text: &str) -> Result<Box<str>, Refusal> {
    let refuse = |reason: String| Err(("DEVICE", reason));
    if text.is_empty() {
        return refuse("the device identifier is missing".to_owned());
    }
    let of_a_scheme =
        text.starts_with(['+', '*']) || text.bytes().all(|byte| byte.is_ascii_digit());
    match DeviceIdentifier::parse(text) {
        Err(why) if of_a_scheme => refuse(why.to_string()),
        Ok(_) | Err(_) => Ok(text.into()),
    }
}

fn recalled_on(text: &str, today: NaiveDate) -> Result<NaiveDate, Refusal> {
    let day = NaiveDate::parse_from_str(text, "%Y-%m-%d")
        .map_err(|_| ("DAY", "a day is written YYYY-MM-DD".to_owned()))?;
    if day > today {
        return Err(("FUTURE", format!("{day} is still to come")));
    }
    Ok(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "device_identifier,lot,source,recalled_on,reference_url\n";

    fn read_text(rows: &str) -> RecallFile {
        let text = format!("{HEADER}{rows}");
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).unwrap();
        read("recalls.csv", text.as_bytes(), today, Arc::default()).unwrap()
    }

    #[test]
    fn a_row_is_a_notice_and_no_lot_is_every_lot() {
        let found = read_text(
            "51022222233336,A213B1,FDA recalls,2026-11-01,https://example.org/r/1\n\
             +A123DN25401J,,HIBCC member,2026-11-21,\n\
             NO-SCHEME-7,L 1,a letter,2026-11-02,\n\
             NO-SCHEME-7,L1,a letter,2026-11-02,\n",
        );
        assert_eq!((found.rows, found.notices.len()), (4, 3));
        let first = &found.notices[0].notice;
        assert_eq!(first.recall.lot.as_deref(), Some("A213B1"));
        assert_eq!(
            first.reference_url.as_deref(),
            Some("https://example.org/r/1")
        );
        assert_eq!(found.notices[1].notice.recall.lot, None);
        assert_eq!(found.rejected.by_code["LOT"], 1);
    }

    #[test]
    fn a_check_character_that_is_a_space_is_written_as_labels_print_it() {
        // The characters of `+A123WN25401` sum to 38 modulo 43, which is the space.
        let found = read_text("+A123WN25401_,,a,2026-11-01,\n");
        assert_eq!(found.rejected.rows, []);
        let recall = &found.notices[0].notice.recall;
        assert_eq!(&*recall.device_identifier, "+A123WN25401_");
        // Trimmed away, or in the place of another, it is a wrong check character.
        for wrong in ["+A123WN25401 ", "+A123WN25401", "+A123DN25401_"] {
            let found = read_text(&format!("{wrong},,a,2026-11-01,\n"));
            assert_eq!(found.notices, [], "{wrong:?}");
            assert_eq!(found.rejected.by_code["DEVICE"], 1, "{wrong:?}");
        }
    }

    #[test]
    fn each_bad_row_is_told_with_its_line() {
        let found = read_text(
            "51022222233337,A,s,2026-11-01,\n\
             +A123DN25401K,A,s,2026-11-01,\n\
             ,A,s,2026-11-01,\n\
             51022222233336,A,,2026-11-01,\n\
             51022222233336,A,s,yesterday,\n\
             51022222233336,A,s,2026-11-22,\n\
             51022222233336,A,s,2026-11-01,javascript:alert(1)\n\
             51022222233336,A,s,2026-11-01,\n\
             051022222233336,a,s,2026-11-02,\n\
             51022222233336,a,s,2026-11-02,\n\
             51022222233336,A\n\
             51022222233336,B,s,2026-11-01,\n",
        );
        let told: Vec<_> = found
            .rejected
            .rows
            .iter()
            .map(|remark| (remark.line, remark.code))
            .collect();
        assert_eq!(
            told,
            [
                (2, "DEVICE"),
                (3, "DEVICE"),
                (4, "DEVICE"),
                (5, "SOURCE"),
                (6, "DAY"),
                (7, "FUTURE"),
                (8, "REFERENCE"),
                (10, "DEVICE"),
                (11, "DUPLICATE"),
                (12, "FIELDS"),
            ]
        );
        assert_eq!(found.notices.len(), 2);
    }
}
