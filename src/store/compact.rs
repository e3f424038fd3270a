//! Which state takes part how in which compact, as stored.
//!
//! A period that is corrected is retired and another recorded, like a rule of the law: what an old
//! listing was judged by stays in its row.

use domain::license::compact::{CompactPeriod, Compacts};
use entity::compact_period;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::txn::{WriteTxn, seq_value};
use super::{StoreError, row};

/// Every period that counts.
pub async fn load(db: &impl ConnectionTrait) -> Result<Compacts, StoreError> {
    let select = compact_period::Entity::find()
        .filter(compact_period::Column::RetiredSeq.is_null())
        .order_by_asc(compact_period::Column::Id);
    let periods: Vec<_> = row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect::<Result<_, _>>()?;
    Compacts::new(periods).map_err(|errors| {
        let first = errors.first().map(ToString::to_string).unwrap_or_default();
        StoreError::inconsistent("compact_period", "effective_from", "(of a pair)", first)
    })
}

/// Has nobody ever recorded a period?
pub async fn is_empty(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(compact_period::Entity::find().count(db).await? == 0)
}

/// Records a period under the entry `seq` of the log, and retires the one of the same pair and day where
/// there is one. Says whether there was.
pub async fn put(txn: &WriteTxn, period: &CompactPeriod, seq: u64) -> Result<bool, StoreError> {
    let retired = compact_period::Entity::update_many()
        .col_expr(compact_period::Column::RetiredSeq, seq_value(seq).into())
        .filter(compact_period::Column::RetiredSeq.is_null())
        .filter(compact_period::Column::Discipline.eq(period.discipline.code()))
        .filter(compact_period::Column::Jurisdiction.eq(period.jurisdiction.code()))
        .filter(compact_period::Column::EffectiveFrom.eq(period.from))
        .exec(txn.db())
        .await?;
    insert(txn, [period], seq).await?;
    Ok(retired.rows_affected > 0)
}

/// Records further periods under the entry `seq` of the log.
pub async fn insert(
    txn: &WriteTxn,
    periods: impl IntoIterator<Item = &CompactPeriod>,
    seq: u64,
) -> Result<(), StoreError> {
    let rows = periods
        .into_iter()
        .map(|period| to_row(txn.take_id(), period, seq))
        .collect();
    row::insert::<compact_period::Entity>(txn.db(), rows).await
}

fn to_row(id: i64, period: &CompactPeriod, seq: u64) -> compact_period::Model {
    let text = |text: &Option<Box<str>>| text.as_deref().map(ToOwned::to_owned);
    compact_period::Model {
        id,
        discipline: period.discipline.code().to_owned(),
        jurisdiction: period.jurisdiction.code().to_owned(),
        status: period.status.code().to_owned(),
        effective_from: period.from,
        citation: text(&period.citation),
        source_url: text(&period.source_url),
        source_as_of: period.source_as_of,
        confidence: period.confidence.code().to_owned(),
        note: text(&period.note),
        recorded_seq: seq_value(seq),
        retired_seq: None,
    }
}

fn of_row(found: compact_period::Model) -> Result<CompactPeriod, StoreError> {
    let table = "compact_period";
    let id = found.id;
    Ok(CompactPeriod {
        discipline: row::parse(&found.discipline, table, "discipline", id)?,
        jurisdiction: row::parse(&found.jurisdiction, table, "jurisdiction", id)?,
        from: found.effective_from,
        status: row::parse(&found.status, table, "status", id)?,
        citation: found.citation.map(Into::into),
        source_url: found.source_url.map(Into::into),
        source_as_of: found.source_as_of,
        confidence: row::parse(&found.confidence, table, "confidence", id)?,
        note: found.note.map(Into::into),
    })
}
