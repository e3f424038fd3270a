//! Acts that wait for a second person.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "proposal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub kind: String,
    /// What it is about, by its table's name.
    pub subject_type: String,
    pub subject_id: String,
    /// JSON: what is done once it is confirmed.
    pub payload: String,
    pub reason_code: String,
    pub reason_text: Option<String>,
    pub proposed_by: i64,
    pub proposed_at: DateTimeUtc,
    pub state: String,
    pub decided_by: Option<i64>,
    pub decided_at: Option<DateTimeUtc>,
    /// Counts up with every act that changes it.
    pub row_version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
