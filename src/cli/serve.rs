use std::net::{SocketAddr, ToSocketAddrs};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use clap::Parser;
use domain::npi::Npi;
use tokio::signal::unix::{SignalKind, signal};
use tracing::{info, warn};

use super::clock::ClockArgs;
use super::{DatabaseArgs, Ended, SecretArgs, VaultArgs, wiring};
use crate::app::App;
use crate::chance::Chance;
use crate::clock::Clock;
use crate::http::Settings;
use crate::outbox::Outbox;
use crate::rehearsal::{self, Rehearsed};
use crate::sample::Example;
use crate::service::schedule::Watch;
use crate::store::{self, Store};
use crate::{config, import, sample};

/// Made-up people in a directory that `--sample` fills.
const SAMPLE_PROVIDERS: u32 = 5_000;

/// Serves the directory over HTTP until told to stop (SIGTERM or SIGINT)
#[derive(Debug, Parser)]
#[command(after_help = "Examples:\n  \
    drypoint serve --sample --migrate\n  \
    drypoint serve --bind 0.0.0.0:8000 --database-url postgres://drypoint@db.example/drypoint")]
pub(super) struct Args {
    #[command(flatten)]
    database: DatabaseArgs,
    /// Where to listen [default: 127.0.0.1:8000]
    #[arg(long, env = "DRYPOINT_BIND", value_name = "ADDR")]
    bind: Option<String>,
    /// Fill a database that holds no real people with 5,000 made-up ones
    #[arg(long)]
    sample: bool,
    /// Bring the database up to this version first
    #[arg(long)]
    migrate: bool,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    vault: VaultArgs,
    #[command(flatten)]
    clock: ClockArgs,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    if let Some(from) = args.clock.start() {
        warn!(%from, "the clock starts elsewhere, for tests and demonstrations only");
    }
    let clock = args.clock.clock();
    let settings = args.database.file_settings()?;
    let bind = args.bind.as_ref().or(settings.bind.as_ref());
    let address = resolve(bind.map_or(config::DEFAULT_BIND, String::as_str))?;

    let outbox = outbox(&settings)?;

    // Installed before anything that takes long: from now on somebody may want it to stop.
    let mut stop = Box::pin(told_to_stop()?);
    let (app, sample) = tokio::select! {
        () = &mut stop => {
            info!("stopped before serving; starting again goes on from here");
            return Ok(Ended::Done);
        }
        prepared = prepare(&args, clock) => prepared?,
    };
    let server = wiring::server(Arc::clone(&app), address, http_settings(&settings)?)
        .await
        .with_context(|| format!("listening on {address}"))?;
    announce(&app, server.address()?, &sample);
    let follower = Arc::clone(&app);
    let feed = tokio::spawn(async move { follower.follow().await });
    let watcher = Arc::clone(&app);
    let node = node_name();
    let watch = Watch::new(node.clone());
    let chores = tokio::spawn(async move { watch.run(&watcher, &outbox).await });
    server.run(stop).await?;
    chores.abort();
    feed.abort();
    // Another node need not wait for the end of this one's turn; if it must, nothing is lost.
    if let Err(error) = Watch::give_back(&app, &node).await {
        warn!(
            error = &error as &dyn std::error::Error,
            "the turn could not be given back"
        );
    }
    info!("stopped");
    Ok(Ended::Done)
}

/// What the settings file says about clients, over the defaults.
fn http_settings(file: &config::FileSettings) -> anyhow::Result<Settings> {
    let mut settings = Settings::default();
    let public_url = file.public_url.as_deref();
    settings.is_public_encrypted = public_url.is_some_and(|url| url.starts_with("https://"));
    if let Some(rate) = &mut settings.rate {
        rate.burst = file.rate_burst.unwrap_or(rate.burst);
        rate.per_second = file.rate_per_second.unwrap_or(rate.per_second);
    }
    settings.trusted_proxies = file
        .trusted_proxies
        .iter()
        .map(|network| network.parse())
        .collect::<Result<_, _>>()
        .context("trusted_proxies of the settings file")?;
    Ok(settings)
}

/// How notices leave the house: by the server that is named, else as files.
fn outbox(file: &config::FileSettings) -> anyhow::Result<Outbox> {
    let from = file
        .mail_from
        .as_deref()
        .unwrap_or(config::DEFAULT_MAIL_FROM);
    let folder = file.outbox_dir.as_deref();
    match &file.smtp_url {
        Some(url) => Outbox::smtp(url, from).context("smtp_url or mail_from of the settings file"),
        None => Outbox::folder(
            folder.unwrap_or_else(|| Path::new(config::DEFAULT_OUTBOX_DIR)),
            from,
        )
        .context("mail_from of the settings file"),
    }
}

/// A name that no other running program has.
fn node_name() -> String {
    let drawn: [u8; 8] = Chance::system().bytes();
    format!("node-{}", data_encoding::HEXLOWER.encode(&drawn))
}

/// The address that a text names, by number or by name.
fn resolve(bind: &str) -> anyhow::Result<SocketAddr> {
    bind.to_socket_addrs()
        .with_context(|| {
            format!("{bind} is no address to listen on; one looks like 127.0.0.1:8000")
        })?
        .next()
        .with_context(|| format!("{bind} has no address"))
}

/// What was made up at this start.
#[derive(Default)]
struct MadeUp {
    example: Option<Example>,
    rehearsed: Option<Rehearsed>,
}

/// Everything to answer from. May be dropped at any point: what was begun and not committed is as if it
/// had never been.
async fn prepare(args: &Args, clock: Clock) -> anyhow::Result<(Arc<App>, MadeUp)> {
    let store = open(args).await?;
    let vault = args.vault.open(&args.database)?;
    if vault.is_none() {
        warn!("no folder for evidence is set: no files are taken (DRYPOINT_EVIDENCE_DIR)");
    }
    let rehearses = args.sample && vault.is_some() && rehearsal::is_wanted(&store).await?;
    // The log tells everything in its order: what a rehearsal rests on was there when it began.
    let set_up_at = if rehearses {
        rehearsal::begins(clock.now())
    } else {
        clock.now()
    };
    import::seed::seed(&store, set_up_at).await?;
    let equipment = args.secret.equipment(&args.database, &store, clock).await?;
    let equipment = equipment.with_vault(vault);
    let mut made_up = MadeUp::default();
    if rehearses {
        info!("rehearsing cases with made-up people");
        made_up.rehearsed = Some(Box::pin(rehearsal::rehearse(&store, equipment.clone())).await?);
    }
    if args.sample {
        made_up.example = people(&store, &equipment.clock).await?;
    }
    Ok((Arc::new(App::load(store, equipment).await?), made_up))
}

/// The database, of this version.
async fn open(args: &Args) -> anyhow::Result<Store> {
    let store = Store::connect(&args.database.url()?).await?;
    if args.migrate {
        store.migrate().await?;
    }
    let pending = store.pending_migrations().await?;
    if !pending.is_empty() {
        bail!(
            "the database is {} changes behind this version: run `drypoint migrate up`, or `drypoint serve --migrate`",
            pending.len()
        );
    }
    Ok(store)
}

/// Made-up people for a database that holds nobody else, and a place to look for them.
async fn people(store: &Store, clock: &Clock) -> anyhow::Result<Option<Example>> {
    let on_file = store::provider::count(store.connection()).await?;
    let lowest = store::provider::lowest(store.connection()).await?;
    if !lacks_samples(on_file, lowest) {
        info!("the database holds people already; --sample adds nobody");
        return Ok(None);
    }
    info!(on_file, "making up {SAMPLE_PROVIDERS} people");
    let count = SAMPLE_PROVIDERS as usize;
    let seeded = sample::seed(store, clock, count, sample::DEFAULT_SEED, |_| {}).await?;
    Ok(seeded.example)
}

/// Is nobody real on file, and fewer made-up people than there shall be? So it is where nothing was
/// begun, and where filling was cut short. Made-up people's numbers come after all real ones, so that
/// the lowest tells of all.
fn lacks_samples(on_file: u64, lowest: Option<Npi>) -> bool {
    on_file < u64::from(SAMPLE_PROVIDERS) && lowest.is_none_or(Npi::is_sample)
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
fn announce(app: &App, address: SocketAddr, made_up: &MadeUp) {
    let snapshot = app.snapshot();
    info!(%address, providers = snapshot.len(), data_version = snapshot.version(), "serving");
    println!(
        "drypoint listens on http://{address}/graphql with {} people on file.",
        snapshot.len()
    );
    if let Some(rehearsed) = made_up.rehearsed {
        println!(
            "\n{} of them have parts in {} cases that made-up staff worked on through the past {} days. Nobody can \
             sign in yet.\nTo look at them, make an account of your own (it prints a link to set a password by):\n\n  \
             drypoint user add --name YOU --role VERIFIER COMPLIANCE ADMIN",
            rehearsed.people, rehearsed.cases, rehearsed.days
        );
    }
    if let Some(example) = &made_up.example {
        println!(
            "\nTry it ({} verified people within 25 miles):\n\n  curl -s http://{address}/graphql -G --data-urlencode \\\n    \
             'query={{ searchProviders(input: {{ near: {{ postalCode: \"{}\" }} }}, first: 3) {{ totalCount edges \
             {{ distance {{ miles }} node {{ npi name {{ full }} }} listing {{ discipline outcome }} }} }} }}'\n",
            example.verified, example.postal_code
        );
    }
}

/// Ready when the process is asked to end.
fn told_to_stop() -> anyhow::Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => info!("SIGTERM: stopping"),
            _ = interrupt.recv() => info!("SIGINT: stopping"),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_database_without_real_people_is_filled_and_only_until_it_is_full() {
        let made_up = Some(Npi::sample(7));
        let real = Some("1234567893".parse().unwrap());
        for (on_file, lowest, expected) in [
            (0, None, true),
            (2_000, made_up, true),
            (4_999, made_up, true),
            (5_000, made_up, false),
            (1, real, false),
            (2_000, real, false),
        ] {
            assert_eq!(lacks_samples(on_file, lowest), expected, "{on_file}");
        }
    }
}
