//! From a day on, a state's part in the compact of a discipline.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "compact_period")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub discipline: String,
    pub jurisdiction: String,
    pub status: String,
    /// It holds until the next period of the pair begins.
    pub effective_from: Date,
    pub citation: Option<String>,
    pub source_url: Option<String>,
    pub source_as_of: Option<Date>,
    pub confidence: String,
    pub note: Option<String>,
    /// The log entry that wrote the row.
    pub recorded_seq: i64,
    /// The log entry that took the row out of what counts; rows are never deleted.
    pub retired_seq: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
