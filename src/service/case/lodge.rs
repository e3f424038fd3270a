//! A case that begins SUBMITTED: an appeal, and what a denied statement opens.

use chrono_tz::Tz;
use domain::case::{About, Case, CaseId, Purpose, Submitted};
use domain::evidence::Evidence;
use domain::place::Jurisdiction;

use super::{CaseRecord, Passed, open, step, submit};
use crate::service::{Change, Trouble};
use crate::store;

/// Writes a case that begins SUBMITTED, with its files and its entry in the log. The grounds stand in its
/// history alone.
pub(in crate::service) async fn lodge(
    change: &Change<'_>,
    submitted: Submitted,
    jurisdiction: Option<Jurisdiction>,
    files: &[Evidence],
    grounds: Option<&str>,
) -> Result<CaseId, Trouble> {
    let submission = submitted.submission.clone();
    let record = CaseRecord {
        case: Case::Submitted(submitted),
        version: 1,
        jurisdiction,
        due_at: None,
        lapses_at: None,
        evidence: Vec::new(),
    };
    store::case::insert(&change.txn, &record).await?;
    let file = record.case.file();
    let id = step::case_id(file.id);
    let mut event = change.event("case", &id);
    event.entity_version = Some(1);
    event.case_id = Some(id);
    event.after_hash = Some(super::hex::text(&file.content.sha256));
    let seq = change.log(event).await?.seq;
    let passed = Passed {
        at: change.now,
        action: change.order.act.code().to_owned(),
        state: record.case.state(),
        actor: change.who.account.map(|account| account.0),
        role: change.role().code().to_owned(),
        signature_meaning: Some(submission.meaning.code().to_owned()),
        printed_name: Some(submission.printed_name.into()),
        reason_code: None,
        reason_text: grounds.map(Into::into),
        content_version: Some(file.content.version),
        seq,
    };
    store::case::pass(&change.txn, file.id, &passed).await?;
    submit::keep_files(change, &record, files).await?;
    Ok(file.id)
}

/// One case of a purpose is open about one thing: one that lapsed for want of an answer is closed.
///
/// # Errors
/// `GUARD_FAILED` while another waits.
pub(in crate::service) async fn make_room(
    change: &Change<'_>,
    about: About,
    purpose: Purpose,
    zone: Tz,
) -> Result<(), Trouble> {
    let db = change.txn.db();
    let cases = match about {
        About::Credential(id, _) => store::case::of_credential(db, id).await?,
        About::Attestation(id) => store::case::of_attestation(db, id).await?,
    };
    let existing = cases
        .into_iter()
        .find(|record| record.case.file().purpose == purpose && !record.case.state().is_terminal());
    let held = existing.as_ref().map(|record| record.case.clone());
    let lapsed =
        domain::case::make_room(held, change.now, zone, &change.policy).map_err(step::refused)?;
    match (lapsed, existing) {
        (Some(lapsed), Some(record)) => open::close(change, record, Case::Lapsed(lapsed)).await,
        _ => Ok(()),
    }
}
