//! Accounts, by whoever runs the installation. What is printed here is printed once: nobody can show a
//! link or a key again.

mod list;

use std::str::FromStr;

use anyhow::{Context as _, bail};
use chrono::NaiveDate;
use clap::{Args as ClapArgs, Parser, ValueEnum};
use domain::access::Role;
use domain::npi::{Npi, SampleNpis};

use super::{ClockArgs, DatabaseArgs, Ended, SecretArgs};
use crate::app::App;
use crate::config;
use crate::service::account::manage::{self, Addition, LinkToken};
use crate::service::account::{Name, limits};
use crate::store::Store;

/// Lets people and programs in
#[derive(Debug, Parser)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:\n  \
        drypoint user add --name vera --role VERIFIER\n  \
        drypoint user add --name import --role ADMIN --api-key\n  \
        drypoint user add --name jane --role PROVIDER --provider 1234567893"
)]
pub(super) enum Args {
    /// Put an account on file and print a link by which its holder sets a password
    ///
    /// The first reviewers and administrators begin here. From then on, whoever has an account changes
    /// its roles by two people (proposeAct and confirmAct).
    Add(Add),
    /// Print a link for another password, and end every session of the account
    Reset {
        #[command(flatten)]
        on: On,
        /// Whose.
        #[arg(long, value_parser = Name::from_str)]
        name: Name,
        /// Take away the second factor as well, for whoever has lost it
        #[arg(long)]
        second_factor: bool,
        #[command(flatten)]
        link: Link,
    },
    /// Make another API key for an account and print it
    AddKey {
        #[command(flatten)]
        on: On,
        /// Whose
        #[arg(long, value_parser = Name::from_str)]
        name: Name,
        /// What it is for
        #[arg(long, default_value = "key", value_name = "TEXT")]
        label: String,
        /// The last day on which it opens anything, in UTC [default: until it is revoked]
        #[arg(long, value_name = "YYYY-MM-DD")]
        expires_on: Option<NaiveDate>,
    },
    /// Take an API key out of use
    RevokeKey {
        #[command(flatten)]
        on: On,
        /// The part of the key between `dp_` and the second `_`, as `list` prints it
        #[arg(long)]
        prefix: String,
    },
    /// Accept nothing of an account any more: no password, session, link or key
    Disable {
        #[command(flatten)]
        on: On,
        /// Whose
        #[arg(long, value_parser = Name::from_str)]
        name: Name,
    },
    /// Print the accounts with their roles and keys
    List {
        #[command(flatten)]
        on: On,
        /// How to print them
        #[arg(long, value_enum, default_value = "table")]
        format: Format,
    },
}

/// Where accounts are.
#[derive(Debug, ClapArgs)]
pub(super) struct On {
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    secret: SecretArgs,
    #[command(flatten)]
    clock: ClockArgs,
}

#[derive(Debug, ClapArgs)]
pub(super) struct Add {
    #[command(flatten)]
    on: On,
    /// What they sign in with: letters, digits, `.`, `_`, `-` and `@`
    #[arg(long, value_parser = Name::from_str)]
    name: Name,
    /// In which capacities: PROVIDER, `PROVIDER_DELEGATE`, VERIFIER, APPROVER, COMPLIANCE, APPEALS, AUDITOR
    /// (alone) or ADMIN
    #[arg(long = "role", value_name = "ROLE", required = true, num_args = 1.., value_parser = role)]
    roles: Vec<Role>,
    /// Their own entry, for the role PROVIDER
    #[arg(long, value_name = "NPI", value_parser = npi)]
    provider: Option<Npi>,
    /// An entry that they prepare for, for the role `PROVIDER_DELEGATE`
    #[arg(long, value_name = "NPI", value_parser = npi)]
    delegate_of: Vec<Npi>,
    /// Where notices to them go
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Make an API key too and print it
    #[arg(long)]
    api_key: bool,
    #[command(flatten)]
    link: Link,
}

/// Where a printed link leads.
#[derive(Debug, ClapArgs)]
pub(super) struct Link {
    /// Where browsers reach the server; the printed link begins with it [default: `http://127.0.0.1:8000`]
    #[arg(long, env = "DRYPOINT_PUBLIC_URL", value_name = "URL")]
    public_url: Option<String>,
}

/// How a list is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    Table,
    /// For programs.
    Json,
}

pub(super) async fn run(args: Args) -> anyhow::Result<Ended> {
    match args {
        Args::Add(args) => add(args).await?,
        Args::Reset {
            on,
            name,
            second_factor,
            link: to,
        } => {
            let public_url = on.public_url(&to)?;
            let app = on.app().await?;
            let link = manage::reset(&app, &name, second_factor).await?;
            print_link(&public_url, &link, limits::RESET);
        }
        Args::AddKey {
            on,
            name,
            label,
            expires_on,
        } => {
            let app = on.app().await?;
            if expires_on.is_some_and(|last| last < app.clock.now().date_naive()) {
                bail!("--expires-on takes a day that has not passed");
            }
            let key = manage::add_key(&app, &name, &label, expires_on).await?;
            print_key(&key.key);
        }
        Args::RevokeKey { on, prefix } => {
            manage::revoke_key(&on.app().await?, &prefix).await?;
        }
        Args::Disable { on, name } => manage::disable(&on.app().await?, &name).await?,
        Args::List { on, format } => list::print(&on.app().await?, format).await?,
    }
    Ok(Ended::Done)
}

async fn add(args: Add) -> anyhow::Result<()> {
    if args
        .email
        .as_deref()
        .is_some_and(|email| !email.contains('@'))
    {
        bail!("--email takes an address such as vera@directory.example");
    }
    let public_url = args.on.public_url(&args.link)?;
    let app = args.on.app().await?;
    let addition = Addition {
        name: args.name,
        email: args.email,
        roles: args.roles,
        provider: args.provider,
        delegate_of: args.delegate_of,
        key: args.api_key.then(|| "first key".to_owned()),
    };
    let added = manage::add(&app, &addition).await?;
    print_link(&public_url, &added.link, limits::ACTIVATION);
    if let Some(key) = &added.key {
        print_key(&key.key);
    }
    Ok(())
}

impl On {
    async fn app(&self) -> anyhow::Result<App> {
        let store = Store::connect(&self.database.url()?).await?;
        if !store.pending_migrations().await?.is_empty() {
            bail!("the database is behind this version: run `drypoint migrate up`");
        }
        let clock = self.clock.clock();
        let equipment = self.secret.equipment(&self.database, &store, clock).await?;
        Ok(App::blank(store, equipment))
    }

    /// Where browsers reach the server, without a slash at its end.
    fn public_url(&self, given: &Link) -> anyhow::Result<String> {
        let settings = self.database.file_settings()?;
        let url = given.public_url.clone().or(settings.public_url);
        let url = url.unwrap_or_else(|| format!("http://{}", config::DEFAULT_BIND));
        if !url.starts_with("http://") && !url.starts_with("https://") {
            bail!("the public URL begins with https:// (or http:// on this machine only)");
        }
        Ok(url.trim_end_matches('/').to_owned())
    }
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
fn print_link(public_url: &str, link: &LinkToken, lasts: chrono::TimeDelta) {
    println!(
        "To set a password, once, within {} hours:\n{public_url}/auth/link?token={}",
        lasts.num_hours(),
        link.0
    );
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
fn print_key(key: &str) {
    println!("The key, shown this once (Authorization: Bearer …):\n{key}");
}

fn role(text: &str) -> Result<Role, String> {
    let role: Role = text
        .to_ascii_uppercase()
        .parse()
        .map_err(|error: domain::codes::UnknownCode| error.to_string())?;
    if Role::GIVEN.contains(&role) {
        Ok(role)
    } else {
        Err(format!("{role} is not given to anybody"))
    }
}

fn npi(text: &str) -> Result<Npi, String> {
    Npi::parse(text, SampleNpis::Allowed)
        .context("an NPI is wanted")
        .map_err(|error| format!("{error:#}"))
}
