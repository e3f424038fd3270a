use std::fmt::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::Common;
use crate::cli::Ended;
use crate::import::scope::{self, Options, Report};

/// Takes over the law from its two files, whole or not at all
///
/// A change of the law is a new period: the old one gets an end, and a new one begins on that day.
/// Pairs of jurisdiction and discipline that the file does not speak of stay as they are. Overlaps,
/// gaps, requirements without a rule and rules without a source are refused with their lines.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    drypoint import scope data/scope_rules.csv --requirements data/scope_requirements.csv --dry-run\n  \
    drypoint import scope data/scope_rules.csv --requirements data/scope_requirements.csv")]
pub(super) struct Args {
    /// The rules (the columns of `data/scope_rules.csv`)
    #[arg(value_name = "RULES")]
    rules: PathBuf,
    /// What conditional rules ask for (the columns of `data/scope_requirements.csv`)
    #[arg(long, value_name = "FILE")]
    requirements: PathBuf,
    /// Also alter or remove periods on file: corrections of our own research, not changes of the law
    #[arg(long)]
    corrections: bool,
    #[command(flatten)]
    common: Common,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    let options = Options {
        corrections: args.corrections,
        dry_run: args.common.dry_run,
    };
    let clock = args.common.clock.clock();
    // Files that are no law are told before a database is made for them.
    let file = scope::open_and_read(&args.rules, &args.requirements)?;
    let store = args.common.store(&clock).await?;
    let report = scope::run(&store, clock.now(), file, options).await?;
    args.common.print(&report, || words(&report))?;
    store.close().await?;
    Ok(Ended::unless_refused(report.refused))
}

fn words(report: &Report) -> String {
    let change = &report.change;
    let mut text = String::new();
    for rule in &change.added {
        writeln!(text, "+ {rule}").ok();
    }
    for closed in &change.closed {
        writeln!(text, "| {} until {}", closed.rule, closed.effective_to).ok();
    }
    for altered in &change.altered {
        writeln!(text, "~ {}: {}", altered.rule, altered.fields.join(", ")).ok();
    }
    for rule in &change.removed {
        writeln!(text, "- {rule}").ok();
    }
    let counts = format!(
        "{} added, {} closed, {} altered, {} removed, {} unchanged, {} not in the file.",
        change.added.len(),
        change.closed.len(),
        change.altered.len(),
        change.removed.len(),
        change.unchanged,
        change.not_in_file
    );
    let line = if report.refused {
        format!(
            "Refused, nothing was written: the file alters periods on file. A change of the law is a new period; \
             for a correction of our own research add --corrections.\n{counts}"
        )
    } else if report.dry_run {
        format!("Dry run, nothing was written: {counts}")
    } else {
        counts
    };
    text + &line + "\n"
}
