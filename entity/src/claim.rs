//! Somebody says that an entry is theirs.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "claim")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    /// Who says so.
    pub account_id: i64,
    pub state: String,
    /// How it is to be shown.
    pub method: String,
    /// Had somebody else claimed the entry already?
    pub disputes: bool,
    /// What the claimant says of it.
    pub statement: Option<String>,
    pub requested_at: DateTimeUtc,
    /// SHA-256 over the claim's number and the code, in hexadecimal; null while there is none.
    pub code_hash: Option<String>,
    pub code_issued_at: Option<DateTimeUtc>,
    pub code_expires_at: Option<DateTimeUtc>,
    /// The account that read the code out or posted it.
    pub code_issued_by: Option<i64>,
    /// Wrong codes entered since the code was issued.
    pub attempts: i32,
    pub decided_at: Option<DateTimeUtc>,
    /// The account that decided; the claimant's own where the code was right.
    pub decided_by: Option<i64>,
    pub decision_note: Option<String>,
    pub row_version: i64,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
