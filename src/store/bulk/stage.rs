//! Rows that wait to be merged.

use domain::npi::Npi;
use entity::import_stage;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::run::{RunId, still_open};
use crate::store::provider::{BATCH, number};
use crate::store::{Store, StoreError, row};

/// One parsed row of a file, in whatever form its reader keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staged {
    /// About whom.
    pub npi: Npi,
    /// The row's place among all rows of the run; no two are alike.
    pub ordinal: u64,
    /// JSON.
    pub document: String,
}

/// Keeps rows of a run until they are merged. Not logged; a few thousand at a time are best.
pub async fn stage(store: &Store, run: RunId, rows: Vec<Staged>) -> Result<(), StoreError> {
    let txn = store.begin().await?;
    still_open(txn.db(), run).await?;
    let rows = rows
        .into_iter()
        .map(|staged| {
            Ok(import_stage::Model {
                import_run_id: run.0,
                npi: number(staged.npi),
                ordinal: row::fit(staged.ordinal, "import_stage", "ordinal", staged.npi)?,
                document: staged.document,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    row::insert::<import_stage::Entity>(txn.db(), rows).await?;
    txn.commit_work().await
}

/// The rows of the next people, by person in the order of their NPIs.
pub(super) async fn next(
    db: &impl ConnectionTrait,
    run: RunId,
    after: Option<Npi>,
) -> Result<Vec<(Npi, Vec<Staged>)>, StoreError> {
    let after = after.map_or(0, number);
    let npis: Vec<i64> = import_stage::Entity::find()
        .select_only()
        .column(import_stage::Column::Npi)
        .distinct()
        .filter(import_stage::Column::ImportRunId.eq(run.0))
        .filter(import_stage::Column::Npi.gt(after))
        .order_by_asc(import_stage::Column::Npi)
        .limit(u64::try_from(BATCH).unwrap_or(u64::MAX))
        .into_tuple()
        .all(db)
        .await?;
    let Some(last) = npis.last() else {
        return Ok(Vec::new());
    };
    let select = import_stage::Entity::find()
        .filter(import_stage::Column::ImportRunId.eq(run.0))
        .filter(import_stage::Column::Npi.gt(after))
        .filter(import_stage::Column::Npi.lte(*last))
        .order_by_asc(import_stage::Column::Npi)
        .order_by_asc(import_stage::Column::Ordinal);
    let mut people: Vec<(Npi, Vec<Staged>)> = Vec::with_capacity(npis.len());
    for found in row::read(db, select).await? {
        let staged = of_row(found)?;
        match people.last_mut() {
            Some((npi, rows)) if *npi == staged.npi => rows.push(staged),
            _ => people.push((staged.npi, vec![staged])),
        }
    }
    Ok(people)
}

fn of_row(found: import_stage::Model) -> Result<Staged, StoreError> {
    let id = found.npi;
    Ok(Staged {
        npi: row::parse(&format!("{id:010}"), "import_stage", "npi", id)?,
        ordinal: row::fit(found.ordinal, "import_stage", "ordinal", id)?,
        document: found.document,
    })
}
