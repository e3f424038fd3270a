//! C13: an appeal against a decision, filed by the person whom it is about, once and in time.

use domain::case::{Action, AppealPapers, CaseId, Effect, Purpose};
use domain::duty::ReasonCode;
use domain::evidence::EvidenceId;

use super::step::{self, CaseOrder};
use super::{Signed, lodge, submit};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, perform};
use crate::store;

/// Files an appeal: the decision is marked, and a new case begins SUBMITTED. Nobody who acted on the
/// decided case hears it.
pub async fn file(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    evidence: &[EvidenceId],
    signed: Signed,
    grounds: Option<Box<str>>,
) -> Result<CaseId, Trouble> {
    let id = perform(app, who, order, async |change: &Change<'_>| {
        let table = step::load(change, case).await?;
        step::as_claimant(change, table.record.case.file().subject);
        let files = submit::files(change, table.record.case.file().subject, evidence).await?;
        let jurisdiction = table.record.jurisdiction;
        // What was decided about, as the decision names it.
        let content = table.record.case.file().content.clone();
        let decided = table.take(change, Action::Appeal)?;
        let by = step::person(change, decided.after.case.file().subject)?;
        let Some(appeal) = decided.effects.iter().find_map(|effect| match effect {
            Effect::OpenAppeal(appeal) => Some(appeal.clone()),
            _ => None,
        }) else {
            return Err(Trouble::guard("this decision cannot be appealed"));
        };
        lodge::make_room(change, appeal.about(), Purpose::Appeal, decided.zone).await?;
        let papers = AppealPapers {
            id: store::case::next_id(&change.txn),
            content_sha256: content.sha256,
            evidence: files
                .iter()
                .map(|file| submit::attached(change, file))
                .collect(),
            signing: signed.clone().into(),
        };
        let mut submitted =
            domain::case::file_appeal(&by, appeal, papers, change.now, &change.policy)
                .map_err(step::refused)?;
        submitted.file.content.version = content.version;
        decided
            .because(Some(ReasonCode::ProviderRequest), grounds.clone())
            .finish(change)
            .await?;
        let id = lodge::lodge(change, submitted, jurisdiction, &files, None).await?;
        Ok(id.0)
    })
    .await?;
    Ok(CaseId(id))
}
