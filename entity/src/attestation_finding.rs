//! What the checks of a signed version found, and why somebody looks at it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attestation_finding")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub attestation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub reason: String,
    pub code: Option<String>,
    pub field: Option<String>,
    pub message: Option<String>,
    pub statement: Option<String>,
    #[sea_orm(belongs_to, from = "attestation_id", to = "id")]
    pub attestation: BelongsTo<super::sterility_attestation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
