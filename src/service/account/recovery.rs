//! Recovery codes: ten of them, each of which stands in for a code of the authenticator once.
//!
//! They are shown when they are made and never again. Kept is a hash under the installation's key, so that
//! neither the database alone nor a guess opens anything: a code has 80 random bits.

use domain::access::AccountId;

use super::event::{self, Visit};
use super::second_factor::{NoFactor, fresh_step, signed_in};
use super::{Account, Name, throttle};
use crate::app::App;
use crate::secret::Use;
use crate::service::Requester;
use crate::store::account::{self, recovery};
use crate::store::{StoreError, log};

/// Codes that are made at once.
const CODES: usize = 10;

/// Random bytes of a code.
const BYTES: usize = 10;

/// Its letters, without what stands between them: 16 of base 32.
const LETTERS: usize = BYTES * 8 / 5;

/// Makes codes in place of all that there were, for whoever shows a code of their authenticator now: not
/// for whoever has only found a session.
///
/// # Errors
/// [`NoFactor::NotBegun`] without a second factor that is asked for; [`NoFactor::TooMany`] after guesses,
/// which count like those at the door.
pub async fn make(
    app: &App,
    who: &Requester,
    visit: &Visit,
    code: &str,
) -> Result<Vec<String>, NoFactor> {
    let name: Name = who.name.parse().map_err(|_| NoFactor::NotSignedIn)?;
    let counted = throttle::count(app, visit, &name).await?;
    let counted = counted.map_err(|blocked| NoFactor::TooMany {
        seconds: super::sign_in::seconds(blocked.until - app.clock.now()),
    })?;
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let judged = match signed_in(&txn, who).await {
        Ok(account) => judge(app, account, code),
        Err(refused) => Err(refused),
    };
    let (account, step) = match judged {
        Ok(judged) => judged,
        Err(refused) => {
            txn.rollback().await?;
            return Err(refused);
        }
    };
    let codes: Vec<String> = (0..CODES).map(|_| written(&app.chance.bytes())).collect();
    let hashes: Vec<String> = codes
        .iter()
        .map(|code| hash(app, account.id, &plain(code)))
        .collect();
    recovery::replace(&txn, account.id, &hashes, now).await?;
    account::take_step(&txn, account.id, step).await?;
    let action = "account.recoveryCodesMade";
    let event = event::by_themselves(app, visit, &account, action, now);
    log::append(&txn, event).await?;
    txn.commit().await?;
    throttle::give_back(app, &counted, throttle::Ended::SignedIn).await?;
    Ok(codes)
}

/// How many codes the requester has left; nothing where no second factor is asked for.
pub async fn left(app: &App, who: &Requester) -> Result<Option<u64>, StoreError> {
    let Some(id) = who.account else {
        return Ok(None);
    };
    let db = app.store.connection();
    let account = account::by_id(db, id).await?;
    match account.filter(|account| account.confirmed_factor().is_some()) {
        Some(account) => recovery::left(db, account.id).await.map(Some),
        None => Ok(None),
    }
}

/// The hash of what looks like a code of an account; nothing for what does not.
pub(super) fn presented(app: &App, account: AccountId, typed: &str) -> Option<String> {
    let code = plain(typed);
    (code.len() == LETTERS).then(|| hash(app, account, &code))
}

fn judge(app: &App, account: Account, code: &str) -> Result<(Account, i64), NoFactor> {
    let now = app.clock.now();
    let factor = account.confirmed_factor().ok_or(NoFactor::NotBegun)?;
    let step = fresh_step(app, &account, factor, code, now)?.ok_or(NoFactor::WrongCode)?;
    Ok((account, step))
}

/// Four groups of four letters, which are easier to copy.
fn written(bytes: &[u8; BYTES]) -> String {
    let letters = data_encoding::BASE32_NOPAD.encode(bytes);
    let groups: Vec<&str> = [0, 4, 8, 12].map(|at| &letters[at..at + 4]).to_vec();
    groups.join("-")
}

/// A code as it was typed, without what people put between its letters.
fn plain(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

fn hash(app: &App, account: AccountId, code: &str) -> String {
    let text = format!("{}:{code}", event::entity_id(account));
    app.secret.blind(Use::Recovery, &text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = written(&[0, 1, 2, 3, 4, 250, 251, 252, 253, 254]);
        assert_eq!(code.len(), 19);
        let typed = format!(" {} ", code.to_lowercase().replace('-', " "));
        assert_eq!(plain(&typed), plain(&code));
        assert_eq!(plain(&code).len(), LETTERS);
    }
}
