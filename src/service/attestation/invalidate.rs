//! N9: compliance takes an attestation out of force, at once and alone.

use domain::attestation::AttestationId;
use domain::duty::ReasonCode;
use domain::needle::action::{Action, Effect};
use domain::provider::Provider;
use domain::standing::SystemCause;

use super::AttestationOrder;
use super::notice::{self, Decided};
use super::step::{self, Places, Told};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, case, perform};
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
        let provider = step::subject(change, claim.subject).await?;
        if moved.effects.contains(&Effect::SuspendCredentials) {
            suspend_credentials(change, &provider).await?;
        }
        let places = Places::of(&provider, &claim.content);
        notice::queue(change, &claim, &places, Decided::Invalidated).await?;
        Ok(attestation.id.0)
    })
    .await
    .map(AttestationId)
}

/// S5 for every verified credential of the person: what is not in force is left as it is.
async fn suspend_credentials(change: &Change<'_>, provider: &Provider) -> Result<(), Trouble> {
    let trainings = provider.training.iter().map(|one| &one.credential);
    for credential in trainings.chain(&provider.credentials) {
        case::suspend_for(change, credential.id, SystemCause::FalseStatement).await?;
    }
    Ok(())
}
