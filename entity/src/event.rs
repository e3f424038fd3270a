//! The log: every change, in order, each bound to the one before.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub seq: i64,
    /// UTC with six decimals and a Z: the very text that is hashed.
    pub occurred_at: String,
    pub actor_id: Option<String>,
    pub actor_role: String,
    pub on_behalf_of: Option<String>,
    pub auth_method: Option<String>,
    pub session_id: Option<String>,
    pub action: String,
    pub entity_type: String,
    pub entity_id: Option<String>,
    pub entity_version: Option<i64>,
    pub case_id: Option<String>,
    pub reason_code: Option<String>,
    pub reason_text: Option<String>,
    pub before_hash: Option<String>,
    pub after_hash: Option<String>,
    /// Names separated by commas.
    pub changed_fields: Option<String>,
    pub request_id: Option<String>,
    pub idempotency_key: Option<String>,
    pub ip_hash: Option<String>,
    pub app_version: String,
    pub policy_version: Option<i64>,
    #[sea_orm(unique)]
    pub prev_hash: String,
    #[sea_orm(unique)]
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
