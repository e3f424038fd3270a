//! Where an attestation holds.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attestation_location")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub attestation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub practice_location_id: i64,
    #[sea_orm(belongs_to, from = "attestation_id", to = "id")]
    pub attestation: BelongsTo<super::sterility_attestation::Entity>,
    #[sea_orm(belongs_to, from = "practice_location_id", to = "id")]
    pub practice_location: BelongsTo<super::practice_location::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
