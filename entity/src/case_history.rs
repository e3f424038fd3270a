//! Every state that a case passed, oldest first, with who moved it and what they signed for.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case_history")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub case_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub passed_at: DateTimeUtc,
    /// The act that moved it.
    pub action: String,
    /// Where it stood then.
    pub state: String,
    pub actor_id: Option<i64>,
    pub actor_role: String,
    pub signature_meaning: Option<String>,
    /// The name as the signatory wrote it.
    pub printed_name: Option<String>,
    pub reason_code: Option<String>,
    pub reason_text: Option<String>,
    pub content_version: Option<i32>,
    /// The log entry that tells of it.
    pub seq: i64,
    #[sea_orm(belongs_to, from = "case_id", to = "id")]
    pub case: BelongsTo<super::case::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
