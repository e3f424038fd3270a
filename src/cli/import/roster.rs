use std::fmt::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::table::{counts, grouped, remarks, would};
use super::{Common, share};
use crate::cli::Ended;
use crate::import::roster::{self, Options, Report, RosterConfig, RosterFile};

/// Looks up every licence on file in a board's list, and records what it says
///
/// The configuration says whose list it is, as of which day, in which columns it says what, and what
/// the board's words for a status mean. A licence is matched by its number and its holder's name or
/// former names. A list records checks and raises nothing; what a board decided after a proceeding takes
/// credentials out of force at once.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    drypoint import roster co-pt.csv --mapping co-pt.toml --dry-run\n  \
    drypoint import roster co-pt.csv --mapping co-pt.toml --format json")]
pub(super) struct Args {
    /// The board's list
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// How it is read (docs/rosters.md)
    #[arg(long, value_name = "FILE")]
    mapping: PathBuf,
    /// The greatest share of rows that may be unreadable
    #[arg(long, default_value = "0.05", value_parser = share)]
    max_rejected: f64,
    #[command(flatten)]
    common: Common,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    // Files that cannot be read are told before a database is made for them.
    let config = RosterConfig::open(&args.mapping)?;
    let file = RosterFile::open(&args.file, &config)?;
    let clock = args.common.clock.clock();
    let store = args.common.store(&clock).await?;
    let options = Options {
        max_rejected: args.max_rejected,
        dry_run: args.common.dry_run,
    };
    let report = roster::run(&store, clock.now(), &file, options).await?;
    args.common.print(&report, || words(&report))?;
    store.close().await?;
    Ok(Ended::unless_refused(report.refused))
}

fn words(report: &Report) -> String {
    let mut text = format!("{}: {} rows\n", report.file, grouped(report.rows));
    let mut lines = vec![("licenses on file that it speaks of", report.licenses)];
    lines.extend(report.outcomes.iter().map(|(code, count)| (*code, *count)));
    text += &counts(lines);
    text += &remarks("rejected", &report.rejected);
    text += &remarks("listed, but odd", &report.flagged);
    if report.refused {
        writeln!(
            text,
            "\nRefused: {} of {} rows could not be read, more than --max-rejected allows. Nothing was written.",
            grouped(report.rejected.count),
            grouped(report.rows)
        )
        .ok();
        return text;
    }
    let would = would(report.dry_run);
    writeln!(
        text,
        "\n{would}{} checks recorded, {} on record already; {} credentials suspended.",
        grouped(report.recorded),
        grouped(report.unchanged),
        grouped(report.suspended)
    )
    .ok();
    text
}
