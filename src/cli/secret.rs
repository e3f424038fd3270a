use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;

use super::DatabaseArgs;
use crate::app::Equipment;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::secret::Secret;
use crate::store::{Store, backup, installation};

/// The key file of an installation whose database is no file.
const DEFAULT_FILE: &str = "drypoint.key";

/// Where the installation's key is.
#[derive(Debug, Clone, Args)]
pub struct SecretArgs {
    /// The file with the installation's key, made at the first start [default: beside a SQLite database,
    /// with the ending `.key`; else drypoint.key]
    #[arg(long, env = "DRYPOINT_SECRET_FILE", value_name = "FILE")]
    secret_file: Option<PathBuf>,
}

impl SecretArgs {
    /// What a node works with. Refuses another key than the one with which the database was begun.
    pub(super) async fn equipment(
        &self,
        database: &DatabaseArgs,
        store: &Store,
        clock: Clock,
    ) -> anyhow::Result<Equipment> {
        let file = self.file(database)?;
        let secret = Secret::of_file(&file, &Chance::system())?;
        installation::bind(store, &secret.fingerprint())
            .await
            .with_context(|| format!("the key in {} is not used", file.display()))?;
        Ok(Equipment::new(clock, secret))
    }

    /// Where the key is, whether or not anything is there.
    pub(super) fn file(&self, database: &DatabaseArgs) -> anyhow::Result<PathBuf> {
        Ok(match &self.secret_file {
            Some(file) => file.clone(),
            None => backup::sqlite_file(&database.url()?)
                .map_or_else(|| DEFAULT_FILE.into(), |file| file.with_extension("key")),
        })
    }
}
