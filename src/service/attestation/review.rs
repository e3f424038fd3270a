//! N6: a verifier looks at the evidence and accepts or refuses.

use domain::attestation::AttestationId;
use domain::duty::{AccountId, ReasonCode};
use domain::evidence::EvidenceId;
use domain::needle::action::Action;
use domain::needle::attestation::{Attestation, Sha256};
use domain::needle::transition::Review;
use domain::npi::Npi;

use super::notice::{self, Decided};
use super::step::{self, Places, Told};
use super::{AttestationOrder, supersede};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::store;
use crate::store::attestation::Step;

/// What a reviewer says.
#[derive(Debug, Clone)]
pub struct Reviewing {
    /// Accept, or refuse?
    pub accepts: bool,
    /// The files that were seen.
    pub evidence: Vec<EvidenceId>,
    /// Why; needed to refuse.
    pub reason: Option<ReasonCode>,
    /// The same in words.
    pub reason_text: Option<Box<str>>,
}

/// N6. Neither the subject nor whoever brought the evidence reviews it; to accept, something has to have
/// been seen, and the checks are repeated for the day.
pub async fn review(
    app: &App,
    who: &Requester,
    order: &Order,
    attestation: AttestationOrder,
    reviewing: Reviewing,
) -> Result<AttestationId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let before = step::load(change, attestation).await?;
        let claim = before.attestation.claim().clone();
        let provider = step::subject(change, claim.subject).await?;
        let places = Places::of(&provider, &claim.content);
        let recalls = step::recalls(change, &claim.content).await?;
        let seen = seen(change, claim.subject, &reviewing.evidence).await?;
        let review = Review {
            evidence: &seen.digests,
            uploaded_by: &seen.uploaded_by,
            recalls: &recalls,
            at: change.now,
            on: places.today(change),
        };
        let action = if reviewing.accepts {
            Action::Accept(review)
        } else {
            Action::Reject {
                review,
                reason: reviewing.reason,
            }
        };
        let moved = step::taken(change, before.attestation, action)?;
        let text = reviewing.reason_text.as_deref();
        let step = Step {
            evidence: &seen.digests,
            reason_text: text,
            ..step::plain(change, &moved)
        };
        let told = Told {
            reason_code: reviewing.reason.map(ReasonCode::code),
            reason_text: text,
            changed_fields: &["state"],
            ..Told::default()
        };
        step::keep(change, before.row_version, step, told).await?;
        if let Attestation::Accepted(accepted) = &moved.attestation {
            supersede::earlier(change, accepted).await?;
        }
        let decided = if reviewing.accepts {
            Decided::Accepted
        } else {
            Decided::Rejected
        };
        notice::queue(change, &claim, &places, decided).await?;
        Ok(attestation.id.0)
    })
    .await
    .map(AttestationId)
}

/// Files as a review needs them.
struct Seen {
    digests: Vec<Sha256>,
    uploaded_by: Vec<AccountId>,
}

async fn seen(change: &Change<'_>, npi: Npi, ids: &[EvidenceId]) -> Result<Seen, Trouble> {
    let files = store::evidence::by_ids(change.txn.db(), ids).await?;
    for (at, id) in ids.iter().enumerate() {
        let file = files.iter().find(|file| file.id == *id);
        if !file.is_some_and(|file| file.provider == npi && file.tombstone.is_none()) {
            return Err(Trouble::field(
                UserErrorCode::EvidenceMissing,
                format!("evidenceIds[{at}]"),
                "this is no file of the person's",
            ));
        }
    }
    let uploaded_by = files.iter().filter_map(|file| file.uploaded_by);
    Ok(Seen {
        uploaded_by: uploaded_by.map(|account| AccountId(account.0)).collect(),
        digests: files.iter().map(|file| *file.sha256.as_bytes()).collect(),
    })
}
