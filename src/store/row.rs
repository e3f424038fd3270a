//! Rows in and out, many at a time.

use std::error::Error;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, SubsecRound, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DbBackend, DbErr, EntityName, EntityTrait, FromQueryResult,
    IntoActiveModel, Iterable, PrimaryKeyToColumn, QueryResult, QueryTrait, RuntimeErr, Select,
    sqlx,
};

use super::StoreError;

/// Every row of a query. One that cannot be read is an error that names its table, column and key.
pub(super) async fn read<E: EntityTrait>(
    db: &impl ConnectionTrait,
    select: Select<E>,
) -> Result<Vec<E::Model>, StoreError> {
    let rows = db
        .query_all_raw(select.build(db.get_database_backend()))
        .await?;
    rows.iter().map(model::<E>).collect()
}

/// One row as its table's model.
pub(super) fn model<E: EntityTrait>(row: &QueryResult) -> Result<E::Model, StoreError> {
    E::Model::from_query_result(row, "").map_err(|error| {
        let (column, source) = unreadable(error);
        StoreError::inconsistent(table::<E>(), column, key::<E>(row), source)
    })
}

/// Writes rows with as few statements as the engine's limit on bound values allows.
pub(super) async fn insert<E>(
    db: &impl ConnectionTrait,
    rows: Vec<E::Model>,
) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let at_once = bound_values(db) / E::Column::iter().count();
    let mut rows = rows.into_iter().map(everything_set::<E>).peekable();
    while rows.peek().is_some() {
        E::insert_many(rows.by_ref().take(at_once))
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Writes rows, in place of those with the same key where there are any.
pub(super) async fn upsert<E>(
    db: &impl ConnectionTrait,
    rows: Vec<E::Model>,
) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let key: Vec<_> = E::PrimaryKey::iter()
        .map(PrimaryKeyToColumn::into_column)
        .map(|column| sea_orm::IdenStatic::as_str(&column))
        .collect();
    let others =
        E::Column::iter().filter(|column| !key.contains(&sea_orm::IdenStatic::as_str(column)));
    let in_place = OnConflict::columns(E::PrimaryKey::iter())
        .update_columns(others)
        .to_owned();
    let at_once = bound_values(db) / E::Column::iter().count();
    let mut rows = rows.into_iter().map(everything_set::<E>).peekable();
    while rows.peek().is_some() {
        E::insert_many(rows.by_ref().take(at_once))
            .on_conflict(in_place.clone())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// How many values one statement may bind: SQLite's default limit since 3.32, and PostgreSQL's.
pub(super) fn bound_values(db: &impl ConnectionTrait) -> usize {
    match db.get_database_backend() {
        DbBackend::Postgres => 65_535,
        _ => 32_766,
    }
}

/// The count of an entity's changes, as its column keeps it.
pub(super) fn version(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// The value of a code, or an error that names where the text stands.
pub(super) fn parse<T>(
    text: &str,
    table: &'static str,
    column: &'static str,
    row: impl fmt::Display,
) -> Result<T, StoreError>
where
    T: FromStr,
    T::Err: Error + Send + Sync + 'static,
{
    text.parse()
        .map_err(|error| StoreError::inconsistent(table, column, row, error))
}

/// A number that the column's type or the domain's cannot hold.
pub(super) fn fit<T, U>(
    number: T,
    table: &'static str,
    column: &'static str,
    row: impl fmt::Display,
) -> Result<U, StoreError>
where
    U: TryFrom<T>,
    U::Error: Error + Send + Sync + 'static,
{
    U::try_from(number).map_err(|error| StoreError::inconsistent(table, column, row, error))
}

/// An instant as both engines keep it: to the microsecond.
pub(super) fn instant(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// The position of a row among those of its parent.
pub(super) fn ordinal(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX)
}

fn everything_set<E>(model: E::Model) -> E::ActiveModel
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel>,
    E::ActiveModel: ActiveModelTrait<Entity = E>,
{
    model.into_active_model().reset_all()
}

fn table<E: EntityTrait>() -> &'static str {
    EntityName::table_name(&E::default())
}

fn key<E: EntityTrait>(row: &QueryResult) -> String {
    E::PrimaryKey::iter()
        .map(|column| {
            let name = sea_orm::IdenStatic::as_str(&column.into_column());
            row.try_get::<i64>("", name)
                .map(|number| number.to_string())
                .or_else(|_| {
                    row.try_get::<i32>("", name)
                        .map(|number| number.to_string())
                })
                .or_else(|_| row.try_get::<String>("", name))
                .unwrap_or_else(|_| "?".to_owned())
        })
        .collect::<Vec<_>>()
        .join("/")
}

fn unreadable(error: DbErr) -> (String, Box<dyn Error + Send + Sync>) {
    if let DbErr::Query(RuntimeErr::SqlxError(error)) = &error
        && let sqlx::Error::ColumnDecode { index, source } = error.as_ref()
    {
        return (
            index.trim_matches('"').to_owned(),
            source.to_string().into(),
        );
    }
    ("a column".to_owned(), error.into())
}
