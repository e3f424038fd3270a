//! C1: how a case comes to be.

use domain::access::Role;
use domain::case::{About, Case, CaseId, Purpose};
use domain::credential::CredentialId;

use super::content::canonical;
use super::step;
use super::{CaseRecord, CredentialFile, Passed, approved, draft};
use crate::app::App;
use crate::service::provider::home_zone;
use crate::service::{Change, Order, Requester, Trouble, perform};
use crate::store;

/// What is opened.
#[derive(Debug, Clone, Copy)]
pub struct Opening {
    /// About which credential.
    pub credential: CredentialId,
    /// The version of it that was read.
    pub expected_version: i64,
    /// What for.
    pub purpose: Purpose,
    /// The ended case that this one takes up again.
    pub reopens: Option<CaseId>,
}

/// Opens a case, being written. One that lapsed for want of an answer is closed by it.
pub async fn open(
    app: &App,
    who: &Requester,
    order: &Order,
    opening: Opening,
) -> Result<CaseId, Trouble> {
    let id = perform(app, who, order, async |change: &Change<'_>| {
        let file = step::credential(change, opening.credential).await?;
        if opening.purpose != Purpose::ForCause {
            step::as_claimant(change, file.npi);
        }
        change.check_version(opening.expected_version, i64::from(file.version))?;
        let record = begin(change, &file, opening.purpose, opening.reopens).await?;
        Ok(record.id().0)
    })
    .await?;
    Ok(CaseId(id))
}

/// Asks that a suspension be lifted: opens a case that its holder submits and two others decide.
///
/// # Errors
/// `SEPARATION_OF_DUTIES` for anybody but the holder: nobody reinstates alone.
pub async fn reinstate(
    app: &App,
    who: &Requester,
    order: &Order,
    opening: Opening,
) -> Result<CaseId, Trouble> {
    let id = perform(app, who, order, async |change: &Change<'_>| {
        let file = step::credential(change, opening.credential).await?;
        step::as_claimant(change, file.npi);
        change.check_version(opening.expected_version, i64::from(file.version))?;
        if !matches!(change.role(), Role::Provider | Role::ProviderDelegate) {
            return Err(Trouble::duties(
                "nobody lifts a suspension alone: its holder opens a case of the purpose \
                 REINSTATEMENT, one person reviews it and another decides",
            ));
        }
        let record = begin(change, &file, opening.purpose, opening.reopens).await?;
        Ok(record.id().0)
    })
    .await?;
    Ok(CaseId(id))
}

/// Writes a case that is being written, with its entry in the log.
pub(super) async fn begin(
    change: &Change<'_>,
    file: &CredentialFile,
    purpose: Purpose,
    reopens: Option<CaseId>,
) -> Result<CaseRecord, Trouble> {
    let provider = step::person_on_file(change, file.npi).await?;
    let zone = home_zone(&provider);
    if let (Purpose::Correction, Some(earlier)) = (purpose, file.supersedes) {
        let earlier = step::credential(change, earlier).await?;
        draft::gives_way(&earlier, "purpose")?;
    }
    let cases = store::case::of_credential(change.txn.db(), file.id).await?;
    let reopened = match reopens {
        Some(id) => {
            let found = cases.iter().find(|record| record.id() == id).cloned();
            Some(found.ok_or(Trouble::NotFound("case"))?)
        }
        None => None,
    };
    let is_suspected = domain::case::is_suspected(cases.iter().map(|record| &record.case));
    let existing = cases
        .iter()
        .find(|one| one.case.file().purpose == purpose && !one.case.state().is_terminal())
        .cloned();
    let (version, content) = current(change, file, &cases, &provider).await?;
    let (_, content_sha256) = canonical(&content);
    let by = step::person(change, file.npi)?;
    let opening = domain::case::Opening {
        id: store::case::next_id(&change.txn),
        about: About::Credential(file.id, file.kind),
        subject: file.npi,
        purpose,
        standing: file.standing(),
        is_correction: file.supersedes.is_some(),
        content_sha256,
        existing: existing.as_ref().map(|record| record.case.clone()),
        reopens: reopened.as_ref().map(|record| &record.case),
        is_suspected,
    };
    let mut opened = domain::case::open(&by, opening, change.now, zone, &change.policy)
        .map_err(step::refused)?;
    opened.draft.file.content.version = version;
    if let (Some(lapsed), Some(record)) = (opened.closed, existing) {
        close(change, record, Case::Lapsed(lapsed)).await?;
    }
    let record = CaseRecord {
        case: Case::Draft(opened.draft),
        version: 1,
        jurisdiction: content.jurisdiction.or_else(|| step::home(&provider)),
        due_at: None,
        lapses_at: None,
        evidence: Vec::new(),
    };
    store::case::insert(&change.txn, &record).await?;
    let id = step::case_id(record.id());
    let mut event = change.event("case", &id);
    event.entity_version = Some(1);
    event.case_id = Some(id);
    event.after_hash = Some(super::hex::text(&content_sha256));
    let seq = change.log(event).await?.seq;
    passed(change, &record, seq).await?;
    Ok(record)
}

/// What the case begins at, and the version of it: what was approved, and of what never was the latest
/// that was written down. A credential that came without a content gets its first.
async fn current(
    change: &Change<'_>,
    file: &CredentialFile,
    cases: &[CaseRecord],
    provider: &domain::provider::Provider,
) -> Result<(u32, domain::content::Content), Trouble> {
    if let Some(begun) = approved::version(file, cases).or_else(|| file.latest()) {
        return Ok((begun.version, begun.content.clone()));
    }
    let content = step::stored_content(provider, file.id).ok_or(Trouble::NotFound("credential"))?;
    draft::write(change, file.id, 1, &content).await?;
    Ok((1, content))
}

/// C7: what lapsed by itself is written down as lapsed, with an entry of its own.
pub(super) async fn close(
    change: &Change<'_>,
    record: CaseRecord,
    case: Case,
) -> Result<(), Trouble> {
    let closed = CaseRecord {
        case,
        due_at: None,
        ..record
    };
    if !store::case::save(&change.txn, &closed).await? {
        return Err(Trouble::guard("the case before was changed meanwhile"));
    }
    let id = step::case_id(closed.id());
    let mut event = change.event("case", &id);
    event.entity_version = Some(u64::from(closed.version) + 1);
    event.case_id = Some(id);
    event.reason_code = Some("NO_RESPONSE".to_owned());
    event.changed_fields = vec!["state".to_owned()];
    let seq = change.log(event).await?.seq;
    passed(change, &closed, seq).await
}

async fn passed(change: &Change<'_>, record: &CaseRecord, seq: u64) -> Result<(), Trouble> {
    let file = record.case.file();
    let passed = Passed {
        at: change.now,
        action: change.order.act.code().to_owned(),
        state: record.case.state(),
        actor: change.who.account.map(|account| account.0),
        role: change.role().code().to_owned(),
        signature_meaning: None,
        printed_name: None,
        reason_code: None,
        reason_text: None,
        content_version: Some(file.content.version),
        seq,
    };
    Ok(store::case::pass(&change.txn, record.id(), &passed).await?)
}
