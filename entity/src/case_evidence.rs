//! Files that speak for a claim, with the content version they came with.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub evidence_id: i64,
    pub content_version: i32,
    /// Of the file, in hexadecimal.
    pub sha256: String,
    pub uploaded_by: i64,
    pub attached_at: DateTimeUtc,
    pub attached_by: i64,
    #[sea_orm(belongs_to, from = "case_id", to = "id")]
    pub case: BelongsTo<super::case::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
