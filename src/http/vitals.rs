//! What the server asks of the application about its health.

use futures_util::future::BoxFuture;

/// Numbers of the work that time brings, of this node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ChoreNumbers {
    /// Notices sent since it started.
    pub sent: u64,
    /// Attempts to send one that failed since it started.
    pub failed: u64,
    /// Notices that waited when it last looked.
    pub unsent: u64,
    /// Those of them whose last day had passed.
    pub overdue: u64,
    /// When it last looked, in seconds since 1970; 0 before it did for the first time.
    pub last_run: i64,
}

/// How the application is doing. All but the database's answer must cost next to nothing.
pub trait Vitals: Send + Sync + 'static {
    /// The log's `seq` that answers are given from.
    fn data_version(&self) -> u64;
    /// Providers in the index.
    fn providers(&self) -> usize;
    /// Has the index been built, and does it keep up with the log?
    fn index_is_ready(&self) -> bool;
    /// What became of notices and of the work that time brings.
    fn chores(&self) -> ChoreNumbers {
        ChoreNumbers::default()
    }
    /// Does the database answer?
    fn database_answers(&self) -> BoxFuture<'_, bool>;
}
