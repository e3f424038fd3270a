//! A file that proves a claim: what it is, and what became of it. Its bytes lie elsewhere.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evidence")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    pub kind: String,
    /// Of its bytes, in small hexadecimal digits; its name in the vault.
    pub sha256: String,
    pub bytes: i64,
    /// What its bytes are.
    pub mime: String,
    /// What it was called, made harmless; null once purged.
    pub file_name: Option<String>,
    /// The account that handed it in; null for the program itself.
    pub uploaded_by: Option<i64>,
    pub uploaded_at: DateTimeUtc,
    /// Why it must not be purged, while that is so.
    pub hold_reason: Option<String>,
    pub purged_at: Option<DateTimeUtc>,
    pub purged_by: Option<i64>,
    pub purge_reason: Option<String>,
    pub purge_text: Option<String>,
    pub row_version: i32,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
