//! N10: what was just accepted takes the place of the person's earlier attestations, in the same
//! transaction.

use domain::attestation::AttestationId;
use domain::duty::Actor;
use domain::needle::action::{Action, take};
use domain::needle::attestation::{Accepted, Attestation};
use domain::needle::refusal::{Guard, Refusal};

use super::step::{self, Told};
use crate::service::{Change, Trouble};
use crate::store;

/// Replaces every accepted attestation whose every place the new one covers. One that it leaves a place
/// out of stays in force beside it, and so does one that was signed later.
pub(super) async fn earlier(change: &Change<'_>, successor: &Accepted) -> Result<(), Trouble> {
    let new = &successor.signed.claim;
    let all = store::attestation::of_person(change.txn.db(), new.subject).await?;
    let mut replaced: Option<AttestationId> = None;
    for old in all {
        let id = old.attestation.claim().id;
        let Attestation::Accepted(accepted) = &old.attestation else {
            continue;
        };
        let signed_at = accepted.signed.signature.signed_at;
        if id == new.id || successor.signed.signature.signed_at < signed_at {
            continue;
        }
        let action = Action::Supersede { successor };
        let moved = match take(old.attestation, &Actor::System, action, change.now) {
            Ok(moved) => moved,
            Err(Refusal::Guard(Guard::PlaceLeftOut)) => continue,
            Err(refusal) => return Err(step::refused(refusal)),
        };
        let text = format!("{} took its place", step::named(new.id));
        let told = Told {
            note: Some(&text),
            changed_fields: &["state"],
            ..Told::default()
        };
        step::keep(change, old.row_version, step::plain(change, &moved), told).await?;
        replaced = Some(id);
    }
    if let Some(old) = replaced {
        store::attestation::supersedes(&change.txn, new.id, Some(old)).await?;
    }
    Ok(())
}
