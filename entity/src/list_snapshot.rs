//! A list of excluded people as it was published: staged, in force, superseded or rejected.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "list_snapshot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub list: String,
    pub state: String,
    pub file_name: String,
    pub file_sha256: String,
    pub file_dated_on: Option<Date>,
    pub row_count: i64,
    pub npi_count: i64,
    pub birth_date_count: i64,
    pub organisation_count: i64,
    pub imported_at: DateTimeUtc,
    /// Why it never came into force.
    pub rejected_reason: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
