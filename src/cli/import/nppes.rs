use std::fmt::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;
use domain::npi::{Npi, SampleNpis};
use domain::screening::ExclusionList;
use domain::taxonomy::Discipline;

use super::table::{counts, grouped, remarks, too_many_rejected, would};
use super::{Common, progress};
use crate::cli::Ended;
use crate::cli::secret::SecretArgs;
use crate::clock::Clock;
use crate::import::nppes::report::Report;
use crate::import::nppes::run::{self, Options, Plan, Progress};
use crate::service::screening::run::{Tools, screen_changed_after_import};
use crate::store::exclusion::list;
use crate::store::{self, Store};

/// Takes over people from the federal registry's files (NPPES), monthly or weekly, CSV or zip
///
/// People of the needling professions are taken over as unclaimed entries; their licences are their
/// own word. What a person claimed or somebody verified is never overwritten: a difference becomes a
/// task. Exits with 1 when more rows were rejected than --max-rejected allows; nothing is written then.
/// A database that is not there yet is made, with law, places and policy: no other command goes before.
#[derive(Debug, ClapArgs)]
#[command(after_help = "Examples:\n  \
    drypoint import nppes NPPES_Data_Dissemination_November_2026_V2.zip week1.zip\n  \
    drypoint import nppes npidata_pfile.csv --locations pl_pfile.csv --dry-run")]
pub(super) struct Args {
    /// Main files (`npidata_pfile_*.csv`) or bundles (zip), oldest first
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Further practice locations (`pl_pfile_*.csv`)
    #[arg(long, value_name = "FILE")]
    locations: Option<PathBuf>,
    /// Other names (`othername_pfile_*.csv`)
    #[arg(long, value_name = "FILE")]
    other_names: Option<PathBuf>,
    /// Take people with a speciality of these, separated by commas
    #[arg(
        long,
        value_name = "DISCIPLINE",
        value_delimiter = ',',
        default_values_t = [
            Discipline::PhysicalTherapist,
            Discipline::Acupuncturist,
            Discipline::Chiropractor,
        ]
    )]
    disciplines: Vec<Discipline>,
    /// The share of rows that may be rejected before the whole run is refused: 0.05 or 5%
    #[arg(long, value_name = "SHARE", default_value = "5%", value_parser = super::share)]
    max_rejected: f64,
    /// Accept NPIs beginning with 9, which only made-up people carry (tests and demonstrations only);
    /// a directory in which everybody is made up takes them without being told
    #[arg(long)]
    allow_samples: bool,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    common: Common,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    let mut options = Options {
        files: args.files,
        locations: args.locations,
        other_names: args.other_names,
        disciplines: args.disciplines,
        samples: if args.allow_samples {
            SampleNpis::Allowed
        } else {
            SampleNpis::Refused
        },
        max_rejected: args.max_rejected,
        dry_run: args.common.dry_run,
    };
    let clock = args.common.clock.clock();
    // A file that is not what it should be is told before a database is made for it.
    let plan = Plan::new(&options, clock.now())?;
    let store = args.common.store(&clock).await?;
    // The lowest number is made up where all are: a real person's begins with a lower digit.
    let lowest = store::provider::lowest(store.connection()).await?;
    if lowest.is_some_and(Npi::is_sample) {
        options.samples = SampleNpis::Allowed;
    }
    let watched = Progress::default();
    let bytes = plan.bytes();
    let work = Box::pin(run::run(&store, &clock, plan, &options, &watched));
    let report = progress::shown(work, bytes, &watched.read, &watched.merged).await?;
    if !report.refused && !report.dry_run {
        screen(&args.secret, &args.common, &store, clock).await?;
    }
    args.common.print(&report, || words(&report))?;
    store.close().await?;
    Ok(Ended::unless_refused(report.refused))
}

/// Holds new and changed people against the list of excluded people, where there is one.
async fn screen(
    secret: &SecretArgs,
    common: &Common,
    store: &Store,
    clock: Clock,
) -> anyhow::Result<()> {
    let list = list::in_force(store.connection(), ExclusionList::OigLeie).await?;
    if list.is_none() {
        return Ok(());
    }
    let equipment = secret.equipment(&common.database, store, clock).await?;
    let tools = Tools {
        store: store.clone(),
        clock: equipment.clock,
        secret: equipment.secret,
    };
    screen_changed_after_import(&tools).await?;
    Ok(())
}

fn words(report: &Report) -> String {
    let mut text = String::new();
    for file in &report.files {
        writeln!(text, "{}: {} rows", file.file, grouped(file.rows)).ok();
    }
    let skipped = report.skipped;
    text += &counts([
        ("rows of main files", report.rows),
        ("  new", report.new),
        ("  changed", report.changed),
        ("  deactivated", report.deactivated),
        ("  unchanged", report.unchanged),
        (
            "  left as held: the row is older than what is held",
            report.older_than_held,
        ),
        ("  skipped: organizations", skipped.organizations),
        ("  skipped: other disciplines", skipped.other_disciplines),
        (
            "  skipped: deactivated, not held",
            skipped.deactivated_not_held,
        ),
        (
            "  skipped: a later row of the same NPI counts",
            skipped.superseded,
        ),
        ("  rejected", report.rejected_main),
    ]);
    for (name, rows) in [
        ("further locations", report.further_locations),
        ("other names", report.other_names),
    ] {
        if rows.rows > 0 {
            writeln!(
                text,
                "{name}: {} rows, {} attached, {} of nobody held, {} ignored, {} rejected",
                grouped(rows.rows),
                grouped(rows.attached),
                grouped(rows.unmatched),
                grouped(rows.ignored),
                grouped(rows.rejected),
            )
            .ok();
        }
    }
    if report.changed_without_main_row > 0 {
        writeln!(
            text,
            "{} people changed by the smaller files alone",
            grouped(report.changed_without_main_row)
        )
        .ok();
    }
    text += &remarks("rejected", &report.rejected);
    text += &remarks("taken over, but odd", &report.flagged);
    let made_up = report
        .rejected
        .rows
        .iter()
        .any(|row| row.key.starts_with('9') && row.code == "NPI");
    if made_up {
        text += "NPIs beginning with 9 belong to made-up people; --allow-samples takes them.\n";
    }
    text += &last_line(report);
    text
}

fn last_line(report: &Report) -> String {
    if report.refused {
        return too_many_rejected(report.rejected.count, report.all_rows());
    }
    let would = would(report.dry_run);
    format!(
        "\n{would}{} new, {} changed, {} deactivated, {} unchanged; {} {} opened.\n",
        grouped(report.new),
        grouped(report.changed + report.changed_without_main_row),
        grouped(report.deactivated),
        grouped(report.unchanged),
        grouped(report.tasks_opened),
        if report.tasks_opened == 1 {
            "task"
        } else {
            "tasks"
        }
    )
}
