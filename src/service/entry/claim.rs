//! Claiming an entry: somebody says that it is theirs, and how that is shown.
//!
//! The code exists twice only: as a hash on file, and in the answer to whoever reads it out over the
//! practice's telephone or puts it in a letter. It is never sent by e-mail and stands in no outbox.

use domain::access::{AccountId, Role};
use domain::claim::{ClaimMethod, ClaimRefusal, ClaimState};
use domain::npi::Npi;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

use super::{account, told, words};
use crate::app::App;
use crate::secret::Use;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::store;
pub use crate::store::entry::claim::{Claim, ClaimId};
use crate::store::entry::profile::{self, Contact};
use crate::store::entry::{self, claim, holder};

/// Letters and digits that nobody confuses when they are read out (Crockford's base 32): 32 of them.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a code: 40 bits.
const LENGTH: usize = 8;

/// Says that an entry is the requester's. Of one that somebody holds already, that is a dispute, which an
/// admin decides.
///
/// # Errors
/// `GUARD_FAILED` while the same account's claim is open, or where it holds an entry.
pub async fn request(
    app: &App,
    who: &Requester,
    order: &Order,
    npi: Npi,
    method: ClaimMethod,
    statement: Option<String>,
) -> Result<ClaimId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let statement = words("statement", statement.as_deref(), 1_000)?;
        let db = change.txn.db();
        let by = account(change)?;
        let found = entry::find(db, npi).await?;
        let found = found.filter(|found| found.withdrawn_at.is_none());
        found.ok_or(Trouble::NotFound("provider"))?;
        if !who.entries.is_empty() {
            return Err(Trouble::guard(
                "this account has an entry of its own; one person has one",
            ));
        }
        let open = claim::of_entry(db, npi, ClaimState::Open).await?;
        if open.iter().any(|claim| claim.account == by) {
            return Err(Trouble::guard(
                "this account has claimed the entry already; the claim is open",
            ));
        }
        let held = holder::of(db, npi).await?;
        let disputes = held.iter().any(|holder| *holder != by);
        let new = Claim {
            id: claim::next_id(&change.txn),
            npi,
            account: by,
            state: ClaimState::Open,
            method,
            disputes,
            statement: statement.clone(),
            requested_at: change.now,
            code_hash: None,
            code_issued_at: None,
            code_expires_at: None,
            code_issued_by: None,
            attempts: 0,
            decided_at: None,
            decided_by: None,
            decision_note: None,
            version: 1,
        };
        claim::save(&change.txn, &new).await?;
        told::claimed(change, &new, &held).await?;
        let mut event = change.event("claim", format!("claim_{}", new.id.0));
        event.entity_version = Some(1);
        event.reason_code = Some(if disputes { "DISPUTED" } else { method.code() }.to_owned());
        event.reason_text = Some(format!("provider_{npi}"));
        change.log(event).await?;
        Ok(new.id)
    })
    .await
}

/// Issues the code of a claim, to be read out to the practice's telephone or posted to its address as the
/// registry holds them. The code is given once, to whoever made this very request, and never again: the
/// same request repeated gives none. An earlier code is worth nothing from now on.
///
/// # Errors
/// `SEPARATION_OF_DUTIES` for the claimant, `GUARD_FAILED` for a claim that goes by no code.
pub async fn issue_code(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (ClaimId, i64),
) -> Result<(ClaimId, Option<String>), Trouble> {
    let code = new_code(app);
    let mut issued = false;
    let hash = hash(app, id, &code);
    let id = perform(app, who, order, async |change: &Change<'_>| {
        let held = open_claim(change, id).await?;
        change.about(format!("claim_{}", id.0));
        change.check_version(expected_version, held.version)?;
        let by = account(change)?;
        if held.account == by {
            return Err(Trouble::duties("nobody issues the code of their own claim"));
        }
        let expires_at = held
            .facts()
            .issue(change.now, &change.policy)
            .map_err(refusal)?;
        let version = held.version + 1;
        let next = Claim {
            code_hash: Some(hash.as_str().into()),
            code_issued_at: Some(change.now),
            code_expires_at: Some(expires_at),
            code_issued_by: Some(by),
            attempts: 0,
            version,
            ..held
        };
        claim::save(&change.txn, &next).await?;
        told::code_issued(change, &next).await?;
        let mut event = change.event("claim", format!("claim_{}", id.0));
        event.entity_version = u64::try_from(version).ok();
        event.reason_code = Some("CODE_ISSUED".to_owned());
        change.log(event).await?;
        issued = true;
        Ok(id)
    })
    .await?;
    Ok((id, issued.then_some(code)))
}

/// What came of a word on a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum Said {
    /// It is decided.
    Decided,
    /// The code was wrong; so many attempts are left. That it was tried is on file.
    Wrong { left: u32 },
}

/// How a claim is decided.
#[derive(Debug, Clone)]
pub enum Word {
    /// The claimant enters the code.
    Code(String),
    /// An admin has seen evidence, and says which.
    Seen(String),
    /// An admin or verifier says no, and why.
    No(String),
    /// The claimant gives up.
    GivesUp,
}

/// Decides a claim: by the code, by evidence that an admin has seen, or not at all.
///
/// # Errors
/// `GUARD_FAILED` for a code that is wrong, spent or expired; `SEPARATION_OF_DUTIES` for whoever decides
/// their own claim.
pub async fn decide(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (ClaimId, i64),
    word: Word,
) -> Result<ClaimId, Trouble> {
    let said = perform(app, who, order, async |change: &Change<'_>| {
        let note = match &word {
            Word::Code(_) | Word::GivesUp => None,
            Word::Seen(text) => words("evidence", Some(text), 1_000)?,
            Word::No(text) => words("reason", Some(text), 1_000)?,
        };
        let held = open_claim(change, id).await?;
        change.about(format!("claim_{}", id.0));
        change.check_version(expected_version, held.version)?;
        let by = account(change)?;
        let is_own = held.account == by;
        match &word {
            Word::Code(code) if is_own => return enter(change, held, code).await,
            Word::GivesUp if is_own => {
                settle(change, held, ClaimState::Withdrawn, None, &[]).await?;
            }
            Word::Code(_) | Word::GivesUp => return Err(Trouble::NotFound("claim")),
            Word::Seen(_) | Word::No(_) if is_own => {
                return Err(Trouble::duties("nobody decides their own claim"));
            }
            Word::Seen(_) => {
                in_role(change, &[Role::Admin])?;
                if note.is_none() {
                    return Err(Trouble::field(
                        UserErrorCode::ReasonRequired,
                        "evidence",
                        "say which evidence you have seen",
                    ));
                }
                grant(change, held, note.clone()).await?;
            }
            Word::No(_) => {
                in_role(change, &[Role::Admin, Role::Verifier])?;
                if note.is_none() {
                    return Err(Trouble::field(
                        UserErrorCode::ReasonRequired,
                        "reason",
                        "say why",
                    ));
                }
                settle(change, held, ClaimState::Declined, note.clone(), &[]).await?;
            }
        }
        Ok(Said::Decided)
    })
    .await?;
    match said {
        Said::Decided => Ok(id),
        Said::Wrong { left: 0 } => Err(refusal(ClaimRefusal::Exhausted)),
        Said::Wrong { left } => Err(Trouble::field(
            UserErrorCode::GuardFailed,
            "code",
            format!("the code is wrong; {left} more attempts"),
        )),
    }
}

/// The claimant enters a code. A wrong one is no mistake without trace: it counts and is logged.
async fn enter(change: &Change<'_>, held: Claim, code: &str) -> Result<Said, Trouble> {
    held.facts()
        .try_code(change.now, &change.policy)
        .map_err(refusal)?;
    let entered = hash(change.app, held.id, &plain(code));
    let kept = held.code_hash.as_deref().unwrap_or_default();
    if bool::from(entered.as_bytes().ct_eq(kept.as_bytes())) {
        grant(change, held, None).await?;
        return Ok(Said::Decided);
    }
    let attempts = held.attempts + 1;
    let version = held.version + 1;
    let id = held.id;
    let left = change.policy.claim_code_attempts.saturating_sub(attempts);
    let next = Claim {
        attempts,
        version,
        // A spent code ends now: from now on the claim waits for another.
        code_expires_at: held.code_expires_at.map(|end| match left {
            0 => end.min(change.now),
            _ => end,
        }),
        ..held
    };
    claim::save(&change.txn, &next).await?;
    told::settle_tasks(change, &next).await?;
    let mut event = change.event("claim", format!("claim_{}", id.0));
    event.entity_version = u64::try_from(version).ok();
    event.reason_code = Some("WRONG_CODE".to_owned());
    change.log(event).await?;
    Ok(Said::Wrong { left })
}

/// Gives the entry to the claimant. Whoever held it before holds it no more, how they are reached is
/// forgotten, and other claims become disputes.
///
/// # Errors
/// `GUARD_FAILED` where the claimant came to hold another entry since they asked.
async fn grant(change: &Change<'_>, held: Claim, note: Option<Box<str>>) -> Result<(), Trouble> {
    let (txn, npi, to) = (&change.txn, held.npi, held.account);
    let of_now = entry::find(txn.db(), npi).await?;
    let of_now = of_now.filter(|entry| entry.withdrawn_at.is_none());
    of_now.ok_or(Trouble::NotFound("provider"))?;
    let theirs = holder::entries_of(txn.db(), to).await?;
    if let Some(other) = theirs.iter().find(|held| **held != npi) {
        return Err(Trouble::guard(format!(
            "the claimant's account holds provider_{other} by now; one person has one entry"
        )));
    }
    let holders = holder::of(txn.db(), npi).await?;
    if holders != [to] {
        if !holders.is_empty() {
            profile::set_contact(txn, npi, &Contact::default()).await?;
        }
        holder::take_from_all(txn, npi, change.now).await?;
        store::account::grant_entry(txn, to, npi, Role::Provider, change.now).await?;
    }
    for mut earlier in claim::of_entry(txn.db(), npi, ClaimState::Confirmed).await? {
        earlier.state = ClaimState::Declined;
        earlier.decision_note = Some("another claim was upheld".into());
        earlier.version += 1;
        claim::save(txn, &earlier).await?;
    }
    for mut other in claim::of_entry(txn.db(), npi, ClaimState::Open).await? {
        if other.id != held.id && !other.disputes {
            other.disputes = true;
            other.version += 1;
            claim::save(txn, &other).await?;
            told::settle_tasks(change, &other).await?;
        }
    }
    entry::set_claimed(txn, npi, true).await?;
    settle(change, held, ClaimState::Confirmed, note, &holders).await
}

/// Ends a claim. `held_before` are those who held the entry until now. Whoever held it on their word alone
/// holds it no more where the claim came to nothing.
async fn settle(
    change: &Change<'_>,
    held: Claim,
    state: ClaimState,
    note: Option<Box<str>>,
    held_before: &[AccountId],
) -> Result<(), Trouble> {
    let version = held.version + 1;
    let id = held.id;
    let npi = held.npi;
    let next = Claim {
        state,
        code_hash: None,
        decided_at: Some(change.now),
        decided_by: Some(account(change)?),
        decision_note: note,
        version,
        ..held
    };
    claim::save(&change.txn, &next).await?;
    let taken = state != ClaimState::Confirmed && take_back(change, &next).await?;
    told::claim_decided(change, &next, held_before).await?;
    let mut event = change.event("claim", format!("claim_{}", id.0));
    event.entity_version = u64::try_from(version).ok();
    if taken {
        event.changed_fields = vec!["holder".to_owned(), "contact".to_owned()];
    }
    event.reason_code = Some(state.code().to_owned());
    event.reason_text = Some(format!("provider_{npi}"));
    change.log(event).await?;
    Ok(())
}

/// Takes the entry back from a claimant to whom registering it gave it at once, and who has shown no claim to
/// it; and forgets how they said that its person is reached. Says whether there was anything to take.
async fn take_back(change: &Change<'_>, ended: &Claim) -> Result<bool, Trouble> {
    let (txn, npi, from) = (&change.txn, ended.npi, ended.account);
    let holders = holder::of(txn.db(), npi).await?;
    if !holders.contains(&from) {
        return Ok(false);
    }
    let confirmed = claim::of_entry(txn.db(), npi, ClaimState::Confirmed).await?;
    if confirmed.iter().any(|shown| shown.account == from) {
        return Ok(false);
    }
    if holders == [from] {
        // Whoever acts for them acts for nobody now.
        holder::take_from_all(txn, npi, change.now).await?;
        profile::set_contact(txn, npi, &Contact::default()).await?;
    } else {
        holder::take(txn, npi, from, change.now).await?;
    }
    Ok(true)
}

/// Declines what is claimed of an entry of which nothing is left, under the entry of the log that the
/// erasure makes.
pub(super) async fn end_all(change: &Change<'_>, npi: Npi) -> Result<(), Trouble> {
    for open in claim::of_entry(change.txn.db(), npi, ClaimState::Open).await? {
        let ended = Claim {
            state: ClaimState::Declined,
            statement: None,
            code_hash: None,
            decided_at: Some(change.now),
            decided_by: Some(account(change)?),
            version: open.version + 1,
            ..open
        };
        claim::save(&change.txn, &ended).await?;
        told::claim_decided(change, &ended, &[]).await?;
    }
    Ok(())
}

/// An open claim. A claimant sees their own alone; those who decide see all.
async fn open_claim(change: &Change<'_>, id: ClaimId) -> Result<Claim, Trouble> {
    let gone = || Trouble::NotFound("claim");
    let found = claim::find(change.txn.db(), id).await?.ok_or_else(gone)?;
    let decides = [Role::Admin, Role::Verifier]
        .into_iter()
        .any(|role| change.who.roles.iter().any(|held| held == role));
    if !decides && Some(found.account) != change.who.account {
        return Err(gone());
    }
    found.facts().open().map_err(refusal)?;
    Ok(found)
}

fn in_role(change: &Change<'_>, roles: &[Role]) -> Result<(), Trouble> {
    let held = change.who.roles.iter().find(|role| roles.contains(role));
    let role = held.ok_or(Trouble::Forbidden)?;
    change.acting_as(role);
    Ok(())
}

fn refusal(refusal: ClaimRefusal) -> Trouble {
    match refusal {
        ClaimRefusal::NotOpen => {
            Trouble::refused(UserErrorCode::IllegalTransition, refusal.to_string())
        }
        _ => Trouble::guard(refusal.to_string()),
    }
}

/// The claims in a state, or all, oldest first, of one account, or of anybody: a page and one more where
/// there is one.
pub async fn page(
    app: &App,
    which: (Option<ClaimState>, Option<AccountId>),
    after: Option<ClaimId>,
    size: usize,
) -> Result<Vec<Claim>, Trouble> {
    let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
    Ok(claim::page_after(app.store.connection(), which, after, limit).await?)
}

/// A claim by its number.
pub async fn find(app: &App, id: ClaimId) -> Result<Option<Claim>, Trouble> {
    Ok(claim::find(app.store.connection(), id).await?)
}

fn new_code(app: &App) -> String {
    let bytes: [u8; LENGTH] = app.chance.bytes();
    // 256 is a multiple of 32: every letter is as likely as another.
    bytes
        .iter()
        .map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()]))
        .collect()
}

/// A code as it was typed, without what people put between its letters; O for 0, I and L for 1.
fn plain(code: &str) -> String {
    code.chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect()
}

fn hash(app: &App, id: ClaimId, code: &str) -> String {
    app.secret.blind(Use::Claim, &format!("{}:{code}", id.0))
}
