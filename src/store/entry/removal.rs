//! Requests that an entry goes.

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::AccountId;
use domain::npi::Npi;
use domain::report::RemovalState;
use entity::removal_request;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::provider::{npi, number};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// The stored number of a request.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct RemovalId(pub i64);

/// A request as it is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// Its number.
    pub id: RemovalId,
    /// Of which entry.
    pub npi: Npi,
    /// Who asks.
    pub account: AccountId,
    /// Shall the data go too, or only from view?
    pub wants_erasure: bool,
    /// Did the request itself take the entry from view?
    pub hid_entry: bool,
    /// Where it stands.
    pub state: RemovalState,
    /// Why, in words.
    pub reason: Option<Box<str>>,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// The last day for an answer.
    pub due_on: NaiveDate,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom.
    pub decided_by: Option<AccountId>,
    /// In which words.
    pub decision_note: Option<Box<str>>,
    /// Counts up with every act that changes it.
    pub version: i64,
}

/// Writes a request, new or changed, as it is given.
pub async fn save(txn: &WriteTxn, removal: &Removal) -> Result<(), StoreError> {
    let text = |text: &Option<Box<str>>| text.as_deref().map(ToOwned::to_owned);
    let row = removal_request::Model {
        id: removal.id.0,
        provider_npi: number(removal.npi),
        account_id: removal.account.0,
        wants_erasure: removal.wants_erasure,
        hid_entry: removal.hid_entry,
        state: removal.state.code().to_owned(),
        reason_text: text(&removal.reason),
        requested_at: row::instant(removal.requested_at),
        due_on: removal.due_on,
        decided_at: removal.decided_at.map(row::instant),
        decided_by: removal.decided_by.map(|by| by.0),
        decision_note: text(&removal.decision_note),
        row_version: removal.version,
    };
    row::upsert::<removal_request::Entity>(txn.db(), vec![row]).await
}

/// A number for a new request.
pub fn next_id(txn: &WriteTxn) -> RemovalId {
    RemovalId(txn.take_id())
}

/// A request by its number.
pub async fn find(db: &impl ConnectionTrait, id: RemovalId) -> Result<Option<Removal>, StoreError> {
    let select = removal_request::Entity::find_by_id(id.0);
    let found = row::read(db, select).await?.pop();
    found.map(of_row).transpose()
}

/// The request of an entry that nobody has decided.
pub async fn open(db: &impl ConnectionTrait, npi: Npi) -> Result<Option<Removal>, StoreError> {
    let select = removal_request::Entity::find()
        .filter(removal_request::Column::ProviderNpi.eq(number(npi)))
        .filter(removal_request::Column::State.eq(RemovalState::Open.code()));
    let found = row::read(db, select).await?.pop();
    found.map(of_row).transpose()
}

/// Requests in a state, or all, oldest first; of one account, or of anybody.
pub async fn page_after(
    db: &impl ConnectionTrait,
    (state, by): (Option<RemovalState>, Option<AccountId>),
    after: Option<RemovalId>,
    limit: u64,
) -> Result<Vec<Removal>, StoreError> {
    let mut select = removal_request::Entity::find()
        .filter(removal_request::Column::Id.gt(after.map_or(0, |id| id.0)))
        .order_by_asc(removal_request::Column::Id)
        .limit(limit);
    if let Some(state) = state {
        select = select.filter(removal_request::Column::State.eq(state.code()));
    }
    if let Some(by) = by {
        select = select.filter(removal_request::Column::AccountId.eq(by.0));
    }
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

fn of_row(found: removal_request::Model) -> Result<Removal, StoreError> {
    let id = found.id;
    Ok(Removal {
        id: RemovalId(id),
        npi: npi(found.provider_npi, "removal_request.provider_npi", id)?,
        account: AccountId(found.account_id),
        wants_erasure: found.wants_erasure,
        hid_entry: found.hid_entry,
        state: row::parse(&found.state, "removal_request", "state", id)?,
        reason: found.reason_text.map(Into::into),
        requested_at: found.requested_at,
        due_on: found.due_on,
        decided_at: found.decided_at,
        decided_by: found.decided_by.map(AccountId),
        decision_note: found.decision_note.map(Into::into),
        version: found.row_version,
    })
}
