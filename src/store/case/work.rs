//! What belongs to a case: the states it passed, its checks, its files and what was asked for.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::case::{CaseId, CaseState};
use domain::check::{Check, CheckId, Resolution, Source};
use domain::duty::AccountId;
use domain::license::MismatchField;
use entity::{case_evidence, case_history, check, info_item};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::hex;
use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, row};

/// A state that a case passed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// When.
    pub at: DateTime<Utc>,
    /// By which act.
    pub action: String,
    /// Where it stood then.
    pub state: CaseState,
    /// Whose act.
    pub actor: Option<i64>,
    /// As what.
    pub role: String,
    /// What their signature means.
    pub signature_meaning: Option<String>,
    /// Their name as they wrote it.
    pub printed_name: Option<String>,
    /// Why, as a code.
    pub reason_code: Option<String>,
    /// Why, in words.
    pub reason_text: Option<String>,
    /// The content's version then.
    pub content_version: Option<u32>,
    /// The log entry that tells of it.
    pub seq: u64,
}

/// A file as it was attached to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachedFile {
    /// Its number.
    pub evidence: i64,
    /// With which version of the content it came.
    pub content_version: u32,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Who brought it in.
    pub uploaded_by: i64,
    /// When it was attached.
    pub attached_at: DateTime<Utc>,
    /// By whom.
    pub attached_by: i64,
}

/// Something that a verifier asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// In which round, from 1.
    pub round: u32,
    /// What.
    pub what: String,
    /// When the round was answered.
    pub supplied_at: Option<DateTime<Utc>>,
}

/// Everything that belongs to a case.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Work {
    /// The states it passed, oldest first.
    pub passed: Vec<Passed>,
    /// Its checks, oldest first.
    pub checks: Vec<Check>,
    /// Its files.
    pub files: Vec<AttachedFile>,
    /// What was asked for, round by round.
    pub wanted: Vec<Wanted>,
}

/// Everything that belongs to each of some cases: four statements, however many there are.
pub async fn works(
    db: &impl ConnectionTrait,
    ids: &[CaseId],
) -> Result<HashMap<CaseId, Work>, StoreError> {
    let mut works: HashMap<CaseId, Work> = HashMap::new();
    for (case, passed) in passed(db, ids).await? {
        works.entry(case).or_default().passed.push(passed);
    }
    for check in checks_of(db, ids).await? {
        works.entry(check.case).or_default().checks.push(check);
    }
    for (case, file) in files_of(db, ids).await? {
        works.entry(case).or_default().files.push(file);
    }
    for (case, wanted) in wanted(db, ids).await? {
        works.entry(case).or_default().wanted.push(wanted);
    }
    Ok(works)
}

/// Adds a state to those that a case passed.
pub async fn pass(txn: &WriteTxn, id: CaseId, passed: &Passed) -> Result<(), StoreError> {
    let before = case_history::Entity::find()
        .filter(case_history::Column::CaseId.eq(id.0))
        .count(txn.db())
        .await?;
    let row = case_history::Model {
        case_id: id.0,
        ordinal: row::fit(before, "case_history", "ordinal", id.0)?,
        passed_at: row::instant(passed.at),
        action: passed.action.clone(),
        state: passed.state.code().to_owned(),
        actor_id: passed.actor,
        actor_role: passed.role.clone(),
        signature_meaning: passed.signature_meaning.clone(),
        printed_name: passed.printed_name.clone(),
        reason_code: passed.reason_code.clone(),
        reason_text: passed.reason_text.clone(),
        content_version: passed.content_version.map(row::version),
        seq: seq_value(passed.seq),
    };
    row::insert::<case_history::Entity>(txn.db(), vec![row]).await
}

/// A number for a check that is about to be recorded.
pub fn next_check(txn: &WriteTxn) -> CheckId {
    CheckId(txn.take_id())
}

/// Writes a check.
pub async fn add_check(txn: &WriteTxn, check: &Check) -> Result<(), StoreError> {
    let text = |text: &Option<Box<str>>| text.as_deref().map(str::to_owned);
    let mismatches: Vec<&str> = check.mismatches.iter().map(|one| one.code()).collect();
    let row = check::Model {
        id: check.id.0,
        case_id: check.case.0,
        content_version: row::version(check.content_version),
        field_path: check.field.to_string(),
        source_kind: check.source.kind.code().to_owned(),
        method: check.method.code().to_owned(),
        source_name: check.source.name.to_string(),
        source_url: text(&check.source.url),
        source_as_of: check.source.as_of,
        performed_at: row::instant(check.performed_at),
        performed_by: check.performed_by.0,
        delegation_agreement_id: text(&check.source.delegation_agreement_id),
        agent_contract_ref: text(&check.source.agent_contract_ref),
        original_outcome: check.original_outcome.code().to_owned(),
        mismatches: mismatches.join(","),
        raw_sha256: check.raw_sha256.as_ref().map(hex::text),
        resolved_outcome: check.resolution.map(|one| one.outcome.code().to_owned()),
        resolved_by: check.resolution.map(|one| one.by.0),
        resolved_at: check.resolution.map(|one| row::instant(one.at)),
        note: text(&check.note),
    };
    row::insert::<check::Entity>(txn.db(), vec![row]).await
}

/// Writes what somebody made of a check's answer; what was found first stays.
pub async fn resolve_check(
    txn: &WriteTxn,
    id: CheckId,
    resolution: Resolution,
) -> Result<(), StoreError> {
    check::Entity::update_many()
        .col_expr(
            check::Column::ResolvedOutcome,
            resolution.outcome.code().to_owned().into(),
        )
        .col_expr(check::Column::ResolvedBy, resolution.by.0.into())
        .col_expr(
            check::Column::ResolvedAt,
            row::instant(resolution.at).into(),
        )
        .filter(check::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

/// The case that a check belongs to.
pub async fn case_of_check(
    db: &impl ConnectionTrait,
    id: CheckId,
) -> Result<Option<CaseId>, StoreError> {
    let select = check::Entity::find().filter(check::Column::Id.eq(id.0));
    let found = row::read(db, select).await?.pop();
    Ok(found.map(|check| CaseId(check.case_id)))
}

/// Attaches files; one that is attached already stays as it was.
pub async fn attach(txn: &WriteTxn, id: CaseId, files: &[AttachedFile]) -> Result<(), StoreError> {
    let known: Vec<i64> = self::files(txn.db(), id)
        .await?
        .iter()
        .map(|file| file.evidence)
        .collect();
    let rows = files
        .iter()
        .filter(|file| !known.contains(&file.evidence))
        .map(|file| case_evidence::Model {
            case_id: id.0,
            evidence_id: file.evidence,
            content_version: row::version(file.content_version),
            sha256: file.sha256.clone(),
            uploaded_by: file.uploaded_by,
            attached_at: row::instant(file.attached_at),
            attached_by: file.attached_by,
        })
        .collect();
    row::insert::<case_evidence::Entity>(txn.db(), rows).await
}

/// Writes what is asked for, as a round of its own.
pub async fn ask(txn: &WriteTxn, id: CaseId, items: &[Box<str>]) -> Result<(), StoreError> {
    let asked = wanted(txn.db(), &[id]).await?;
    let round = asked.iter().map(|(_, one)| one.round).max().unwrap_or(0) + 1;
    let rows = items
        .iter()
        .enumerate()
        .map(|(ordinal, what)| info_item::Model {
            case_id: id.0,
            round: row::version(round),
            ordinal: row::ordinal(ordinal),
            wanted: what.to_string(),
            supplied_at: None,
        })
        .collect();
    row::insert::<info_item::Entity>(txn.db(), rows).await
}

/// Notes that what was asked for was answered.
pub async fn answered(txn: &WriteTxn, id: CaseId, at: DateTime<Utc>) -> Result<(), StoreError> {
    info_item::Entity::update_many()
        .col_expr(info_item::Column::SuppliedAt, row::instant(at).into())
        .filter(info_item::Column::CaseId.eq(id.0))
        .filter(info_item::Column::SuppliedAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}

async fn passed(
    db: &impl ConnectionTrait,
    ids: &[CaseId],
) -> Result<Vec<(CaseId, Passed)>, StoreError> {
    let table = "case_history";
    let select = case_history::Entity::find()
        .filter(case_history::Column::CaseId.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(case_history::Column::CaseId)
        .order_by_asc(case_history::Column::Ordinal);
    let rows = row::read(db, select).await?;
    rows.into_iter()
        .map(|found| {
            let key = format!("{}/{}", found.case_id, found.ordinal);
            let passed = Passed {
                at: found.passed_at,
                action: found.action,
                state: row::parse(&found.state, table, "state", &key)?,
                actor: found.actor_id,
                role: found.actor_role,
                signature_meaning: found.signature_meaning,
                printed_name: found.printed_name,
                reason_code: found.reason_code,
                reason_text: found.reason_text,
                content_version: found
                    .content_version
                    .map(|version| row::fit(version, table, "content_version", &key))
                    .transpose()?,
                seq: row::fit(found.seq, table, "seq", &key)?,
            };
            Ok((CaseId(found.case_id), passed))
        })
        .collect()
}

/// The checks of a case, oldest first.
pub async fn checks(db: &impl ConnectionTrait, id: CaseId) -> Result<Vec<Check>, StoreError> {
    checks_of(db, &[id]).await
}

async fn checks_of(db: &impl ConnectionTrait, ids: &[CaseId]) -> Result<Vec<Check>, StoreError> {
    let select = check::Entity::find()
        .filter(check::Column::CaseId.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(check::Column::Id);
    let rows = row::read(db, select).await?;
    rows.into_iter().map(check_of_row).collect()
}

/// The files of a case, in the order of their numbers.
pub async fn files(db: &impl ConnectionTrait, id: CaseId) -> Result<Vec<AttachedFile>, StoreError> {
    let found = files_of(db, &[id]).await?;
    Ok(found.into_iter().map(|(_, file)| file).collect())
}

async fn files_of(
    db: &impl ConnectionTrait,
    ids: &[CaseId],
) -> Result<Vec<(CaseId, AttachedFile)>, StoreError> {
    let (table, column) = ("case_evidence", "content_version");
    let select = case_evidence::Entity::find()
        .filter(case_evidence::Column::CaseId.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(case_evidence::Column::EvidenceId);
    let rows = row::read(db, select).await?;
    rows.into_iter()
        .map(|found| {
            let (version, case) = (found.content_version, found.case_id);
            let file = AttachedFile {
                evidence: found.evidence_id,
                content_version: row::fit(version, table, column, case)?,
                sha256: found.sha256,
                uploaded_by: found.uploaded_by,
                attached_at: found.attached_at,
                attached_by: found.attached_by,
            };
            Ok((CaseId(case), file))
        })
        .collect()
}

async fn wanted(
    db: &impl ConnectionTrait,
    ids: &[CaseId],
) -> Result<Vec<(CaseId, Wanted)>, StoreError> {
    let select = info_item::Entity::find()
        .filter(info_item::Column::CaseId.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(info_item::Column::Round)
        .order_by_asc(info_item::Column::Ordinal);
    let rows = row::read(db, select).await?;
    rows.into_iter()
        .map(|found| {
            let wanted = Wanted {
                round: row::fit(found.round, "info_item", "round", found.case_id)?,
                what: found.wanted,
                supplied_at: found.supplied_at,
            };
            Ok((CaseId(found.case_id), wanted))
        })
        .collect()
}

fn check_of_row(found: check::Model) -> Result<Check, StoreError> {
    let (table, id) = ("check", found.id);
    let mismatches = found.mismatches.split(',').filter(|code| !code.is_empty());
    let resolution = match (found.resolved_outcome, found.resolved_by, found.resolved_at) {
        (Some(outcome), Some(by), Some(at)) => Some(Resolution {
            outcome: row::parse(&outcome, table, "resolved_outcome", id)?,
            by: AccountId(by),
            at,
        }),
        _ => None,
    };
    Ok(Check {
        id: CheckId(id),
        case: CaseId(found.case_id),
        field: row::parse(&found.field_path, table, "field_path", id)?,
        content_version: row::fit(found.content_version, table, "content_version", id)?,
        source: Source {
            kind: row::parse(&found.source_kind, table, "source_kind", id)?,
            name: found.source_name.into(),
            url: found.source_url.map(Into::into),
            as_of: found.source_as_of,
            delegation_agreement_id: found.delegation_agreement_id.map(Into::into),
            agent_contract_ref: found.agent_contract_ref.map(Into::into),
        },
        method: row::parse(&found.method, table, "method", id)?,
        performed_at: found.performed_at,
        performed_by: AccountId(found.performed_by),
        original_outcome: row::parse(&found.original_outcome, table, "original_outcome", id)?,
        mismatches: mismatches
            .map(|code| row::parse::<MismatchField>(code, table, "mismatches", id))
            .collect::<Result<_, _>>()?,
        resolution,
        raw_sha256: found
            .raw_sha256
            .map(|text| {
                hex::bytes(&text).ok_or_else(|| {
                    StoreError::inconsistent(table, "raw_sha256", id, "this is no SHA-256")
                })
            })
            .transpose()?,
        note: found.note.map(Into::into),
    })
}
