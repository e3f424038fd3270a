//! `drypoint import`: files in, with a report.

mod leie;
mod nppes;
mod places;
mod progress;
mod recalls;
mod roster;
mod scope;
mod table;

use anyhow::{Context, bail};
use clap::{Args as ClapArgs, Subcommand, ValueEnum};
use serde::Serialize;

use super::{ClockArgs, DatabaseArgs, Ended};
use crate::clock::Clock;
use crate::import::seed;
use crate::store::{Store, log};

/// Takes files over into the directory
///
/// Every file is read to its end before anything is written. Running the same import again changes
/// nothing; one that was killed is finished by running it again.
#[derive(Debug, ClapArgs)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Leie(leie::Args),
    Nppes(nppes::Args),
    Places(places::Args),
    Recalls(recalls::Args),
    Scope(scope::Args),
    Roster(roster::Args),
}

/// How the report comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Table,
    /// For programs
    Json,
}

#[derive(Debug, ClapArgs)]
struct Common {
    /// Do everything but write, and say what would change
    #[arg(long)]
    dry_run: bool,
    /// How the report comes out
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    #[command(flatten)]
    clock: ClockArgs,
    #[command(flatten)]
    database: DatabaseArgs,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    match args.what {
        What::Leie(args) => leie::run(args).await,
        What::Nppes(args) => nppes::run(args).await,
        What::Places(args) => places::run(args).await,
        What::Recalls(args) => Box::pin(recalls::run(args)).await,
        What::Scope(args) => scope::run(args).await,
        What::Roster(args) => roster::run(args).await,
    }
}

impl Common {
    /// The database, of this program's shape and with places, law and policy in it.
    async fn store(&self, clock: &Clock) -> anyhow::Result<Store> {
        let store = Store::connect(&self.database.url()?).await?;
        if !store.pending_migrations().await?.is_empty() {
            // Nothing was ever written to a database without a log.
            if log::head(store.connection()).await.is_ok() {
                bail!("the database is of an older version; run `drypoint migrate up` first");
            }
            store.migrate().await?;
        }
        seed::seed(&store, clock.now()).await?;
        Ok(store)
    }

    /// Prints a report, as JSON or in the given words.
    #[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
    fn print(&self, report: &impl Serialize, words: impl FnOnce() -> String) -> anyhow::Result<()> {
        match self.format {
            Format::Json => println!(
                "{}",
                serde_json::to_string_pretty(report).context("writing the report")?
            ),
            Format::Table => print!("{}", words()),
        }
        Ok(())
    }
}

/// A share: `0.05` or `5%`.
fn share(text: &str) -> Result<f64, String> {
    let (number, of) = match text.strip_suffix('%') {
        Some(percent) => (percent, 100.0),
        None => (text, 1.0),
    };
    let share = number
        .trim()
        .parse::<f64>()
        .map_err(|error| error.to_string())?
        / of;
    if (0.0..=1.0).contains(&share) {
        Ok(share)
    } else {
        Err("a share lies between 0 and 1, or 0% and 100%".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_a_number_or_a_percentage() {
        for (text, expected) in [
            ("0.05", Some(0.05)),
            ("5%", Some(0.05)),
            ("0", Some(0.0)),
            ("100%", Some(1.0)),
            ("5", None),
            ("-1%", None),
            ("NaN", None),
            ("many", None),
        ] {
            assert_eq!(share(text).ok(), expected, "{text}");
        }
    }
}
