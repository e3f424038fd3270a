//! What was signed, once a version; never changed.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attestation_signature")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub attestation_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    pub signed_at: DateTimeUtc,
    /// In the zone of the place.
    pub signed_on: Date,
    pub signature_days: i32,
    pub license_ends_on: Option<Date>,
    pub signer_account_id: i64,
    pub signer_printed_name: String,
    pub license_jurisdiction: String,
    pub license_number: String,
    pub meaning: String,
    pub algorithm: String,
    /// In hexadecimal.
    pub signature: Option<String>,
    /// Canonical JSON.
    pub payload: Option<String>,
    /// In hexadecimal.
    pub payload_sha256: String,
    pub sample_seed: Option<String>,
    pub sample_drawn: Option<i64>,
    pub sample_percent: Option<i32>,
    pub policy_version: Option<i32>,
    #[sea_orm(belongs_to, from = "attestation_id", to = "id")]
    pub attestation: BelongsTo<super::sterility_attestation::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
