//! Files that prove a claim, as the database knows them. Their bytes lie in the vault.

use chrono::{DateTime, Utc};
use domain::access::AccountId;
use domain::evidence::{
    Evidence, EvidenceId, EvidenceKind, FileName, MediaType, PurgeReason, Sha256, Tombstone,
};
use domain::npi::Npi;
use entity::{case, case_evidence, evidence};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use super::txn::WriteTxn;
use super::{StoreError, provider, row};

/// The states that no case leaves (verification.md 3.2).
const DECIDED: [&str; 4] = ["APPROVED", "REJECTED", "WITHDRAWN", "LAPSED"];

/// A file that is handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvidence {
    /// Whose entry it is about; on file.
    pub provider: Npi,
    /// What it is said to be.
    pub kind: EvidenceKind,
    /// Of its bytes, which are in the vault already.
    pub sha256: Sha256,
    /// How many bytes.
    pub bytes: u64,
    /// What its bytes are.
    pub media_type: MediaType,
    /// What it was called.
    pub file_name: Option<FileName>,
    /// Who hands it in.
    pub uploaded_by: Option<AccountId>,
    /// When.
    pub uploaded_at: DateTime<Utc>,
}

/// A file that ought to lie in the vault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// The row that says so.
    pub id: EvidenceId,
    /// Of its bytes.
    pub sha256: Sha256,
    /// How many bytes.
    pub bytes: u64,
}

/// The files with these numbers, purged ones too, as far as there are any, in the order of their
/// numbers.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[EvidenceId],
) -> Result<Vec<Evidence>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(row::bound_values(db)) {
        let select = evidence::Entity::find()
            .filter(evidence::Column::Id.is_in(some.iter().map(|id| id.0)))
            .order_by_asc(evidence::Column::Id);
        found.extend(row::read(db, select).await?);
    }
    found.into_iter().map(of_row).collect()
}

/// All files of a person, purged ones too, the latest first.
pub async fn of_provider(
    db: &impl ConnectionTrait,
    provider: Npi,
) -> Result<Vec<Evidence>, StoreError> {
    let select = evidence::Entity::find()
        .filter(evidence::Column::ProviderNpi.eq(number(provider)))
        .order_by_desc(evidence::Column::Id);
    let found = row::read(db, select).await?;
    found.into_iter().map(of_row).collect()
}

/// The first file of a person that a legal hold keeps, if there is one.
pub async fn on_hold(
    db: &impl ConnectionTrait,
    provider: Npi,
) -> Result<Option<EvidenceId>, StoreError> {
    let held: Option<i64> = evidence::Entity::find()
        .select_only()
        .column(evidence::Column::Id)
        .filter(evidence::Column::ProviderNpi.eq(number(provider)))
        .filter(evidence::Column::HoldReason.is_not_null())
        .order_by_asc(evidence::Column::Id)
        .into_tuple()
        .one(db)
        .await?;
    Ok(held.map(EvidenceId))
}

/// The file of a person with these bytes, unless it was purged.
pub async fn find(
    db: &impl ConnectionTrait,
    provider: Npi,
    sha256: &Sha256,
) -> Result<Option<Evidence>, StoreError> {
    let select = evidence::Entity::find()
        .filter(evidence::Column::ProviderNpi.eq(number(provider)))
        .filter(evidence::Column::Sha256.eq(sha256.to_string()))
        .filter(evidence::Column::PurgedAt.is_null());
    row::read(db, select).await?.pop().map(of_row).transpose()
}

/// How many files of a person are kept.
pub async fn count(db: &impl ConnectionTrait, provider: Npi) -> Result<u64, StoreError> {
    Ok(evidence::Entity::find()
        .filter(evidence::Column::ProviderNpi.eq(number(provider)))
        .filter(evidence::Column::PurgedAt.is_null())
        .count(db)
        .await?)
}

/// Does any file that was not purged consist of these bytes?
pub async fn keeps(db: &impl ConnectionTrait, sha256: &Sha256) -> Result<bool, StoreError> {
    let select = evidence::Entity::find()
        .filter(evidence::Column::Sha256.eq(sha256.to_string()))
        .filter(evidence::Column::PurgedAt.is_null())
        .limit(1);
    Ok(!row::read(db, select).await?.is_empty())
}

/// Does a file belong to a case that has not been decided?
pub async fn is_in_open_case(
    db: &impl ConnectionTrait,
    id: EvidenceId,
) -> Result<bool, StoreError> {
    let attached = case_evidence::Entity::find()
        .select_only()
        .column(case_evidence::Column::CaseId)
        .filter(case_evidence::Column::EvidenceId.eq(id.0))
        .into_query();
    let open = case::Entity::find()
        .filter(case::Column::Id.in_subquery(attached))
        .filter(case::Column::State.is_not_in(DECIDED))
        .count(db)
        .await?;
    Ok(open > 0)
}

/// What ought to lie in the vault, after a row, in the order of the rows. None is left when fewer
/// than `limit` come.
pub async fn kept_after(
    db: &impl ConnectionTrait,
    after: Option<EvidenceId>,
    limit: u64,
) -> Result<Vec<Kept>, StoreError> {
    let select = evidence::Entity::find()
        .filter(evidence::Column::Id.gt(after.map_or(0, |id| id.0)))
        .filter(evidence::Column::PurgedAt.is_null())
        .order_by_asc(evidence::Column::Id)
        .limit(limit);
    let found = row::read(db, select).await?;
    found
        .into_iter()
        .map(|found| {
            let evidence = of_row(found)?;
            Ok(Kept {
                id: evidence.id,
                sha256: evidence.sha256,
                bytes: evidence.bytes,
            })
        })
        .collect()
}

/// Writes down a file whose bytes are in the vault.
pub async fn insert(txn: &WriteTxn, new: NewEvidence) -> Result<EvidenceId, StoreError> {
    let id = txn.take_id();
    let written = evidence::Model {
        id,
        provider_npi: number(new.provider),
        kind: new.kind.code().to_owned(),
        sha256: new.sha256.to_string(),
        bytes: row::fit(new.bytes, "evidence", "bytes", id)?,
        mime: new.media_type.code().to_owned(),
        file_name: new.file_name.map(|name| name.to_string()),
        uploaded_by: new.uploaded_by.map(|account| account.0),
        uploaded_at: row::instant(new.uploaded_at),
        hold_reason: None,
        purged_at: None,
        purged_by: None,
        purge_reason: None,
        purge_text: None,
        row_version: 1,
    };
    row::insert::<evidence::Entity>(txn.db(), vec![written]).await?;
    Ok(EvidenceId(id))
}

/// Puts a tombstone over a file that is neither purged nor on hold.
pub async fn purge(
    txn: &WriteTxn,
    id: EvidenceId,
    tombstone: &Tombstone,
) -> Result<(), StoreError> {
    evidence::Entity::update_many()
        .col_expr(
            evidence::Column::PurgedAt,
            row::instant(tombstone.purged_at).into(),
        )
        .col_expr(
            evidence::Column::PurgedBy,
            tombstone.purged_by.map(|account| account.0).into(),
        )
        .col_expr(
            evidence::Column::PurgeReason,
            tombstone.reason.code().into(),
        )
        .col_expr(evidence::Column::PurgeText, (&*tombstone.text).into())
        .col_expr(evidence::Column::FileName, None::<String>.into())
        .col_expr(evidence::Column::RowVersion, next_version())
        .filter(evidence::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Puts a file on hold, for a reason, or lifts the hold.
pub async fn hold(txn: &WriteTxn, id: EvidenceId, reason: Option<&str>) -> Result<(), StoreError> {
    evidence::Entity::update_many()
        .col_expr(
            evidence::Column::HoldReason,
            reason.map(str::to_owned).into(),
        )
        .col_expr(evidence::Column::RowVersion, next_version())
        .filter(evidence::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

fn next_version() -> Expr {
    Expr::col(evidence::Column::RowVersion).add(1)
}

fn number(npi: Npi) -> i64 {
    provider::number(npi)
}

fn of_row(found: evidence::Model) -> Result<Evidence, StoreError> {
    let table = "evidence";
    let id = found.id;
    let tombstone = match (found.purged_at, found.purge_reason) {
        (None, None) => None,
        (Some(purged_at), Some(reason)) => Some(Tombstone {
            purged_at,
            purged_by: found.purged_by.map(AccountId),
            reason: row::parse::<PurgeReason>(&reason, table, "purge_reason", id)?,
            text: found.purge_text.unwrap_or_default().into(),
        }),
        _ => {
            return Err(StoreError::inconsistent(
                table,
                "purged_at",
                id,
                "half of a tombstone",
            ));
        }
    };
    let npi: u64 = row::fit(found.provider_npi, table, "provider_npi", id)?;
    Ok(Evidence {
        id: EvidenceId(id),
        provider: row::parse(&format!("{npi:010}"), table, "provider_npi", id)?,
        kind: row::parse(&found.kind, table, "kind", id)?,
        sha256: row::parse(&found.sha256, table, "sha256", id)?,
        bytes: row::fit(found.bytes, table, "bytes", id)?,
        media_type: row::parse(&found.mime, table, "mime", id)?,
        file_name: found
            .file_name
            .as_deref()
            .map(|name| {
                FileName::sanitised(name).ok_or_else(|| {
                    StoreError::inconsistent(table, "file_name", id, "nothing is left of it")
                })
            })
            .transpose()?,
        uploaded_by: found.uploaded_by.map(AccountId),
        uploaded_at: found.uploaded_at,
        hold: found.hold_reason.map(Into::into),
        tombstone,
        version: row::fit(found.row_version, table, "row_version", id)?,
    })
}
