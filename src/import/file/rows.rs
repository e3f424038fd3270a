//! The rows of one CSV file, one after the other, in bounded memory.

use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use super::columns::{self, Column};
use super::guard::{Guard, ROW_LIMIT, RowTooLong};
use super::text;
use crate::import::ImportError;

/// The rows of a file whose header has been found good.
pub struct Rows<R> {
    file: String,
    reader: csv::Reader<Guard<R>>,
    places: Vec<usize>,
    width: usize,
    record: csv::ByteRecord,
    // One row is read ahead, so that the last row is known to be the last.
    ahead: csv::ByteRecord,
    is_ahead: bool,
    read: u64,
}

/// What comes next in a file.
#[derive(Debug)]
pub enum Next<'a> {
    /// A row with as many fields as the header.
    Row(Row<'a>),
    /// A row with another number of fields, and more rows after it.
    Misshapen {
        /// Where it begins.
        line: u64,
        /// How many fields it has.
        fields: usize,
        /// How many the header has.
        wanted: usize,
    },
    /// The file is read to its end.
    End,
}

/// One row: its line and the wanted fields.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Where it begins, counted from 1.
    pub line: u64,
    record: &'a csv::ByteRecord,
    places: &'a [usize],
}

impl<'a> Row<'a> {
    /// The text of the `n`th wanted column.
    pub fn get(&self, n: usize) -> std::borrow::Cow<'a, str> {
        text::field(self.record.get(self.places[n]).unwrap_or_default())
    }
}

impl<R: Read> Rows<R> {
    /// Reads the header and finds the wanted columns in it. `progress` counts the bytes read.
    pub fn new(
        file: &str,
        source: R,
        wanted: &[Column<'_>],
        progress: Arc<AtomicU64>,
    ) -> Result<Self, ImportError> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            // Any other terminator counts the lines of files with CRLF one too low.
            .terminator(csv::Terminator::Any(b'\n'))
            .buffer_capacity(64 * 1024)
            .from_reader(Guard::new(source, progress));
        let mut header = csv::ByteRecord::new();
        let read = reader.read_byte_record(&mut header);
        let some = read.map_err(|error| problem(file, 1, error))?;
        if !some {
            return Err(ImportError::Empty {
                file: file.to_owned(),
            });
        }
        let mut rows = Self {
            file: file.to_owned(),
            places: columns::find(file, &header, wanted)?,
            width: header.len(),
            reader,
            record: header,
            ahead: csv::ByteRecord::new(),
            is_ahead: false,
            read: 0,
        };
        rows.read_ahead()?;
        if rows.is_ahead {
            Ok(rows)
        } else {
            Err(ImportError::NoRows { file: rows.file })
        }
    }

    /// The name of the file, for messages.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// How many columns the header has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Where the wanted columns stand, in the order in which they were asked for.
    pub fn places(&self) -> &[usize] {
        &self.places
    }

    /// Does what was read until now end with a line break? Asked at the end of the file.
    pub fn ended_with_line_break(&self) -> bool {
        self.reader.get_ref().ended_with_line_break()
    }

    /// Data rows read until now, misshapen ones too.
    pub fn count(&self) -> u64 {
        self.read
    }

    /// The next row. A last row that is too short or ends inside quotes means that the file is
    /// truncated; one in the middle is handed out as misshapen.
    #[expect(clippy::should_implement_trait, reason = "rows borrow from the reader")]
    pub fn next(&mut self) -> Result<Next<'_>, ImportError> {
        if !self.is_ahead {
            return Ok(Next::End);
        }
        std::mem::swap(&mut self.record, &mut self.ahead);
        self.read_ahead()?;
        self.read += 1;
        let line = line_of(&self.record);
        let (fields, wanted) = (self.record.len(), self.width);
        let is_last = !self.is_ahead;
        if is_last && (fields < wanted || self.reader.get_ref().ended_in_quotes()) {
            return Err(ImportError::Truncated {
                file: self.file.clone(),
                line,
            });
        }
        if fields != wanted {
            return Ok(Next::Misshapen {
                line,
                fields,
                wanted,
            });
        }
        Ok(Next::Row(Row {
            line,
            record: &self.record,
            places: &self.places,
        }))
    }

    fn read_ahead(&mut self) -> Result<(), ImportError> {
        loop {
            self.reader.get_mut().row_done();
            let read = self.reader.read_byte_record(&mut self.ahead);
            self.is_ahead =
                read.map_err(|error| problem(&self.file, line_of(&self.ahead), error))?;
            let is_blank = self.ahead.len() == 1 && self.ahead[0].trim_ascii().is_empty();
            if !self.is_ahead || !is_blank || self.width == 1 {
                return Ok(());
            }
        }
    }
}

fn line_of(record: &csv::ByteRecord) -> u64 {
    record.position().map_or(0, csv::Position::line)
}

fn problem(file: &str, line: u64, error: csv::Error) -> ImportError {
    let file = file.to_owned();
    let source = match error.into_kind() {
        csv::ErrorKind::Io(source) => source,
        // Rows may be of any length and are bytes: nothing else is known to come.
        other => std::io::Error::other(format!("{other:?}")),
    };
    let too_long = source
        .get_ref()
        .is_some_and(<dyn std::error::Error + Send + Sync>::is::<RowTooLong>);
    if too_long {
        return ImportError::RowTooLong {
            file,
            line,
            limit: ROW_LIMIT,
        };
    }
    ImportError::Read { file, line, source }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: [Column; 2] = [Column(&["NPI"]), Column(&["Name"])];

    fn read(text: &[u8]) -> Result<Vec<String>, ImportError> {
        let mut rows = Rows::new("f.csv", text, &WANTED, Arc::default())?;
        let mut found = Vec::new();
        loop {
            match rows.next()? {
                Next::Row(row) => found.push(format!("{} {} {}", row.line, row.get(0), row.get(1))),
                Next::Misshapen { line, fields, .. } => found.push(format!("{line} has {fields}")),
                Next::End => return Ok(found),
            }
        }
    }

    #[test]
    fn rows_come_with_their_line_whatever_the_order_of_columns() {
        let text = b"\"Name\",\"odd\",\"NPI\"\r\n\"a\r\nb\",\"\",\"1\"\r\nc,d,2\r\n";
        assert_eq!(read(text).unwrap(), ["2 1 a  b", "4 2 c"]);
    }

    #[test]
    fn a_short_row_in_the_middle_is_told_and_at_the_end_the_file_is_truncated() {
        assert_eq!(read(b"NPI,Name\n1\n2,b\n").unwrap(), ["2 has 1", "3 2 b"]);
        for text in [&b"NPI,Name\n1,a\n2"[..], b"NPI,Name\n1,a\n2,\"b"] {
            let error = read(text).unwrap_err();
            assert!(
                matches!(error, ImportError::Truncated { line: 3, .. }),
                "{error}"
            );
        }
        assert_eq!(
            read(b"NPI,Name\r\n1,a\r\n\r\n2,b\r\n\r\n").unwrap(),
            ["2 1 a", "4 2 b"]
        );
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_memory() {
        let mut text = b"NPI,Name\n1,a\n2,\"".to_vec();
        text.extend(std::iter::repeat_n(b'x', 4 * ROW_LIMIT));
        let error = read(&text).unwrap_err();
        assert!(
            matches!(error, ImportError::RowTooLong { line: 3, .. }),
            "{error}"
        );
    }

    #[test]
    fn a_file_without_rows_is_refused() {
        assert!(matches!(
            read(b"NPI,Name\n"),
            Err(ImportError::NoRows { .. })
        ));
        assert!(matches!(read(b""), Err(ImportError::Empty { .. })));
    }
}
