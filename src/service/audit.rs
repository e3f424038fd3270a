//! Reading the log: by whom, of what, in which order. Nothing here changes it.

use crate::app::App;
use crate::service::Trouble;
use crate::store::log;
pub use crate::store::log::{Event, Wanted};

/// The entries after a number, oldest first: a page and one more where there is one.
pub async fn page(
    app: &App,
    wanted: &Wanted,
    after: Option<u64>,
    size: usize,
) -> Result<Vec<Event>, Trouble> {
    let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
    Ok(log::page_after(app.store.connection(), wanted, after, limit).await?)
}
