//! What an approved case makes of the attestation that it is about, in the transaction of the decision.

use domain::attestation::AttestationId;
use domain::case::Approved;
use domain::needle::action::Action;
use domain::needle::attestation::{Accepted, Attestation};
use domain::needle::decided::Restoring;

use super::step::{self, Places, Told, WHAT};
use super::{Filed, supersede};
use crate::service::{Change, Trouble};
use crate::store;

/// A case for cause refuses an attestation that is under review; an appeal overturns what was decided
/// against it, and puts it in force again where it still can be. A case that did not decide where the
/// attestation stands changes nothing of it.
pub(in crate::service) async fn follow(
    change: &Change<'_>,
    id: AttestationId,
    approved: &Approved,
) -> Result<(), Trouble> {
    let before = store::attestation::by_id(change.txn.db(), id).await?;
    let before = before.ok_or(Trouble::NotFound(WHAT))?;
    let appealed = approved.pending.submitted.file.appeals.as_ref();
    match (&before.attestation, appealed) {
        (Attestation::UnderReview(_), None) => refuse(change, before, approved).await,
        (Attestation::Rejected(_) | Attestation::Invalidated(_), Some(appealed))
            if before.decided_by == appealed.case =>
        {
            overturn(change, before, approved).await
        }
        _ => Ok(()),
    }
}

async fn refuse(change: &Change<'_>, before: Filed, approved: &Approved) -> Result<(), Trouble> {
    let moved = step::taken(change, before.attestation, Action::RefuseForCause(approved))?;
    let decision = &approved.decision;
    let step = store::attestation::Step {
        reason_text: decision.note.as_deref(),
        ..step::plain(change, &moved)
    };
    let told = Told {
        reason_code: decision.reason.map(domain::duty::ReasonCode::code),
        reason_text: decision.note.as_deref(),
        changed_fields: &["state"],
        ..Told::default()
    };
    step::keep(change, before.row_version, step, told).await
}

async fn overturn(change: &Change<'_>, before: Filed, approved: &Approved) -> Result<(), Trouble> {
    let claim = before.attestation.claim().clone();
    let provider = step::subject(change, claim.subject).await?;
    let places = Places::of(&provider, &claim.content);
    let recalls = step::recalls(change, &claim.content).await?;
    let restoring = Restoring {
        recalls: &recalls,
        replaced: is_replaced(change, &before, &places).await?,
        on: places.today(change),
    };
    let action = Action::Overturn {
        approved,
        restoring,
    };
    let moved = step::taken(change, before.attestation, action)?;
    let told = Told {
        changed_fields: &["state", "overturnedByCaseId"],
        ..Told::default()
    };
    let step = step::plain(change, &moved);
    step::keep(change, before.row_version, step, told).await?;
    let case = approved.pending.submitted.file.id;
    store::attestation::overturned(&change.txn, claim.id, case).await?;
    if let Attestation::Accepted(accepted) = &moved.attestation {
        supersede::earlier(change, accepted).await?;
    }
    Ok(())
}

/// Is one in force that was signed later and covers every place?
async fn is_replaced(
    change: &Change<'_>,
    before: &Filed,
    places: &Places,
) -> Result<bool, Trouble> {
    let claim = before.attestation.claim();
    let signed_at = before.attestation.signature().map(|it| it.signed_at);
    let today = places.today(change);
    let takes_its_place = |other: &Accepted| {
        let covered = &other.signed.claim.content.locations;
        let mut all = claim.content.locations.iter();
        signed_at < Some(other.signed.signature.signed_at)
            && all.all(|place| covered.contains(place))
            && other.read(today).0 == domain::attestation::AttestationState::Accepted
    };
    let all = store::attestation::of_person(change.txn.db(), claim.subject).await?;
    Ok(all.iter().any(|other| match &other.attestation {
        Attestation::Accepted(accepted) => takes_its_place(accepted),
        _ => false,
    }))
}
