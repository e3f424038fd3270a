use anyhow::{Context as _, ensure};
use clap::Args;

use crate::config;
use crate::store::backup;

/// Which database a command works on.
#[derive(Debug, Clone, Args)]
pub struct DatabaseArgs {
    /// Where the database is: `sqlite://FILE?mode=rwc` or `postgres://USER@HOST/NAME`
    /// [default: `sqlite://drypoint.db?mode=rwc`]
    #[arg(
        long,
        env = "DRYPOINT_DATABASE_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    database_url: Option<String>,
    /// A settings file in TOML; flags and environment go before it
    #[arg(long, env = "DRYPOINT_CONFIG", value_name = "FILE")]
    config: Option<std::path::PathBuf>,
}

impl DatabaseArgs {
    /// The settings of the file, if one is named.
    pub fn file_settings(&self) -> anyhow::Result<config::FileSettings> {
        match &self.config {
            Some(path) => config::read(path)
                .with_context(|| format!("reading settings from {}", path.display())),
            None => Ok(config::FileSettings::default()),
        }
    }

    /// The database that flags, environment and file name, in this order.
    pub fn url(&self) -> anyhow::Result<String> {
        // Read even when a flag goes before it: a file that is named and wrong is a mistake.
        let file = self.file_settings()?;
        let named = self.database_url.clone().or(file.database_url);
        Ok(named.unwrap_or_else(|| config::DEFAULT_DATABASE_URL.to_owned()))
    }

    /// The same for what only looks at a database or changes what is in it: a file that is not there is
    /// not made, since an empty one would say that all is lost.
    pub fn url_of_existing(&self) -> anyhow::Result<String> {
        let url = self.url()?;
        if let Some(file) = backup::sqlite_file(&url) {
            ensure!(
                file.exists(),
                "there is no database {}: name another with --database-url, or make one with \
                 `drypoint migrate up`",
                file.display()
            );
        }
        Ok(url)
    }
}
