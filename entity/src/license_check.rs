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
    #[sea_orm(belongs_to, from = "license_id", to = "id")]
    pub license: BelongsTo<super::license::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
