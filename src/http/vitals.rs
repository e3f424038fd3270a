//! What the server asks of the application about its health.

use futures_util::future::BoxFuture;

/// How the application is doing. All but the database's answer must cost next to nothing.
pub trait Vitals: Send + Sync + 'static {
    /// The log's `seq` that answers are given from.
    fn data_version(&self) -> u64;
    /// Providers in the index.
    fn providers(&self) -> usize;
    /// Has the index been built, and does it keep up with the log?
    fn index_is_ready(&self) -> bool;
    /// Does the database answer?
    fn database_answers(&self) -> BoxFuture<'_, bool>;
}
