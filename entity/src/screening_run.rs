//! One screening of everybody on file against one list.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "screening_run")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub list: String,
    pub cause: String,
    /// The account that asked for it.
    pub requested_by: Option<i64>,
    pub list_snapshot_id: Option<i64>,
    pub file_sha256: String,
    pub file_dated_on: Option<Date>,
    pub row_count: i32,
    pub provider_count: i32,
    pub match_count: i32,
    pub started_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
