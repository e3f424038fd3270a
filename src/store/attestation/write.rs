//! Steps that were taken, into rows.

use chrono::{DateTime, Utc};
use domain::attestation::{AttestationId, AttestationState};
use domain::case::CaseId;
use domain::duty::AccountId;
use domain::needle::attestation::{
    Accepted, Attestation, Draft, InvalidatedBy, ReviewReason, Sha256, Signature, Signed,
};
use domain::needle::validity::Limits;
use entity::{
    attestation_change, attestation_evidence, attestation_finding, attestation_signature,
    sterility_attestation,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::content::{self, ContentRows, set_answers};
use super::state::reason_to_row;
use super::{Seal, hex};
use crate::store::notice::NoticeId;
use crate::store::provider::number;
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

const TABLE: &str = "sterility_attestation";

/// A step that was taken, with what is kept of it beside the state.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// Where it stands now.
    pub attestation: &'a Attestation,
    /// The states passed on the way, the last one being where it stands; empty where it stayed.
    pub passed: &'a [AttestationState],
    /// When.
    pub at: DateTime<Utc>,
    /// What the reviewer saw; empty where nobody reviewed.
    pub evidence: &'a [Sha256],
    /// Why, in words.
    pub reason_text: Option<&'a str>,
    /// For a signature: what is kept of it, and what limits the attestation.
    pub sealed: Option<(&'a Seal, Limits)>,
}

/// The number of an attestation that is about to be drafted.
pub fn next_id(txn: &WriteTxn) -> AttestationId {
    AttestationId(txn.take_id())
}

/// Writes a new draft.
pub async fn draft(
    txn: &WriteTxn,
    draft: &Draft,
    by: AccountId,
    at: DateTime<Utc>,
    supersedes: Option<AttestationId>,
) -> Result<(), StoreError> {
    let claim = &draft.claim;
    let mut row = sterility_attestation::Model {
        id: claim.id.0,
        provider_npi: number(claim.subject),
        row_version: 1,
        state: AttestationState::Draft.code().to_owned(),
        version: row::fit(claim.version, TABLE, "version", claim.id.0)?,
        statement_text_version: 0,
        signed_at: None,
        valid_until: None,
        drafted_by: Some(by.0),
        drafted_at: Some(row::instant(at)),
        accepted_by: None,
        rejected_by: None,
        invalidated_by: None,
        reason_code: None,
        reason_text: None,
        appealed: false,
        notice_id: None,
        decided_by_case_id: None,
        overturned_by_case_id: None,
        supersedes_id: supersedes.map(|id| id.0),
        superseded_by_id: None,
        s1: None,
        s2: None,
        s3: None,
        s4: None,
        s5: None,
        s6: None,
        s7: None,
        s8: None,
    };
    said(&mut row, draft)?;
    row::insert::<sterility_attestation::Entity>(txn.db(), vec![row]).await?;
    let rows = ContentRows::of(txn, claim.id, &claim.content)?;
    rows.insert(txn.db()).await
}

/// Says of a draft which attestation it is to replace.
pub async fn supersedes(
    txn: &WriteTxn,
    id: AttestationId,
    old: Option<AttestationId>,
) -> Result<(), StoreError> {
    let mut row = read(txn, id).await?;
    row.supersedes_id = old.map(|id| id.0);
    row::upsert::<sterility_attestation::Entity>(txn.db(), vec![row]).await
}

/// Notes which notice tells of the last decision: the days for an appeal are counted from its sending.
pub async fn told_by(
    txn: &WriteTxn,
    id: AttestationId,
    notice: NoticeId,
) -> Result<(), StoreError> {
    let mut row = read(txn, id).await?;
    row.notice_id = Some(notice.0);
    row::upsert::<sterility_attestation::Entity>(txn.db(), vec![row]).await
}

/// Notes the appeal that overturned the last decision, whether or not it is in force again.
pub async fn overturned(txn: &WriteTxn, id: AttestationId, by: CaseId) -> Result<(), StoreError> {
    let mut row = read(txn, id).await?;
    row.overturned_by_case_id = Some(by.0);
    row::upsert::<sterility_attestation::Entity>(txn.db(), vec![row]).await
}

/// Writes a step. The row's version counts up by one.
pub async fn save(txn: &WriteTxn, step: Step<'_>) -> Result<(), StoreError> {
    let claim = step.attestation.claim();
    let id = claim.id;
    let mut row = read(txn, id).await?;
    row.row_version += 1;
    step.attestation.state().code().clone_into(&mut row.state);
    row.reason_text = step
        .reason_text
        .map_or(row.reason_text, |text| Some(text.to_owned()));
    if !step.passed.is_empty() {
        // What was told of another decision, and overturned of it, was of that one.
        (row.notice_id, row.overturned_by_case_id) = (None, None);
    }
    match step.attestation {
        Attestation::Draft(draft) => {
            said(&mut row, draft)?;
            content::delete(txn.db(), id).await?;
            let rows = ContentRows::of(txn, id, &claim.content)?;
            rows.insert(txn.db()).await?;
        }
        Attestation::Signed(signed) => put_signed(&mut row, signed),
        Attestation::NeedsFix(state) => put_signed(&mut row, &state.signed),
        Attestation::UnderReview(state) => put_signed(&mut row, &state.signed),
        Attestation::Accepted(accepted) => put_accepted(&mut row, accepted),
        Attestation::Rejected(state) => {
            row.rejected_by = Some(state.rejected_by.0);
            row.decided_by_case_id = state.case.map(|case| case.0);
            row.reason_code = Some(state.reason.code().to_owned());
            row.appealed = state.appealed;
        }
        Attestation::Invalidated(state) => {
            row.invalidated_by = match state.by {
                InvalidatedBy::Compliance(account) => Some(account.0),
                InvalidatedBy::Recall => None,
            };
            row.reason_code = Some(state.reason.code().to_owned());
            row.appealed = state.appealed;
        }
        Attestation::Withdrawn(_) => {}
        Attestation::Superseded(state) => row.superseded_by_id = Some(state.by.0),
    }
    let version = row.version;
    row::upsert::<sterility_attestation::Entity>(txn.db(), vec![row]).await?;
    put_changes(txn, id, step.passed, step.at).await?;
    if let Some((seal, limits)) = step.sealed {
        let signature = signature_row(step.attestation, version, seal, limits)?;
        row::insert::<attestation_signature::Entity>(txn.db(), vec![signature]).await?;
        let reasons = reasons(step.attestation).into_iter().enumerate();
        let reasons = reasons
            .map(|(ordinal, reason)| reason_to_row(id, version, ordinal, &reason))
            .collect();
        row::insert::<attestation_finding::Entity>(txn.db(), reasons).await?;
    }
    let seen = step.evidence.iter().enumerate();
    let seen = seen.map(|(ordinal, digest)| attestation_evidence::Model {
        attestation_id: id.0,
        ordinal: row::ordinal(ordinal),
        sha256: hex(digest),
    });
    row::insert::<attestation_evidence::Entity>(txn.db(), seen.collect()).await
}

async fn read(
    txn: &WriteTxn,
    id: AttestationId,
) -> Result<sterility_attestation::Model, StoreError> {
    let select =
        sterility_attestation::Entity::find().filter(sterility_attestation::Column::Id.eq(id.0));
    let found = row::read(txn.db(), select).await?.pop();
    found.ok_or_else(|| StoreError::inconsistent(TABLE, "id", id.0, "the row is gone"))
}

fn said(row: &mut sterility_attestation::Model, draft: &Draft) -> Result<(), StoreError> {
    let claim = &draft.claim;
    let text_version = claim.content.statement_text_version;
    row.version = row::fit(claim.version, TABLE, "version", row.id)?;
    row.statement_text_version = row::fit(text_version, TABLE, "statement_text_version", row.id)?;
    set_answers(row, claim.content.answers);
    row.signed_at = None;
    row.valid_until = None;
    Ok(())
}

fn put_signed(row: &mut sterility_attestation::Model, signed: &Signed) {
    set_answers(row, signed.claim.content.answers);
    row.signed_at = Some(row::instant(signed.signature.signed_at));
}

fn put_accepted(row: &mut sterility_attestation::Model, accepted: &Accepted) {
    put_signed(row, &accepted.signed);
    row.accepted_by = accepted.accepted_by.map(|account| account.0);
    row.valid_until = Some(accepted.valid_until);
    // Where a decision against it was overturned, nothing stands against it any longer.
    (row.rejected_by, row.invalidated_by, row.decided_by_case_id) = (None, None, None);
    (row.reason_code, row.reason_text, row.appealed) = (None, None, false);
}

async fn put_changes(
    txn: &WriteTxn,
    id: AttestationId,
    passed: &[AttestationState],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let before = attestation_change::Entity::find()
        .filter(attestation_change::Column::AttestationId.eq(id.0))
        .count(txn.db())
        .await?;
    let before = usize::try_from(before).unwrap_or(usize::MAX);
    let changes = passed.iter().enumerate();
    let changes = changes.map(|(nth, state)| attestation_change::Model {
        attestation_id: id.0,
        ordinal: row::ordinal(before.saturating_add(nth)),
        changed_at: row::instant(at),
        state: state.code().to_owned(),
    });
    row::insert::<attestation_change::Entity>(txn.db(), changes.collect()).await
}

fn signature_row(
    attestation: &Attestation,
    version: i32,
    seal: &Seal,
    limits: Limits,
) -> Result<attestation_signature::Model, StoreError> {
    let id = attestation.claim().id.0;
    let signature = attestation.signature().ok_or_else(|| {
        StoreError::inconsistent("attestation_signature", "version", id, "nothing is signed")
    })?;
    written(id, version, signature, seal, limits)
}

/// A signature as its row.
pub(in crate::store) fn written(
    attestation_id: i64,
    version: i32,
    signature: &Signature,
    seal: &Seal,
    limits: Limits,
) -> Result<attestation_signature::Model, StoreError> {
    let (table, id) = ("attestation_signature", attestation_id);
    let (jurisdiction, number) = &signature.license;
    let sample = seal.sample.as_ref();
    Ok(attestation_signature::Model {
        attestation_id,
        version,
        signed_at: row::instant(signature.signed_at),
        signed_on: limits.signed_on,
        signature_days: row::fit(limits.signature_days, table, "signature_days", id)?,
        license_ends_on: limits.license_ends_on,
        signer_account_id: signature.signer.0,
        signer_printed_name: signature.printed_name.to_string(),
        license_jurisdiction: jurisdiction.code().to_owned(),
        license_number: number.to_string(),
        meaning: signature.meaning.code().to_owned(),
        algorithm: seal.algorithm.code().to_owned(),
        signature: seal.signature.as_deref().map(Into::into),
        payload: seal.payload.as_deref().map(Into::into),
        payload_sha256: hex(&signature.payload_sha256),
        sample_seed: sample.map(|(seed, _)| seed.to_string()),
        sample_drawn: sample.map(|(_, sample)| i64::from(sample.drawn)),
        sample_percent: sample
            .map(|(_, sample)| row::fit(sample.percent, table, "sample_percent", id))
            .transpose()?,
        policy_version: seal
            .policy_version
            .map(|version| row::fit(version, table, "policy_version", id))
            .transpose()?,
    })
}

/// What the checks said when it was signed.
fn reasons(attestation: &Attestation) -> Vec<ReviewReason> {
    match attestation {
        Attestation::NeedsFix(state) => state
            .findings
            .iter()
            .cloned()
            .map(ReviewReason::Warning)
            .collect(),
        Attestation::UnderReview(state) => state.reasons.clone(),
        Attestation::Draft(_)
        | Attestation::Signed(_)
        | Attestation::Accepted(_)
        | Attestation::Rejected(_)
        | Attestation::Invalidated(_)
        | Attestation::Withdrawn(_)
        | Attestation::Superseded(_) => Vec::new(),
    }
}
