//! Time-based one-time passwords (RFC 6238) as a second factor: SHA-1, six digits, steps of 30 seconds,
//! which is what every authenticator knows.
//!
//! A code is taken once: the step of the last one is kept, and no code of that step or of an earlier one
//! is taken again.

use chrono::{DateTime, Utc};
use domain::access::AccountId;
use totp_rs::{Algorithm, Builder, Totp};

use super::event::{self, Visit};
use super::limits::{TOTP_SKEW, TOTP_STEP};
use super::session::{self, Opened};
use crate::app::App;
use crate::secret::Use;
use crate::service::{AuthMethod, Requester};
use crate::store::account::{self, Account, SecondFactor};
use crate::store::{StoreError, WriteTxn, log};

/// Bytes of a shared secret: what RFC 4226, section 4, recommends.
const SECRET_BYTES: usize = 20;

/// What a person's authenticator is told, once.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// The shared secret, to be typed.
    pub base32: String,
    /// The same as an address that authenticators read.
    pub url: String,
}

/// Why there is no second factor.
#[derive(Debug, thiserror::Error)]
pub enum NoFactor {
    /// Only whoever has signed in with a browser has one.
    #[error("sign in first")]
    NotSignedIn,
    /// Another takes an administrator, or whoever stole a session could set their own.
    #[error("there is a second factor already; whoever runs this installation can take it away")]
    Exists,
    /// Nothing was begun.
    #[error("begin with a new secret")]
    NotBegun,
    /// Too many wrong codes.
    #[error("too many attempts: try again later")]
    TooMany {
        /// In so many seconds nothing stands in the way again.
        seconds: u64,
    },
    /// Not the code of now.
    #[error("this is not the code of now; see that the clock of your device is right")]
    WrongCode,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Gives a signed-in person a new secret, which counts once a code of it was shown.
pub async fn enrol(app: &App, who: &Requester, visit: &Visit) -> Result<Enrolment, NoFactor> {
    let now = app.clock.now();
    let secret = app.chance.bytes::<SECRET_BYTES>();
    let txn = app.store.begin().await?;
    let account = match signed_in(&txn, who).await {
        Ok(account) if account.confirmed_factor().is_none() => account,
        refused => {
            txn.rollback().await?;
            return Err(refused.err().unwrap_or(NoFactor::Exists));
        }
    };
    let sealed = app
        .secret
        .seal(&app.chance, Use::SecondFactor, &holder(account.id), &secret);
    account::set_second_factor(&txn, account.id, sealed).await?;
    let action = "account.secondFactorBegun";
    log::append(
        &txn,
        event::by_themselves(app, visit, &account, action, now),
    )
    .await?;
    txn.commit().await?;
    let totp = totp(&secret, &account.name);
    Ok(Enrolment {
        base32: totp.secret().to_base32(),
        url: totp.to_url().unwrap_or_default(),
    })
}

/// Takes the first code of a new secret. From now on every sign-in needs one; the session in hand is
/// replaced by one that has shown its second factor.
pub async fn confirm(
    app: &App,
    who: &Requester,
    visit: &Visit,
    code: &str,
) -> Result<Opened, NoFactor> {
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let judged = match signed_in(&txn, who).await {
        Ok(account) => first_step(app, &account, code, now).map(|step| (account, step)),
        Err(refused) => Err(refused),
    };
    let (account, step) = match judged {
        Ok(judged) => judged,
        Err(refused) => {
            txn.rollback().await?;
            return Err(refused);
        }
    };
    account::confirm_second_factor(&txn, account.id, step, now).await?;
    account::session::end_all(&txn, account.id, now).await?;
    let opened = session::open(app, &txn, account.id, true, now).await?;
    let action = "account.secondFactorConfirmed";
    let event = event::by_themselves(app, visit, &account, action, now);
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(opened)
}

/// The step of a code, if it is of now and of none that was taken before.
pub(super) fn fresh_step(
    app: &App,
    account: &Account,
    factor: &SecondFactor,
    code: &str,
    now: DateTime<Utc>,
) -> Result<Option<i64>, StoreError> {
    let secret = app
        .secret
        .open(Use::SecondFactor, &holder(account.id), &factor.sealed)
        .map_err(|error| StoreError::inconsistent("account", "totp_secret", account.id.0, error))?;
    let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
    let code: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    let step = totp(&secret, &account.name)
        .check(&code, seconds)
        .and_then(|step| i64::try_from(step).ok());
    Ok(step.filter(|step| factor.last_step.is_none_or(|last| *step > last)))
}

fn first_step(
    app: &App,
    account: &Account,
    code: &str,
    now: DateTime<Utc>,
) -> Result<i64, NoFactor> {
    if account.confirmed_factor().is_some() {
        return Err(NoFactor::Exists);
    }
    let factor = account.second_factor.as_ref().ok_or(NoFactor::NotBegun)?;
    fresh_step(app, account, factor, code, now)?.ok_or(NoFactor::WrongCode)
}

/// The account of a session, as it is within the change.
pub(super) async fn signed_in(txn: &WriteTxn, who: &Requester) -> Result<Account, NoFactor> {
    let is_session = who.auth_method == Some(AuthMethod::Session);
    let id = who.account.filter(|_| is_session);
    let id = id.ok_or(NoFactor::NotSignedIn)?;
    let account = account::by_id(txn.db(), id).await?;
    account
        .filter(Account::is_active)
        .ok_or(NoFactor::NotSignedIn)
}

/// Whose secret it is: bound into the seal.
fn holder(id: AccountId) -> String {
    event::entity_id(id)
}

fn totp(secret: &[u8], name: &str) -> Totp {
    Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(TOTP_SKEW)
        .with_step_duration(TOTP_STEP)
        .with_secret(secret)
        .with_issuer(Some("drypoint"))
        .with_account_name(name)
        .build()
        .expect("twenty bytes, six digits and a name without a colon are what RFC 6238 asks")
}
