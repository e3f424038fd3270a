//! The only SQL: rows in, domain values out, on SQLite and on PostgreSQL.
//!
//! Reads are functions beside what they read ([`provider`], [`attestation`], [`scope`], [`place`],
//! [`policy`], [`log`]); they take any connection and so join a caller's transaction. Writes take a [`WriteTxn`]:
//! it holds the end of the log, so there is one at a time, and commits only with an entry in it.
//! A stored value that cannot be read is an error that names table, column and row, never a default.

pub mod account;
pub mod attestation;
pub mod backup;
pub mod bulk;
pub mod case;
pub mod compact;
mod connect;
mod durability;
pub mod entry;
mod error;
pub mod evidence;
pub mod exclusion;
pub mod idempotency;
pub mod installation;
pub mod issuer;
pub mod lease;
pub mod log;
mod migrate;
pub mod notice;
mod once;
pub mod place;
pub mod policy;
pub mod proposal;
pub mod provider;
mod row;
pub mod scope;
pub mod subject;
pub mod task;
mod txn;
pub mod waiting;

use std::sync::Arc;
use std::time::Duration;

use sea_orm::{
    AccessMode, ConnAcquireErr, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    IsolationLevel, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use tokio::sync::Mutex;

pub use durability::Durability;
pub use error::StoreError;
pub use txn::WriteTxn;

/// How long a writer of this node waits for those before.
const TURN: Duration = Duration::from_mins(1);

/// The database as it was at one moment, for several reads that must agree.
pub type View = DatabaseTransaction;

/// A database of ours. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store {
    readers: DatabaseConnection,
    writers: DatabaseConnection,
    /// Whose turn it is to write, of this node: first come, first served.
    turn: Arc<Mutex<()>>,
}

impl Store {
    /// Opens the database that a URL names: `sqlite://drypoint.db?mode=rwc` or `postgres://…`.
    ///
    /// SQLite runs in WAL mode with `synchronous=FULL`, foreign keys enforced and one writer.
    ///
    /// # Errors
    /// [`StoreError::CannotOpen`] and [`StoreError::Damaged`] name the database and what to do: a
    /// missing directory, a file that is no database, an emptied file, a damaged page.
    pub async fn connect(url: &str) -> Result<Self, StoreError> {
        let opened = connect::open(url).await?;
        Ok(Self {
            readers: opened.readers,
            writers: opened.writers,
            turn: Arc::default(),
        })
    }

    /// What single reads run on.
    pub const fn connection(&self) -> &DatabaseConnection {
        &self.readers
    }

    /// A view of the database as it is now, for several reads that must agree. Holds up no writer.
    pub async fn read(&self) -> Result<View, StoreError> {
        let txn = match self.readers.get_database_backend() {
            DbBackend::Postgres => {
                self.readers
                    .begin_with_config(
                        Some(IsolationLevel::RepeatableRead),
                        Some(AccessMode::ReadOnly),
                    )
                    .await
            }
            _ => self.readers.begin().await,
        }?;
        Ok(txn)
    }

    /// Begins a change. Waits for the change under way, in whatever process, to end.
    ///
    /// Of one node one writer at a time asks for a connection, in the order in which they came: nobody
    /// is turned away because of those before. Whoever wants to wait no longer drops the future, and leaves
    /// the queue.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after a minute, which is longer than any request lives.
    pub async fn begin(&self) -> Result<WriteTxn, StoreError> {
        let waiting = Arc::clone(&self.turn).lock_owned();
        let turn = tokio::time::timeout(TURN, waiting)
            .await
            .map_err(|_| StoreError::Busy(DbErr::ConnectionAcquire(ConnAcquireErr::Timeout)))?;
        WriteTxn::take_head(self.exclusive().await?, turn).await
    }

    /// Does the database answer, and is it one of ours?
    pub async fn ping(&self) -> Result<(), StoreError> {
        log::head(&self.readers).await.map(drop)
    }

    /// Closes every connection; SQLite then folds its log into the file.
    pub async fn close(self) -> Result<(), StoreError> {
        self.readers.close().await?;
        self.writers.close().await?;
        Ok(())
    }

    /// A transaction on a writing connection. On SQLite it locks out other writers from its start,
    /// because one that begins by reading cannot always be made to write.
    async fn exclusive(&self) -> Result<DatabaseTransaction, StoreError> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.writers.begin_with_options(options).await?)
    }
}
