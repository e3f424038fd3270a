//! The law from its two files: `scope_rules.csv` and `scope_requirements.csv`.
//!
//! [`mod@read`] reads them and [`change`] says what they change in the law on file.

pub mod change;
pub mod read;

use std::fs::File;
use std::path::Path;

use chrono::{DateTime, Utc};
use domain::scope::ScopeLaw;
use serde::Serialize;

use self::change::{Change, compare};
use self::read::{LawFile, ScopeError, read};
use super::ImportError;
use super::file::{PartKind, open_csv};
use crate::store::{Store, bulk, scope};

/// What an import of the law did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// Was nothing written?
    pub dry_run: bool,
    /// Rows of both files.
    pub rows: u64,
    /// What changes.
    pub change: Change,
    /// Was it refused, because it alters what is on file and nobody asked for corrections?
    pub refused: bool,
}

/// How an import of the law is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// May periods on file be altered or removed?
    pub corrections: bool,
    /// Write nothing?
    pub dry_run: bool,
}

/// Reads the law from two files on disk.
pub fn open_and_read(rules: &Path, requirements: &Path) -> Result<LawFile, ScopeError> {
    read(
        (&rules.display().to_string(), open(rules)?),
        (&requirements.display().to_string(), open(requirements)?),
    )
}

/// Takes over the law of two files, whole or not at all, with one entry in the log.
pub async fn run(
    store: &Store,
    at: DateTime<Utc>,
    file: LawFile,
    options: Options,
) -> Result<Report, ScopeError> {
    let on_file = scope::load(store.connection())
        .await
        .map_err(ImportError::from)?;
    let (after, change) = compare(&on_file, &file.law);
    let refused = change.is_correction() && !options.corrections;
    if !refused && !change.is_nothing() {
        let law = ScopeLaw::new(after)
            .map_err(|errors| ScopeError::Law(errors.iter().map(ToString::to_string).collect()))?;
        bulk::replace_scope(store, &law, at, options.dry_run)
            .await
            .map_err(ImportError::from)?;
    }
    Ok(Report {
        dry_run: options.dry_run,
        rows: file.rows,
        change,
        refused,
    })
}

fn open(path: &Path) -> Result<File, ImportError> {
    // Says what the file is when it is no CSV.
    open_csv(path, PartKind::Main)?;
    File::open(path).map_err(|source| ImportError::Open {
        path: path.to_owned(),
        source,
    })
}
