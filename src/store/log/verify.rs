//! Walking the chain from its first entry to its head.

use std::fmt;

use entity::event;
use sea_orm::{
    ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect, QueryTrait,
};

use super::{Event, GENESIS, Head, head};
use crate::store::{StoreError, row};

/// How many entries are held in memory at once.
const PAGE: u64 = 1_000;

/// What a walk over the log found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every entry is as it was written, none is missing and none was put in.
    Intact(Head),
    /// From this entry on the log is not what was written.
    Broken(Broken),
}

/// The first entry that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Its number.
    pub seq: u64,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// There is none of this number.
    Missing,
    /// Its fields do not give its hash.
    Changed,
    /// It does not follow the entry before: something was put in, taken out or moved.
    OutOfOrder,
    /// A field cannot be read.
    Unreadable(String),
    /// The head says that the log goes on to here.
    Truncated {
        /// The last number by the head.
        head: u64,
    },
    /// The head says that the log ends before.
    BeyondHead {
        /// The last number by the head.
        head: u64,
    },
    /// The head bears another hash than the last entry.
    HeadChanged,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seq = self.seq;
        match &self.why {
            Why::Missing => write!(f, "entry {seq} is missing"),
            Why::Changed => write!(f, "entry {seq} was changed after it was written"),
            Why::OutOfOrder => write!(f, "entry {seq} does not follow the entry before it"),
            Why::Unreadable(what) => write!(f, "entry {seq} cannot be read: {what}"),
            Why::Truncated { head } => {
                write!(f, "entry {seq} is missing: the log goes on to {head}")
            }
            Why::BeyondHead { head } => {
                write!(f, "entry {seq} was put in: the log ends at {head}")
            }
            Why::HeadChanged => write!(f, "the head does not bear the hash of entry {seq}"),
        }
    }
}

/// Checks every entry in order and names the first that is not as it was written.
///
/// Memory does not grow with the log. While others write, give it a snapshot
/// ([`Store::read`](crate::store::Store::read)), or a growing log looks cut off.
pub async fn verify(db: &impl ConnectionTrait) -> Result<Verdict, StoreError> {
    let end = head(db).await?;
    let mut last = Head {
        seq: 0,
        hash: GENESIS.to_owned(),
    };
    let mut after = i64::MIN;
    loop {
        let rows = page(db, after).await?;
        let Some(newest) = rows.last() else { break };
        after = newest.try_get("", "seq").map_err(StoreError::from)?;
        for row in &rows {
            match follow(&last, row) {
                Ok(next) => last = next,
                Err(broken) => return Ok(Verdict::Broken(broken)),
            }
        }
    }
    Ok(match compare(&last, &end) {
        Some(broken) => Verdict::Broken(broken),
        None => Verdict::Intact(end),
    })
}

/// The entries after a number, as the engine gives them.
pub(super) async fn page(
    db: &impl ConnectionTrait,
    after: i64,
) -> Result<Vec<QueryResult>, StoreError> {
    let select = event::Entity::find()
        .filter(event::COLUMN.seq.gt(after))
        .order_by_asc(event::Column::Seq)
        .limit(PAGE);
    Ok(db
        .query_all_raw(select.build(db.get_database_backend()))
        .await?)
}

fn follow(last: &Head, row: &QueryResult) -> Result<Head, Broken> {
    let expected = last.seq + 1;
    let event = row::model::<event::Entity>(row)
        .and_then(Event::of_row)
        .map_err(|error| Broken {
            seq: expected,
            why: Why::Unreadable(error.to_string()),
        })?;
    let broken = |seq, why| Err(Broken { seq, why });
    if event.seq > expected {
        return broken(expected, Why::Missing);
    }
    if event.computed_hash() != event.hash {
        return broken(event.seq, Why::Changed);
    }
    if event.seq != expected || event.prev_hash != last.hash {
        return broken(event.seq, Why::OutOfOrder);
    }
    Ok(Head {
        seq: event.seq,
        hash: event.hash,
    })
}

fn compare(last: &Head, end: &Head) -> Option<Broken> {
    let (seq, why) = if last.seq < end.seq {
        (last.seq + 1, Why::Truncated { head: end.seq })
    } else if last.seq > end.seq {
        (end.seq + 1, Why::BeyondHead { head: end.seq })
    } else if last.hash != end.hash {
        (last.seq, Why::HeadChanged)
    } else {
        return None;
    };
    Some(Broken { seq, why })
}
