//! The log, a page at a time.

use entity::event;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::Event;
use crate::store::txn::seq_value;
use crate::store::{StoreError, row};

/// Which entries are asked for; what is not named is not filtered by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Of which kind of record, by its table's name.
    pub entity_type: Option<String>,
    /// Of which record.
    pub entity_id: Option<String>,
    /// By whom.
    pub actor_id: Option<String>,
    /// What was done.
    pub action: Option<String>,
    /// From this number on.
    pub from_seq: Option<u64>,
    /// Up to this number.
    pub to_seq: Option<u64>,
}

/// The entries after a number, oldest first.
pub async fn page_after(
    db: &impl ConnectionTrait,
    wanted: &Wanted,
    after: Option<u64>,
    limit: u64,
) -> Result<Vec<Event>, StoreError> {
    let mut select = event::Entity::find()
        .order_by_asc(event::Column::Seq)
        .limit(limit);
    for (column, value) in [
        (event::Column::EntityType, &wanted.entity_type),
        (event::Column::EntityId, &wanted.entity_id),
        (event::Column::ActorId, &wanted.actor_id),
        (event::Column::Action, &wanted.action),
    ] {
        if let Some(value) = value {
            select = select.filter(column.eq(value.as_str()));
        }
    }
    if let Some(after) = after {
        select = select.filter(event::Column::Seq.gt(seq_value(after)));
    }
    if let Some(from) = wanted.from_seq {
        select = select.filter(event::Column::Seq.gte(seq_value(from)));
    }
    if let Some(to) = wanted.to_seq {
        select = select.filter(event::Column::Seq.lte(seq_value(to)));
    }
    row::read(db, select)
        .await?
        .into_iter()
        .map(Event::of_row)
        .collect()
}
