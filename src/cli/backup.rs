use std::path::PathBuf;

use clap::Parser;

use super::{DatabaseArgs, Ended};
use crate::store::Store;

/// Copies a SQLite database to a new file while it is in use, and checks the copy
#[derive(Debug, Parser)]
pub(super) struct Args {
    /// The new file
    file: PathBuf,
    #[command(flatten)]
    database: DatabaseArgs,
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    let store = Store::connect(&args.database.url_of_existing()?).await?;
    let head = store.back_up(&args.file).await?;
    println!(
        "Wrote {}: data version {}, log intact.",
        args.file.display(),
        head.seq
    );
    Ok(Ended::Done)
}
