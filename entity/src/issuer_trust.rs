//! How far an issuer is trusted for what it issued in a range of days, as decided by two people.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "issuer_trust")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub issuer_id: i64,
    /// The first day of issue it speaks of; null for all before the end.
    pub starts_on: Option<Date>,
    /// The last day of issue it speaks of; null for all after the start.
    pub ends_on: Option<Date>,
    pub level: String,
    pub reason_code: String,
    pub reason_text: String,
    pub proposal_id: Option<i64>,
    pub proposed_by: i64,
    pub decided_by: i64,
    pub decided_at: DateTimeUtc,
    pub lift_proposal_id: Option<i64>,
    pub lift_proposed_by: Option<i64>,
    pub lifted_by: Option<i64>,
    pub lifted_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "issuer_id", to = "id")]
    pub issuer: BelongsTo<super::issuer::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
