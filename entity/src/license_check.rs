//! One look at a source, kept as it was.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "license_check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub license_id: i64,
    pub source_kind: String,
    pub source_name: String,
    pub source_url: Option<String>,
    pub checked_at: DateTimeUtc,
    /// The day whose truth the source tells.
    pub as_of: Date,
    pub outcome: String,
    pub board_status: String,
    pub expires_on: Option<Date>,
    /// Codes of the fields in which the register differed, separated by commas.
    pub mismatches: String,
    /// How the source was asked; null for looks recorded before methods were.
    pub method: Option<String>,
    /// The register's own words for the status.
    pub board_status_raw: Option<String>,
    /// By which mapping those words became our status.
    pub mapping_version: Option<String>,
    /// The account that looked; null for a file.
    pub performed_by: Option<String>,
    /// SHA-256 of what was seen, in hexadecimal.
    pub snapshot_sha256: Option<String>,
    pub note: Option<String>,
    /// The run that read it from a file.
    pub import_run_id: Option<i64>,
    #[sea_orm(belongs_to, from = "license_id", to = "id")]
    pub license: BelongsTo<super::license::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
