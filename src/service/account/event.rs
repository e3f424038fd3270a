//! What the log says of accounts. Nothing here is given a secret.

use chrono::{DateTime, Utc};
use domain::access::AccountId;

use crate::app::App;
use crate::secret::Use;
use crate::service::AuthMethod;
use crate::store::account::Account;
use crate::store::log::NewEvent;

/// Where a request comes from.
#[derive(Debug, Clone, Default)]
pub struct Visit {
    /// The client's address; nothing on the command line.
    pub address: Option<Box<str>>,
    /// The request's own number.
    pub request_id: Option<Box<str>>,
}

impl Visit {
    /// The address as the log and the throttle know it.
    pub fn ip_hash(&self, app: &App) -> Option<Box<str>> {
        let address = self.address.as_deref()?;
        Some(app.secret.blind(Use::Address, address).into())
    }
}

/// How the log names an account.
pub(super) fn entity_id(id: AccountId) -> String {
    format!("account_{}", id.0)
}

/// Something that a person did with their own account.
pub(super) fn by_themselves(
    app: &App,
    visit: &Visit,
    account: &Account,
    action: &str,
    at: DateTime<Utc>,
) -> NewEvent {
    NewEvent {
        actor_id: Some(entity_id(account.id)),
        auth_method: Some(AuthMethod::Session.code().to_owned()),
        ..by_anybody(app, visit, account.id, action, at)
    }
}

/// Something that was done to an account by somebody who has not shown who they are.
pub(super) fn by_anybody(
    app: &App,
    visit: &Visit,
    account: AccountId,
    action: &str,
    at: DateTime<Utc>,
) -> NewEvent {
    NewEvent {
        occurred_at: at,
        actor_role: "PUBLIC".to_owned(),
        action: action.to_owned(),
        entity_type: "account".to_owned(),
        entity_id: Some(entity_id(account)),
        request_id: visit.request_id.as_deref().map(Into::into),
        ip_hash: visit.ip_hash(app).map(Into::into),
        ..NewEvent::default()
    }
}

/// Something that whoever runs the installation did on its command line.
pub(super) fn by_operator(account: AccountId, action: &str, at: DateTime<Utc>) -> NewEvent {
    NewEvent {
        auth_method: Some(AuthMethod::CommandLine.code().to_owned()),
        entity_id: Some(entity_id(account)),
        ..NewEvent::by_system(action, "account", at)
    }
}
