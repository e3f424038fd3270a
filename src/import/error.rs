//! What stops an import.

use std::path::PathBuf;

use crate::store::StoreError;

/// Why an import stopped. Unless it is the database that refused, nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file could not be opened.
    #[error("cannot open {}", path.display())]
    Open {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// No byte in it.
    #[error("{file} is empty")]
    Empty {
        /// Which.
        file: String,
    },
    /// The first bytes are those of something else.
    #[error("{file} is not CSV: it looks like {looks_like}")]
    NotCsv {
        /// Which.
        file: String,
        /// Of what.
        looks_like: &'static str,
    },
    /// The archive cannot be read.
    #[error("{file} is no readable zip archive; it may be truncated or damaged")]
    Zip {
        /// Which.
        file: String,
        /// Why.
        source: zip::result::ZipError,
    },
    /// A file in the archive cannot be unpacked, or gives what no whole file gives.
    #[error("{file} cannot be read to its end; the archive may be damaged")]
    DamagedZip {
        /// Which archive.
        file: String,
        /// What was found in it.
        source: Box<ImportError>,
    },
    /// The archive holds no main file.
    #[error("{file} holds no npidata_pfile_*.csv; it holds {holds}")]
    NoMainFile {
        /// Which.
        file: String,
        /// The names of what it does hold.
        holds: String,
    },
    /// The archive does not hold one CSV file.
    #[error("{file} does not hold exactly one CSV file; it holds {holds}")]
    NotOneCsv {
        /// Which.
        file: String,
        /// The names of what it does hold.
        holds: String,
    },
    /// The header has the right columns and others, or not in their order.
    #[error("the header of {file} has changed: {how}")]
    HeaderChanged {
        /// Which.
        file: String,
        /// What is otherwise.
        how: String,
    },
    /// A row of another width than the header, in a file whose every row counts.
    #[error("{file}: the row at line {line} has {fields} fields and not {wanted}: it is damaged")]
    Misshapen {
        /// Which.
        file: String,
        /// Where it begins.
        line: u64,
        /// How many fields it has.
        fields: usize,
        /// How many the header has.
        wanted: usize,
    },
    /// The last row has no end.
    #[error("{file} ends without a line break: its last row may be cut off")]
    NoLineBreak {
        /// Which.
        file: String,
    },
    /// The header lacks columns that are needed.
    #[error("{file} lacks these columns: {}", columns.join(", "))]
    MissingColumns {
        /// Which.
        file: String,
        /// As they are spelled.
        columns: Vec<String>,
    },
    /// The header has a needed column more than once.
    #[error("{file} has the column {column} twice")]
    DoubleColumn {
        /// Which.
        file: String,
        /// As it is spelled.
        column: String,
    },
    /// Another file of the registry, given in the place of this one.
    #[error("{file} is a file of {is}: {remedy}")]
    WrongKind {
        /// Which.
        file: String,
        /// What it is.
        is: &'static str,
        /// What to do with it.
        remedy: &'static str,
    },
    /// A header and nothing else.
    #[error("{file} has a header but no rows")]
    NoRows {
        /// Which.
        file: String,
    },
    /// The file ends in the middle of a row.
    #[error("{file} ends in the middle of the row at line {line}: it is truncated")]
    Truncated {
        /// Which.
        file: String,
        /// Where the last row begins.
        line: u64,
    },
    /// A row that no file of this kind has: most often a quote that is never closed.
    #[error("{file}: the row at line {line} is longer than {limit} bytes; is a quote not closed?")]
    RowTooLong {
        /// Which.
        file: String,
        /// Where it begins.
        line: u64,
        /// What is allowed.
        limit: usize,
    },
    /// Reading failed on the way.
    #[error("reading {file} failed after line {line}")]
    Read {
        /// Which.
        file: String,
        /// The last line that was read.
        line: u64,
        /// Why.
        source: std::io::Error,
    },
    /// The database refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What the reader handed on could not be written down, or its thread died.
    #[error("the import stopped: {0}")]
    Stopped(String),
}
