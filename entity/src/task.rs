//! Something a person has to settle: the registry differs from what was claimed or verified.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    /// About what.
    pub kind: String,
    /// What the entry holds, in words; null when nothing.
    pub held: Option<String>,
    /// What the registry says, in words.
    pub registry: String,
    pub import_run_id: Option<i64>,
    pub opened_at: DateTimeUtc,
    /// The log entry that opened it.
    pub opened_seq: i64,
    pub closed_at: Option<DateTimeUtc>,
    pub closed_by: Option<String>,
    pub resolution: Option<String>,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
    #[sea_orm(belongs_to, from = "import_run_id", to = "id")]
    pub import_run: BelongsTo<Option<super::import_run::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
