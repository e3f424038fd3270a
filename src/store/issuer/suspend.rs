//! What a taint suspends, and what of it is suspended still.

use chrono::{DateTime, NaiveDate, Utc};
use domain::credential::{CredentialId, CredentialKind, Standing, SuspensionKind};
use domain::duty::ReasonCode;
use domain::issuer::is_issued_within;
use domain::npi::Npi;
use entity::{credential, credential_standing, taint_suspension};
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, Select,
};

use super::TrustPeriod;
use super::trust::TrustId;
use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, row};

/// The latest standing of a credential.
const STANDING: &str = "(SELECT s.standing FROM credential_standing s \
                        WHERE s.credential_id = credential.id ORDER BY s.ordinal DESC LIMIT 1)";

/// Why it is suspended, where it is.
const SUSPENSION: &str = "(SELECT s.suspension FROM credential_standing s \
                          WHERE s.credential_id = credential.id ORDER BY s.ordinal DESC LIMIT 1)";

/// A credential that a taint concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Concerned {
    /// Which.
    pub id: CredentialId,
    /// What it is.
    pub kind: CredentialKind,
    /// Whose.
    pub npi: Npi,
    /// Its title as printed.
    pub title: Box<str>,
    /// Its version.
    pub version: u32,
    /// The day by which it falls into the range: that of its issue, or of the end of the work for it.
    pub issued_on: Option<NaiveDate>,
}

/// Verified credentials that the issuer gave in the taint's range and that the taint has not suspended
/// yet, in the order of their numbers. What bears no day cannot be shown to lie outside the range.
pub async fn concerned(
    db: &impl ConnectionTrait,
    taint: &TrustPeriod,
    limit: u64,
) -> Result<Vec<Concerned>, StoreError> {
    let done = taint_suspension::Entity::find()
        .select_only()
        .column(taint_suspension::Column::CredentialId)
        .filter(taint_suspension::Column::IssuerTrustId.eq(taint.id.0))
        .into_query();
    let select = in_range(taint)
        .filter(Expr::cust(STANDING).eq("VERIFIED"))
        .filter(credential::Column::Id.not_in_subquery(done))
        .order_by_asc(credential::Column::Id)
        .limit(limit);
    row::read(db, select)
        .await?
        .into_iter()
        // The rule decides; the statement only spares reading what it cannot concern.
        .filter(|found| is_issued_within(&taint.range(), found.issued_on, found.completed_on))
        .map(of_row)
        .collect()
}

/// What a taint suspended and nobody has decided about since, in the order of numbers, those after one.
pub async fn still_suspended(
    db: &impl ConnectionTrait,
    taint: TrustId,
    after: Option<CredentialId>,
    limit: u64,
) -> Result<Vec<Concerned>, StoreError> {
    let select = suspended_by(taint)
        .filter(credential::Column::Id.gt(after.map_or(0, |id| id.0)))
        .order_by_asc(credential::Column::Id)
        .limit(limit);
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

/// Keeps that a taint suspended some credentials.
pub async fn keep(
    txn: &WriteTxn,
    taint: TrustId,
    suspended: &[CredentialId],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let rows = suspended
        .iter()
        .map(|id| taint_suspension::Model {
            issuer_trust_id: taint.0,
            credential_id: id.0,
            suspended_at: row::instant(at),
        })
        .collect();
    row::insert::<taint_suspension::Entity>(txn.db(), rows).await
}

fn suspended_by(taint: TrustId) -> Select<credential::Entity> {
    let by = taint_suspension::Entity::find()
        .select_only()
        .column(taint_suspension::Column::CredentialId)
        .filter(taint_suspension::Column::IssuerTrustId.eq(taint.0))
        .into_query();
    credential::Entity::find()
        .filter(credential::Column::Id.in_subquery(by))
        .filter(Expr::cust(STANDING).eq("SUSPENDED"))
        .filter(Expr::cust(SUSPENSION).eq("ISSUER_TAINT"))
}

fn in_range(taint: &TrustPeriod) -> Select<credential::Entity> {
    let issued_on = || {
        Expr::expr(Func::coalesce([
            Expr::col(credential::Column::IssuedOn),
            Expr::col(credential::Column::CompletedOn),
        ]))
    };
    let mut range = Condition::all();
    if let Some(from) = taint.from {
        range = range.add(issued_on().gte(from));
    }
    if let Some(through) = taint.through {
        range = range.add(issued_on().lte(through));
    }
    let dated = Condition::any().add(range).add(issued_on().is_null());
    credential::Entity::find()
        .filter(credential::Column::IssuerId.eq(taint.issuer.0))
        .filter(dated)
}

fn of_row(found: credential::Model) -> Result<Concerned, StoreError> {
    let (table, id) = ("credential", found.id);
    let npi = format!("{:010}", found.provider_npi);
    Ok(Concerned {
        id: CredentialId(id),
        kind: row::parse(&found.kind, table, "kind", id)?,
        npi: row::parse(&npi, table, "provider_npi", id)?,
        title: found.title.into(),
        version: row::fit(found.row_version, table, "row_version", id)?,
        issued_on: found.issued_on.or(found.completed_on),
    })
}

/// Suspends a credential because of its issuer, from an instant on, under the next entry of the log.
pub async fn suspend(
    txn: &WriteTxn,
    concerned: &Concerned,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    let id = concerned.id.0;
    let before = credential_standing::Entity::find()
        .filter(credential_standing::Column::CredentialId.eq(id))
        .count(txn.db())
        .await?;
    let standing = credential_standing::Model {
        credential_id: id,
        ordinal: row::fit(before, "credential_standing", "ordinal", id)?,
        decided_at: row::instant(at),
        standing: Standing::Suspended.code().to_owned(),
        suspension: Some(SuspensionKind::IssuerTaint.code().to_owned()),
        reason_code: Some(ReasonCode::IssuerTainted.code().to_owned()),
        reason_text: None,
        evidence_ids: None,
        case_id: None,
        single_reviewer: false,
        psv_as_of: None,
        assurance: None,
        seq: Some(seq_value(txn.next_seq())),
    };
    row::insert::<credential_standing::Entity>(txn.db(), vec![standing]).await?;
    credential::Entity::update_many()
        .col_expr(
            credential::Column::RowVersion,
            Expr::col(credential::Column::RowVersion).add(1),
        )
        .filter(credential::Column::Id.eq(id))
        .exec(txn.db())
        .await?;
    Ok(())
}
