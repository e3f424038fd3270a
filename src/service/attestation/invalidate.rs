//! N9: compliance takes an attestation out of force, at once and alone.

use domain::attestation::AttestationId;
use domain::duty::ReasonCode;
use domain::needle::action::{Action, Effect};
use domain::needle::attestation::Claim;

use super::step::{self, Places, Told};
use super::{AttestationOrder, notice};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, perform};
use crate::store;
use crate::store::attestation::Step;

/// N9. A false statement suspends every verified credential of the person too (S5).
pub async fn invalidate(
    app: &App,
    who: &Requester,
    order: &Order,
    attestation: AttestationOrder,
    reason: Option<ReasonCode>,
    reason_text: Option<Box<str>>,
) -> Result<AttestationId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let before = step::load(change, attestation).await?;
        let claim = before.attestation.claim().clone();
        let moved = step::taken(change, before.attestation, Action::Invalidate { reason })?;
        let text = reason_text.as_deref();
        let step = Step {
            reason_text: text,
            ..step::plain(change, &moved)
        };
        let told = Told {
            reason_code: reason.map(ReasonCode::code),
            reason_text: text,
            changed_fields: &["state"],
            ..Told::default()
        };
        step::keep(change, before.row_version, step, told).await?;
        if moved.effects.contains(&Effect::SuspendCredentials) {
            suspend_credentials(change, &claim).await?;
        }
        let provider = step::subject(change, claim.subject).await?;
        let places = Places::of(&provider, &claim.content);
        notice::queue(change, &claim, &places, "is no longer in force").await?;
        Ok(attestation.id.0)
    })
    .await
    .map(AttestationId)
}

/// S5 for every verified credential of the person, by whoever invalidates: one entry in the log each.
async fn suspend_credentials(change: &Change<'_>, claim: &Claim) -> Result<(), Trouble> {
    let suspended =
        store::attestation::suspend_credentials(&change.txn, claim.subject, change.now).await?;
    for credential in suspended {
        let mut event = change.event("credential", &credential.name);
        event.entity_version = Some(u64::from(credential.version));
        event.reason_code = Some(ReasonCode::FalseStatement.code().to_owned());
        event.reason_text = Some(format!("what {} said was false", step::named(claim.id)));
        event.changed_fields = vec!["standing".to_owned()];
        change.log(event).await?;
    }
    Ok(())
}
