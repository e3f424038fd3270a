//! The eighteen columns of the official file, every row or none.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use domain::screening::row::{Column as Listed, ExclusionRow, RowFlaw};
use sha2::{Digest, Sha256};

use crate::import::ImportError;
use crate::import::file::{Column, Next, Rows, open_single};
use crate::import::report::{Remark, Remarks, shown};
use crate::store::exclusion::list::ListedRow;

const COLUMNS: [Column; 18] = [
    Column(&["LASTNAME"]),
    Column(&["FIRSTNAME"]),
    Column(&["MIDNAME"]),
    Column(&["BUSNAME"]),
    Column(&["GENERAL"]),
    Column(&["SPECIALTY"]),
    Column(&["UPIN"]),
    Column(&["NPI"]),
    Column(&["DOB"]),
    Column(&["ADDRESS"]),
    Column(&["CITY"]),
    Column(&["STATE"]),
    Column(&["ZIP"]),
    Column(&["EXCLTYPE"]),
    Column(&["EXCLDATE"]),
    Column(&["REINDATE"]),
    Column(&["WAIVERDATE"]),
    Column(&["WVRSTATE"]),
];

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeieFile {
    /// Every row, in the order of the file.
    pub rows: Vec<ListedRow>,
    /// What is odd about some of them.
    pub flagged: Remarks,
    /// The day on which it was put into its archive.
    pub packed_on: Option<NaiveDate>,
}

/// Reads a CSV file, or the one in an archive, to its end.
pub fn read(path: &Path, progress: Arc<AtomicU64>) -> Result<LeieFile, ImportError> {
    let part = open_single(path)?;
    let mut found = part.read(|source| rows(&part.name, source, progress))?;
    found.packed_on = part.packed_on;
    Ok(found)
}

fn rows(file: &str, source: impl Read, progress: Arc<AtomicU64>) -> Result<LeieFile, ImportError> {
    let mut rows = Rows::new(file, source, &COLUMNS, progress)?;
    in_order(file, &rows)?;
    let mut found = LeieFile::default();
    loop {
        match rows.next()? {
            Next::Row(row) => {
                let fields: [_; 18] = std::array::from_fn(|at| row.get(at));
                let listed = ExclusionRow::new(fields.each_ref().map(AsRef::as_ref));
                flag(file, row.line, &listed, &mut found.flagged);
                found.rows.push(ListedRow {
                    fingerprint: fingerprint(&listed),
                    row: listed,
                });
            }
            Next::Misshapen {
                line,
                fields,
                wanted,
            } => {
                return Err(ImportError::Misshapen {
                    file: file.to_owned(),
                    line,
                    fields,
                    wanted,
                });
            }
            Next::End => break,
        }
    }
    if rows.ended_with_line_break() {
        Ok(found)
    } else {
        Err(ImportError::NoLineBreak {
            file: file.to_owned(),
        })
    }
}

/// SHA-256 of the eighteen normalised columns: by it a row is known in the next list.
pub fn fingerprint(row: &ExclusionRow) -> String {
    HEXLOWER.encode(&Sha256::digest(row.canonical().as_bytes()))
}

/// The header must be the official one: eighteen columns, each in its place.
fn in_order<R: Read>(file: &str, rows: &Rows<R>) -> Result<(), ImportError> {
    let changed = |how| ImportError::HeaderChanged {
        file: file.to_owned(),
        how,
    };
    if rows.width() != COLUMNS.len() {
        return Err(changed(format!(
            "it has {} columns and not {}",
            rows.width(),
            COLUMNS.len()
        )));
    }
    let moved = (0..COLUMNS.len()).find(|wanted| rows.places()[*wanted] != *wanted);
    match moved {
        None => Ok(()),
        Some(wanted) => Err(changed(format!(
            "{} stands in column {} and not in column {}",
            COLUMNS[wanted].0[0],
            rows.places()[wanted] + 1,
            wanted + 1
        ))),
    }
}

fn flag(file: &str, line: u64, row: &ExclusionRow, flagged: &mut Remarks) {
    for flaw in row.flaws() {
        flagged.add(Remark {
            file: file.to_owned(),
            line,
            key: shown(if row.is_person() {
                row.text(Listed::LastName)
            } else {
                row.text(Listed::BusName)
            }),
            code: match flaw {
                RowFlaw::Npi(_) => "NPI",
                RowFlaw::Date { .. } => "DATE",
                RowFlaw::Nameless => "NAME",
            },
            reason: shown(&flaw.to_string()),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "LASTNAME,FIRSTNAME,MIDNAME,BUSNAME,GENERAL,SPECIALTY,UPIN,NPI,DOB,ADDRESS,CITY,STATE,ZIP,EXCLTYPE,EXCLDATE,REINDATE,WAIVERDATE,WVRSTATE";
    const ROW: &str = "MADE,UP,,,IND- LIC HC SERV PRO,PHYSICAL THERAPY,,0000000000,19700301,1 ELM ST,DENVER,CO,80205,1128b4,20200120,00000000,00000000,";

    fn parse(bytes: &[u8]) -> Result<LeieFile, ImportError> {
        rows("UPDATED.csv", bytes, Arc::default())
    }

    #[track_caller]
    fn refused(text: &str, words: &str) {
        let error = parse(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(words), "{words:?} is not in {error:?}");
    }

    #[test]
    fn the_columns_are_the_lists_own_in_their_order() {
        let ours: Vec<_> = COLUMNS.iter().map(|column| column.0[0]).collect();
        assert_eq!(ours, Listed::ALL.map(Listed::header));
        assert_eq!(ours.join(","), HEADER);
    }

    #[test]
    fn a_file_is_read_with_either_line_break_quoted_or_not_in_latin_1() {
        let plain = parse(format!("{HEADER}\n{ROW}\n").as_bytes()).unwrap();
        let quoted = ROW.replace("MADE", "\"MADE\"");
        let windows = parse(format!("{HEADER}\r\n{quoted}\r\n").as_bytes()).unwrap();
        assert_eq!(plain, windows);
        assert_eq!(plain.rows[0].row.born_on(), "1970-03-01".parse().ok());
        assert_eq!(plain.flagged.count, 0);
        let mut latin = format!("{HEADER}\n").into_bytes();
        latin.extend(ROW.replace("MADE", "MU\u{d1}OZ").chars().map(|c| c as u8));
        latin.push(b'\n');
        let found = parse(&latin).unwrap();
        assert_eq!(found.rows[0].row.text(Listed::LastName), "MUÑOZ");
    }

    #[test]
    fn what_is_not_the_whole_official_file_is_refused() {
        let file = |rows: &str| format!("{HEADER}\n{rows}");
        refused("", "is empty");
        refused(&file(""), "has a header but no rows");
        refused(&file(ROW), "ends without a line break");
        refused(&file(&format!("{ROW}\n{}", &ROW[..40])), "truncated");
        refused(
            &file(&format!("{ROW}\n{ROW},\n{ROW}\n")),
            "line 3 has 19 fields",
        );
        refused(&file(&format!("MADE,UP\n{ROW}\n")), "line 2 has 2 fields");
        refused(
            &HEADER.replace("LASTNAME,FIRSTNAME", "FIRSTNAME,LASTNAME"),
            "no rows",
        );
        let with_rows = |header: &str| format!("{header}\n{ROW}\n");
        refused(
            &with_rows(&HEADER.replace("LASTNAME,FIRSTNAME", "FIRSTNAME,LASTNAME")),
            "LASTNAME stands in column 2 and not in column 1",
        );
        refused(
            &with_rows(&HEADER.replace("NPI,", "")),
            "lacks these columns: NPI",
        );
        refused(
            &with_rows(&format!("{HEADER},SSN")),
            "it has 19 columns and not 18",
        );
    }

    #[test]
    fn an_odd_row_is_kept_and_told() {
        let odd = ROW.replace("0000000000", "1234567890");
        let found = parse(format!("{HEADER}\n{odd}\n").as_bytes()).unwrap();
        assert_eq!(found.rows.len(), 1);
        assert_eq!(found.flagged.by_code["NPI"], 1);
        assert_eq!(found.flagged.rows[0].line, 2);
    }
}
