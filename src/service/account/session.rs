//! Browsers' sessions. The id is 256 random bits that only the browser's cookie holds.

use chrono::{DateTime, Utc};
use domain::access::AccountId;

use super::event::{self, Visit};
use super::limits::SESSION;
use super::sha256;
use crate::app::App;
use crate::secret::Use;
use crate::service::Requester;
use crate::store::account::{self, session};
use crate::store::{StoreError, WriteTxn, log};

/// A session that has just begun: all that the browser is told of it.
#[derive(Clone)]
pub struct Opened {
    /// What the cookie holds.
    pub id: String,
    /// When it ends at the latest.
    pub expires_at: DateTime<Utc>,
}

/// What a page of ours must send beside the cookie with everything that changes something. It follows
/// from the session's id, so that it ends with it, and it does not tell the id.
pub fn csrf_token(app: &App, session_id: &str) -> String {
    app.secret.blind(Use::Csrf, session_id)
}

/// Is it that token?
pub fn is_csrf_token(app: &App, session_id: &str, token: &str) -> bool {
    super::same(&csrf_token(app, session_id), token)
}

/// Ends the session that somebody signed in with.
pub async fn sign_out(
    app: &App,
    who: &Requester,
    visit: &Visit,
    session_id: &str,
) -> Result<(), StoreError> {
    let Some(id) = who.account else {
        return Ok(());
    };
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let Some(account) = account::by_id(txn.db(), id).await? else {
        return txn.rollback().await;
    };
    session::end(&txn, &sha256(session_id), now).await?;
    let event = event::by_themselves(app, visit, &account, "account.signOut", now);
    log::append(&txn, event).await?;
    txn.commit().await
}

/// Begins a session within a change.
pub(super) async fn open(
    app: &App,
    txn: &WriteTxn,
    account: AccountId,
    has_shown_second_factor: bool,
    now: DateTime<Utc>,
) -> Result<Opened, StoreError> {
    let id = app.chance.token();
    let expires_at = now + SESSION;
    let new = session::Session {
        id_sha256: sha256(&id).into(),
        account,
        created_at: now,
        last_seen_at: now,
        expires_at,
        second_factor_at: has_shown_second_factor.then_some(now),
    };
    session::forget_before(txn, now - super::limits::FORGOTTEN).await?;
    session::insert(txn, &new).await?;
    Ok(Opened { id, expires_at })
}

/// How the log names a session: the beginning of its id's hash, which opens nothing.
pub(super) fn log_name(id_sha256: &str) -> String {
    format!("session_{}", &id_sha256[..16.min(id_sha256.len())])
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Opened(until {})", self.expires_at)
    }
}
