//! Links by which a person sets a password, once. There is no other way to a password, and no default.

use domain::access::AccountId;

use super::event::{self, Visit};
#[cfg(doc)]
use super::limits::RESET_EVERY;
use super::limits::{ACTIVATION, RESET};
use super::{Account, Name, sha256, throttle};
use crate::app::App;
use crate::password::{self, Unfit};
use crate::store::account::link::{self, Link};
use crate::store::account::{self, session};
use crate::store::{StoreError, WriteTxn, log};

/// Why no password was set.
#[derive(Debug, thiserror::Error)]
pub enum NotRedeemed {
    /// Never issued, used, too old, or of an account that is disabled: the same answer.
    #[error("this link is used, too old or wrong: ask for another")]
    BadLink,
    /// The link is good and stays so; the password will not do.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Whose password a link sets, if it may still be used. Uses nothing up.
pub async fn holder(app: &App, token: &str) -> Result<Option<Account>, StoreError> {
    let found = link::good(app.store.connection(), &sha256(token), app.clock.now()).await?;
    Ok(found.map(|(account, _)| account))
}

/// Sets the password and uses up every link of the account; every session of it ends.
pub async fn redeem(
    app: &App,
    visit: &Visit,
    token: &str,
    new_password: &str,
) -> Result<Account, NotRedeemed> {
    let account = holder(app, token).await?.ok_or(NotRedeemed::BadLink)?;
    password::judge(new_password, &account.name)?;
    let hash = hash(app, new_password.to_owned()).await?;
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    // Somebody may have used it while we worked.
    let Some((account, link)) = link::good(txn.db(), &sha256(token), now).await? else {
        txn.rollback().await?;
        return Err(NotRedeemed::BadLink);
    };
    link::use_up_all(&txn, account.id, now).await?;
    account::set_password(&txn, account.id, &hash, now).await?;
    session::end_all(&txn, account.id, now).await?;
    let mut event = event::by_themselves(app, visit, &account, "account.setPassword", now);
    event.auth_method = Some("ONE_TIME_LINK".to_owned());
    event.reason_code = Some(if link.is_first { "ACTIVATE" } else { "RESET" }.to_owned());
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(account)
}

/// Notes in the log that somebody asks for another password for an account, at most once in
/// [`RESET_EVERY`]. Whoever runs the installation sees it there and hands them a link.
///
/// No link is mailed: mail is not encrypted, and texts of notices stand in the database, where nothing
/// that opens a door may stand (docs/decisions/0072).
pub async fn ask_reset(app: &App, visit: &Visit, name: &str) -> Result<(), StoreError> {
    let Ok(name) = name.parse::<Name>() else {
        return Ok(());
    };
    let now = app.clock.now();
    let account = account::by_name(app.store.connection(), name.as_str()).await?;
    let Some(account) = account.filter(Account::is_active) else {
        return Ok(());
    };
    if !throttle::asks_anew(app, &name).await? {
        return Ok(());
    }
    let txn = app.store.begin().await?;
    let action = "account.askReset";
    log::append(&txn, event::by_anybody(app, visit, account.id, action, now)).await?;
    txn.commit().await
}

/// Makes a link within a change and gives its token, which is stored nowhere. The entry in the log is
/// the caller's.
pub(super) async fn issue(
    app: &App,
    txn: &WriteTxn,
    account: AccountId,
    is_first: bool,
) -> Result<String, StoreError> {
    let token = app.chance.token();
    let now = app.clock.now();
    let new = Link {
        sha256: sha256(&token).into(),
        account,
        is_first,
        created_at: now,
        expires_at: now + if is_first { ACTIVATION } else { RESET },
        used_at: None,
    };
    link::insert(txn, &new).await?;
    Ok(token)
}

async fn hash(app: &App, password: String) -> Result<String, StoreError> {
    let (cost, chance) = (app.password_cost, app.chance.clone());
    let worked =
        tokio::task::spawn_blocking(move || password::hash(&password, cost, &chance)).await;
    worked
        .map_err(std::io::Error::from)
        .map_err(|error| StoreError::inconsistent("account", "password_hash", "in work", error))
}
