use std::path::PathBuf;

use clap::Parser;

use super::{DatabaseArgs, Ended};
use crate::store::backup;

/// Puts a backup in the place of a SQLite database that is not there, after checking it
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The backup
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    let head = backup::restore(&args.file, &args.database.url()?).await?;
    println!("Restored data version {}; its log is intact.", head.seq);
    Ok(Ended::Done)
}
