use chrono::TimeDelta;
use domain::access::AccountId;

use super::event::{self, Visit};
use super::session::{self, Opened};
use super::{Account, Name, second_factor, throttle};
use crate::app::App;
use crate::password;
use crate::store::{self, StoreError, log};

/// What somebody types to sign in.
#[derive(Clone)]
pub struct Attempt {
    /// Their account's name.
    pub name: String,
    /// Their password.
    pub password: String,
    /// The code of their second factor.
    pub code: Option<String>,
}

/// Whoever has signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Their account.
    pub account: AccountId,
    /// The session that began.
    pub session: Opened,
}

/// Why nobody was signed in.
#[derive(Debug, thiserror::Error)]
pub enum NotSignedIn {
    /// No such name, no such password, a disabled account, a wrong code: the same answer.
    #[error("name, password or code is wrong")]
    Wrong,
    /// Name and password are right; the second factor is asked for.
    #[error("the code of your authenticator is needed too")]
    NeedsSecondFactor,
    /// Too many failures.
    #[error("too many attempts: try again later")]
    TooMany {
        /// In so many seconds nothing stands in the way again.
        seconds: u64,
    },
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Signs somebody in with a new session. Answers alike, and takes as long, whether the name exists or
/// not.
pub async fn sign_in(app: &App, visit: &Visit, attempt: Attempt) -> Result<SignedIn, NotSignedIn> {
    // Whatever is no name is nobody's; it is not worth a row of its own.
    let name: Name = attempt.name.parse().map_err(|_| NotSignedIn::Wrong)?;
    let counted = throttle::count(app, visit, &name).await?;
    let counted = counted.map_err(|blocked| NotSignedIn::TooMany {
        seconds: seconds(blocked.until - app.clock.now()),
    })?;
    let account = store::account::by_name(app.store.connection(), name.as_str()).await?;
    let account = account.filter(Account::is_active);
    let stored = account
        .as_ref()
        .and_then(|account| account.password_hash.clone());
    let is_right = verify(app, attempt.password, stored).await?;
    let judged = match (&account, is_right) {
        (Some(account), true) => judge_code(app, account, attempt.code.as_deref())?,
        _ => Judged::Wrong,
    };
    match (judged, account) {
        (Judged::NeedsCode, _) => {
            throttle::give_back(app, &counted).await?;
            Err(NotSignedIn::NeedsSecondFactor)
        }
        (Judged::Right(step), Some(account)) => {
            let session = begin(app, visit, &account, step).await?;
            throttle::give_back(app, &counted).await?;
            Ok(SignedIn {
                account: account.id,
                session,
            })
        }
        (_, account) => {
            if let Some(account) = account.filter(|_| counted.name_is_blocked) {
                slowed_down(app, visit, &account).await?;
            }
            Err(NotSignedIn::Wrong)
        }
    }
}

enum Judged {
    Wrong,
    NeedsCode,
    /// With the step of the code, where one is asked for.
    Right(Option<i64>),
}

fn judge_code(app: &App, account: &Account, code: Option<&str>) -> Result<Judged, StoreError> {
    let Some(factor) = account.confirmed_factor() else {
        return Ok(Judged::Right(None));
    };
    let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
        return Ok(Judged::NeedsCode);
    };
    let step = second_factor::fresh_step(app, account, factor, code, app.clock.now())?;
    Ok(step.map_or(Judged::Wrong, |step| Judged::Right(Some(step))))
}

/// Whole seconds, rounded up.
fn seconds(wait: TimeDelta) -> u64 {
    u64::try_from(wait.num_milliseconds()).map_or(0, |wait| wait.div_ceil(1_000))
}

/// Is it the password? The same work where none is stored.
async fn verify(app: &App, given: String, stored: Option<Box<str>>) -> Result<bool, StoreError> {
    if given.len() > password::MAX_BYTES {
        return Ok(false);
    }
    let cost = app.password_cost;
    let worked = tokio::task::spawn_blocking(move || {
        if let Some(stored) = stored {
            password::matches(&given, &stored)
        } else {
            password::pretend(&given, cost);
            Ok(false)
        }
    });
    let judged = worked.await.map_err(std::io::Error::from);
    let judged = judged
        .map_err(|error| StoreError::inconsistent("account", "password_hash", "in work", error))?;
    judged.map_err(|error| StoreError::inconsistent("account", "password_hash", "?", error))
}

/// Begins the session, if nothing has come between: not a disabling, not another password, not another
/// sign-in with the same code.
async fn begin(
    app: &App,
    visit: &Visit,
    judged: &Account,
    step: Option<i64>,
) -> Result<Opened, NotSignedIn> {
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let held = store::account::by_id(txn.db(), judged.id).await?;
    if held.as_ref() != Some(judged) {
        txn.rollback().await?;
        return Err(NotSignedIn::Wrong);
    }
    if let Some(step) = step {
        store::account::take_step(&txn, judged.id, step).await?;
    }
    let session = session::open(app, &txn, judged.id, step.is_some(), now).await?;
    let event = event::by_themselves(app, visit, judged, "account.signIn", now);
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(session)
}

/// Tells the log that guessing at an account was slowed down.
async fn slowed_down(app: &App, visit: &Visit, account: &Account) -> Result<(), StoreError> {
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let mut event = event::by_anybody(app, visit, account.id, "account.signInFailed", now);
    event.reason_code = Some("TOO_MANY_ATTEMPTS".to_owned());
    log::append(&txn, event).await?;
    txn.commit().await
}
