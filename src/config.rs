//! Settings, from flags, environment and file, in this order.

use std::num::NonZeroU32;
use std::path::{Path, PathBuf};

use serde::Deserialize;

/// The database of a machine that was told nothing.
pub const DEFAULT_DATABASE_URL: &str = "sqlite://drypoint.db?mode=rwc";

/// The address that a server listens on when told nothing: this machine only.
pub const DEFAULT_BIND: &str = "127.0.0.1:8000";

/// Where notices go when nothing else is said: a folder beside the program.
pub const DEFAULT_OUTBOX_DIR: &str = "outbox";

/// What notices are sent from when nothing else is said; of a domain that nobody has.
pub const DEFAULT_MAIL_FROM: &str = "drypoint@directory.invalid";

/// What a settings file may say. A word it does not know is an error that names it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileSettings {
    /// Where the database is.
    pub database_url: Option<String>,
    /// Where the server listens.
    pub bind: Option<String>,
    /// The folder of files that were handed in as evidence.
    pub evidence_dir: Option<PathBuf>,
    /// Where browsers reach the server: `https://directory.example`. Links begin with it.
    pub public_url: Option<String>,
    /// Points that an idle client has to spend: docs/limits.md.
    pub rate_burst: Option<NonZeroU32>,
    /// Points that come back to a client each second.
    pub rate_per_second: Option<NonZeroU32>,
    /// The folder that notices are written to as files of mail.
    pub outbox_dir: Option<std::path::PathBuf>,
    /// The server that notices are sent by instead: `smtps://USER:PASSWORD@HOST`.
    pub smtp_url: Option<String>,
    /// What notices are sent from.
    pub mail_from: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed: addresses, or ranges such as `10.0.0.0/8`.
    #[serde(default)]
    pub trusted_proxies: Vec<String>,
}

/// Reads a TOML file of settings.
pub fn read(path: &Path) -> Result<FileSettings, config::ConfigError> {
    config::Config::builder()
        .add_source(config::File::from(path).format(config::FileFormat::Toml))
        .build()?
        .try_deserialize()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> Result<FileSettings, String> {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("drypoint.toml");
        std::fs::write(&path, text).unwrap();
        read(&path).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_names_the_settings_it_wants_to_change() {
        let settings = read_text("bind = \"0.0.0.0:80\"\n").unwrap();
        assert_eq!(settings.bind.as_deref(), Some("0.0.0.0:80"));
        assert_eq!(settings.database_url, None);
    }

    #[test]
    fn an_unknown_setting_is_named() {
        let error = read_text("bnid = \"0.0.0.0:80\"\n").unwrap_err();
        assert!(error.contains("bnid"), "{error}");
        assert!(read_text("rate_burst = 0\n").is_err());
    }
}
