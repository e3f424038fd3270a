//! What a reviewer saw of an attestation.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attestation_evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub attestation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    /// In hexadecimal.
    pub sha256: String,
    #[sea_orm(belongs_to, from = "attestation_id", to = "id")]
    pub attestation: BelongsTo<super::sterility_attestation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
