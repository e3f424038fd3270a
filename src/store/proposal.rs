//! Acts that wait for a second person.

use chrono::{DateTime, Utc};
use domain::access::{AccountId, ProposalKind, ProposalState};
use entity::proposal;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::txn::WriteTxn;
use super::{StoreError, row};

/// The stored number of a proposal.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct ProposalId(pub i64);

/// An act that waits, or waited, for a second person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its stored number.
    pub id: ProposalId,
    /// What is proposed.
    pub kind: ProposalKind,
    /// About what, by its table's name.
    pub subject_type: Box<str>,
    /// About which.
    pub subject_id: Box<str>,
    /// What is done once it is confirmed, as JSON that its kind reads.
    pub payload: serde_json::Value,
    /// Why, as a code.
    pub reason_code: Box<str>,
    /// Why, in words.
    pub reason_text: Option<Box<str>>,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: DateTime<Utc>,
    /// Where it stands.
    pub state: ProposalState,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<DateTime<Utc>>,
    /// Counts up with every act that changes it.
    pub version: u32,
}

/// What is to be proposed.
#[derive(Debug, Clone)]
pub struct NewProposal {
    /// What.
    pub kind: ProposalKind,
    /// About what, by its table's name.
    pub subject_type: &'static str,
    /// About which.
    pub subject_id: Box<str>,
    /// What is done once it is confirmed.
    pub payload: serde_json::Value,
    /// Why, as a code.
    pub reason_code: Box<str>,
    /// Why, in words.
    pub reason_text: Option<Box<str>>,
}

/// Puts a proposal on file.
pub async fn insert(
    txn: &WriteTxn,
    new: NewProposal,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<ProposalId, StoreError> {
    let id = txn.take_id();
    let row = proposal::Model {
        id,
        kind: new.kind.code().to_owned(),
        subject_type: new.subject_type.to_owned(),
        subject_id: new.subject_id.into(),
        payload: new.payload.to_string(),
        reason_code: new.reason_code.into(),
        reason_text: new.reason_text.map(Into::into),
        proposed_by: by.0,
        proposed_at: row::instant(at),
        state: ProposalState::Open.code().to_owned(),
        decided_by: None,
        decided_at: None,
        row_version: 1,
    };
    row::insert::<proposal::Entity>(txn.db(), vec![row]).await?;
    Ok(ProposalId(id))
}

/// Writes what came of one.
pub async fn decide(
    txn: &WriteTxn,
    id: ProposalId,
    state: ProposalState,
    by: AccountId,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    use sea_orm::sea_query::ExprTrait as _;
    proposal::Entity::update_many()
        .col_expr(proposal::Column::State, state.code().into())
        .col_expr(proposal::Column::DecidedBy, by.0.into())
        .col_expr(proposal::Column::DecidedAt, row::instant(at).into())
        .col_expr(
            proposal::Column::RowVersion,
            sea_orm::sea_query::Expr::col(proposal::Column::RowVersion).add(1),
        )
        .filter(proposal::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Those with these numbers, in their order.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[ProposalId],
) -> Result<Vec<Proposal>, StoreError> {
    let select = proposal::Entity::find()
        .filter(proposal::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(proposal::Column::Id);
    let rows = row::read(db, select).await?;
    rows.into_iter().map(of_row).collect()
}

/// The one with this number.
pub async fn find(
    db: &impl ConnectionTrait,
    id: ProposalId,
) -> Result<Option<Proposal>, StoreError> {
    Ok(by_ids(db, &[id]).await?.pop())
}

/// The one that waits for a subject.
pub async fn open_for(
    db: &impl ConnectionTrait,
    kind: ProposalKind,
    subject_type: &str,
    subject_id: &str,
) -> Result<Option<Proposal>, StoreError> {
    let select = proposal::Entity::find()
        .filter(proposal::Column::Kind.eq(kind.code()))
        .filter(proposal::Column::SubjectType.eq(subject_type))
        .filter(proposal::Column::SubjectId.eq(subject_id))
        .filter(proposal::Column::State.eq(ProposalState::Open.code()));
    let found = row::read(db, select).await?.pop();
    found.map(of_row).transpose()
}

/// Those in a state, or all, oldest first, from beyond `after`.
pub async fn page_after(
    db: &impl ConnectionTrait,
    state: Option<ProposalState>,
    after: Option<ProposalId>,
    limit: u64,
) -> Result<Vec<Proposal>, StoreError> {
    let mut select = proposal::Entity::find()
        .order_by_asc(proposal::Column::Id)
        .limit(limit);
    if let Some(state) = state {
        select = select.filter(proposal::Column::State.eq(state.code()));
    }
    if let Some(after) = after {
        select = select.filter(proposal::Column::Id.gt(after.0));
    }
    let rows = row::read(db, select).await?;
    rows.into_iter().map(of_row).collect()
}

fn of_row(found: proposal::Model) -> Result<Proposal, StoreError> {
    let (table, id) = ("proposal", found.id);
    Ok(Proposal {
        id: ProposalId(id),
        kind: row::parse(&found.kind, table, "kind", id)?,
        subject_type: found.subject_type.into(),
        subject_id: found.subject_id.into(),
        payload: serde_json::from_str(&found.payload)
            .map_err(|error| StoreError::inconsistent(table, "payload", id, error))?,
        reason_code: found.reason_code.into(),
        reason_text: found.reason_text.map(Into::into),
        proposed_by: AccountId(found.proposed_by),
        proposed_at: found.proposed_at,
        state: row::parse(&found.state, table, "state", id)?,
        decided_by: found.decided_by.map(AccountId),
        decided_at: found.decided_at,
        version: row::fit(found.row_version, table, "row_version", id)?,
    })
}
