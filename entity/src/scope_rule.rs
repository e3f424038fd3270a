//! What the law of one jurisdiction says to one discipline in one period.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "scope_rule")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub jurisdiction: String,
    pub discipline: String,
    pub status: String,
    pub effective_from: Option<Date>,
    /// The first day on which it no longer holds.
    pub effective_to: Option<Date>,
    pub instrument: String,
    pub citation: Option<String>,
    pub source_url: Option<String>,
    pub source_as_of: Option<Date>,
    pub confidence: String,
    pub summary: String,
    /// As published with the rule, like the two after it; judged are the requirements.
    pub min_training_hours: Option<i32>,
    pub min_in_person_hours: Option<i32>,
    pub min_years_licensed: Option<i32>,
    pub referral_required: Option<String>,
    pub consent_required: Option<String>,
    /// The log entry that wrote the row.
    pub recorded_seq: i64,
    /// The log entry that took the row out of the law we apply; rows are never deleted.
    pub retired_seq: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
