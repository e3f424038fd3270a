//! When everybody was held against which list, and what came of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::npi::Npi;
use domain::screening::ExclusionList;
use entity::{provider, provider_screening, screening_run};
use sea_orm::sea_query::{Expr, ExprTrait as _};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};
use serde::{Deserialize, Serialize};

use super::list::ListSnapshot;
use crate::store::provider::{BATCH, number};
use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, row};

const TABLE: &str = "screening_run";

/// The stored number of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RunId(pub i64);

/// Why a run was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Cause {
    /// A new list came into force.
    Import,
    /// Somebody asked for it.
    Request,
    /// It was time.
    Schedule,
}

impl Cause {
    /// Every cause.
    pub const ALL: &'static [Self] = &[Self::Import, Self::Request, Self::Schedule];

    /// Its one spelling.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Import => "IMPORT",
            Self::Request => "REQUEST",
            Self::Schedule => "SCHEDULE",
        }
    }
}

/// A run on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// Against which kind of list.
    pub list: ExclusionList,
    /// Why.
    pub cause: Cause,
    /// The account that asked for it.
    pub requested_by: Option<i64>,
    /// SHA-256 of the list's file; empty of made-up people's.
    pub file_sha256: String,
    /// The day of its publication, where it is known.
    pub file_dated_on: Option<NaiveDate>,
    /// How many rows the list had.
    pub row_count: u64,
    /// How many people were held against it.
    pub provider_count: u64,
    /// How many matches it raised, or changed.
    pub match_count: u64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended; none while it goes on, and for ever when it was cut short.
    pub finished_at: Option<DateTime<Utc>>,
}

/// Puts a run on file that begins.
pub async fn insert(
    txn: &WriteTxn,
    against: &ListSnapshot,
    cause: Cause,
    requested_by: Option<i64>,
    at: DateTime<Utc>,
) -> Result<RunId, StoreError> {
    let id = txn.take_id();
    let begun = screening_run::Model {
        id,
        list: against.file.list.code().to_owned(),
        cause: cause.code().to_owned(),
        requested_by,
        list_snapshot_id: Some(against.id.0),
        file_sha256: against.file.sha256.clone(),
        file_dated_on: against.file.dated_on,
        row_count: row::fit(against.counts.rows, TABLE, "row_count", id)?,
        provider_count: 0,
        match_count: 0,
        started_at: row::instant(at),
        finished_at: None,
    };
    row::insert::<screening_run::Entity>(txn.db(), vec![begun]).await?;
    Ok(RunId(id))
}

/// Adds what a batch of a run came to.
pub async fn add(
    txn: &WriteTxn,
    run: RunId,
    providers: usize,
    matches: usize,
) -> Result<(), StoreError> {
    let more = |column: screening_run::Column, by: usize| {
        (column, Expr::col(column).add(row::ordinal(by)))
    };
    let (providers, matches) = (
        more(screening_run::Column::ProviderCount, providers),
        more(screening_run::Column::MatchCount, matches),
    );
    screening_run::Entity::update_many()
        .col_expr(providers.0, providers.1)
        .col_expr(matches.0, matches.1)
        .filter(screening_run::Column::Id.eq(run.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Ends a run.
pub async fn finish(txn: &WriteTxn, run: RunId, at: DateTime<Utc>) -> Result<(), StoreError> {
    screening_run::Entity::update_many()
        .col_expr(screening_run::Column::FinishedAt, row::instant(at).into())
        .filter(screening_run::Column::Id.eq(run.0))
        .exec(txn.db())
        .await?;
    Ok(())
}

/// The run with this number.
pub async fn find(db: &impl ConnectionTrait, id: RunId) -> Result<Option<Run>, StoreError> {
    let found = row::read(db, screening_run::Entity::find_by_id(id.0)).await?;
    found.into_iter().next().map(of_row).transpose()
}

/// Runs before one, the latest first.
pub async fn page_before(
    db: &impl ConnectionTrait,
    before: Option<RunId>,
    limit: u64,
) -> Result<Vec<Run>, StoreError> {
    let mut select = screening_run::Entity::find()
        .order_by_desc(screening_run::Column::Id)
        .limit(limit);
    if let Some(before) = before {
        select = select.filter(screening_run::Column::Id.lt(before.0));
    }
    let found = row::read(db, select).await?;
    found.into_iter().map(of_row).collect()
}

/// How many runs there were.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, StoreError> {
    Ok(screening_run::Entity::find().count(db).await?)
}

/// Records that people were held against a list, with the entry of the log that is appended next. The
/// number beside each says how often they were before.
pub async fn stamp(
    txn: &WriteTxn,
    people: &[(Npi, usize)],
    at: DateTime<Utc>,
    run: Option<RunId>,
) -> Result<(), StoreError> {
    let seq = seq_value(txn.next_seq());
    for some in people.chunks(BATCH) {
        let rows = some
            .iter()
            .map(|(npi, screenings)| provider_screening::Model {
                provider_npi: number(*npi),
                ordinal: row::ordinal(*screenings),
                screened_at: row::instant(at),
                screening_run_id: run.map(|run| run.0),
                screened_seq: Some(seq),
            })
            .collect();
        row::insert::<provider_screening::Entity>(txn.db(), rows).await?;
    }
    Ok(())
}

fn of_row(found: screening_run::Model) -> Result<Run, StoreError> {
    let id = found.id;
    let count = |count: i32, column| row::fit(count, TABLE, column, id);
    let cause = Cause::ALL.iter().find(|cause| cause.code() == found.cause);
    Ok(Run {
        id: RunId(id),
        list: row::parse(&found.list, TABLE, "list", id)?,
        cause: *cause
            .ok_or_else(|| StoreError::inconsistent(TABLE, "cause", id, "no such cause"))?,
        requested_by: found.requested_by,
        file_sha256: found.file_sha256,
        file_dated_on: found.file_dated_on,
        row_count: count(found.row_count, "row_count")?,
        provider_count: count(found.provider_count, "provider_count")?,
        match_count: count(found.match_count, "match_count")?,
        started_at: found.started_at,
        finished_at: found.finished_at,
    })
}

/// People who were never held against a list, or changed since they last were, in the order of their
/// NPIs.
pub async fn changed_since(
    db: &impl ConnectionTrait,
    after: Option<Npi>,
    limit: u64,
) -> Result<Vec<Npi>, StoreError> {
    let screened = provider_screening::Entity::find()
        .select_only()
        .column(provider_screening::Column::ProviderNpi)
        .filter(
            Expr::col((
                provider_screening::Entity,
                provider_screening::Column::ScreenedSeq,
            ))
            .gte(Expr::col((provider::Entity, provider::Column::ChangedSeq))),
        )
        .filter(
            Expr::col((
                provider_screening::Entity,
                provider_screening::Column::ProviderNpi,
            ))
            .equals((provider::Entity, provider::Column::Npi)),
        )
        .into_query();
    let numbers: Vec<i64> = provider::Entity::find()
        .select_only()
        .column(provider::Column::Npi)
        .filter(provider::Column::WithdrawnAt.is_null())
        .filter(provider::Column::Npi.gt(after.map_or(0, number)))
        .filter(Expr::exists(screened).not())
        .order_by_asc(provider::Column::Npi)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    numbers
        .into_iter()
        .map(|npi| row::parse(&format!("{npi:010}"), "provider", "npi", npi))
        .collect()
}
