//! Claims to entries.

use chrono::{DateTime, Utc};
use domain::access::AccountId;
use domain::claim::{ClaimMethod, ClaimState, IssuedCode};
use domain::npi::Npi;
use entity::claim;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::store::provider::{npi, number};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// The stored number of a claim.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub struct ClaimId(pub i64);

/// A claim as it is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its number.
    pub id: ClaimId,
    /// Of which entry.
    pub npi: Npi,
    /// By whom.
    pub account: AccountId,
    /// Where it stands.
    pub state: ClaimState,
    /// How it is to be shown.
    pub method: ClaimMethod,
    /// Had somebody else claimed the entry already?
    pub disputes: bool,
    /// What the claimant says of it.
    pub statement: Option<Box<str>>,
    /// When.
    pub requested_at: DateTime<Utc>,
    /// SHA-256 over the claim's number and the code, in hexadecimal.
    pub code_hash: Option<Box<str>>,
    /// When the code was issued.
    pub code_issued_at: Option<DateTime<Utc>>,
    /// The first instant at which it is worth nothing.
    pub code_expires_at: Option<DateTime<Utc>>,
    /// Who read it out or posted it.
    pub code_issued_by: Option<AccountId>,
    /// Wrong codes entered since.
    pub attempts: u32,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// By whom.
    pub decided_by: Option<AccountId>,
    /// In which words.
    pub decision_note: Option<Box<str>>,
    /// Counts up with every act that changes it.
    pub version: i64,
}

impl Claim {
    /// What a decision needs of it.
    pub fn facts(&self) -> domain::claim::Claim {
        domain::claim::Claim {
            state: self.state,
            method: self.method,
            disputes: self.disputes,
            requested_at: self.requested_at,
            code: self.code_expires_at.map(|expires_at| IssuedCode {
                expires_at,
                attempts: self.attempts,
            }),
        }
    }
}

/// Writes a claim, new or changed, as it is given.
pub async fn save(txn: &WriteTxn, claim: &Claim) -> Result<(), StoreError> {
    let text = |text: &Option<Box<str>>| text.as_deref().map(ToOwned::to_owned);
    let row = claim::Model {
        id: claim.id.0,
        provider_npi: number(claim.npi),
        account_id: claim.account.0,
        state: claim.state.code().to_owned(),
        method: claim.method.code().to_owned(),
        disputes: claim.disputes,
        statement: text(&claim.statement),
        requested_at: row::instant(claim.requested_at),
        code_hash: text(&claim.code_hash),
        code_issued_at: claim.code_issued_at.map(row::instant),
        code_expires_at: claim.code_expires_at.map(row::instant),
        code_issued_by: claim.code_issued_by.map(|by| by.0),
        attempts: row::fit(claim.attempts, "claim", "attempts", claim.id.0)?,
        decided_at: claim.decided_at.map(row::instant),
        decided_by: claim.decided_by.map(|by| by.0),
        decision_note: text(&claim.decision_note),
        row_version: claim.version,
    };
    row::upsert::<claim::Entity>(txn.db(), vec![row]).await
}

/// A number for a new claim.
pub fn next_id(txn: &WriteTxn) -> ClaimId {
    ClaimId(txn.take_id())
}

/// A claim by its number.
pub async fn find(db: &impl ConnectionTrait, id: ClaimId) -> Result<Option<Claim>, StoreError> {
    let found = row::read(db, claim::Entity::find_by_id(id.0)).await?.pop();
    found.map(of_row).transpose()
}

/// The claims of an entry in a state.
pub async fn of_entry(
    db: &impl ConnectionTrait,
    npi: Npi,
    state: ClaimState,
) -> Result<Vec<Claim>, StoreError> {
    let select = claim::Entity::find()
        .filter(claim::Column::ProviderNpi.eq(number(npi)))
        .filter(claim::Column::State.eq(state.code()))
        .order_by_asc(claim::Column::Id);
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

/// Claims in a state, or all, oldest first; of one account, or of anybody.
pub async fn page_after(
    db: &impl ConnectionTrait,
    (state, by): (Option<ClaimState>, Option<AccountId>),
    after: Option<ClaimId>,
    limit: u64,
) -> Result<Vec<Claim>, StoreError> {
    let mut select = claim::Entity::find()
        .filter(claim::Column::Id.gt(after.map_or(0, |id| id.0)))
        .order_by_asc(claim::Column::Id)
        .limit(limit);
    if let Some(state) = state {
        select = select.filter(claim::Column::State.eq(state.code()));
    }
    if let Some(by) = by {
        select = select.filter(claim::Column::AccountId.eq(by.0));
    }
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

fn of_row(found: claim::Model) -> Result<Claim, StoreError> {
    let (table, id) = ("claim", found.id);
    Ok(Claim {
        id: ClaimId(id),
        npi: npi(found.provider_npi, "claim.provider_npi", id)?,
        account: AccountId(found.account_id),
        state: row::parse(&found.state, table, "state", id)?,
        method: row::parse(&found.method, table, "method", id)?,
        disputes: found.disputes,
        statement: found.statement.map(Into::into),
        requested_at: found.requested_at,
        code_hash: found.code_hash.map(Into::into),
        code_issued_at: found.code_issued_at,
        code_expires_at: found.code_expires_at,
        code_issued_by: found.code_issued_by.map(AccountId),
        attempts: row::fit(found.attempts, table, "attempts", id)?,
        decided_at: found.decided_at,
        decided_by: found.decided_by.map(AccountId),
        decision_note: found.decision_note.map(Into::into),
        version: found.row_version,
    })
}
