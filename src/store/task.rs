//! Tasks: what one of us has to settle. A task that is asked once is known by its `once_key`, which is
//! never used again, so that whoever opens it twice opens it once.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use domain::notice::{Task, TaskKind, TaskResolution};
use domain::npi::Npi;
use entity::task;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, UpdateMany,
};

use super::provider::number;
use super::txn::{WriteTxn, seq_value};
use super::{StoreError, once, row};

/// The stored number of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TaskId(pub i64);

/// A task as it is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredTask {
    /// Its number.
    pub id: TaskId,
    /// Counts its changes.
    pub version: u32,
    /// What has to be done.
    pub kind: TaskKind,
    /// Whose entry it is about.
    pub npi: Option<Npi>,
    /// The record it is about, by its table and number.
    pub about: Option<(Box<str>, Box<str>)>,
    /// The same in words; none where the two next say it.
    pub what: Option<Box<str>>,
    /// What the entry holds, where the registry differs from it.
    pub held: Option<Box<str>>,
    /// What the registry says.
    pub registry: Option<Box<str>>,
    /// The last day on which doing it is in time.
    pub due_on: Option<NaiveDate>,
    /// By which it is known that this was asked already.
    pub once_key: Option<Box<str>>,
    /// Since when it is open, or was.
    pub opened_at: DateTime<Utc>,
    /// How it ended.
    pub closed: Option<Closed>,
}

/// How a task ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closed {
    /// When.
    pub at: DateTime<Utc>,
    /// By whom, as the log names them.
    pub by: Box<str>,
    /// In which way.
    pub resolution: TaskResolution,
    /// In words.
    pub text: Option<Box<str>>,
}

/// Which tasks are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only those about an entry.
    pub npi: Option<Npi>,
    /// Only those of a kind.
    pub kind: Option<TaskKind>,
    /// Closed ones too?
    pub closed_too: bool,
}

/// Opens tasks under the next entry of the log. Those that were asked before, by their `once_key`,
/// are left out; tells how many were opened.
pub async fn open(txn: &WriteTxn, tasks: &[Task], at: DateTime<Utc>) -> Result<u64, StoreError> {
    let keys: Vec<&str> = tasks.iter().map(|task| &*task.once_key).collect();
    let mut known = used_keys(txn.db(), &keys).await?;
    let seq = seq_value(txn.next_seq());
    let mut rows = Vec::new();
    for task in tasks {
        if !known.insert(task.once_key.to_string()) {
            continue;
        }
        let (subject_type, subject_id) = task.about.clone().unzip();
        rows.push(task::Model {
            id: txn.take_id(),
            provider_npi: task.npi.map(number),
            subject_type: subject_type.map(Into::into),
            subject_id: subject_id.map(Into::into),
            kind: task.kind.code().to_owned(),
            once_key: Some(task.once_key.to_string()),
            what: Some(task.what.to_string()),
            due_on: task.due_on,
            held: None,
            registry: None,
            import_run_id: None,
            opened_at: row::instant(at),
            opened_seq: seq,
            closed_at: None,
            closed_by: None,
            resolution: None,
            resolution_text: None,
            row_version: 1,
        });
    }
    let opened = rows.len() as u64;
    row::insert::<task::Entity>(txn.db(), rows).await?;
    Ok(opened)
}

/// Which of these keys were used already.
pub async fn used_keys(
    db: &impl ConnectionTrait,
    keys: &[&str],
) -> Result<HashSet<String>, StoreError> {
    once::used::<task::Entity>(db, task::Column::OnceKey, keys).await
}

/// Closes a task, which counts as a change of it. Says whether it was open.
pub async fn close(txn: &WriteTxn, id: TaskId, closed: &Closed) -> Result<bool, StoreError> {
    let done = closing(closed)
        .filter(task::Column::Id.eq(id.0))
        .exec(txn.db())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Closes those of some tasks that are open, which counts as a change of each.
fn closing(closed: &Closed) -> UpdateMany<task::Entity> {
    task::Entity::update_many()
        .col_expr(
            task::Column::ClosedAt,
            Expr::value(Some(row::instant(closed.at))),
        )
        .col_expr(
            task::Column::ClosedBy,
            Expr::value(Some(closed.by.to_string())),
        )
        .col_expr(
            task::Column::Resolution,
            Expr::value(Some(closed.resolution.code())),
        )
        .col_expr(
            task::Column::ResolutionText,
            Expr::value(closed.text.as_deref()),
        )
        .col_expr(
            task::Column::RowVersion,
            Expr::col(task::Column::RowVersion).add(1),
        )
        .filter(task::Column::ClosedAt.is_null())
}

/// Closes every open task of some kinds about a record. Tells how many there were.
pub async fn close_about(
    txn: &WriteTxn,
    (table, id): (&str, i64),
    kinds: &[TaskKind],
    closed: &Closed,
) -> Result<u64, StoreError> {
    let done = closing(closed)
        .filter(task::Column::SubjectType.eq(table))
        .filter(task::Column::SubjectId.eq(id.to_string()))
        .filter(task::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())))
        .exec(txn.db())
        .await?;
    Ok(done.rows_affected)
}

/// The records about which a task of some kinds is open, by table and number.
pub async fn open_subjects(
    db: &impl ConnectionTrait,
    kinds: &[TaskKind],
) -> Result<HashSet<(Box<str>, Box<str>)>, StoreError> {
    let found: Vec<(Option<String>, Option<String>)> = task::Entity::find()
        .select_only()
        .column(task::Column::SubjectType)
        .column(task::Column::SubjectId)
        .filter(task::Column::ClosedAt.is_null())
        .filter(task::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())))
        .into_tuple()
        .all(db)
        .await?;
    let about = found.into_iter().filter_map(|(table, id)| table.zip(id));
    Ok(about.map(|(table, id)| (table.into(), id.into())).collect())
}

/// The task with a number.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: TaskId,
) -> Result<Option<StoredTask>, StoreError> {
    let select = task::Entity::find().filter(task::Column::Id.eq(id.0));
    row::read(db, select).await?.pop().map(of_row).transpose()
}

/// Tasks in the order of their numbers, oldest first; those after a number.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &Filter,
    after: Option<TaskId>,
    limit: u64,
) -> Result<Vec<StoredTask>, StoreError> {
    let select = task::Entity::find()
        .filter(wanted(filter))
        .filter(task::Column::Id.gt(after.map_or(0, |id| id.0)))
        .order_by_asc(task::Column::Id)
        .limit(limit);
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait, filter: &Filter) -> Result<u64, StoreError> {
    let select = task::Entity::find().filter(wanted(filter));
    Ok(select.count(db).await?)
}

fn wanted(filter: &Filter) -> Condition {
    let mut wanted = Condition::all();
    if let Some(npi) = filter.npi {
        wanted = wanted.add(task::Column::ProviderNpi.eq(number(npi)));
    }
    if let Some(kind) = filter.kind {
        wanted = wanted.add(task::Column::Kind.eq(kind.code()));
    }
    if !filter.closed_too {
        wanted = wanted.add(task::Column::ClosedAt.is_null());
    }
    wanted
}

fn of_row(found: task::Model) -> Result<StoredTask, StoreError> {
    let (table, id) = ("task", found.id);
    let closed = match (found.closed_at, found.resolution) {
        (Some(at), Some(code)) => Some(Closed {
            at,
            by: found.closed_by.unwrap_or_default().into(),
            resolution: row::parse(&code, table, "resolution", id)?,
            text: found.resolution_text.map(Into::into),
        }),
        _ => None,
    };
    Ok(StoredTask {
        id: TaskId(id),
        version: row::fit(found.row_version, table, "row_version", id)?,
        kind: row::parse(&found.kind, table, "kind", id)?,
        npi: found
            .provider_npi
            .map(|npi| row::parse(&format!("{npi:010}"), table, "provider_npi", id))
            .transpose()?,
        about: found
            .subject_type
            .zip(found.subject_id)
            .map(|(table, key)| (table.into(), key.into())),
        what: found.what.map(Into::into),
        held: found.held.map(Into::into),
        registry: found.registry.map(Into::into),
        due_on: found.due_on,
        once_key: found.once_key.map(Into::into),
        opened_at: found.opened_at,
        closed,
    })
}
