//! One run of an import.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_run")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub kind: String,
    pub file_name: String,
    pub file_sha256: String,
    pub started_at: DateTimeUtc,
    pub finished_at: Option<DateTimeUtc>,
    /// DONE, FAILED or ABANDONED; null while it runs.
    pub outcome: Option<String>,
    pub rows_read: i64,
    pub rows_rejected: i64,
    pub added: i64,
    pub changed: i64,
    pub unchanged: i64,
    pub tasks_opened: i64,
}

impl ActiveModelBehavior for ActiveModel {}
