use std::fmt::Write;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args as ClapArgs;
use serde::Serialize;

use super::table::{counts, grouped, remarks};
use super::{Common, progress};
use crate::cli::Ended;
use crate::cli::secret::SecretArgs;
use crate::import::leie::{self, Options, Report};
use crate::import::nppes::run::Progress;
use crate::service::screening::run::{Outcome, Tools, screen_after_import};

/// Makes a file of excluded people (OIG LEIE, `UPDATED.csv`) the list in force, and screens everybody
///
/// Takes the full file of the month, CSV or zip: eighteen columns in their order. It replaces the list
/// whole; supplements are no full list. A file that is truncated, of another header, a web page, older
/// than the list in force or more than 5 % shorter is turned away: the list in force stays, the file and
/// the reason are recorded, and the exit status is 1.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    drypoint import leie UPDATED.csv --dry-run\n  \
    drypoint import leie UPDATED.csv --dated 2026-11-10")]
pub(super) struct Args {
    /// The full file (CSV, or a zip with it)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The day of its publication [default: the day in the archive]
    #[arg(long, value_name = "DAY")]
    dated: Option<NaiveDate>,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    common: Common,
}

/// The import with what screening against it came to.
#[derive(Serialize)]
struct Both {
    #[serde(flatten)]
    import: Report,
    /// Null where nothing new came into force.
    screening: Option<Outcome>,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    let options = Options {
        path: args.file,
        dated_on: args.dated,
        dry_run: args.common.dry_run,
    };
    let clock = args.common.clock.clock();
    // A file that is not there is told before a database is made for it.
    let bytes = std::fs::metadata(&options.path).map_or(0, |metadata| metadata.len());
    let store = args.common.store(&clock).await?;
    let watched = Progress::default();
    let work = leie::run(&store, clock.now(), &options, watched.read.clone());
    let import = progress::shown(work, bytes, &watched.read, &watched.merged).await?;
    let mut screening = None;
    if import.refused.is_none() && !import.already_in_force && !import.dry_run {
        let equipment = args
            .secret
            .equipment(&args.common.database, &store, clock)
            .await?;
        let tools = Tools {
            store: store.clone(),
            clock: equipment.clock,
            secret: equipment.secret,
        };
        screening = screen_after_import(&tools)
            .await?
            .map(|(_, outcome)| outcome);
    }
    let both = Both { import, screening };
    args.common.print(&both, || words(&both))?;
    store.close().await?;
    Ok(if both.import.refused.is_some() {
        Ended::Refused
    } else {
        Ended::Done
    })
}

fn words(both: &Both) -> String {
    let report = &both.import;
    let mut text = counts([
        ("rows", report.rows),
        ("  with an NPI", report.rows_with_npi),
        ("  with a birth date", report.rows_with_birth_date),
        ("  of businesses", report.organisations),
        ("not in the list in force", report.new),
        ("in the list in force and gone", report.removed),
        ("in both", report.unchanged),
    ]);
    text += &remarks("taken over, but odd", &report.flagged);
    if let Some(reason) = &report.refused {
        let recorded = if report.dry_run { "" } else { " and recorded" };
        writeln!(
            text,
            "\nRefused{recorded}: {reason}. The list in force stays as it was."
        )
        .ok();
    } else if report.already_in_force {
        writeln!(
            text,
            "\nThis very file is in force already; nothing changed."
        )
        .ok();
    } else if report.dry_run {
        writeln!(text, "\nDry run, nothing was written.").ok();
    }
    if let Some(outcome) = both.screening {
        writeln!(
            text,
            "\n{} people screened, {} matches raised or changed.",
            grouped(outcome.providers),
            grouped(outcome.matches)
        )
        .ok();
    }
    text
}
