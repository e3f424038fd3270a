//! Logs: structured, on standard error, without personal data and without positions.

use std::io::IsTerminal as _;

use clap::{Args, ValueEnum};
use tracing_subscriber::EnvFilter;

/// How a command logs.
#[derive(Debug, Clone, Args)]
pub struct LogArgs {
    /// What is logged: `error`, `warn`, `info`, `debug`, or per module such as `info,drypoint=debug`
    #[arg(
        long,
        global = true,
        env = "DRYPOINT_LOG",
        default_value = "info,poem=warn,sqlx=warn,sea_orm_migration=warn",
        hide_default_value = true
    )]
    log: String,
    /// Lines for people, or one JSON object a line for machines
    #[arg(long, global = true, env = "DRYPOINT_LOG_FORMAT", value_enum, default_value_t = LogFormat::Text)]
    log_format: LogFormat,
}

/// How a log line looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// Sends logs to standard error from now on. A filter that cannot be read is told and ignored.
pub fn start(args: &LogArgs) {
    let (filter, unreadable) = match EnvFilter::try_new(&args.log) {
        Ok(filter) => (filter, None),
        Err(error) => (EnvFilter::new("info"), Some(error)),
    };
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first.
    let _ = match args.log_format {
        LogFormat::Text => lines.with_target(false).try_init(),
        LogFormat::Json => lines.json().flatten_event(true).try_init(),
    };
    if let Some(error) = unreadable {
        tracing::warn!(%error, "DRYPOINT_LOG cannot be read; logging at info");
    }
}
