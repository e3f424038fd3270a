//! What waits for somebody outside, as the scheduler asks for it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::npi::Npi;
use entity::case;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{StoreError, row};

/// A case in which something is wanted of its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InfoWanted {
    /// Its number.
    pub case_id: i64,
    /// Of whom.
    pub npi: Npi,
    /// By when.
    pub due_on: NaiveDate,
    /// When nobody waits any longer; nothing while the person was not told what is asked of them.
    pub lapses_at: Option<DateTime<Utc>>,
}

/// Cases in which something is wanted, by number; those after one.
pub async fn info_wanted(
    db: &impl ConnectionTrait,
    after: i64,
    limit: u64,
) -> Result<Vec<InfoWanted>, StoreError> {
    let select = case::Entity::find()
        .filter(case::Column::State.eq("INFO_REQUESTED"))
        .filter(case::Column::InfoDueOn.is_not_null())
        .filter(case::Column::Id.gt(after))
        .order_by_asc(case::Column::Id)
        .limit(limit);
    row::read(db, select)
        .await?
        .into_iter()
        .filter_map(|found| Some((found.info_due_on?, found)))
        .map(|(due_on, found)| {
            let npi = format!("{:010}", found.provider_npi);
            Ok(InfoWanted {
                case_id: found.id,
                npi: row::parse(&npi, "case", "provider_npi", found.id)?,
                due_on,
                lapses_at: found.info_notice_sent_at.and(found.lapses_at),
            })
        })
        .collect()
}
