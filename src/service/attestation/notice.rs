//! What a person is told of a decision about their attestation.

use chrono::Days;
use domain::needle::attestation::Claim;
use domain::notice::{Addressee, Notice, NoticeKind};

use super::step::{self, Places};
use crate::service::{Change, Trouble};
use crate::store;

/// What was decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Decided {
    /// In force.
    Accepted,
    /// Refused.
    Rejected,
    /// Out of force.
    Invalidated,
}

impl Decided {
    const fn words(self) -> &'static str {
        match self {
            Self::Accepted => "was accepted",
            Self::Rejected => "was not accepted",
            Self::Invalidated => "is no longer in force",
        }
    }
}

/// Queues the notice of a decision; sending it is what begins the time in which an appeal may be filed.
pub(super) async fn queue(
    change: &Change<'_>,
    claim: &Claim,
    places: &Places,
    decided: Decided,
) -> Result<(), Trouble> {
    let id = step::named(claim.id);
    let today = places.today(change);
    let what = decided.words();
    let appeal = match decided {
        Decided::Accepted => String::new(),
        Decided::Rejected | Decided::Invalidated => format!(
            " You may appeal within {} days of this notice.",
            change.policy.appeal_days
        ),
    };
    let notice = Notice {
        kind: NoticeKind::AttestationDecision,
        to: Addressee::Entry(claim.subject),
        due_on: today
            .checked_add_days(Days::new(change.policy.notice_days.into()))
            .unwrap_or(today),
        case_id: None,
        about: Some((
            "sterility_attestation".into(),
            claim.id.0.to_string().into(),
        )),
        subject: format!("Your sterility attestation {what}").into(),
        body: format!(
            "Your sterility attestation ({id}) {what}. Sign in to read why and what you can do.{appeal}"
        )
        .into(),
        once_key: None,
    };
    let queued = store::notice::queue(&change.txn, &[notice], change.now).await?;
    if let [notice] = queued[..] {
        store::attestation::told_by(&change.txn, claim.id, notice).await?;
    }
    Ok(())
}
