//! A needle as its box describes it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "needle_product")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub attestation_id: i64,
    pub brand: String,
    pub labeler: String,
    pub device_identifier: Option<String>,
    pub fda_pathway: String,
    pub k510_number: Option<String>,
    pub diameter_um: i32,
    pub length_mm: i32,
    #[sea_orm(belongs_to, from = "attestation_id", to = "id")]
    pub attestation: BelongsTo<super::sterility_attestation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
