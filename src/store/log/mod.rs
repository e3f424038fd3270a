//! The one log: audit trail, change feed and source of subscriptions.
//!
//! Every change appends one entry in its own transaction. An entry is bound to the one before:
//! `hash = SHA-256(prev_hash || JCS(entry without hash))`, canonical JSON after RFC 8785, where the
//! entry's absent fields are left out, so that a column added later leaves old hashes as they are.
//! Whoever owns program and database can rewrite the whole chain: the chain shows, it does not prevent.

mod cases;
mod entry;
mod export;
mod page;
mod verify;

use entity::{event, event_head};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

pub use cases::{CaseChange, case_changes};
pub use entry::{Event, NewEvent};
pub use export::{export, export_csv};
pub use page::{Wanted, page_after};
pub use verify::{Broken, Verdict, Why, verify};

use super::txn::{WriteTxn, seq_value};
use super::{StoreError, row};

/// What the chain begins with, in the place of a hash before the first entry.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The tables of what everybody is judged and found by, as entries name them.
const RULES: [&str; 4] = ["scope_rule", "compact_period", "policy", "place"];

/// Where the log ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The last entry's number; 0 before the first.
    pub seq: u64,
    /// The last entry's hash; [`GENESIS`] before the first.
    pub hash: String,
}

/// Where the log ends now. Its `seq` is the version of all data.
pub async fn head(db: &impl ConnectionTrait) -> Result<Head, StoreError> {
    let (head, _) = Head::of_rows(row::read(db, event_head::Entity::find()).await?)?;
    Ok(head)
}

/// Does an entry after `seq` tell of a change of the law, the compacts, the policy or the places: of what everybody
/// is judged and found by?
pub async fn touches_rules(db: &impl ConnectionTrait, seq: u64) -> Result<bool, StoreError> {
    let select = event::Entity::find()
        .filter(event::COLUMN.seq.gt(seq_value(seq)))
        .filter(event::COLUMN.entity_type.is_in(RULES))
        .limit(1);
    Ok(!row::read(db, select).await?.is_empty())
}

/// Appends an entry, which becomes part of the log when the transaction commits.
pub async fn append(txn: &WriteTxn, new: NewEvent) -> Result<Event, StoreError> {
    let event = Event::follow(&txn.head(), new);
    row::insert::<event::Entity>(txn.db(), vec![event.to_row()]).await?;
    txn.appended(Head {
        seq: event.seq,
        hash: event.hash.clone(),
    });
    Ok(event)
}

impl Head {
    /// The head and the greatest row number taken, from the one row there is.
    pub(super) fn of_rows(rows: Vec<event_head::Model>) -> Result<(Self, i64), StoreError> {
        match <[_; 1]>::try_from(rows) {
            Ok([found]) => Ok((
                Self {
                    seq: row::fit(found.seq, "event_head", "seq", found.id)?,
                    hash: found.hash,
                },
                found.last_id,
            )),
            Err(rows) => Err(StoreError::inconsistent(
                "event_head",
                "id",
                1,
                format!("there are {} rows instead of one", rows.len()),
            )),
        }
    }
}
