use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::table::{counts, remarks, too_many_rejected, would};
use super::{Common, progress};
use crate::cli::Ended;
use crate::import::nppes::run::Progress;
use crate::import::recalls::{self, Options, Report};

/// Takes over recalls of needles and takes what they name out of use
///
/// Columns: `device_identifier`, lot (empty for every lot), source, `recalled_on` (YYYY-MM-DD),
/// `reference_url`. A file adds to what is on file: a recall that it lacks stays, and none is put off.
/// Recalled lots drop out of the attestations that name them; an attestation of which no lot is left is
/// out of force at once, and its provider is told.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    drypoint import recalls recalls.csv --dry-run\n  \
    drypoint import recalls recalls.csv")]
pub(super) struct Args {
    /// The recalls (CSV)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The share of rows that may be rejected before the whole file is refused: 0.05 or 5%
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = super::share)]
    max_rejected: f64,
    #[command(flatten)]
    common: Common,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    let options = Options {
        max_rejected: args.max_rejected,
        dry_run: args.common.dry_run,
    };
    let clock = args.common.clock.clock();
    // A file that is not there is told before a database is made for it.
    let bytes = recalls::bytes(&args.file)?;
    let store = args.common.store(&clock).await?;
    let watched = Progress::default();
    let work = recalls::run(
        &store,
        clock.now(),
        &args.file,
        options,
        watched.read.clone(),
    );
    let report = Box::pin(progress::shown(work, bytes, &watched.read, &watched.merged)).await?;
    args.common.print(&report, || words(&report))?;
    store.close().await?;
    Ok(Ended::unless_refused(report.refused))
}

fn words(report: &Report) -> String {
    let applied = report.applied;
    let mut text = counts([
        ("rows", report.rows),
        ("  new", report.new),
        ("  changed", report.changed),
        ("  unchanged", report.unchanged),
        ("  rejected", report.rejected.count),
        ("lots out of use", applied.lots_dropped),
        ("attestations out of force", applied.invalidated),
        ("tasks opened", applied.tasks_opened),
    ]);
    text += &remarks("rejected", &report.rejected);
    text + &last_line(report)
}

fn last_line(report: &Report) -> String {
    if report.refused {
        return too_many_rejected(report.rejected.count, report.rows);
    }
    let would = would(report.dry_run);
    format!(
        "\n{would}{} new, {} changed, {} unchanged; {} attestations out of force.\n",
        report.new, report.changed, report.unchanged, report.applied.invalidated
    )
}
