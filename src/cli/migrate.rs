use clap::Parser;
use comfy_table::{Table, presets};

use super::{DatabaseArgs, Ended};
use crate::store::Store;

/// Brings the database up to this version, or says how far it is
#[derive(Debug, Parser)]
pub(super) enum Args {
    /// Apply what is pending, under a lock
    Up {
        #[command(flatten)]
        database: DatabaseArgs,
    },
    /// List what is applied and what is pending; exits with 1 when something is pending
    Status {
        #[command(flatten)]
        database: DatabaseArgs,
    },
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    match args {
        Args::Up { database } => up(&Store::connect(&database.url()?).await?).await,
        Args::Status { database } => {
            status(&Store::connect(&database.url_of_existing()?).await?).await
        }
    }
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
async fn up(store: &Store) -> anyhow::Result<Ended> {
    let pending = store.pending_migrations().await?;
    store.migrate().await?;
    match pending.len() {
        0 => println!("The database is up to date."),
        count => println!("Applied {count} migrations. The database is up to date."),
    }
    Ok(Ended::Done)
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
async fn status(store: &Store) -> anyhow::Result<Ended> {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let pending = store.pending_migrations().await?;
    for name in store.applied_migrations().await? {
        table.add_row(["applied".to_owned(), name]);
    }
    for name in &pending {
        table.add_row(["pending", name]);
    }
    println!("{}", table.trim_fmt());
    Ok(if pending.is_empty() {
        Ended::Done
    } else {
        Ended::Refused
    })
}
