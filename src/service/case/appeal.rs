//! C13: an appeal against a decision, filed by the person whom it is about, once and in time.

use domain::case::{Action, AppealPapers, Case, CaseId, Effect};
use domain::duty::{ReasonCode, SignatureMeaning};
use domain::evidence::EvidenceId;

use super::content::canonical;
use super::step::{self, CaseOrder};
use super::{CaseRecord, Passed, Signed, submit};
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
        let files = submit::files(change, &table, evidence).await?;
        let (content, version) = (
            table.content.clone(),
            table.record.case.file().content.version,
        );
        let decided = table.take(change, Action::Appeal)?;
        let by = step::person(change, decided.after.case.file().subject)?;
        let Some(appeal) = decided.effects.iter().find_map(|effect| match effect {
            Effect::OpenAppeal(appeal) => Some(appeal.clone()),
            _ => None,
        }) else {
            return Err(Trouble::guard("this decision cannot be appealed"));
        };
        let (_, content_sha256) = canonical(&content);
        let papers = AppealPapers {
            id: store::case::next_id(&change.txn),
            content_sha256,
            evidence: files
                .iter()
                .map(|file| submit::attached(change, file))
                .collect(),
            signing: signed.clone().into(),
        };
        let mut submitted =
            domain::case::file_appeal(&by, appeal, papers, change.now, &change.policy)
                .map_err(step::refused)?;
        submitted.file.content.version = version;
        decided
            .because(Some(ReasonCode::ProviderRequest), grounds.clone())
            .finish(change)
            .await?;
        let record = CaseRecord {
            case: Case::Submitted(submitted),
            version: 1,
            jurisdiction: decided_jurisdiction(change, case.id).await?,
            due_at: None,
            lapses_at: None,
            evidence: Vec::new(),
        };
        begin(change, &record, &signed).await?;
        submit::keep_files(change, &record, &files).await?;
        Ok(record.id().0)
    })
    .await?;
    Ok(CaseId(id))
}

async fn decided_jurisdiction(
    change: &Change<'_>,
    id: CaseId,
) -> Result<Option<domain::place::Jurisdiction>, Trouble> {
    let found = store::case::by_id(change.txn.db(), id).await?;
    Ok(found.and_then(|record| record.jurisdiction))
}

async fn begin(change: &Change<'_>, record: &CaseRecord, signed: &Signed) -> Result<(), Trouble> {
    store::case::insert(&change.txn, record).await?;
    let id = step::case_id(record.id());
    let mut event = change.event("case", &id);
    event.entity_version = Some(1);
    event.case_id = Some(id);
    let seq = change.log(event).await?.seq;
    let passed = Passed {
        at: change.now,
        action: change.order.act.code().to_owned(),
        state: record.case.state(),
        actor: change.who.account.map(|account| account.0),
        role: change.role().code().to_owned(),
        signature_meaning: Some(SignatureMeaning::Authorship.code().to_owned()),
        printed_name: Some(signed.printed_name.to_string()),
        reason_code: None,
        reason_text: None,
        content_version: Some(record.case.file().content.version),
        seq,
    };
    Ok(store::case::pass(&change.txn, record.id(), &passed).await?)
}
