use chrono::TimeDelta;
use domain::access::AccountId;
use domain::notice::{Addressee, Notice, NoticeKind};

use super::event::{self, Visit};
use super::session::{self, Opened};
use super::{Account, Name, recovery, second_factor, throttle};
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
    /// The code of their second factor, or one that stands in for it.
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
            throttle::give_back(app, &counted, throttle::Ended::CodeLeftOut).await?;
            Err(NotSignedIn::NeedsSecondFactor)
        }
        (Judged::Right(shown), Some(account)) => {
            let session = begin(app, visit, &account, &shown).await?;
            throttle::give_back(app, &counted, throttle::Ended::SignedIn).await?;
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
    Right(Shown),
}

/// What was shown besides the password.
enum Shown {
    /// Nothing, and nothing more is asked for.
    Nothing,
    /// A code of the authenticator, of this step.
    Step(i64),
    /// A recovery code with this hash. Whether there is one is found out when it is used up.
    Recovery(String),
}

fn judge_code(app: &App, account: &Account, code: Option<&str>) -> Result<Judged, StoreError> {
    let Some(factor) = account.confirmed_factor() else {
        return Ok(Judged::Right(Shown::Nothing));
    };
    let Some(code) = code.filter(|code| !code.trim().is_empty()) else {
        return Ok(Judged::NeedsCode);
    };
    if let Some(hash) = recovery::presented(app, account.id, code) {
        return Ok(Judged::Right(Shown::Recovery(hash)));
    }
    let step = second_factor::fresh_step(app, account, factor, code, app.clock.now())?;
    Ok(step.map_or(Judged::Wrong, |step| Judged::Right(Shown::Step(step))))
}

/// Whole seconds, rounded up.
pub(super) fn seconds(wait: TimeDelta) -> u64 {
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
/// sign-in with the same code. A recovery code that is none, or was used, is wrong like any other.
async fn begin(
    app: &App,
    visit: &Visit,
    judged: &Account,
    shown: &Shown,
) -> Result<Opened, NotSignedIn> {
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let held = store::account::by_id(txn.db(), judged.id).await?;
    if held.as_ref() != Some(judged) {
        txn.rollback().await?;
        return Err(NotSignedIn::Wrong);
    }
    let mut event = event::by_themselves(app, visit, judged, "account.signIn", now);
    let is_strong = match shown {
        Shown::Nothing => false,
        Shown::Step(step) => {
            store::account::take_step(&txn, judged.id, *step).await?;
            true
        }
        Shown::Recovery(hash) => {
            if !store::account::recovery::take(&txn, judged.id, hash, now).await? {
                txn.rollback().await?;
                return Err(NotSignedIn::Wrong);
            }
            event.reason_code = Some("RECOVERY_CODE".to_owned());
            let told = [used(app, judged)];
            store::notice::queue(&txn, &told, now).await?;
            true
        }
    };
    let session = session::open(app, &txn, judged.id, is_strong, now).await?;
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(session)
}

/// That somebody got in without the authenticator: whoever it was not hears of it.
fn used(app: &App, account: &Account) -> Notice {
    Notice {
        kind: NoticeKind::Account,
        to: Addressee::Account(account.id),
        due_on: app.clock.now().date_naive(),
        case_id: None,
        about: None,
        subject: "A recovery code was used".into(),
        body: "Somebody signed in to your account with your password and one of your recovery codes. If \
               that was not you, have your password set anew at once.\n"
            .into(),
        once_key: None,
    }
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
