use std::collections::HashSet;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use clap::Parser;
use comfy_table::{Table, presets};

use super::{ClockArgs, DatabaseArgs, Ended, SecretArgs, VaultArgs};
use crate::secret::Secret;
use crate::store::log::{self, Verdict};
use crate::store::{self, Store};
use crate::vault::{Vault, VaultError};

/// Looks for what is wrong with an installation; exits with 1 when something is
#[derive(Debug, Parser)]
pub(super) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    clock: ClockArgs,
    #[command(flatten)]
    vault: VaultArgs,
    #[command(flatten)]
    secret: SecretArgs,
}

/// Something that was looked at.
struct Finding {
    subject: &'static str,
    is_well: bool,
    text: String,
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    // A database that does not open is the whole diagnosis, and its error says what to do.
    let store = Store::connect(&args.database.url_of_existing()?).await?;
    let mut findings = vec![durability(&store).await?, tables(&store).await?];
    if findings[1].is_well {
        findings.push(contents(&store).await?);
        findings.push(key(&store, &args.secret.file(&args.database)?).await?);
        findings.push(notices(&store, args.clock.clock().now()).await?);
        findings.push(entries(&store).await?);
        findings.push(files(&store, args.vault.folder(&args.database)?).await?);
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for finding in &findings {
        let mark = if finding.is_well { "ok" } else { "WRONG" };
        table.add_row([mark, finding.subject, &finding.text]);
    }
    println!("{}", table.trim_fmt());
    let is_well = findings.iter().all(|finding| finding.is_well);
    Ok(if is_well { Ended::Done } else { Ended::Refused })
}

async fn durability(store: &Store) -> anyhow::Result<Finding> {
    let found = store.durability().await?;
    Ok(Finding {
        subject: "durability",
        is_well: found.is_safe,
        text: found.settings,
    })
}

async fn tables(store: &Store) -> anyhow::Result<Finding> {
    let pending = store.pending_migrations().await?.len();
    let text = match pending {
        0 => "of this version".to_owned(),
        _ => format!("{pending} changes behind; `drypoint migrate up` makes them"),
    };
    Ok(Finding {
        subject: "tables",
        is_well: pending == 0,
        text,
    })
}

async fn contents(store: &Store) -> anyhow::Result<Finding> {
    let db = store.connection();
    let missing: Vec<_> = [
        ("places", store::place::is_empty(db).await?),
        ("law", store::scope::is_empty(db).await?),
        ("policy", store::policy::current(db).await?.is_none()),
    ]
    .into_iter()
    .filter_map(|(what, is_missing)| is_missing.then_some(what))
    .collect();
    let text = if missing.is_empty() {
        format!(
            "places, law, policy and {} people",
            store::provider::count(db).await?
        )
    } else {
        format!(
            "no {}; `drypoint serve` puts in what the program carries",
            missing.join(", no ")
        )
    };
    Ok(Finding {
        subject: "contents",
        is_well: missing.is_empty(),
        text,
    })
}

/// Is the installation's key there, its owner's alone, and the one that the database was begun with? Makes
/// none and shows none.
async fn key(store: &Store, file: &Path) -> anyhow::Result<Finding> {
    let finding = |is_well, text| Finding {
        subject: "key",
        is_well,
        text,
    };
    let held = store::installation::held(store.connection()).await?;
    if !file.try_exists()? {
        let place = file.display();
        return Ok(match held {
            // Nothing was ever sealed: the first start makes one.
            None => finding(true, format!("none yet; the first start makes {place}")),
            Some(_) => finding(
                false,
                format!(
                    "there is no {place}; put it back from where it is kept, or name it with --secret-file"
                ),
            ),
        });
    }
    Ok(match (Secret::read(file), held) {
        (Err(error), _) => finding(false, error.to_string()),
        (Ok(secret), Some(held)) if held != secret.fingerprint() => finding(
            false,
            format!(
                "{} is not the one that this database was begun with; name the right file with --secret-file",
                file.display()
            ),
        ),
        (Ok(_), Some(_)) => finding(true, format!("{} is this database's", file.display())),
        (Ok(_), None) => finding(
            true,
            format!("{}; nothing was sealed with it yet", file.display()),
        ),
    })
}

async fn notices(store: &Store, now: DateTime<Utc>) -> anyhow::Result<Finding> {
    let waiting = store::notice::waiting(store.connection(), now.date_naive()).await?;
    // Nobody can tell people who are made up: that is no fault of the installation.
    let overdue = waiting.overdue - waiting.overdue_made_up;
    let mut text = match (waiting.unsent, overdue) {
        (unsent, 0) => format!("{unsent} wait to be sent, none too late"),
        (unsent, overdue) => format!(
            "{overdue} of {unsent} that wait are too late; `notices(sent: false)` says what went wrong"
        ),
    };
    if waiting.overdue_made_up > 0 {
        text = format!(
            "{text}, but for {} to made-up people, who have no address",
            waiting.overdue_made_up
        );
    }
    Ok(Finding {
        subject: "notices",
        is_well: overdue == 0,
        text,
    })
}

async fn entries(store: &Store) -> anyhow::Result<Finding> {
    let (is_well, text) = match log::verify(&store.read().await?).await? {
        Verdict::Intact(head) => (true, format!("intact, {} entries", head.seq)),
        Verdict::Broken(broken) => (false, broken.to_string()),
    };
    Ok(Finding {
        subject: "log",
        is_well,
        text,
    })
}

/// How many rows of files are looked at together, and how many wrong ones are named.
const PAGE: u64 = 500;
const NAMED: usize = 5;

/// Is every file on record there as it was handed in? What lies in the folder and is none is told too:
/// a crash or an upload under way leaves it, and nothing depends on it.
async fn files(store: &Store, folder: Option<PathBuf>) -> anyhow::Result<Finding> {
    let vault = match &folder {
        Some(folder) if folder.is_dir() => Some(Vault::open(folder)?),
        _ => None,
    };
    let (mut kept, mut wrong, mut count) = (HashSet::new(), Vec::new(), 0_u64);
    let mut after = None;
    loop {
        let page = store::evidence::kept_after(store.connection(), after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        for file in &page {
            count += 1;
            kept.insert(file.sha256);
            let found = match &vault {
                Some(vault) => vault.verify(&file.sha256, file.bytes).await,
                None => Err(VaultError::Missing(file.sha256)),
            };
            match found {
                Ok(()) => {}
                Err(VaultError::Missing(_)) => {
                    wrong.push(format!("evidence_{} is gone", file.id.0));
                }
                Err(VaultError::Damaged(_)) => {
                    wrong.push(format!("evidence_{} is damaged", file.id.0));
                }
                Err(error) => return Err(error.into()),
            }
        }
    }
    let strays = match &vault {
        Some(vault) => vault.strays(&kept)?,
        None => Vec::new(),
    };
    let place = folder.map_or_else(|| "no folder".to_owned(), |it| it.display().to_string());
    let mut text = match wrong.len() {
        0 => format!("{count} files as they were handed in, in {place}"),
        bad => {
            wrong.truncate(NAMED);
            format!(
                "{bad} of {count} files are not as they were handed in, in {place}: {}; put the folder \
                 back from the backup of the same day",
                wrong.join(", ")
            )
        }
    };
    if let Some(first) = strays.first() {
        text = format!(
            "{text}; {} more that nobody refers to, such as {}",
            strays.len(),
            first.display()
        );
    }
    Ok(Finding {
        subject: "evidence",
        is_well: wrong.is_empty(),
        text,
    })
}
