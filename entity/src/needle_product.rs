//! A needle as its box describes it.

#![expect(
    clippy::struct_excessive_bools,
    reason = "a row holds what its table holds"
)]

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
    pub catalog_number: Option<String>,
    pub di_issuer: String,
    /// The device identifier in the one spelling by which lots and recalls are found.
    pub device_bare: Option<String>,
    pub product_code: String,
    pub single_use: bool,
    pub rx_only: Option<bool>,
    pub needle_kind: String,
    pub material: String,
    pub coating: String,
    pub guide_tube: bool,
    pub sterilization_method: String,
    pub sterile_as_packaged: bool,
    pub needs_sterilization_before_use: bool,
    /// Codes separated by commas.
    pub claimed_standards: String,
    pub gudid_snapshot_on: Option<Date>,
    pub source: String,
    #[sea_orm(belongs_to, from = "attestation_id", to = "id")]
    pub attestation: BelongsTo<super::sterility_attestation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
