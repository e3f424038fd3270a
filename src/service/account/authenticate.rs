use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::Role;
use tracing::warn;

use super::event::{self, Visit};
use super::limits::{COARSE, IDLE};
use super::{Account, api_key, session, sha256, throttle};
use crate::app::App;
use crate::service::{AuthMethod, Requester};
use crate::store::account::{self, api_key as keys, session as sessions};
use crate::store::{StoreError, log};

/// What came with a request.
#[derive(Clone, Default)]
pub enum Presented {
    /// Nothing: anybody.
    #[default]
    Nothing,
    /// A key of an app or script.
    ApiKey(String),
    /// What a browser's cookie holds.
    Session(String),
}

/// Why somebody is not who they say.
#[derive(Debug, thiserror::Error)]
pub enum NotAdmitted {
    /// No such key, revoked, past its last day, or of a disabled account: the same answer.
    #[error("the key is not known here, or is no longer good")]
    BadKey,
    /// No such session, or it has ended.
    #[error("the session has ended: sign in again")]
    Ended,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Who a request comes from, by what came with it.
///
/// A browser's session without a second factor has none of the roles that need one. A key has all roles
/// of its account: it is as hard to guess as both factors together, and whoever runs the installation
/// made it.
pub async fn authenticate(
    app: &Arc<App>,
    presented: &Presented,
    visit: &Visit,
) -> Result<Requester, NotAdmitted> {
    match presented {
        Presented::Nothing => Ok(Requester {
            ip_hash: visit.ip_hash(app),
            request_id: visit.request_id.clone(),
            ..Requester::public()
        }),
        Presented::ApiKey(key) => by_key(app, key, visit).await,
        Presented::Session(id) => by_session(app, id, visit).await,
    }
}

async fn by_key(app: &Arc<App>, given: &str, visit: &Visit) -> Result<Requester, NotAdmitted> {
    let prefix = api_key::prefix_of(given).ok_or(NotAdmitted::BadKey)?;
    let db = app.store.connection();
    let key = keys::find(db, prefix).await?.ok_or(NotAdmitted::BadKey)?;
    let account = account::by_id(db, key.account).await?;
    let account = account.ok_or(NotAdmitted::BadKey)?;
    let now = app.clock.now();
    let reason = if !super::same(&key.sha256, &sha256(given)) {
        Some("WRONG_SECRET")
    } else if key.revoked_at.is_some() {
        Some("REVOKED")
    } else if key.has_expired(now) {
        Some("EXPIRED")
    } else if !account.is_active() {
        Some("DISABLED")
    } else {
        None
    };
    if let Some(reason) = reason {
        denied(app, visit, &key, reason, now).await?;
        return Err(NotAdmitted::BadKey);
    }
    if is_stale(key.last_used_at, now) {
        let (app, prefix) = (Arc::clone(app), key.prefix.clone());
        in_passing(async move { keys::touch(&app.store, &prefix, now).await });
    }
    let session_id = api_key::log_name(prefix);
    Ok(requester(
        app,
        &account,
        visit,
        AuthMethod::ApiKey,
        session_id,
        true,
    ))
}

async fn by_session(app: &Arc<App>, id: &str, visit: &Visit) -> Result<Requester, NotAdmitted> {
    let db = app.store.connection();
    let session = sessions::find(db, &sha256(id)).await?;
    let session = session.ok_or(NotAdmitted::Ended)?;
    let now = app.clock.now();
    if session.expires_at <= now || session.last_seen_at + IDLE <= now {
        return Err(NotAdmitted::Ended);
    }
    let account = account::by_id(db, session.account).await?;
    let account = account
        .filter(Account::is_active)
        .ok_or(NotAdmitted::Ended)?;
    if is_stale(Some(session.last_seen_at), now) {
        let (app, id) = (Arc::clone(app), session.id_sha256.clone());
        in_passing(async move { sessions::touch(&app.store, &id, now).await });
    }
    let (method, name) = (AuthMethod::Session, session::log_name(&session.id_sha256));
    let has_shown = session.second_factor_at.is_some();
    Ok(requester(app, &account, visit, method, name, has_shown))
}

fn requester(
    app: &App,
    account: &Account,
    visit: &Visit,
    method: AuthMethod,
    session_id: String,
    is_strong: bool,
) -> Requester {
    let roles = if is_strong {
        account.roles.clone()
    } else {
        account.roles.without(Role::needs_second_factor)
    };
    let mut entries = Vec::new();
    if roles.holds(Role::Provider) {
        entries.extend(&account.own);
    }
    if roles.holds(Role::ProviderDelegate) {
        entries.extend(&account.delegate_of);
    }
    Requester {
        account: Some(account.id),
        name: account.name.clone(),
        roles,
        entries,
        auth_method: Some(method),
        session_id: Some(session_id.into()),
        ip_hash: visit.ip_hash(app),
        request_id: visit.request_id.clone(),
    }
}

/// Tells the log that a known key was refused: at most once a minute for each key, so that nobody fills
/// the log with one.
async fn denied(
    app: &App,
    visit: &Visit,
    key: &keys::ApiKey,
    reason: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if !throttle::noted(app, format!("key/{}", key.prefix), now, COARSE).await? {
        return Ok(());
    }
    let txn = app.store.begin().await?;
    let mut event = event::by_anybody(app, visit, key.account, "account.keyDenied", now);
    event.session_id = Some(api_key::log_name(&key.prefix));
    event.reason_code = Some(reason.to_owned());
    log::append(&txn, event).await?;
    txn.commit().await
}

fn is_stale(noted: Option<DateTime<Utc>>, now: DateTime<Utc>) -> bool {
    noted.is_none_or(|noted| now - noted >= COARSE)
}

/// Does what nobody waits for: an import may hold up every writer for a while, and must not hold up
/// those who only read.
fn in_passing(work: impl Future<Output = Result<(), StoreError>> + Send + 'static) {
    tokio::spawn(async move {
        if let Err(error) = work.await {
            warn!(
                error = &error as &dyn std::error::Error,
                "a use could not be noted"
            );
        }
    });
}
