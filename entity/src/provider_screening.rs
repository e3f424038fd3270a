//! When a person was screened, oldest first.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_screening")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_npi: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub screened_at: DateTimeUtc,
    /// Null for a look at one person alone.
    pub screening_run_id: Option<i64>,
    /// The log entry of it: who changed after it has to be looked at again.
    pub screened_seq: Option<i64>,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
    #[sea_orm(belongs_to, from = "screening_run_id", to = "id")]
    pub screening_run: BelongsTo<Option<super::screening_run::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
