use std::io::Write;

use clap::{Parser, ValueEnum};

use super::{DatabaseArgs, Ended};
use crate::store::Store;
use crate::store::log::{self, Verdict};

/// Checks the log of every change, or prints it
#[derive(Debug, Parser)]
pub(super) enum Args {
    /// Walk the log and name the first entry that is not as it was written; exits with 1 when there is one
    ///
    /// What it proves: nobody has changed, removed, moved or put in an entry without rewriting everything
    /// after it. What it does not prove: the other tables, which it does not look at; nor that whoever
    /// owns database and program has not rewritten the whole chain, or cut its end off together with the
    /// head. To notice that, keep the last number and hash that it prints somewhere else.
    Verify {
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// Print every entry: as one line of canonical JSON, its hash included, or as one row of a table
    Export {
        /// Lines that anybody can check with a JSON canonicalizer and SHA-256, or a table for spreadsheets
        #[arg(long, value_enum, default_value_t = Format::Jsonl)]
        format: Format,
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

/// As what entries are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// One line of canonical JSON each
    Jsonl,
    /// One row each
    Csv,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    match args {
        Args::Verify { database } => {
            verify(&Store::connect(&database.url_of_existing()?).await?).await
        }
        Args::Export { format, database } => {
            export(&Store::connect(&database.url_of_existing()?).await?, format).await
        }
    }
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
async fn verify(store: &Store) -> anyhow::Result<Ended> {
    // A view: a log that grows while it is walked would look cut off.
    match log::verify(&store.read().await?).await? {
        Verdict::Intact(head) => {
            println!(
                "The log is intact: {} entries, the last with hash {}.",
                head.seq, head.hash
            );
            Ok(Ended::Done)
        }
        Verdict::Broken(broken) => {
            println!("The log is broken: {broken}.");
            Ok(Ended::Refused)
        }
    }
}

async fn export(store: &Store, format: Format) -> anyhow::Result<Ended> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let view = store.read().await?;
    match format {
        Format::Jsonl => log::export(&view, &mut out).await?,
        Format::Csv => log::export_csv(&view, &mut out).await?,
    };
    out.flush()?;
    Ok(Ended::Done)
}
