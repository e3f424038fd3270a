//! The runs of imports.

use std::fmt;

use chrono::{DateTime, Utc};
use entity::{import_run, import_stage};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use crate::store::log::{self, NewEvent};
use crate::store::txn::seq_value;
use crate::store::{Store, StoreError, row};

/// What is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportKind {
    /// People of the federal registry.
    Nppes,
    /// The list of excluded people.
    Leie,
    /// The law.
    Scope,
    /// ZIP codes.
    Places,
    /// A board's list of licences.
    Roster,
}

impl ImportKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Nppes => "NPPES",
            Self::Leie => "LEIE",
            Self::Scope => "SCOPE",
            Self::Places => "PLACES",
            Self::Roster => "ROSTER",
        }
    }

    /// What log entries call it.
    pub(super) const fn verb(self) -> &'static str {
        match self {
            Self::Nppes => "nppes",
            Self::Leie => "leie",
            Self::Scope => "scope",
            Self::Places => "places",
            Self::Roster => "roster",
        }
    }

    fn of_code(code: &str, run: i64) -> Result<Self, StoreError> {
        [
            Self::Nppes,
            Self::Leie,
            Self::Scope,
            Self::Places,
            Self::Roster,
        ]
        .into_iter()
        .find(|kind| kind.code() == code)
        .ok_or_else(|| StoreError::inconsistent("import_run", "kind", run, "no such kind"))
    }
}

/// A run's number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunId(pub(super) i64);

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A run that begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRun {
    /// Of what.
    pub kind: ImportKind,
    /// The file's name, or the names of all files.
    pub file_name: String,
    /// SHA-256 of the file, or of all files one after the other, in hexadecimal.
    pub file_sha256: String,
    /// When.
    pub started_at: DateTime<Utc>,
}

/// What a run came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Rows read.
    pub rows: u64,
    /// Rows not taken over.
    pub rejected: u64,
    /// Things not held before.
    pub new: u64,
    /// Things that changed.
    pub changed: u64,
    /// Things that did not.
    pub unchanged: u64,
    /// Differences that somebody has to look at.
    pub tasks_opened: u64,
}

/// Begins a run and ends every other of its kind that is still open: their rows are dropped, and
/// their processes, if there are any left, are refused from now on.
pub async fn begin(store: &Store, run: NewRun) -> Result<RunId, StoreError> {
    let txn = store.begin().await?;
    let open = import_run::Entity::find()
        .select_only()
        .column(import_run::Column::Id)
        .filter(import_run::Column::Kind.eq(run.kind.code()))
        .filter(import_run::Column::Outcome.is_null())
        .into_query();
    import_stage::Entity::delete_many()
        .filter(import_stage::Column::ImportRunId.in_subquery(open))
        .exec(txn.db())
        .await?;
    import_run::Entity::update_many()
        .col_expr(import_run::Column::Outcome, "ABANDONED".into())
        .filter(import_run::Column::Kind.eq(run.kind.code()))
        .filter(import_run::Column::Outcome.is_null())
        .exec(txn.db())
        .await?;
    let id = txn.take_id();
    let begun = import_run::Model {
        id,
        kind: run.kind.code().to_owned(),
        file_name: run.file_name,
        file_sha256: run.file_sha256,
        started_at: row::instant(run.started_at),
        finished_at: None,
        outcome: None,
        rows_read: 0,
        rows_rejected: 0,
        added: 0,
        changed: 0,
        unchanged: 0,
        tasks_opened: 0,
    };
    row::insert::<import_run::Entity>(txn.db(), vec![begun]).await?;
    txn.commit_work().await?;
    Ok(RunId(id))
}

/// Ends a run that merged everything, with an entry in the log.
pub async fn finish(
    store: &Store,
    run: RunId,
    at: DateTime<Utc>,
    totals: Totals,
) -> Result<(), StoreError> {
    end(store, run, at, totals, "DONE").await
}

/// Ends a run that gave up, with an entry in the log. What it merged stays.
pub async fn fail(
    store: &Store,
    run: RunId,
    at: DateTime<Utc>,
    totals: Totals,
) -> Result<(), StoreError> {
    end(store, run, at, totals, "FAILED").await
}

/// Removes every trace of a run that changed nothing: a dry one.
pub async fn discard(store: &Store, run: RunId) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    drop_stage(txn.db(), run).await?;
    import_run::Entity::delete_by_id(run.0)
        .exec(txn.db())
        .await?;
    txn.commit_work().await
}

/// The kind of a run that has not ended.
pub(super) async fn still_open(
    db: &impl ConnectionTrait,
    run: RunId,
) -> Result<ImportKind, StoreError> {
    let found = row::read(db, import_run::Entity::find_by_id(run.0)).await?;
    match found.first() {
        Some(found) if found.outcome.is_none() => ImportKind::of_code(&found.kind, run.0),
        _ => Err(StoreError::ImportEnded { run: run.0 }),
    }
}

async fn end(
    store: &Store,
    run: RunId,
    at: DateTime<Utc>,
    totals: Totals,
    outcome: &'static str,
) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    let kind = still_open(txn.db(), run).await?;
    drop_stage(txn.db(), run).await?;
    let count = |column: import_run::Column, count: u64| (column, seq_value(count).into());
    let mut update = import_run::Entity::update_many()
        .col_expr(import_run::Column::Outcome, outcome.into())
        .col_expr(import_run::Column::FinishedAt, row::instant(at).into());
    for (column, value) in [
        count(import_run::Column::RowsRead, totals.rows),
        count(import_run::Column::RowsRejected, totals.rejected),
        count(import_run::Column::Added, totals.new),
        count(import_run::Column::Changed, totals.changed),
        count(import_run::Column::Unchanged, totals.unchanged),
        count(import_run::Column::TasksOpened, totals.tasks_opened),
    ] {
        update = update.col_expr(column, value);
    }
    update
        .filter(import_run::Column::Id.eq(run.0))
        .exec(txn.db())
        .await?;
    let event = NewEvent {
        entity_id: Some(run.to_string()),
        reason_code: Some(outcome.to_owned()),
        reason_text: Some(format!(
            "{} rows, {} rejected, {} new, {} changed, {} unchanged",
            totals.rows, totals.rejected, totals.new, totals.changed, totals.unchanged
        )),
        ..NewEvent::by_system(format!("{}.end", kind.verb()), "import_run", at)
    };
    log::append(&txn, event).await?;
    txn.commit().await
}

async fn drop_stage(db: &impl ConnectionTrait, run: RunId) -> Result<(), StoreError> {
    import_stage::Entity::delete_many()
        .filter(import_stage::Column::ImportRunId.eq(run.0))
        .exec(db)
        .await?;
    Ok(())
}
