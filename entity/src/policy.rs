//! Versions of the directory's policy.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "policy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub version: i32,
    /// JSON.
    pub document: String,
    pub effective_at: DateTimeUtc,
    /// The log entry that wrote the row.
    pub recorded_seq: i64,
}

impl ActiveModelBehavior for ActiveModel {}
