//! Requests that an entry goes, and what becomes of them.

use domain::access::{AccountId, Reach, Role};
use domain::npi::Npi;
use domain::report::RemovalState;
use domain::time::days_after;

use super::{account, claim, told, waiting, words};
use crate::app::App;
use crate::service::case::state_at;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
pub use crate::store::entry::removal::{Removal, RemovalId};
use crate::store::entry::{self, erase, holder, removal};
use crate::store::{case, evidence};

/// Asks that an entry goes: from view, or with all data.
///
/// What its own holder asks for is out of view in the same change, because nobody else has a say in
/// that; what an admin writes down for somebody, who is still to show who they are, when it is decided.
///
/// # Errors
/// `GUARD_FAILED` while a request is open.
pub async fn request(
    app: &App,
    who: &Requester,
    order: &Order,
    npi: Npi,
    wants_erasure: bool,
    reason: Option<String>,
) -> Result<RemovalId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let reason = words("reason", reason.as_deref(), 1_000)?;
        change.own(npi, "provider")?;
        let db = change.txn.db();
        let held = entry::find(db, npi).await?;
        let held = held.filter(|held| held.erased_at.is_none());
        let held = held.ok_or(Trouble::NotFound("provider"))?;
        if let Some(open) = removal::open(db, npi).await? {
            return Err(Trouble::guard(format!(
                "removal_{} asks for that already and is due on {}",
                open.id.0, open.due_on
            )));
        }
        let new = Removal {
            id: removal::next_id(&change.txn),
            npi,
            account: account(change)?,
            wants_erasure,
            hid_entry: change.reach == Reach::Own && held.withdrawn_at.is_none(),
            state: RemovalState::Open,
            reason: reason.clone(),
            requested_at: change.now,
            due_on: days_after(waiting::today(change.now), change.policy.removal_days),
            decided_at: None,
            decided_by: None,
            decision_note: None,
            version: 1,
        };
        removal::save(&change.txn, &new).await?;
        let holders = holder::of(db, npi).await?;
        told::removal_asked(change, &new, &holders).await?;
        if new.hid_entry {
            entry::withdraw(&change.txn, npi, Some(change.now)).await?;
        }
        let mut event = change.event("removal_request", format!("removal_{}", new.id.0));
        event.entity_version = Some(1);
        event.reason_code = Some("PROVIDER_REQUEST".to_owned());
        event.reason_text = Some(format!("provider_{npi}"));
        if new.hid_entry {
            event.changed_fields = vec!["withdrawnAt".to_owned()];
        }
        change.log(event).await?;
        Ok(new.id)
    })
    .await
}

/// Decides a request. A hidden entry keeps its data; refusing shows what this request took from view, and
/// nothing that another did. An erased entry keeps its number alone, and no import brings it back.
///
/// # Errors
/// `REASON_REQUIRED` to refuse, `ILLEGAL_TRANSITION` once it is decided, `SEPARATION_OF_DUTIES` for whoever
/// asked or holds the entry; `GUARD_FAILED` to erase what nobody asked to erase, or while a file of the
/// person is held or a case for cause is open.
pub async fn decide(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (RemovalId, i64),
    decision: RemovalState,
    note: Option<String>,
) -> Result<RemovalId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let note = words("note", note.as_deref(), 1_000)?;
        let held = removal::find(change.txn.db(), id).await?;
        let held = held.ok_or(Trouble::NotFound("removal"))?;
        change.check_version(expected_version, held.version)?;
        if held.state != RemovalState::Open {
            return Err(Trouble::refused(
                UserErrorCode::IllegalTransition,
                format!("the request is {} already", held.state),
            ));
        }
        change.about(format!("removal_{}", id.0));
        if who.owns(held.npi) {
            return Err(Trouble::duties("nobody decides about their own entry"));
        }
        let by = account(change)?;
        if held.account == by {
            return Err(Trouble::duties(
                "whoever asked that an entry goes does not decide it: somebody else has to",
            ));
        }
        change.acting_as(Role::Admin);
        let npi = held.npi;
        let holders = holder::of(change.txn.db(), npi).await?;
        match decision {
            RemovalState::Open => {
                return Err(super::impossible("decision", "hide, erase or refuse"));
            }
            RemovalState::Hidden => {
                entry::withdraw(&change.txn, npi, Some(change.now)).await?;
            }
            RemovalState::Erased => {
                may_be_erased(change, &held).await?;
                claim::end_all(change, npi).await?;
                erase::erase(&change.txn, npi, change.now).await?;
                holder::take_from_all(&change.txn, npi, change.now).await?;
            }
            RemovalState::Refused => {
                if note.is_none() {
                    return Err(Trouble::field(
                        UserErrorCode::ReasonRequired,
                        "note",
                        "say why the entry stays",
                    ));
                }
                if held.hid_entry {
                    entry::withdraw(&change.txn, npi, None).await?;
                }
            }
        }
        let version = held.version + 1;
        let next = Removal {
            state: decision,
            // What the person said of it goes with the rest of them.
            reason: held.reason.filter(|_| decision != RemovalState::Erased),
            decided_at: Some(change.now),
            decided_by: Some(by),
            decision_note: note.clone(),
            version,
            ..held
        };
        removal::save(&change.txn, &next).await?;
        told::removal_decided(change, &next, &holders).await?;
        let mut event = change.event("removal_request", format!("removal_{}", id.0));
        event.entity_version = u64::try_from(version).ok();
        event.reason_code = Some(decision.code().to_owned());
        event.reason_text = Some(format!("provider_{npi}"));
        change.log(event).await?;
        Ok(id)
    })
    .await
}

/// What is destroyed is gone for good: it takes a request for it, and nothing that the law or an
/// investigation still needs.
///
/// # Errors
/// `GUARD_FAILED` that says which of these stands against it.
async fn may_be_erased(change: &Change<'_>, held: &Removal) -> Result<(), Trouble> {
    let db = change.txn.db();
    if !held.wants_erasure {
        return Err(Trouble::field(
            UserErrorCode::GuardFailed,
            "decision",
            "this request asks that the entry goes from view, not that its data is erased: hide it, or \
             have the erasure asked for",
        ));
    }
    if let Some(file) = evidence::on_hold(db, held.npi).await? {
        return Err(Trouble::field(
            UserErrorCode::GuardFailed,
            "decision",
            format!(
                "evidence_{} is under a legal hold, which overrides a request for erasure",
                file.0
            ),
        ));
    }
    let cases = case::for_cause(db, held.npi).await?;
    let open = cases
        .iter()
        .find(|record| !state_at(record, change.now).is_terminal());
    if let Some(open) = open {
        return Err(Trouble::field(
            UserErrorCode::GuardFailed,
            "decision",
            format!(
                "case_{} investigates the person and is open: decide it first",
                open.id().0
            ),
        ));
    }
    Ok(())
}

/// Requests in a state, or all, oldest first, of one account, or of anybody: a page and one more where there
/// is one.
pub async fn page(
    app: &App,
    which: (Option<RemovalState>, Option<AccountId>),
    after: Option<RemovalId>,
    size: usize,
) -> Result<Vec<Removal>, Trouble> {
    let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
    Ok(removal::page_after(app.store.connection(), which, after, limit).await?)
}

/// A request by its number.
pub async fn find(app: &App, id: RemovalId) -> Result<Option<Removal>, Trouble> {
    Ok(removal::find(app.store.connection(), id).await?)
}
