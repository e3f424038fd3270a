//! Somebody asks that an entry goes.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "removal_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    /// Who asks.
    pub account_id: i64,
    /// Shall the data go too, or only from view?
    pub wants_erasure: bool,
    /// Did the request itself take the entry from view?
    pub hid_entry: bool,
    pub state: String,
    pub reason_text: Option<String>,
    pub requested_at: DateTimeUtc,
    /// The last day for an answer.
    pub due_on: Date,
    pub decided_at: Option<DateTimeUtc>,
    pub decided_by: Option<i64>,
    pub decision_note: Option<String>,
    pub row_version: i64,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
