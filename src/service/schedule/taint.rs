//! Taints that have not reached everything they concern: what a confirmation could not suspend at once,
//! and what was verified while nobody looked.

use crate::app::{App, LoadError};
use crate::service::issuer::suspend_some;
use crate::store::issuer::trust;

/// Suspends, batch by batch, what the taints in force concern. Tells how many.
pub(super) async fn go_on(app: &App) -> Result<u64, LoadError> {
    let mut suspended = 0;
    for taint in trust::in_force(app.store.connection()).await? {
        loop {
            let some = suspend_some(app, &taint).await?;
            suspended += some;
            if some == 0 {
                break;
            }
        }
    }
    Ok(suspended)
}
