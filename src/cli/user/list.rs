use comfy_table::{Table, presets};
use domain::access::Role;
use serde_json::json;

use super::Format;
use crate::app::App;
use crate::service::account::{Account, ApiKey, manage};

/// Accounts read at a time.
const PAGE: u64 = 500;

pub(super) async fn print(app: &App, format: Format) -> anyhow::Result<()> {
    let mut all = Vec::new();
    loop {
        let after = all.last().map(|(account, _): &(Account, _)| account.id);
        let page = manage::page(app, after, PAGE).await?;
        if page.is_empty() {
            break;
        }
        all.extend(page);
    }
    say(&match format {
        Format::Table => table(&all),
        Format::Json => serde_json::to_string_pretty(&json(&all))?,
    });
    Ok(())
}

fn table(all: &[(Account, Vec<ApiKey>)]) -> String {
    if all.is_empty() {
        return "There is no account; `drypoint user add` makes one.".to_owned();
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(["name", "roles", "state", "second factor", "entries", "keys"]);
    for (account, keys) in all {
        let keys: Vec<_> = keys
            .iter()
            .filter(|key| key.revoked_at.is_none())
            .map(|key| match key.expires_on {
                Some(last) => format!("{} ({}, through {last})", key.prefix, key.name),
                None => format!("{} ({})", key.prefix, key.name),
            })
            .collect();
        let entries: Vec<_> = account
            .own
            .iter()
            .chain(&account.delegate_of)
            .map(ToString::to_string)
            .collect();
        table.add_row([
            account.name.to_string(),
            roles(account).join(" "),
            state(account).to_owned(),
            has_factor(account).to_owned(),
            entries.join(" "),
            keys.join(", "),
        ]);
    }
    table.trim_fmt()
}

fn json(all: &[(Account, Vec<ApiKey>)]) -> serde_json::Value {
    let told = all.iter().map(|(account, keys)| {
        let npis = |npis: &[domain::npi::Npi]| -> Vec<String> {
            npis.iter().map(ToString::to_string).collect()
        };
        let keys = keys.iter().map(|key| {
            json!({
                "prefix": key.prefix,
                "name": key.name,
                "createdAt": key.created_at,
                "lastUsedAt": key.last_used_at,
                "revokedAt": key.revoked_at,
                "expiresOn": key.expires_on,
            })
        });
        json!({
            "id": format!("account_{}", account.id.0),
            "name": account.name,
            "email": account.email,
            "roles": roles(account),
            "provider": npis(&account.own),
            "delegateOf": npis(&account.delegate_of),
            "secondFactor": account.confirmed_factor().is_some(),
            "createdAt": account.created_at,
            "disabledAt": account.disabled_at,
            "keys": keys.collect::<Vec<_>>(),
        })
    });
    told.collect()
}

fn roles(account: &Account) -> Vec<&'static str> {
    account.roles.iter().map(Role::code).collect()
}

fn state(account: &Account) -> &'static str {
    match account {
        Account {
            disabled_at: Some(_),
            ..
        } => "disabled",
        Account {
            password_hash: None,
            ..
        } => "no password yet",
        Account { .. } => "active",
    }
}

/// As the list says it: needed for a role and not there is what an operator looks for.
fn has_factor(account: &Account) -> &'static str {
    if account.confirmed_factor().is_some() {
        "yes"
    } else if account.roles.iter().any(Role::needs_second_factor) {
        "missing"
    } else {
        "no"
    }
}

#[expect(clippy::print_stdout, reason = "the command line speaks to a person")]
fn say(text: &str) {
    println!("{text}");
}
