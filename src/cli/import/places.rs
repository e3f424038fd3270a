use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::table::{counts, grouped, remarks, too_many_rejected, would};
use super::{Common, progress};
use crate::cli::Ended;
use crate::import::nppes::run::Progress;
use crate::import::places::{self, Options, Report};

/// Makes the ZIP codes of a file all there are
///
/// Columns: zip, city, state, county, latitude, longitude, `point_source` (ZCTA, GEONAMES, `PARENT_ZCTA`).
/// Points far outside the outline of their state are kept and listed. People are placed anew when the
/// registry's files are imported again. A file that lacks more than 5 % of the places on file is refused.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    drypoint import places data/places.csv --dry-run\n  \
    drypoint import places data/places.csv")]
pub(super) struct Args {
    /// The place file (CSV)
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The share of rows that may be rejected before the whole file is refused: 0.05 or 5%
    #[arg(long, value_name = "SHARE", default_value = "0", value_parser = super::share)]
    max_rejected: f64,
    /// Let more than 5 % of the places on file go when the file lacks them
    #[arg(long)]
    allow_removals: bool,
    #[command(flatten)]
    common: Common,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    let options = Options {
        max_rejected: args.max_rejected,
        allow_removals: args.allow_removals,
        dry_run: args.common.dry_run,
    };
    let clock = args.common.clock.clock();
    // A file that is not there is told before a database is made for it.
    let bytes = places::bytes(&args.file)?;
    let store = args.common.store(&clock).await?;
    let watched = Progress::default();
    let work = places::run(
        &store,
        clock.now(),
        &args.file,
        options,
        watched.read.clone(),
    );
    let report = progress::shown(work, bytes, &watched.read, &watched.merged).await?;
    args.common.print(&report, || words(&report))?;
    store.close().await?;
    Ok(Ended::unless_refused(report.refused))
}

fn words(report: &Report) -> String {
    let mut text = counts([
        ("rows", report.rows),
        ("  new", count(report.new)),
        ("  changed", count(report.changed)),
        ("  unchanged", count(report.unchanged)),
        ("  rejected", report.rejected.count),
        ("removed", count(report.removed)),
    ]);
    text += &remarks("rejected", &report.rejected);
    text += &remarks("taken over, but far outside their state", &report.flagged);
    text + &last_line(report)
}

fn last_line(report: &Report) -> String {
    if report.too_many_removed {
        return format!(
            "\nRefused: {} of {} places on file are not in the file and would be removed, more than 5 %; \
             if that is meant, add --allow-removals. Nothing was written.\n",
            grouped(count(report.removed)),
            grouped(count(report.on_file()))
        );
    }
    if report.refused {
        return too_many_rejected(report.rejected.count, report.rows);
    }
    let would = would(report.dry_run);
    format!(
        "\n{would}{} new, {} changed, {} removed, {} unchanged.\n",
        report.new, report.changed, report.removed, report.unchanged
    )
}

fn count(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
