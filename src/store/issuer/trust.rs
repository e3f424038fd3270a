//! How far an issuer is trusted for what it issued when, and what a taint suspended.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::AccountId;
use domain::issuer::{TrustLevel, trust_on};
use entity::issuer_trust;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::IssuerId;
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// The stored number of a decision on trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrustId(pub i64);

/// Two people decided how far an issuer is trusted for what it issued in a range of days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrustPeriod {
    /// Its number.
    pub id: TrustId,
    /// Whose.
    pub issuer: IssuerId,
    /// The first day of issue; none for all up to the last.
    pub from: Option<NaiveDate>,
    /// The last day of issue; none for all from the first.
    pub through: Option<NaiveDate>,
    /// How far.
    pub level: TrustLevel,
    /// Why, as a code.
    pub reason_code: Box<str>,
    /// Why, in words.
    pub reason_text: Box<str>,
    /// Who proposed it and who decided.
    pub people: [AccountId; 2],
    /// When.
    pub decided_at: DateTime<Utc>,
    /// When two people took it back.
    pub lifted_at: Option<DateTime<Utc>>,
}

impl TrustPeriod {
    /// Of which days of issue it says what.
    pub fn range(&self) -> domain::issuer::TrustPeriod {
        domain::issuer::TrustPeriod {
            from: self.from,
            to: self.through,
            level: self.level,
        }
    }
}

/// A taint, as it is put on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTaint {
    /// Of whom.
    pub issuer: IssuerId,
    /// The first day of issue; none for all up to the last.
    pub from: Option<NaiveDate>,
    /// The last day of issue; none for all from the first.
    pub through: Option<NaiveDate>,
    /// Why, as a code.
    pub reason_code: Box<str>,
    /// Why, in words.
    pub reason_text: Box<str>,
    /// The proposal that two people agreed on.
    pub proposal_id: Option<i64>,
    /// Who proposed it and who decided.
    pub people: [AccountId; 2],
}

/// The decisions on some issuers, in the order in which they were made, by issuer.
pub(super) async fn of_issuers(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<HashMap<i64, Vec<TrustPeriod>>, StoreError> {
    let select = issuer_trust::Entity::find()
        .filter(issuer_trust::Column::IssuerId.is_in(ids.iter().copied()))
        .order_by_asc(issuer_trust::Column::Id);
    let mut found: HashMap<i64, Vec<TrustPeriod>> = HashMap::new();
    for read in row::read(db, select).await? {
        let of = found.entry(read.issuer_id).or_default();
        of.push(of_row(read)?);
    }
    Ok(found)
}

/// The decision with a number.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: TrustId,
) -> Result<Option<TrustPeriod>, StoreError> {
    let select = issuer_trust::Entity::find().filter(issuer_trust::Column::Id.eq(id.0));
    row::read(db, select).await?.pop().map(of_row).transpose()
}

/// Every taint that was not taken back.
pub async fn in_force(db: &impl ConnectionTrait) -> Result<Vec<TrustPeriod>, StoreError> {
    let select = issuer_trust::Entity::find()
        .filter(issuer_trust::Column::Level.eq(TrustLevel::Tainted.code()))
        .filter(issuer_trust::Column::LiftedAt.is_null())
        .order_by_asc(issuer_trust::Column::Id);
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

/// What an issuer's word is worth for what it issued on a day; without a day, for what may be of any.
pub async fn on(
    db: &impl ConnectionTrait,
    issuer: IssuerId,
    issued_on: Option<NaiveDate>,
) -> Result<TrustLevel, StoreError> {
    let mut of = of_issuers(db, &[issuer.0]).await?;
    let periods: Vec<_> = of
        .remove(&issuer.0)
        .unwrap_or_default()
        .iter()
        .filter(|period| period.lifted_at.is_none())
        .map(TrustPeriod::range)
        .collect();
    Ok(trust_on(&periods, issued_on))
}

/// Puts a taint on file.
pub async fn taint(
    txn: &WriteTxn,
    new: &NewTaint,
    at: DateTime<Utc>,
) -> Result<TrustId, StoreError> {
    let id = txn.take_id();
    let [proposed_by, decided_by] = new.people;
    let model = issuer_trust::Model {
        id,
        issuer_id: new.issuer.0,
        starts_on: new.from,
        ends_on: new.through,
        level: TrustLevel::Tainted.code().to_owned(),
        reason_code: new.reason_code.to_string(),
        reason_text: new.reason_text.to_string(),
        proposal_id: new.proposal_id,
        proposed_by: proposed_by.0,
        decided_by: decided_by.0,
        decided_at: row::instant(at),
        lift_proposal_id: None,
        lift_proposed_by: None,
        lifted_by: None,
        lifted_at: None,
    };
    row::insert::<issuer_trust::Entity>(txn.db(), vec![model]).await?;
    super::bump(txn, new.issuer).await?;
    Ok(TrustId(id))
}

/// Takes a taint back. What it suspended stays as it is: each needs a decision of its own.
pub async fn lift(
    txn: &WriteTxn,
    taint: &TrustPeriod,
    proposal_id: Option<i64>,
    [proposed_by, lifted_by]: [AccountId; 2],
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    issuer_trust::Entity::update_many()
        .col_expr(
            issuer_trust::Column::LiftProposalId,
            Expr::value(proposal_id),
        )
        .col_expr(
            issuer_trust::Column::LiftProposedBy,
            Expr::value(Some(proposed_by.0)),
        )
        .col_expr(
            issuer_trust::Column::LiftedBy,
            Expr::value(Some(lifted_by.0)),
        )
        .col_expr(
            issuer_trust::Column::LiftedAt,
            Expr::value(Some(row::instant(at))),
        )
        .filter(issuer_trust::Column::Id.eq(taint.id.0))
        .exec(txn.db())
        .await?;
    super::bump(txn, taint.issuer).await
}

fn of_row(found: issuer_trust::Model) -> Result<TrustPeriod, StoreError> {
    Ok(TrustPeriod {
        id: TrustId(found.id),
        issuer: IssuerId(found.issuer_id),
        from: found.starts_on,
        through: found.ends_on,
        level: row::parse(&found.level, "issuer_trust", "level", found.id)?,
        reason_code: found.reason_code.into(),
        reason_text: found.reason_text.into(),
        people: [AccountId(found.proposed_by), AccountId(found.decided_by)],
        decided_at: found.decided_at,
        lifted_at: found.lifted_at,
    })
}
