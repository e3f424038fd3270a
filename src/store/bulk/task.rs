//! Differences that somebody has to look at.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::registry::Difference;
use entity::task;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::run::RunId;
use crate::store::provider::BATCH;
use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, row};

/// Opens a task for each difference that has none open, and tells how many.
pub(super) async fn open(
    txn: &WriteTxn,
    run: RunId,
    differences: &[(i64, &Difference)],
    at: DateTime<Utc>,
    seq: u64,
) -> Result<u64, StoreError> {
    let mut known = already_open(txn, differences).await?;
    let mut rows = Vec::new();
    for (npi, difference) in differences {
        let kind = difference.kind.code();
        if !known.insert((*npi, kind.to_owned(), Some(difference.registry.clone()))) {
            continue;
        }
        rows.push(task::Model {
            id: txn.take_id(),
            provider_npi: Some(*npi),
            subject_type: None,
            subject_id: None,
            kind: kind.to_owned(),
            once_key: None,
            what: None,
            due_on: None,
            held: difference.held.clone(),
            registry: Some(difference.registry.clone()),
            import_run_id: Some(run.0),
            opened_at: row::instant(at),
            opened_seq: seq_value(seq),
            closed_at: None,
            closed_by: None,
            resolution: None,
            resolution_text: None,
            row_version: 1,
        });
    }
    let opened = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    row::insert::<task::Entity>(txn.db(), rows).await?;
    Ok(opened)
}

async fn already_open(
    txn: &WriteTxn,
    differences: &[(i64, &Difference)],
) -> Result<HashSet<(i64, String, Option<String>)>, StoreError> {
    let npis: Vec<i64> = differences.iter().map(|(npi, _)| *npi).collect();
    let mut open = HashSet::new();
    for some in npis.chunks(BATCH) {
        let select = task::Entity::find()
            .filter(task::Column::ProviderNpi.is_in(some.iter().copied()))
            .filter(task::Column::ClosedAt.is_null());
        let found = row::read(txn.db(), select).await?;
        open.extend(
            found
                .into_iter()
                .filter_map(|task| Some((task.provider_npi?, task.kind, task.registry))),
        );
    }
    Ok(open)
}
