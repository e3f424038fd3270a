//! What a verifier does, and on appeal the first of two officers: claim (C3), release (C4), ask for
//! more (C5), record what sources say, recommend (C8).

use chrono::{DateTime, NaiveDate, Utc};
use domain::case::action::{Asked, Recommending};
use domain::case::{Action, CaseId, Effect};
use domain::check::{Check, CheckId, CheckMethod, FieldPath, Source};
use domain::duty::{AccountId, Sha256, SignatureMeaning};
use domain::license::{CheckOutcome, CheckSourceKind, MismatchField};

use super::step::{self, CaseOrder, Table};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, perform};
use crate::store;

/// What a source said, as it is recorded.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// About which field; the whole where none is named.
    pub field: FieldPath,
    /// How near the source stands to the fact.
    pub source_kind: CheckSourceKind,
    /// How it was asked.
    pub method: CheckMethod,
    /// Its name.
    pub source_name: Box<str>,
    /// Where it was read.
    pub source_url: Option<Box<str>>,
    /// The day whose truth it tells.
    pub source_as_of: NaiveDate,
    /// When it was asked; now where it is not said.
    pub performed_at: Option<DateTime<Utc>>,
    /// The agreement under which a delegate checks for us.
    pub delegation_agreement_id: Option<Box<str>>,
    /// Proof of the contract between an agent and its primary source.
    pub agent_contract_ref: Option<Box<str>>,
    /// What was found.
    pub outcome: CheckOutcome,
    /// Where the source differs.
    pub mismatches: Vec<MismatchField>,
    /// Over what the source showed, as kept.
    pub raw_sha256: Option<Sha256>,
    /// In words.
    pub note: Option<Box<str>>,
    /// The issuer's name as the source prints it, where it differs from what was claimed.
    pub issuer_named: Option<Box<str>>,
}

impl NewCheck {
    /// The note, with what the source prints.
    fn noted(&self) -> Option<Box<str>> {
        let Some(printed) = &self.issuer_named else {
            return self.note.clone();
        };
        let note = self
            .note
            .as_deref()
            .map_or_else(String::new, |note| format!(". {note}"));
        Some(format!("the issuer is printed as {printed}{note}").into())
    }
}

/// C3: takes a case, for as long as the policy's lease.
pub async fn claim(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
) -> Result<CaseId, Trouble> {
    simple(app, who, order, case, Action::Claim).await
}

/// C4: gives a case back to the queue. Its checks stay.
pub async fn release(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
) -> Result<CaseId, Trouble> {
    simple(app, who, order, case, Action::Release).await
}

/// C5: asks the provider for more, by a day.
pub async fn request_info(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    asked: Asked,
    reason_text: Option<Box<str>>,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let table = load(change, case).await?;
        let step = table.take(change, Action::RequestInfo(asked.clone()))?;
        let step = step.because(asked.reason, reason_text.clone());
        store::case::ask(&change.txn, case.id, &asked.items).await?;
        step.finish(change).await?;
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}

/// Records what a source said of the content as it is. What was found first is never changed.
pub async fn record_check(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    new: NewCheck,
) -> Result<(CaseId, CheckId), Trouble> {
    let id = perform(app, who, order, async |change: &Change<'_>| {
        let mut table = load(change, case).await?;
        table.printed.clone_from(&new.issuer_named);
        let account = change.who.account.ok_or(Trouble::Unauthenticated)?;
        let performed_at = new.performed_at.unwrap_or(change.now);
        if performed_at > change.now {
            return Err(Trouble::BadInput {
                field: "input.performedAt".into(),
                message: "a source was asked before it is told what it said".into(),
            });
        }
        let check = Check {
            id: store::case::next_check(&change.txn),
            case: case.id,
            field: new.field.clone(),
            content_version: table.record.case.file().content.version,
            source: Source {
                kind: new.source_kind,
                name: new.source_name.clone(),
                url: new.source_url.clone(),
                as_of: new.source_as_of,
                delegation_agreement_id: new.delegation_agreement_id.clone(),
                agent_contract_ref: new.agent_contract_ref.clone(),
            },
            method: new.method,
            performed_at,
            performed_by: AccountId(account.0),
            original_outcome: new.outcome,
            mismatches: new.mismatches.clone(),
            resolution: None,
            raw_sha256: new.raw_sha256,
            note: new.noted(),
        };
        let step = table.take(change, Action::RecordCheck(Box::new(check)))?;
        let mut recorded = 0;
        for effect in &step.effects {
            if let Effect::CheckRecorded(check) = effect {
                store::case::add_check(&change.txn, check).await?;
                recorded = check.id.0;
            }
        }
        step.save(change).await?;
        let mut event = step.event(change).await?;
        "check".clone_into(&mut event.entity_type);
        event.entity_id = Some(format!("check_{recorded}"));
        event.entity_version = None;
        event.reason_code = Some(new.outcome.code().to_owned());
        event.changed_fields = vec![new.field.to_string()];
        let seq = change.log(event).await?.seq;
        step.pass(change, seq).await?;
        Ok(recorded)
    })
    .await?;
    Ok((case.id, CheckId(id)))
}

/// Says, once, what an answer that was not plain is taken for.
pub async fn resolve_check(
    app: &App,
    who: &Requester,
    order: &Order,
    (check, expected_version): (CheckId, i64),
    outcome: CheckOutcome,
    note: Option<Box<str>>,
) -> Result<(CaseId, CheckId), Trouble> {
    let id = perform(app, who, order, async |change: &Change<'_>| {
        let id = store::case::case_of_check(change.txn.db(), check)
            .await?
            .ok_or(Trouble::NotFound("check"))?;
        let case = CaseOrder {
            id,
            expected_version,
        };
        let table = load(change, case).await?;
        let step = table.take(change, Action::ResolveCheck { check, outcome })?;
        for effect in &step.effects {
            if let Effect::CheckResolved(resolved) = effect
                && let Some(resolution) = resolved.resolution
            {
                store::case::resolve_check(&change.txn, check, resolution).await?;
            }
        }
        let step = step.because(None, note.clone());
        step.save(change).await?;
        let mut event = step.event(change).await?;
        "check".clone_into(&mut event.entity_type);
        event.entity_id = Some(format!("check_{}", check.0));
        event.entity_version = None;
        event.reason_code = Some(outcome.code().to_owned());
        event.changed_fields = vec!["resolvedOutcome".to_owned()];
        let seq = change.log(event).await?.seq;
        step.pass(change, seq).await?;
        Ok(id.0)
    })
    .await?;
    Ok((CaseId(id), check))
}

/// C8: recommends a decision, once every required check has an answer.
pub async fn recommend(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    recommending: Recommending,
    printed_name: Option<Box<str>>,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let table = load(change, case).await?;
        let step = table.take(change, Action::Recommend(recommending.clone()))?;
        let name = printed_name.clone();
        let name = name.unwrap_or_else(|| change.who.name.clone());
        let step = step
            .because(recommending.reason, recommending.note.clone())
            .signed(SignatureMeaning::Review, name);
        step.finish(change).await?;
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}

pub(super) async fn load(change: &Change<'_>, case: CaseOrder) -> Result<Table, Trouble> {
    let table = step::load(change, case).await?;
    step::as_reviewer(change, table.record.case.file().purpose);
    Ok(table)
}

async fn simple(
    app: &App,
    who: &Requester,
    order: &Order,
    case: CaseOrder,
    action: Action,
) -> Result<CaseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let table = load(change, case).await?;
        let step = table.take(change, action.clone())?;
        step.finish(change).await?;
        Ok(case.id.0)
    })
    .await
    .map(CaseId)
}
