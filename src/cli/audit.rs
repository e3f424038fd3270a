use std::io::Write;

use clap::Parser;

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
    /// Print every entry as one line of canonical JSON, its hash included
    Export {
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    match args {
        Args::Verify { database } => verify(&Store::connect(&database.url()?).await?).await,
        Args::Export { database } => export(&Store::connect(&database.url()?).await?).await,
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

async fn export(store: &Store) -> anyhow::Result<Ended> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    log::export(&store.read().await?, &mut out).await?;
    out.flush()?;
    Ok(Ended::Done)
}
