//! Answers that are remembered under the key of their request.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor: String,
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    pub act: String,
    pub body_sha256: String,
    pub outcome: String,
    /// JSON.
    pub answer: String,
    /// The last log entry of the change.
    pub seq: i64,
    pub answered_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
