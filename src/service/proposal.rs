//! Acts that need two people and are no case: one proposes, another confirms.

use domain::access::{AccountId, ProposalKind, ProposalState, Role};

use super::terms::Told;
use super::{Change, Order, Requester, Trouble, UserErrorCode, account, case, issuer, perform};
use crate::app::App;
pub use crate::store::proposal::{NewProposal, Proposal, ProposalId};
use crate::store::{self, StoreError};

/// What a second person says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// Do it.
    Confirm,
    /// Do not.
    Decline,
    /// The proposer takes it back.
    Withdraw,
}

/// Proposes an act, within a change. The change's entry in the log is the caller's, with what is
/// proposed ([`Told`]).
///
/// # Errors
/// FORBIDDEN in a role that has no part in such acts; `GUARD_FAILED` while the same is proposed.
pub async fn propose(change: &Change<'_>, new: NewProposal) -> Result<ProposalId, Trouble> {
    let by = takes_part(change, new.kind)?;
    let waiting =
        store::proposal::open_for(change.txn.db(), new.kind, new.subject_type, &new.subject_id)
            .await?;
    if let Some(waiting) = waiting {
        return Err(Trouble::guard(format!(
            "the same is proposed already (proposal_{}): it waits for a second person",
            waiting.id.0
        )));
    }
    Ok(store::proposal::insert(&change.txn, new, by, change.now).await?)
}

/// The same, where what is proposed says as what it is.
///
/// # Errors
/// As [`propose`].
pub async fn propose_as(
    change: &Change<'_>,
    kind: ProposalKind,
    new: impl FnOnce(Role) -> NewProposal,
) -> Result<ProposalId, Trouble> {
    takes_part(change, kind)?;
    propose(change, new(change.role())).await
}

/// Decides a proposal; a confirmed one is done in the same transaction.
///
/// # Errors
/// `SEPARATION_OF_DUTIES` for whoever proposed it, `ILLEGAL_TRANSITION` once it is decided.
pub async fn decide(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (ProposalId, i64),
    decision: Decision,
    reason: Option<&str>,
) -> Result<ProposalId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let found = store::proposal::find(change.txn.db(), id)
            .await?
            .ok_or(Trouble::NotFound("proposal"))?;
        change.about(format!("proposal_{}", id.0));
        let by = takes_part(change, found.kind)?;
        change.check_version(expected_version, i64::from(found.version))?;
        if found.state != ProposalState::Open {
            return Err(Trouble::refused(
                UserErrorCode::IllegalTransition,
                format!("the proposal is {} already", found.state),
            ));
        }
        let is_own = found.proposed_by == by;
        let state = match decision {
            Decision::Withdraw if is_own => ProposalState::Withdrawn,
            Decision::Withdraw => {
                return Err(Trouble::guard(
                    "only whoever proposed it takes it back: decline it instead",
                ));
            }
            Decision::Confirm | Decision::Decline if is_own => {
                return Err(Trouble::duties(
                    "whoever proposed it does not decide it: somebody else has to",
                ));
            }
            Decision::Confirm => ProposalState::Confirmed,
            Decision::Decline => ProposalState::Declined,
        };
        if decision == Decision::Decline && reason.is_none_or(|text| text.trim().is_empty()) {
            return Err(Trouble::field(
                UserErrorCode::ReasonRequired,
                "reasonText",
                "say why it is declined",
            ));
        }
        store::proposal::decide(&change.txn, id, state, by, change.now).await?;
        if state == ProposalState::Confirmed {
            apply(change, &found).await?;
        }
        let mut event = change.event("proposal", format!("proposal_{}", id.0));
        event.entity_version = Some(u64::from(found.version) + 1);
        event.reason_code = Some(state.code().to_owned());
        event.reason_text = reason.map(Into::into);
        Told::of(found.kind, &found.payload).write(&mut event);
        change.log(event).await?;
        Ok(id)
    })
    .await
}

/// Does what was confirmed.
async fn apply(change: &Change<'_>, proposal: &Proposal) -> Result<(), Trouble> {
    use super::screening::adjudicate;

    match proposal.kind {
        ProposalKind::ConfirmMatch => adjudicate::apply_confirm_match(change, proposal).await,
        ProposalKind::ClearMatch => adjudicate::apply_clear_match(change, proposal).await,
        ProposalKind::ReinstateMatch => adjudicate::apply_reinstate_match(change, proposal).await,
        ProposalKind::TaintIssuer => issuer::apply_taint_issuer(change, proposal).await,
        ProposalKind::ChangeRoles => account::apply_change_roles(change, payload(proposal)?).await,
        ProposalKind::LiftTaint => issuer::apply_lift_taint(change, proposal).await,
        ProposalKind::MarkInError => case::apply_mark_in_error(change, payload(proposal)?).await,
        ProposalKind::ReinstateInBulk => {
            case::apply_reinstate_in_bulk(change, payload(proposal)?).await
        }
    }
}

/// A proposal by its number.
pub async fn find(app: &App, id: ProposalId) -> Result<Option<Proposal>, Trouble> {
    Ok(store::proposal::find(app.store.connection(), id).await?)
}

/// Proposals in a state, or all, oldest first: a page and one more where there is one.
pub async fn page(
    app: &App,
    state: Option<ProposalState>,
    after: Option<ProposalId>,
    size: usize,
) -> Result<Vec<Proposal>, Trouble> {
    let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
    Ok(store::proposal::page_after(app.store.connection(), state, after, limit).await?)
}

/// What a proposal of a kind says, read again.
///
/// # Errors
/// [`StoreError::Inconsistent`] where the stored text is not what the kind writes.
pub fn payload<T: serde::de::DeserializeOwned>(proposal: &Proposal) -> Result<T, Trouble> {
    let read = serde_json::from_value(proposal.payload.clone());
    Ok(read
        .map_err(|error| StoreError::inconsistent("proposal", "payload", proposal.id.0, error))?)
}

/// In a role that has a part in acts of the kind; says who.
fn takes_part(change: &Change<'_>, kind: ProposalKind) -> Result<AccountId, Trouble> {
    let roles = kind.decided_by().iter().copied();
    let role = roles
        .clone()
        .find(|role| change.who.roles.holds(*role))
        .ok_or(Trouble::Forbidden)?;
    change.acting_as(role);
    change.who.account.ok_or(Trouble::Unauthenticated)
}
