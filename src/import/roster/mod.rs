//! A board's list of licences: every licence on file of its jurisdiction and profession is looked up in
//! it, and what it says is recorded as a check.
//!
//! [`config`] says how the file is read, [`mod@read`] reads it, [`mod@run`] looks everybody up. A file
//! records checks and raises nothing: whether a licence counts is judged from its checks when it is
//! asked. A status that a board gave after a proceeding acts at once, downwards.

pub mod config;
pub mod read;

mod run;

use std::fs::File;
use std::path::Path;

use domain::check::CheckMethod;
use domain::license::{
    BoardStatus, CheckOutcome, CheckSource, License, LicenseSource, SourceAnswer,
};
use domain::register::{Claimant, Register};

pub use config::RosterConfig;
pub use run::{Options, Report, run};

use super::ImportError;
use super::file::{PartKind, open_csv, sha256};
use read::RosterRows;

/// Why a roster was not taken.
#[derive(Debug, thiserror::Error)]
pub enum RosterError {
    /// The file cannot be read.
    #[error(transparent)]
    File(#[from] ImportError),
    /// The configuration cannot.
    #[error("{file}: {reason}")]
    Config {
        /// Which.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
}

impl From<crate::store::StoreError> for RosterError {
    fn from(error: crate::store::StoreError) -> Self {
        Self::File(error.into())
    }
}

/// A board's file as a source that can be asked.
#[derive(Debug)]
pub struct RosterFile {
    /// Its name.
    pub file_name: String,
    /// SHA-256 of it, in hexadecimal.
    pub sha256: String,
    /// What was read.
    pub rows: RosterRows,
    source: LicenseSource,
}

impl RosterFile {
    /// Reads a file to its end.
    pub fn open(path: &Path, config: &RosterConfig) -> Result<Self, RosterError> {
        let file_name = path.display().to_string();
        // Says what the file is when it is no CSV.
        open_csv(path, PartKind::Main)?;
        let file = File::open(path).map_err(|source| ImportError::Open {
            path: path.to_owned(),
            source,
        })?;
        let sha256 = sha256(&[path.to_owned()])?;
        Ok(Self {
            rows: read::read(&file_name, file, config)?,
            source: LicenseSource {
                kind: config.source_kind,
                method: CheckMethod::BoardFile,
                name: config.source_name.clone(),
                url: config.source_url.clone(),
                as_of: config.as_of,
                mapping_version: Some(config.mapping_version.clone()),
                snapshot_sha256: Some(sha256.as_str().into()),
            },
            sha256,
            file_name,
        })
    }

    /// What it lists.
    pub const fn register(&self) -> &Register {
        &self.rows.register
    }
}

impl CheckSource for RosterFile {
    fn source(&self) -> &LicenseSource {
        &self.source
    }

    fn covers(&self, license: &License) -> bool {
        self.register().covers(license)
    }

    fn look_up(&self, license: &License, claimant: Claimant<'_>) -> SourceAnswer {
        let found = self.register().look_up(license, claimant);
        let status = match (found.outcome, found.entry) {
            (CheckOutcome::NotFound, _) => BoardStatus::NotFound,
            (_, Some(entry)) => entry.status,
            (_, None) => BoardStatus::Unknown,
        };
        SourceAnswer {
            outcome: found.outcome,
            mismatches: found.mismatches,
            board_status: status,
            board_status_raw: found.entry.map(|entry| entry.status_text.clone()),
            expires_on: found.entry.and_then(|entry| entry.expires_on),
            note: found.note.map(Into::into),
        }
    }
}
