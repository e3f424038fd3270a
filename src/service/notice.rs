//! Notices within a change: queued in its transaction, sent later by whoever's turn it is.

use domain::notice::Notice;

use super::{Change, Trouble};
use crate::app::App;
use crate::store::notice;

pub use crate::store::notice::{Filter, NoticeId, StoredNotice};

/// Queues notices, which wait from the commit of the change on. What was said already, by its
/// `once_key`, is left out; tells the numbers of the others in their order.
///
/// The change's own entry in the log tells of them; sending each is an entry of its own.
pub async fn queue(change: &Change<'_>, notices: &[Notice]) -> Result<Vec<NoticeId>, Trouble> {
    Ok(notice::queue(&change.txn, notices, change.now).await?)
}

/// Notices, the latest first, those before one; one more than fits where there is one.
pub async fn page(
    app: &App,
    filter: &Filter,
    before: Option<NoticeId>,
    first: usize,
) -> Result<Vec<StoredNotice>, Trouble> {
    Ok(notice::page(app.store.connection(), filter, before, first as u64 + 1).await?)
}
