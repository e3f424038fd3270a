//! The command line: one command a file, and all the wiring.
//!
//! Exit status: 0 done, 1 the work failed or rejected too much, 2 the command was not understood. To
//! add a command: a file with its `Args` and a `run`, and a line in [`Command`].

mod audit;
mod backup;
mod clock;
mod completions;
mod database;
mod doctor;
mod doorman;
mod import;
mod migrate;
mod restore;
mod sample;
mod schema;
mod secret;
mod serve;
mod user;
mod vault;
pub mod wiring;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use clock::ClockArgs;
pub use database::DatabaseArgs;
pub use secret::SecretArgs;
pub use vault::VaultArgs;

use crate::telemetry;

/// Who does dry needling near you, and what of it is proved.
#[derive(Debug, Parser)]
#[command(
    name = "drypoint",
    version,
    propagate_version = true,
    arg_required_else_help = true,
    after_help = "Start here:\n  \
        drypoint serve --sample --migrate   a directory of made-up people, ready to query\n  \
        drypoint help serve                 what serving needs\n\n\
        Exit status: 0 done, 1 the work failed or was refused, 2 the command was not understood."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    log: telemetry::LogArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Args),
    Import(import::Args),
    Sample(sample::Args),
    #[command(subcommand)]
    Migrate(migrate::Args),
    #[command(subcommand)]
    Audit(audit::Args),
    #[command(subcommand)]
    User(user::Args),
    Doctor(doctor::Args),
    Backup(backup::Args),
    Restore(restore::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// All that was asked was done.
    Done,
    /// The work was done and found something that the caller must look at: exit status 1.
    Refused,
}

impl Ended {
    /// Of work that was done unless it was refused.
    const fn unless_refused(refused: bool) -> Self {
        if refused { Self::Refused } else { Self::Done }
    }
}

/// Reads the command line, does what it says and tells the shell how it went.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    telemetry::start(&cli.log);
    let runtime = match tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
    {
        Ok(runtime) => runtime,
        Err(error) => return failed(&anyhow::Error::new(error).context("starting the runtime")),
    };
    match runtime.block_on(run(cli.command)) {
        Ok(Ended::Done) => ExitCode::SUCCESS,
        Ok(Ended::Refused) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

async fn run(command: Command) -> anyhow::Result<Ended> {
    match command {
        Command::Serve(args) => Box::pin(serve::run(args)).await,
        Command::Migrate(args) => migrate::run(args).await,
        Command::Audit(args) => audit::run(args).await,
        Command::Sample(args) => sample::run(args).await,
        Command::User(args) => user::run(args).await,
        Command::Doctor(args) => doctor::run(args).await,
        Command::Backup(args) => backup::run(args).await,
        Command::Restore(args) => restore::run(args).await,
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => Ok(completions::run(args)),
        Command::Import(args) => Box::pin(import::run(args)).await,
    }
}

#[expect(clippy::print_stderr, reason = "the command line speaks to a person")]
fn failed(error: &anyhow::Error) -> ExitCode {
    eprint!("{}", told(error));
    ExitCode::FAILURE
}

/// An error with its causes: one line each, so that the reason stands where the eye goes and the chain
/// can be searched. A cause that the line before tells already is left out.
fn told(error: &anyhow::Error) -> String {
    let mut line = error.to_string();
    let mut text = format!("error: {line}\n");
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !line.contains(&cause) {
            text.extend(["  because ", &cause, "\n"]);
            line = cause;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_is_told_once() {
        let error = anyhow::anyhow!("disk is gone")
            .context("reading a.db: disk is gone")
            .context("opening a.db");
        assert_eq!(
            told(&error),
            "error: opening a.db\n  because reading a.db: disk is gone\n"
        );
    }
}
