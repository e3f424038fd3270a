//! Reads every file of a run, row by row, and hands on what concerns the directory.

use std::collections::HashSet;
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use domain::npi::Npi;
use domain::registry::{RegistryLocation, RegistryRecord};
use serde::{Deserialize, Serialize};

use super::columns;
use super::further;
use super::reject::{Oddity, Reason};
use super::report::{Attached, FileRows, Report};
use super::row::{self, Deactivation, Parsed, Reading};
use crate::import::ImportError;
use crate::import::file::{Column, CsvPart, Next, PartKind, Row, Rows};
use crate::import::report::{Remark, shown};

/// One thing that the files say of one person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Said {
    /// A row of the main file.
    Person(Box<RegistryRecord>),
    /// The number is out of use.
    Deactivated(Deactivation),
    /// A further place of practice.
    Location(RegistryLocation),
    /// A name under which the person does business.
    TradeName(Box<str>),
}

/// A file to be read, and the set of files it came with: a bundle speaks for itself.
#[derive(Debug, Clone)]
pub struct Part {
    /// The file.
    pub csv: CsvPart,
    /// Counts the bundles of a run; a later one knows better.
    pub bundle: usize,
}

/// Reads the parts in their order.
///
/// `held` are the people we hold. `sink` gets what was said of
/// whom in which bundle; an error of it stops the reading and comes back.
pub(super) fn read<E: From<ImportError>>(
    parts: &[Part],
    reading: &Reading<'_>,
    held: &HashSet<Npi>,
    progress: &Arc<AtomicU64>,
    report: &mut Report,
    mut sink: impl FnMut(Npi, usize, Said) -> Result<(), E>,
) -> Result<(), E> {
    let mut staged = HashSet::new();
    for Part { csv, bundle } in parts {
        let mut failed = None;
        let read = csv.read(|bytes| {
            let mut on_row = |npi, said| {
                let done = sink(npi, *bundle, said);
                done.map_err(|error| failed = Some(error)).is_ok()
            };
            let mut reader = Reader {
                reading,
                held,
                staged: &mut staged,
                report,
            };
            match csv.kind {
                PartKind::Main => reader.main(csv, bytes, progress, &mut on_row),
                PartKind::Locations => reader.locations(csv, bytes, progress, &mut on_row),
                PartKind::OtherNames => reader.other_names(csv, bytes, progress, &mut on_row),
            }
        });
        if let Some(error) = failed {
            return Err(error);
        }
        read?;
    }
    Ok(())
}

struct Reader<'a> {
    reading: &'a Reading<'a>,
    held: &'a HashSet<Npi>,
    staged: &'a mut HashSet<Npi>,
    report: &'a mut Report,
}

/// Takes what was said of whom; `false` means stop.
type OnRow<'a> = dyn FnMut(Npi, Said) -> bool + 'a;

impl Reader<'_> {
    fn main(
        &mut self,
        csv: &CsvPart,
        bytes: &mut dyn Read,
        progress: &Arc<AtomicU64>,
        on_row: &mut OnRow<'_>,
    ) -> Result<(), ImportError> {
        let mut rows = Rows::new(&csv.name, bytes, &columns::main(), Arc::clone(progress))
            .map_err(|error| wrong_place(csv, error))?;
        let mut odd = Vec::new();
        loop {
            let row = match rows.next()? {
                Next::Row(row) => row,
                Next::Misshapen {
                    line,
                    fields,
                    wanted,
                } => {
                    self.report.rows += 1;
                    self.report.rejected_main += 1;
                    self.reject(csv, line, "", &Reason::Fields { fields, wanted });
                    continue;
                }
                Next::End => break,
            };
            self.report.rows += 1;
            odd.clear();
            let parsed = row::parse(&row, self.reading, |npi| self.is_known(npi), &mut odd);
            let (npi, said) = match parsed {
                Err(reason) => {
                    self.report.rejected_main += 1;
                    self.reject(csv, row.line, &row.get(0), &reason);
                    continue;
                }
                Ok((_, Parsed::Organization)) => {
                    self.report.skipped.organizations += 1;
                    continue;
                }
                Ok((_, Parsed::OtherDiscipline)) => {
                    self.report.skipped.other_disciplines += 1;
                    continue;
                }
                Ok((npi, Parsed::Deactivated(_))) if !self.is_known(npi) => {
                    self.report.skipped.deactivated_not_held += 1;
                    continue;
                }
                Ok((npi, Parsed::Deactivated(deactivation))) => {
                    (npi, Said::Deactivated(deactivation))
                }
                Ok((npi, Parsed::Person(record))) => (npi, Said::Person(record)),
            };
            self.flag(csv, row.line, npi, &odd);
            if !self.staged.insert(npi) {
                self.report.skipped.superseded += 1;
            }
            if !on_row(npi, said) {
                return Ok(());
            }
        }
        self.finished(csv, rows.count());
        Ok(())
    }

    fn locations(
        &mut self,
        csv: &CsvPart,
        bytes: &mut dyn Read,
        progress: &Arc<AtomicU64>,
        on_row: &mut OnRow<'_>,
    ) -> Result<(), ImportError> {
        let reading = self.reading;
        let counts = self.smaller(
            csv,
            bytes,
            progress,
            &columns::LOCATIONS,
            on_row,
            |row, odd| {
                let (npi, location) = further::location(row, reading, odd)?;
                Ok((npi, location.map(Said::Location)))
            },
        )?;
        self.report.further_locations.add(counts);
        Ok(())
    }

    fn other_names(
        &mut self,
        csv: &CsvPart,
        bytes: &mut dyn Read,
        progress: &Arc<AtomicU64>,
        on_row: &mut OnRow<'_>,
    ) -> Result<(), ImportError> {
        let reading = self.reading;
        let counts = self.smaller(
            csv,
            bytes,
            progress,
            &columns::OTHER_NAMES,
            on_row,
            |row, _| {
                let (npi, name) = further::trade_name(row, reading)?;
                Ok((npi, name.map(Said::TradeName)))
            },
        )?;
        self.report.other_names.add(counts);
        Ok(())
    }

    fn smaller(
        &mut self,
        csv: &CsvPart,
        bytes: &mut dyn Read,
        progress: &Arc<AtomicU64>,
        wanted: &[Column],
        on_row: &mut OnRow<'_>,
        parse: impl Fn(&Row<'_>, &mut Vec<Oddity>) -> Result<(Npi, Option<Said>), Reason>,
    ) -> Result<Attached, ImportError> {
        let mut rows = Rows::new(&csv.name, bytes, wanted, Arc::clone(progress))?;
        let mut counts = Attached::default();
        let mut odd = Vec::new();
        loop {
            let (line, key, parsed) = match rows.next()? {
                Next::Row(row) => {
                    odd.clear();
                    (row.line, row.get(0).into_owned(), parse(&row, &mut odd))
                }
                Next::Misshapen {
                    line,
                    fields,
                    wanted,
                } => (line, String::new(), Err(Reason::Fields { fields, wanted })),
                Next::End => break,
            };
            counts.rows += 1;
            match parsed {
                Err(reason) => {
                    counts.rejected += 1;
                    self.reject(csv, line, &key, &reason);
                }
                Ok((npi, _)) if !self.is_known(npi) => counts.unmatched += 1,
                Ok((npi, said)) => {
                    self.flag(csv, line, npi, &odd);
                    let Some(said) = said else {
                        counts.ignored += 1;
                        continue;
                    };
                    counts.attached += 1;
                    if !on_row(npi, said) {
                        break;
                    }
                }
            }
        }
        self.finished(csv, rows.count());
        Ok(counts)
    }

    fn is_known(&self, npi: Npi) -> bool {
        self.held.contains(&npi) || self.staged.contains(&npi)
    }

    fn finished(&mut self, csv: &CsvPart, rows: u64) {
        self.report.files.push(FileRows {
            file: csv.name.clone(),
            rows,
        });
    }

    fn reject(&mut self, csv: &CsvPart, line: u64, key: &str, reason: &Reason) {
        self.report.rejected.add(Remark {
            file: csv.name.clone(),
            line,
            key: shown(key),
            code: reason.code(),
            reason: shown(&reason.to_string()),
        });
    }

    fn flag(&mut self, csv: &CsvPart, line: u64, npi: Npi, odd: &[Oddity]) {
        for oddity in odd {
            self.report.flagged.add(Remark {
                file: csv.name.clone(),
                line,
                key: npi.to_string(),
                code: oddity.code(),
                reason: oddity.to_string(),
            });
        }
    }
}

/// A main file without its columns may be one of the smaller files, given in the wrong place.
fn wrong_place(csv: &CsvPart, error: ImportError) -> ImportError {
    // The main file has the columns of the other names too, and hundreds more.
    const FEW: usize = 20;
    let is = |columns: &[Column]| {
        csv.read(|bytes| {
            Rows::new(&csv.name, bytes, columns, Arc::default()).map(|rows| rows.width())
        })
        .is_ok_and(|width| width <= FEW)
    };
    let (is, remedy) = match error {
        ImportError::MissingColumns { .. } if is(&columns::LOCATIONS) => {
            ("further practice locations", "give it with --locations")
        }
        ImportError::MissingColumns { .. } if is(&columns::OTHER_NAMES) => {
            ("other names", "give it with --other-names")
        }
        _ => return error,
    };
    ImportError::WrongKind {
        file: csv.name.clone(),
        is,
        remedy,
    }
}
