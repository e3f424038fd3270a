//! What a credential says of itself, version by version: what decisions are bound to.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential_content")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub credential_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// Canonical JSON (RFC 8785).
    pub document: String,
    /// Of the document, in hexadecimal.
    pub sha256: String,
    pub written_at: DateTimeUtc,
    pub written_by: Option<i64>,
    /// Since when it is never changed again: somebody signed for it.
    pub frozen_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "credential_id", to = "id")]
    pub credential: BelongsTo<super::credential::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
