//! What can stop the store.

use std::error::Error;
use std::fmt;

use sea_orm::sqlx::Error as SqlxError;
use sea_orm::{DbErr, RuntimeErr};

/// What stopped the store. None of it is for the public: it names tables, files and servers.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be opened; says what to do.
    #[error("cannot open the database {database}: {remedy}")]
    CannotOpen {
        /// The file, or the server without its password.
        database: String,
        /// What to do about it.
        remedy: String,
        /// What the engine said, where it was asked.
        #[source]
        source: Option<DbErr>,
    },
    /// The database file is not what was written to it.
    #[error(
        "{database} is damaged ({finding}): stop, keep a copy of the file, and restore the last backup with `drypoint restore`"
    )]
    Damaged {
        /// The file.
        database: String,
        /// What was found.
        finding: String,
    },
    /// A stored value is none that a program of ours writes.
    #[error("{column} of {table} {row} cannot be read: {source}")]
    Inconsistent {
        /// In which table.
        table: &'static str,
        /// In which column.
        column: String,
        /// In the row with this key.
        row: String,
        /// Why.
        source: Box<dyn Error + Send + Sync>,
    },
    /// There is no room to write; nothing was written.
    #[error("the disk or the database is full; nothing was written")]
    Full(#[source] DbErr),
    /// Other writers hold the database longer than anybody waits; nothing was written.
    #[error("the database is busy; nothing was written")]
    Busy(#[source] DbErr),
    /// The database does not answer.
    #[error("the database does not answer")]
    Unavailable(#[source] DbErr),
    /// A change was about to be committed without an entry in the log; nothing was written.
    #[error("a change without an entry in the log is refused; nothing was written")]
    NotLogged,
    /// The import's run has ended: another of its kind began since.
    #[error("import run {run} has ended: another run of its kind began since")]
    ImportEnded {
        /// The run.
        run: i64,
    },
    /// What was read could not be handed on.
    #[error("the export cannot be written")]
    Export(#[source] std::io::Error),
    /// Everything else that the database refuses.
    #[error("the database refused a statement")]
    Refused(#[source] DbErr),
}

impl StoreError {
    /// May the same work later, with nothing mended but the database?
    pub const fn is_passing(&self) -> bool {
        matches!(self, Self::Full(_) | Self::Busy(_) | Self::Unavailable(_))
    }

    /// A stored value that cannot be read, by table, column and key of its row.
    pub fn inconsistent(
        table: &'static str,
        column: impl Into<String>,
        row: impl fmt::Display,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self::Inconsistent {
            table,
            column: column.into(),
            row: row.to_string(),
            source: source.into(),
        }
    }
}

impl From<DbErr> for StoreError {
    fn from(error: DbErr) -> Self {
        match kind(&error) {
            Kind::Full => Self::Full(error),
            Kind::Busy => Self::Busy(error),
            Kind::Unavailable => Self::Unavailable(error),
            Kind::Damaged => Self::Damaged {
                database: "the database file".to_owned(),
                finding: error.to_string(),
            },
            Kind::Other => Self::Refused(error),
        }
    }
}

enum Kind {
    Full,
    Busy,
    Unavailable,
    Damaged,
    Other,
}

fn kind(error: &DbErr) -> Kind {
    let error = match error {
        DbErr::ConnectionAcquire(_) => return Kind::Busy,
        DbErr::Conn(RuntimeErr::SqlxError(error))
        | DbErr::Exec(RuntimeErr::SqlxError(error))
        | DbErr::Query(RuntimeErr::SqlxError(error)) => error.as_ref(),
        _ => return Kind::Other,
    };
    match error {
        SqlxError::Database(error) => error.code().map_or(Kind::Other, |code| of_code(&code)),
        SqlxError::PoolTimedOut => Kind::Busy,
        SqlxError::Io(_)
        | SqlxError::Tls(_)
        | SqlxError::Protocol(_)
        | SqlxError::PoolClosed
        | SqlxError::WorkerCrashed => Kind::Unavailable,
        _ => Kind::Other,
    }
}

/// Codes of PostgreSQL have five characters; SQLite's are numbers whose low byte is the kind.
///
/// <https://www.sqlite.org/rescode.html>, <https://www.postgresql.org/docs/15/errcodes-appendix.html>
fn of_code(code: &str) -> Kind {
    if code.len() == 5 {
        return match (&code[..2], code) {
            (_, "53100") => Kind::Full,
            (_, "55P03") => Kind::Busy,
            ("XX", _) => Kind::Damaged,
            // Connection lost, server shutting down, too many connections, a standby that refuses writes.
            ("08" | "57" | "53", _) | (_, "25006") => Kind::Unavailable,
            _ => Kind::Other,
        };
    }
    match code.parse::<u32>().map(|code| code & 0xff) {
        Ok(13) => Kind::Full,
        Ok(5 | 6) => Kind::Busy,
        Ok(10 | 14) => Kind::Unavailable,
        Ok(11 | 26) => Kind::Damaged,
        _ => Kind::Other,
    }
}
