//! Reads that leave an entry in the log: of files, of excluded people's rows, of who has an account.
//!
//! The entry is written before anything is shown, so that nobody has seen what the log does not tell. A
//! read that shows nothing leaves none, and no public read leaves any.

use chrono::{DateTime, Utc};
use domain::access::{Act, Role};

use super::{Requester, Trouble};
use crate::app::App;
use crate::store::log::{self, NewEvent};

/// The entry of a read, signed by who reads and as what.
pub(super) fn signed(
    who: &Requester,
    role: Role,
    (action, table): (&str, &str),
    at: DateTime<Utc>,
) -> NewEvent {
    NewEvent {
        actor_id: who.account.map(|_| who.key()),
        auth_method: who.auth_method.map(|method| method.code().to_owned()),
        session_id: who.session_id.as_deref().map(Into::into),
        request_id: who.request_id.as_deref().map(Into::into),
        ip_hash: who.ip_hash.as_deref().map(Into::into),
        actor_role: role.code().to_owned(),
        ..NewEvent::by_system(action, table, at)
    }
}

/// Writes an entry of a read into the log.
pub(super) async fn write(app: &App, event: NewEvent) -> Result<(), Trouble> {
    let txn = app.store.begin().await?;
    log::append(&txn, event).await?;
    Ok(txn.commit().await?)
}

/// Logs that somebody is about to be shown these rows of a table; nothing where there are none.
///
/// One entry a read, with the rows by their ids and never by what they say.
pub(super) async fn shown(
    app: &App,
    who: &Requester,
    (act, table): (Act, &str),
    ids: &[String],
) -> Result<(), Trouble> {
    let (role, _) = who.acting(act)?;
    if ids.is_empty() {
        return Ok(());
    }
    let event = NewEvent {
        entity_id: match ids {
            [one] => Some(one.clone()),
            _ => None,
        },
        reason_text: Some(ids.join(" ")),
        ..signed(who, role, (act.code(), table), app.clock.now())
    };
    write(app, event).await
}
