use std::path::PathBuf;

use clap::Args;

use super::DatabaseArgs;
use crate::store::backup;
use crate::vault::Vault;

/// Where files lie.
#[derive(Debug, Clone, Args)]
pub struct VaultArgs {
    /// The folder of files that were handed in as evidence, made if there is none [default: beside a
    /// SQLite database, with the ending `.evidence`; else none, and no files are taken]
    #[arg(long, env = "DRYPOINT_EVIDENCE_DIR", value_name = "DIR")]
    evidence_dir: Option<PathBuf>,
}

impl VaultArgs {
    /// The folder that flags, environment, settings file and database name, in this order.
    pub(super) fn folder(&self, database: &DatabaseArgs) -> anyhow::Result<Option<PathBuf>> {
        if let Some(folder) = &self.evidence_dir {
            return Ok(Some(folder.clone()));
        }
        if let Some(folder) = database.file_settings()?.evidence_dir {
            return Ok(Some(folder));
        }
        let file = backup::sqlite_file(&database.url()?);
        let is_on_disk = |file: &PathBuf| !file.to_string_lossy().contains(":memory:");
        Ok(file
            .filter(is_on_disk)
            .map(|file| file.with_extension("evidence")))
    }

    /// The folder, opened.
    pub(super) fn open(&self, database: &DatabaseArgs) -> anyhow::Result<Option<Vault>> {
        let folder = self.folder(database)?;
        Ok(folder.map(|folder| Vault::open(&folder)).transpose()?)
    }
}
