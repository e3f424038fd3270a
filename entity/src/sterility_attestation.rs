//! What a person signed about the needles used at some places.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sterility_attestation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    pub signed_at: Option<DateTimeUtc>,
    pub valid_until: Option<Date>,
    /// Counts up with every act that changes it.
    pub row_version: i32,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
