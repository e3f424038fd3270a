//! What the log tells of cases.

use std::collections::BTreeMap;

use domain::case::{CaseId, CaseState, Purpose};
use entity::{case, event};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::txn::seq_value;
use crate::store::{StoreError, row};

/// An entry that names a case, with the case as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseChange {
    /// The entry's number.
    pub seq: u64,
    /// Which case.
    pub case: CaseId,
    /// What was done.
    pub action: Box<str>,
    /// What the case is for.
    pub purpose: Purpose,
    /// The state that the last change left it in.
    pub state: CaseState,
}

/// The entries after `after` and up to `upto` that name a case, in order: two statements, however many.
pub async fn case_changes(
    db: &impl ConnectionTrait,
    after: u64,
    upto: u64,
) -> Result<Vec<CaseChange>, StoreError> {
    let select = event::Entity::find()
        .filter(event::COLUMN.seq.gt(seq_value(after)))
        .filter(event::COLUMN.seq.lte(seq_value(upto)))
        .filter(event::COLUMN.case_id.is_not_null())
        .order_by_asc(event::Column::Seq);
    let mut named = Vec::new();
    for event in row::read(db, select).await? {
        let Some(id) = event.case_id.as_deref() else {
            continue;
        };
        let number = id.strip_prefix("case_").unwrap_or(id).parse::<i64>();
        let number = number
            .map_err(|error| StoreError::inconsistent("event", "case_id", event.seq, error))?;
        named.push((event.seq, number, event.action));
    }
    let mut ids: Vec<i64> = named.iter().map(|(_, id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut cases = BTreeMap::new();
    for some in ids.chunks(row::bound_values(db)) {
        let select = case::Entity::find().filter(case::Column::Id.is_in(some.iter().copied()));
        for found in row::read(db, select).await? {
            cases.insert(found.id, found);
        }
    }
    named
        .into_iter()
        .map(|(seq, id, action)| {
            let case = cases.get(&id).ok_or_else(|| {
                StoreError::inconsistent("event", "case_id", seq, "there is no such case")
            })?;
            Ok(CaseChange {
                seq: row::fit(seq, "event", "seq", seq)?,
                case: CaseId(id),
                action: action.into(),
                purpose: row::parse(&case.purpose, "case", "purpose", id)?,
                state: row::parse(&case.state, "case", "state", id)?,
            })
        })
        .collect()
}
