//! What a rule asks of the person or of the visit.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scope_requirement")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope_rule_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub subject: String,
    pub kind: String,
    pub value: Option<String>,
    pub unit: Option<String>,
    pub alternative_group: Option<String>,
    pub note: Option<String>,
    pub confidence: String,
    #[sea_orm(belongs_to, from = "scope_rule_id", to = "id")]
    pub scope_rule: BelongsTo<super::scope_rule::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
