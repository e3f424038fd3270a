//! Being told when something changes.

use domain::access::Act;
use futures_util::Stream;
use futures_util::stream::unfold;
use tokio::sync::broadcast::error::RecvError;

use super::{Requester, Trouble};
use crate::app::App;
pub use crate::store::log::CaseChange;

/// Somebody listened too slowly and has lost some of what was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooSlow;

/// Every change of a case from now on, for those who work on them. Ends after [`TooSlow`].
pub fn case_changes(
    app: &App,
    who: &Requester,
) -> Result<impl Stream<Item = Result<CaseChange, TooSlow>> + Send + use<>, Trouble> {
    who.acting(Act::WatchCaseQueue)?;
    let changes = app.watch_cases();
    Ok(unfold(Some(changes), |changes| async move {
        let mut changes = changes?;
        match changes.recv().await {
            Ok(change) => Some((Ok(change), Some(changes))),
            Err(RecvError::Lagged(_)) => Some((Err(TooSlow), None)),
            Err(RecvError::Closed) => None,
        }
    }))
}
