//! A case's row: what every state has, what some have, and what only the work queue asks for.

use chrono::{DateTime, Utc};
use domain::attestation::AttestationId;
use domain::case::{
    About, Appealed, Attached, Case, CaseFile, CaseId, CaseState, Content, ContentChange, Decision,
    InfoRequest, Lease, Notice, Purpose, Recommended, Stored, Submission,
};
use domain::credential::{CredentialId, CredentialKind};
use domain::duty::{AccountId, Sha256};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use entity::{case, case_evidence, credential, info_item};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect, Select,
};
use serde::{Deserialize, Serialize};

use super::hex;
use crate::store::provider::{npi, number};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// States that a case never leaves.
const ENDED: [CaseState; 4] = [
    CaseState::Approved,
    CaseState::Rejected,
    CaseState::Withdrawn,
    CaseState::Lapsed,
];

/// A case as it is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRecord {
    /// The case.
    pub case: Case,
    /// How often it was changed: what a change has to name.
    pub version: u32,
    /// Whose law the subject lives under.
    pub jurisdiction: Option<Jurisdiction>,
    /// By when somebody has to act.
    pub due_at: Option<DateTime<Utc>>,
    /// From when on nobody waits for what was asked for.
    pub lapses_at: Option<DateTime<Utc>>,
    /// The files attached, by their numbers.
    pub evidence: Vec<i64>,
}

impl CaseRecord {
    /// Its number.
    pub const fn id(&self) -> CaseId {
        self.case.file().id
    }
}

/// A number for a case that is about to be opened.
pub fn next_id(txn: &WriteTxn) -> CaseId {
    CaseId(txn.take_id())
}

/// Writes a new case, as version 1.
pub async fn insert(txn: &WriteTxn, record: &CaseRecord) -> Result<(), StoreError> {
    row::insert::<case::Entity>(txn.db(), vec![to_row(record)?]).await
}

/// Writes what became of a case, as the version after `record.version`. False when the row is not at
/// that version any longer: then nothing is written.
pub async fn save(txn: &WriteTxn, record: &CaseRecord) -> Result<bool, StoreError> {
    let mut row = to_row(record)?;
    let held = row.row_version;
    row.row_version = held + 1;
    let mut row = row.into_active_model().reset_all();
    row.not_set(case::Column::Id);
    let changed = case::Entity::update_many()
        .set(row)
        .filter(case::Column::Id.eq(record.id().0))
        .filter(case::Column::RowVersion.eq(held))
        .exec(txn.db())
        .await?;
    Ok(changed.rows_affected == 1)
}

/// The case with that number.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: CaseId,
) -> Result<Option<CaseRecord>, StoreError> {
    Ok(by_ids(db, &[id]).await?.pop())
}

/// The cases with these numbers, as far as there are any, in the order of their numbers.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[CaseId],
) -> Result<Vec<CaseRecord>, StoreError> {
    let select = case::Entity::find()
        .filter(case::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(case::Column::Id);
    read(db, select).await
}

/// Every case about a credential, oldest first.
pub async fn of_credential(
    db: &impl ConnectionTrait,
    id: CredentialId,
) -> Result<Vec<CaseRecord>, StoreError> {
    let select = case::Entity::find()
        .filter(case::Column::CredentialId.eq(id.0))
        .order_by_asc(case::Column::Id);
    read(db, select).await
}

/// Every case for cause about a person that nobody has ended, oldest first; one may have lapsed.
pub async fn for_cause(db: &impl ConnectionTrait, npi: Npi) -> Result<Vec<CaseRecord>, StoreError> {
    let select = case::Entity::find()
        .filter(case::Column::ProviderNpi.eq(number(npi)))
        .filter(case::Column::Purpose.eq(Purpose::ForCause.code()))
        .filter(case::Column::State.is_not_in(ENDED.map(CaseState::code)))
        .order_by_asc(case::Column::Id);
    read(db, select).await
}

/// Every case about an attestation, oldest first.
pub async fn of_attestation(
    db: &impl ConnectionTrait,
    id: AttestationId,
) -> Result<Vec<CaseRecord>, StoreError> {
    let select = case::Entity::find()
        .filter(case::Column::AttestationId.eq(id.0))
        .order_by_asc(case::Column::Id);
    read(db, select).await
}

/// The cases about some attestations, with which it is, oldest first.
pub async fn ids_of_attestations(
    db: &impl ConnectionTrait,
    ids: &[AttestationId],
) -> Result<Vec<(CaseId, AttestationId)>, StoreError> {
    let found: Vec<(i64, i64)> = case::Entity::find()
        .select_only()
        .column(case::Column::Id)
        .column(case::Column::AttestationId)
        .filter(case::Column::AttestationId.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(case::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let found = found.into_iter();
    Ok(found
        .map(|(case, about)| (CaseId(case), AttestationId(about)))
        .collect())
}

/// Reads whole cases: four statements, however many.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    select: Select<case::Entity>,
) -> Result<Vec<CaseRecord>, StoreError> {
    let rows = row::read(db, select).await?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let evidence = case_evidence::Entity::find()
        .filter(case_evidence::Column::CaseId.is_in(ids.iter().copied()))
        .order_by_asc(case_evidence::Column::EvidenceId);
    let evidence = row::read(db, evidence).await?;
    let items = info_item::Entity::find()
        .filter(info_item::Column::CaseId.is_in(ids.iter().copied()))
        .order_by_asc(info_item::Column::Round)
        .order_by_asc(info_item::Column::Ordinal);
    let items = row::read(db, items).await?;
    let about: Vec<i64> = rows.iter().filter_map(|row| row.credential_id).collect();
    let kinds = credential::Entity::find().filter(credential::Column::Id.is_in(about));
    let kinds = row::read(db, kinds).await?;
    rows.into_iter()
        .map(|found| {
            let id = found.id;
            let kind = found
                .credential_id
                .and_then(|id| kinds.iter().find(|one| one.id == id))
                .map(|one| row::parse(&one.kind, "credential", "kind", one.id))
                .transpose()?;
            let round = items
                .iter()
                .filter(|item| item.case_id == id)
                .map(|item| item.round)
                .max();
            let items = items
                .iter()
                .filter(|item| item.case_id == id && Some(item.round) == round)
                .map(|item| item.wanted.as_str().into())
                .collect();
            let evidence: Vec<_> = evidence.iter().filter(|one| one.case_id == id).collect();
            of_row(found, kind, items, &evidence)
        })
        .collect()
}

/// [`ContentChange`] as its column keeps it.
#[derive(Serialize, Deserialize)]
struct ChangeText {
    version: u32,
    fields: Vec<String>,
}

/// [`Appealed`] as its column keeps it.
#[derive(Serialize, Deserialize)]
struct AppealText {
    case: Option<i64>,
    purpose: Option<domain::case::Purpose>,
    barred: Vec<AccountId>,
}

#[expect(clippy::too_many_lines, reason = "a line a column")]
fn to_row(record: &CaseRecord) -> Result<case::Model, StoreError> {
    let stored = Stored::from(&record.case);
    let file = stored.file;
    let (credential_id, attestation_id) = match file.about {
        About::Credential(id, _) => (Some(id.0), None),
        About::Attestation(id) => (None, Some(id.0)),
    };
    let instant = |at: DateTime<Utc>| row::instant(at);
    let id = file.id.0;
    let changes: Vec<ChangeText> = file
        .content
        .changes
        .iter()
        .map(|change| ChangeText {
            version: change.version,
            fields: change.fields.iter().map(ToString::to_string).collect(),
        })
        .collect();
    let appeal = file.appeals.as_ref().map(|appealed| AppealText {
        case: appealed.case.map(|case| case.0),
        purpose: appealed.purpose,
        barred: appealed.barred.clone(),
    });
    let (submission, lease, request) = (stored.submission, stored.lease, stored.request);
    let (recommended, decision) = (stored.recommended, stored.decision);
    let owned = |text: &str| text.to_owned();
    Ok(case::Model {
        id,
        provider_npi: number(file.subject),
        credential_id,
        attestation_id,
        jurisdiction: record.jurisdiction.map(|one| owned(one.code())),
        purpose: owned(file.purpose.code()),
        state: owned(stored.state.code()),
        content_version: row::version(file.content.version),
        content_sha256: hex::text(&file.content.sha256),
        opened_at: instant(file.opened_at),
        opened_by: file.opened_by.0,
        content_changes: json(&changes, "content_changes", id)?,
        reviewers: json(&file.reviewers, "reviewers", id)?,
        conflicts: json(&file.conflicts, "conflicts", id)?,
        submitted_at: submission.as_ref().map(|one| instant(one.at)),
        submitted_by: submission.as_ref().map(|one| one.by.0),
        submitted_name: submission.as_ref().map(|one| owned(&one.printed_name)),
        submitted_meaning: submission.as_ref().map(|one| owned(one.meaning.code())),
        lease_verifier_id: lease.map(|lease| lease.verifier.0),
        lease_until: lease.map(|lease| instant(lease.until)),
        info_by: request.as_ref().map(|one| one.by.0),
        info_at: request.as_ref().map(|one| instant(one.at)),
        info_reason_code: request.as_ref().map(|one| owned(one.reason.code())),
        info_due_on: request.as_ref().map(|one| one.due_on),
        info_notice_sent_at: request
            .as_ref()
            .and_then(|one| one.notice_sent_at)
            .map(instant),
        lapses_at: record.lapses_at.map(instant),
        recommendation: recommended
            .as_ref()
            .map(|one| owned(one.recommendation.code())),
        recommendation_reason_code: recommended
            .as_ref()
            .and_then(|one| one.reason)
            .map(|reason| owned(reason.code())),
        recommendation_note: recommended
            .as_ref()
            .and_then(|one| one.note.as_deref())
            .map(owned),
        verifier_id: recommended.as_ref().map(|one| one.by.0),
        recommended_at: recommended.as_ref().map(|one| instant(one.at)),
        approver_id: decision.as_ref().map(|one| one.by.0),
        approver_role: decision.as_ref().map(|one| owned(one.role.code())),
        approver_name: decision.as_ref().map(|one| owned(&one.printed_name)),
        approver_meaning: decision.as_ref().map(|one| owned(one.meaning.code())),
        decided_at: decision.as_ref().map(|one| instant(one.at)),
        decided_version: decision
            .as_ref()
            .map(|one| row::version(one.content_version)),
        decided_sha256: decision.as_ref().map(|one| hex::text(&one.content_sha256)),
        reason_code: decision
            .as_ref()
            .and_then(|one| one.reason)
            .map(|reason| owned(reason.code())),
        reason_text: decision
            .as_ref()
            .and_then(|one| one.note.as_deref())
            .map(owned),
        decided_policy_version: decision
            .as_ref()
            .map(|one| row::version(one.policy_version)),
        single_reviewer: decision.as_ref().is_some_and(|one| one.single_reviewer),
        psv_as_of: decision.as_ref().and_then(|one| one.psv_as_of),
        notice_due_on: stored.notice.map(|one| one.due_on),
        notice_sent_at: stored.notice.and_then(|one| one.sent_at).map(instant),
        appealed: stored.appealed,
        withdrawn_by: stored.withdrawn.map(|(by, _)| by.0),
        closed_at: stored
            .withdrawn
            .map(|(_, at)| at)
            .or(stored.closed_at)
            .map(instant),
        appeal_of_case_id: file
            .appeals
            .as_ref()
            .and_then(|appealed| appealed.case)
            .map(|case| case.0),
        appeal: appeal
            .as_ref()
            .map(|appeal| json(appeal, "appeal", id))
            .transpose()?,
        reopens_case_id: file.reopens.map(|case| case.0),
        due_at: record.due_at.map(instant),
        policy_version: row::version(file.policy_version),
        fraud_flagged: file.fraud_flag,
        row_version: row::version(record.version),
    })
}

#[expect(
    clippy::too_many_lines,
    clippy::needless_pass_by_value,
    reason = "a line a column, and the row is used up"
)]
fn of_row(
    found: case::Model,
    kind: Option<CredentialKind>,
    items: Vec<Box<str>>,
    evidence: &[&case_evidence::Model],
) -> Result<CaseRecord, StoreError> {
    let (table, id) = ("case", found.id);
    let about = match (found.credential_id, kind, found.attestation_id) {
        (Some(credential), Some(kind), None) => About::Credential(CredentialId(credential), kind),
        (None, _, Some(attestation)) => About::Attestation(AttestationId(attestation)),
        _ => {
            return Err(StoreError::inconsistent(
                table,
                "credential_id",
                id,
                "a case is about one credential or one attestation",
            ));
        }
    };
    let changes: Vec<ChangeText> = of_json(&found.content_changes, "content_changes", id)?;
    let appeal: Option<AppealText> = found
        .appeal
        .as_deref()
        .map(|text| of_json(text, "appeal", id))
        .transpose()?;
    let file = CaseFile {
        id: CaseId(id),
        about,
        subject: npi(found.provider_npi, "npi", found.provider_npi)?,
        purpose: row::parse(&found.purpose, table, "purpose", id)?,
        opened_at: found.opened_at,
        opened_by: AccountId(found.opened_by),
        content: Content {
            version: row::fit(found.content_version, table, "content_version", id)?,
            sha256: sha256(&found.content_sha256, "content_sha256", id)?,
            changes: changes
                .into_iter()
                .map(|change| {
                    let fields = change.fields.iter();
                    Ok(ContentChange {
                        version: change.version,
                        fields: fields
                            .map(|field| row::parse(field, table, "content_changes", id))
                            .collect::<Result<_, StoreError>>()?,
                    })
                })
                .collect::<Result<_, StoreError>>()?,
        },
        evidence: evidence
            .iter()
            .map(|one| {
                Ok(Attached {
                    sha256: sha256(&one.sha256, "sha256", id)?,
                    uploaded_by: AccountId(one.uploaded_by),
                })
            })
            .collect::<Result<_, StoreError>>()?,
        reviewers: of_json(&found.reviewers, "reviewers", id)?,
        conflicts: of_json(&found.conflicts, "conflicts", id)?,
        fraud_flag: found.fraud_flagged,
        reopens: found.reopens_case_id.map(CaseId),
        appeals: appeal.map(|appeal| Appealed {
            case: appeal.case.map(CaseId),
            purpose: appeal.purpose,
            barred: appeal.barred,
        }),
        policy_version: row::fit(found.policy_version, table, "policy_version", id)?,
    };
    let stored = Stored {
        state: row::parse(&found.state, table, "state", id)?,
        submission: submission(&found)?,
        lease: found
            .lease_verifier_id
            .zip(found.lease_until)
            .map(|(verifier, until)| Lease {
                verifier: AccountId(verifier),
                until,
            }),
        request: request(&found, items)?,
        recommended: recommended(&found)?,
        decision: decision(&found)?,
        notice: found.notice_due_on.map(|due_on| Notice {
            due_on,
            sent_at: found.notice_sent_at,
        }),
        appealed: found.appealed,
        withdrawn: found
            .withdrawn_by
            .zip(found.closed_at)
            .map(|(by, at)| (AccountId(by), at)),
        closed_at: found.closed_at,
        file,
    };
    let case = Case::try_from(stored)
        .map_err(|error| StoreError::inconsistent(table, "state", id, error))?;
    Ok(CaseRecord {
        case,
        version: row::fit(found.row_version, table, "row_version", id)?,
        jurisdiction: found
            .jurisdiction
            .as_deref()
            .map(|code| row::parse(code, table, "jurisdiction", id))
            .transpose()?,
        due_at: found.due_at,
        lapses_at: found.lapses_at,
        evidence: evidence.iter().map(|one| one.evidence_id).collect(),
    })
}

fn submission(found: &case::Model) -> Result<Option<Submission>, StoreError> {
    let (Some(by), Some(at)) = (found.submitted_by, found.submitted_at) else {
        return Ok(None);
    };
    let meaning = found.submitted_meaning.as_deref().unwrap_or_default();
    Ok(Some(Submission {
        by: AccountId(by),
        printed_name: found.submitted_name.as_deref().unwrap_or_default().into(),
        meaning: row::parse(meaning, "case", "submitted_meaning", found.id)?,
        at,
    }))
}

fn request(found: &case::Model, items: Vec<Box<str>>) -> Result<Option<InfoRequest>, StoreError> {
    let (Some(by), Some(at), Some(due_on)) = (found.info_by, found.info_at, found.info_due_on)
    else {
        return Ok(None);
    };
    let reason = found.info_reason_code.as_deref().unwrap_or_default();
    Ok(Some(InfoRequest {
        by: AccountId(by),
        at,
        reason: row::parse(reason, "case", "info_reason_code", found.id)?,
        items,
        due_on,
        notice_sent_at: found.info_notice_sent_at,
    }))
}

fn recommended(found: &case::Model) -> Result<Option<Recommended>, StoreError> {
    let (Some(by), Some(at)) = (found.verifier_id, found.recommended_at) else {
        return Ok(None);
    };
    let (table, id) = ("case", found.id);
    let recommendation = found.recommendation.as_deref().unwrap_or_default();
    Ok(Some(Recommended {
        recommendation: row::parse(recommendation, table, "recommendation", id)?,
        reason: found
            .recommendation_reason_code
            .as_deref()
            .map(|code| row::parse(code, table, "recommendation_reason_code", id))
            .transpose()?,
        note: found.recommendation_note.as_deref().map(Into::into),
        by: AccountId(by),
        at,
    }))
}

fn decision(found: &case::Model) -> Result<Option<Decision>, StoreError> {
    let (Some(by), Some(at)) = (found.approver_id, found.decided_at) else {
        return Ok(None);
    };
    let (table, id) = ("case", found.id);
    let code = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<i32>, column| row::fit(number.unwrap_or(0), table, column, id);
    Ok(Some(Decision {
        by: AccountId(by),
        role: row::parse(&code(&found.approver_role), table, "approver_role", id)?,
        printed_name: code(&found.approver_name).into(),
        meaning: row::parse(
            &code(&found.approver_meaning),
            table,
            "approver_meaning",
            id,
        )?,
        at,
        content_version: number(found.decided_version, "decided_version")?,
        content_sha256: sha256(&code(&found.decided_sha256), "decided_sha256", id)?,
        reason: found
            .reason_code
            .as_deref()
            .map(|code| row::parse(code, table, "reason_code", id))
            .transpose()?,
        note: found.reason_text.as_deref().map(Into::into),
        policy_version: number(found.decided_policy_version, "decided_policy_version")?,
        single_reviewer: found.single_reviewer,
        psv_as_of: found.psv_as_of,
    }))
}

fn sha256(text: &str, column: &'static str, id: i64) -> Result<Sha256, StoreError> {
    hex::bytes(text).ok_or_else(|| {
        StoreError::inconsistent("case", column, id, "this is no SHA-256 in hexadecimal")
    })
}

fn json(value: &impl Serialize, column: &'static str, id: i64) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::inconsistent("case", column, id, error))
}

fn of_json<T: for<'de> Deserialize<'de>>(
    text: &str,
    column: &'static str,
    id: i64,
) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::inconsistent("case", column, id, error))
}
