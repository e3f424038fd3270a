//! A person's own entry as acts change it: what the person says of themselves, their licences and
//! places, and what is asked of the directory about the entry.
//!
//! Every write is part of a caller's transaction, counts up the version of what it changes and stamps
//! the person with the entry of the log that is appended next.

pub mod board_action;
pub mod claim;
pub mod erase;
mod erase_drafts;
pub mod holder;
pub mod license;
pub mod location;
pub mod profile;
pub mod removal;
pub mod report;

use chrono::{DateTime, Utc};
use domain::npi::Npi;
use entity::provider;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::provider::number;
use super::txn::{WriteTxn, seq_value};
use super::{StoreError, row};

/// What an entry is, whatever it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Whose.
    pub npi: Npi,
    /// Counts up with every act that changes it.
    pub version: i64,
    /// Has the person claimed it?
    pub claimed: bool,
    /// Since when it answers like one that does not exist.
    pub withdrawn_at: Option<DateTime<Utc>>,
    /// Since when nothing is left of it but the number.
    pub erased_at: Option<DateTime<Utc>>,
}

/// An entry, withdrawn or not.
pub async fn find(db: &impl ConnectionTrait, npi: Npi) -> Result<Option<Entry>, StoreError> {
    let select = provider::Entity::find_by_id(number(npi));
    let found = row::read(db, select).await?.pop();
    Ok(found.map(|found| Entry {
        npi,
        version: i64::from(found.row_version),
        claimed: found.claimed,
        withdrawn_at: found.withdrawn_at,
        erased_at: found.erased_at,
    }))
}

/// Takes an entry from view, or gives it back to view where `at` is nothing.
pub async fn withdraw(
    txn: &WriteTxn,
    npi: Npi,
    at: Option<DateTime<Utc>>,
) -> Result<(), StoreError> {
    changed(txn, npi)
        .col_expr(
            provider::Column::WithdrawnAt,
            Expr::value(at.map(row::instant)),
        )
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Says that an entry is claimed, or that it is nobody's.
pub async fn set_claimed(txn: &WriteTxn, npi: Npi, claimed: bool) -> Result<(), StoreError> {
    changed(txn, npi)
        .col_expr(provider::Column::Claimed, claimed.into())
        .exec(txn.db())
        .await?;
    Ok(())
}

/// A change of a person's own row, which counts.
fn changed(txn: &WriteTxn, npi: Npi) -> sea_orm::UpdateMany<provider::Entity> {
    provider::Entity::update_many()
        .col_expr(
            provider::Column::ChangedSeq,
            seq_value(txn.next_seq()).into(),
        )
        .col_expr(
            provider::Column::RowVersion,
            Expr::col(provider::Column::RowVersion).add(1),
        )
        .filter(provider::Column::Npi.eq(number(npi)))
}
