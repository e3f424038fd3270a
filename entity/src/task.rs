//! Something a person of ours has to settle: the registry differs from what was claimed or verified,
//! or a day has come.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// About whom.
    pub provider_npi: Option<i64>,
    /// About what of theirs, by its table and number.
    pub subject_type: Option<String>,
    pub subject_id: Option<String>,
    pub kind: String,
    /// What is asked once is known by this.
    #[sea_orm(unique)]
    pub once_key: Option<String>,
    /// What to do, in words; null where the kind says it.
    pub what: Option<String>,
    /// The last day on which doing it is in time.
    pub due_on: Option<Date>,
    /// What the entry holds, in words; null when nothing.
    pub held: Option<String>,
    /// What the registry says, in words; null where it is not about the registry.
    pub registry: Option<String>,
    pub import_run_id: Option<i64>,
    pub opened_at: DateTimeUtc,
    /// The log entry that opened it.
    pub opened_seq: i64,
    pub closed_at: Option<DateTimeUtc>,
    pub closed_by: Option<String>,
    pub resolution: Option<String>,
    pub resolution_text: Option<String>,
    pub row_version: i32,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<Option<super::provider::Entity>>,
    #[sea_orm(belongs_to, from = "import_run_id", to = "id")]
    pub import_run: BelongsTo<Option<super::import_run::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
