//! Reports that an entry is wrong.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::AccountId;
use domain::npi::Npi;
use domain::report::{MistakeKind, ReportState};
use entity::mistake_report;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::store::provider::{npi, number};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// The stored number of a report.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct ReportId(pub i64);

/// A report as it is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its number.
    pub id: ReportId,
    /// Random; by it the state can be asked.
    pub reference: Box<str>,
    /// About which entry.
    pub npi: Npi,
    /// What is wrong.
    pub kind: MistakeKind,
    /// In words.
    pub message: Option<Box<str>>,
    /// Where to tell what came of it; nothing once that is told.
    pub reply_to: Option<Box<str>>,
    /// Where it stands.
    pub state: ReportState,
    /// When.
    pub reported_at: DateTime<Utc>,
    /// The last day for an answer.
    pub due_on: NaiveDate,
    /// When it was answered.
    pub resolved_at: Option<DateTime<Utc>>,
    /// By whom.
    pub resolved_by: Option<AccountId>,
    /// What whoever reported it is told.
    pub answer: Option<Box<str>>,
    /// Counts up with every act that changes it.
    pub version: i64,
}

/// Writes a report, new or changed, as it is given.
pub async fn save(txn: &WriteTxn, report: &Report) -> Result<(), StoreError> {
    let row = mistake_report::Model {
        id: report.id.0,
        reference: report.reference.to_string(),
        provider_npi: number(report.npi),
        kind: report.kind.code().to_owned(),
        message: report.message.as_deref().map(ToOwned::to_owned),
        reply_to: report.reply_to.as_deref().map(ToOwned::to_owned),
        state: report.state.code().to_owned(),
        reported_at: row::instant(report.reported_at),
        due_on: report.due_on,
        resolved_at: report.resolved_at.map(row::instant),
        resolved_by: report.resolved_by.map(|by| by.0),
        answer: report.answer.as_deref().map(ToOwned::to_owned),
        row_version: report.version,
    };
    row::upsert::<mistake_report::Entity>(txn.db(), vec![row]).await
}

/// A number for a new report.
pub fn next_id(txn: &WriteTxn) -> ReportId {
    ReportId(txn.take_id())
}

/// A report by its number.
pub async fn find(db: &impl ConnectionTrait, id: ReportId) -> Result<Option<Report>, StoreError> {
    let select = mistake_report::Entity::find_by_id(id.0);
    let found = row::read(db, select).await?.pop();
    found.map(of_row).transpose()
}

/// How many reports of an entry came since an instant.
pub async fn count_since(
    db: &impl ConnectionTrait,
    npi: Npi,
    since: DateTime<Utc>,
) -> Result<u64, StoreError> {
    Ok(mistake_report::Entity::find()
        .filter(mistake_report::Column::ProviderNpi.eq(number(npi)))
        .filter(mistake_report::Column::ReportedAt.gt(row::instant(since)))
        .count(db)
        .await?)
}

/// A report by its reference.
pub async fn by_reference(
    db: &impl ConnectionTrait,
    reference: &str,
) -> Result<Option<Report>, StoreError> {
    let select =
        mistake_report::Entity::find().filter(mistake_report::Column::Reference.eq(reference));
    let found = row::read(db, select).await?.pop();
    found.map(of_row).transpose()
}

/// Reports in a state, or all, oldest first.
pub async fn page_after(
    db: &impl ConnectionTrait,
    state: Option<ReportState>,
    after: Option<ReportId>,
    limit: u64,
) -> Result<Vec<Report>, StoreError> {
    let mut select = mistake_report::Entity::find()
        .filter(mistake_report::Column::Id.gt(after.map_or(0, |id| id.0)))
        .order_by_asc(mistake_report::Column::Id)
        .limit(limit);
    if let Some(state) = state {
        select = select.filter(mistake_report::Column::State.eq(state.code()));
    }
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

fn of_row(found: mistake_report::Model) -> Result<Report, StoreError> {
    let (table, id) = ("mistake_report", found.id);
    Ok(Report {
        id: ReportId(id),
        reference: found.reference.into(),
        npi: npi(found.provider_npi, "mistake_report.provider_npi", id)?,
        kind: row::parse(&found.kind, table, "kind", id)?,
        message: found.message.map(Into::into),
        reply_to: found.reply_to.map(Into::into),
        state: row::parse(&found.state, table, "state", id)?,
        reported_at: found.reported_at,
        due_on: found.due_on,
        resolved_at: found.resolved_at,
        resolved_by: found.resolved_by.map(AccountId),
        answer: found.answer.map(Into::into),
        version: found.row_version,
    })
}
