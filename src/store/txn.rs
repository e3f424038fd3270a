//! The write transaction: takes the log's head, and hands out sequence numbers and row numbers.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use entity::event_head;
use sea_orm::{ColumnTrait, DatabaseTransaction, DbBackend, EntityTrait, QueryFilter, QuerySelect};

use tokio::sync::OwnedMutexGuard;

use super::log::Head;
use super::{StoreError, row};

/// A change under way. It holds the row at which the log ends, so that there is one at a time over
/// all processes; dropped without [`commit`](Self::commit), nothing of it has happened.
#[derive(Debug)]
pub struct WriteTxn {
    // Dropped in this order: the next writer's turn comes when this one's statements are over.
    db: DatabaseTransaction,
    state: Mutex<State>,
    _turn: OwnedMutexGuard<()>,
}

#[derive(Debug, Clone)]
struct State {
    head: Head,
    last_id: i64,
    logged: bool,
}

impl WriteTxn {
    pub(super) async fn take_head(
        db: DatabaseTransaction,
        turn: OwnedMutexGuard<()>,
    ) -> Result<Self, StoreError> {
        use sea_orm::ConnectionTrait;
        let mut select = event_head::Entity::find();
        // SQLite's BEGIN IMMEDIATE has locked out every other writer already.
        if db.get_database_backend() == DbBackend::Postgres {
            select = select.lock_exclusive();
        }
        let (head, last_id) = Head::of_rows(row::read(&db, select).await?)?;
        Ok(Self {
            db,
            state: Mutex::new(State {
                head,
                last_id,
                logged: false,
            }),
            _turn: turn,
        })
    }

    /// What the statements of this change run on.
    pub const fn db(&self) -> &DatabaseTransaction {
        &self.db
    }

    /// The sequence number of the entry that is appended next: what changed rows are stamped with.
    pub fn next_seq(&self) -> u64 {
        self.state().head.seq + 1
    }

    /// Makes the change, and the entry that tells of it, permanent.
    ///
    /// # Errors
    /// [`StoreError::NotLogged`] when nothing was appended to the log: then nothing is written.
    pub async fn commit(self) -> Result<(), StoreError> {
        if !self.state().logged {
            self.rollback().await?;
            return Err(StoreError::NotLogged);
        }
        self.commit_work().await
    }

    /// Makes working data permanent that is no fact about anybody: what an import has staged.
    pub(super) async fn commit_work(self) -> Result<(), StoreError> {
        let state = self.state().clone();
        event_head::Entity::update_many()
            .col_expr(event_head::Column::Seq, seq_value(state.head.seq).into())
            .col_expr(event_head::Column::Hash, state.head.hash.into())
            .col_expr(event_head::Column::LastId, state.last_id.into())
            .filter(event_head::Column::Id.eq(1))
            .exec(&self.db)
            .await?;
        Ok(self.db.commit().await?)
    }

    /// Undoes everything.
    pub async fn rollback(self) -> Result<(), StoreError> {
        Ok(self.db.rollback().await?)
    }

    pub(super) fn head(&self) -> Head {
        self.state().head.clone()
    }

    pub(super) fn appended(&self, head: Head) {
        let mut state = self.state();
        state.head = head;
        state.logged = true;
    }

    /// Numbers that no row of any table bears or ever bore.
    pub(super) fn take_ids(&self, count: usize) -> Range<i64> {
        let mut state = self.state();
        let first = state.last_id + 1;
        state.last_id += i64::try_from(count).unwrap_or(i64::MAX);
        first..state.last_id + 1
    }

    pub(super) fn take_id(&self) -> i64 {
        self.take_ids(1).start
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn seq_value(seq: u64) -> i64 {
    i64::try_from(seq).unwrap_or(i64::MAX)
}
