//! What somebody says of a case beside its steps: that they are too near to it, that it may be a fraud.

use domain::case::{Action, CaseId};
use domain::duty::ReasonCode;

use super::review;
use super::step::CaseOrder;
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};

/// Says that one is too near to a case, before one takes it up or decides it (C3). From then on one has
/// no part in it, and nobody takes that back.
///
/// # Errors
/// `ILLEGAL_TRANSITION` for a case that waits for nobody: whoever holds one gives it back first.
pub async fn declare_conflict(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    reason_text: Option<Box<str>>,
) -> Result<CaseId, Trouble> {
    let said = (None, reason_text, "conflicts");
    say(app, who, order, case, Action::DeclareConflict, said).await
}

/// Says that a claim may be a fraud. The suspicion outlives a withdrawal and a lapse (C12), until
/// somebody has decided a case about the same thing.
///
/// # Errors
/// `REASON_REQUIRED` without a word why.
pub async fn flag_fraud(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    reason_text: Option<Box<str>>,
) -> Result<CaseId, Trouble> {
    let said = (Some(ReasonCode::Fraud), reason_text, "fraudFlagged");
    say(app, who, order, case, Action::FlagFraud, said).await
}

async fn say(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    action: Action,
    (code, text, field): (Option<ReasonCode>, Option<Box<str>>, &str),
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        if code.is_some() && text.is_none() {
            return Err(Trouble::field(
                UserErrorCode::ReasonRequired,
                "reasonText",
                "say what speaks for it",
            ));
        }
        let table = review::load(change, case).await?;
        let step = table.take(change, action.clone())?;
        let step = step.because(code, text.clone());
        step.save(change).await?;
        let mut event = step.event(change).await?;
        event.changed_fields.push(field.to_owned());
        let seq = change.log(event).await?.seq;
        step.pass(change, seq).await?;
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}
