//! What a person is told of a decision about their attestation.

use chrono::Days;
use domain::needle::attestation::Claim;
use domain::notice::{Addressee, Notice, NoticeKind};

use super::step::{self, Places};
use crate::service::{Change, Trouble};
use crate::store;

/// Queues the notice of a decision; sending it is what begins the time in which an appeal may be filed.
pub(super) async fn queue(
    change: &Change<'_>,
    claim: &Claim,
    places: &Places,
    what: &str,
) -> Result<(), Trouble> {
    let id = step::named(claim.id);
    let today = places.today(change);
    let days = change.policy.notice_days;
    let notice = Notice {
        kind: NoticeKind::AttestationDecision,
        to: Addressee::Entry(claim.subject),
        due_on: today
            .checked_add_days(Days::new(days.into()))
            .unwrap_or(today),
        case_id: None,
        about: Some((
            "sterility_attestation".into(),
            claim.id.0.to_string().into(),
        )),
        subject: format!("Your sterility attestation {what}").into(),
        body: format!(
            "Your sterility attestation ({id}) {what}. Sign in to read why and what you can do."
        )
        .into(),
        once_key: None,
    };
    store::notice::queue(&change.txn, &[notice], change.now).await?;
    Ok(())
}
