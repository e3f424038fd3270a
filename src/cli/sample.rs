use anyhow::ensure;
use clap::Parser;
use comfy_table::{Table, presets};
use domain::search::DEFAULT_RADIUS_MILES;
use indicatif::{ProgressBar, ProgressStyle};

use super::{DatabaseArgs, Ended};
use crate::clock::Clock;
use crate::import;
use crate::sample::{self, Seeded};
use crate::store::Store;

/// Adds made-up people (NPIs beginning with 9) at real ZIP codes
///
/// A seed always gives the same people, and more of them when asked for more: those who are on file
/// already are left as they are. Dates of checks count back from now, so made-up people who are
/// verified today will not be in some weeks. Real people on file are not touched.
#[derive(Debug, Parser)]
#[command(after_help = "Examples:\n  \
    drypoint sample --providers 5000\n  \
    drypoint sample --providers 100000 --seed 7 --database-url 'sqlite://big.db?mode=rwc'")]
pub(super) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// How many people the seed has given when done, such as 5000
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=i64::from(sample::MAX_PEOPLE)))]
    providers: u32,
    /// Which people: another number gives others
    #[arg(long, value_name = "S", default_value_t = sample::DEFAULT_SEED)]
    seed: u64,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    let clock = Clock::system();
    let store = Store::connect(&args.database.url_of_existing()?).await?;
    let pending = store.pending_migrations().await?;
    ensure!(
        pending.is_empty(),
        "the database is not up to date; run `drypoint migrate up` first"
    );
    import::seed::seed(&store, clock.now()).await?;

    let bar = ProgressBar::new(u64::from(args.providers));
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {human_pos} of {human_len} people, {eta} left",
    )?);
    let count = args.providers as usize;
    let seeded = sample::seed(&store, &clock, count, args.seed, |done| {
        bar.set_position(done as u64);
    })
    .await?;
    bar.finish_and_clear();
    tell(args.seed, &seeded);
    Ok(Ended::Done)
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
fn tell(seed: u64, seeded: &Seeded) {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.add_row(["seed".to_owned(), seed.to_string()]);
    table.add_row(["people added".to_owned(), seeded.added.to_string()]);
    table.add_row(["on file already".to_owned(), seeded.kept.to_string()]);
    if let Some(example) = &seeded.example {
        table.add_row([
            "try a search near".to_owned(),
            format!(
                "{}: {} verified within {DEFAULT_RADIUS_MILES} miles",
                example.postal_code, example.verified
            ),
        ]);
    }
    println!("{}", table.trim_fmt());
}
