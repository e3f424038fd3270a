//! Notices that take needles out of use.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recall")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub device_identifier: String,
    /// The device identifier in the one spelling by which it is found.
    pub device_bare: String,
    pub lot: Option<String>,
    /// The lot in capitals; empty for every lot.
    pub lot_key: String,
    pub source: String,
    pub recalled_on: Date,
    pub reference_url: Option<String>,
    pub recorded_at: DateTimeUtc,
    /// The log entry that wrote the row.
    pub recorded_seq: i64,
}

impl ActiveModelBehavior for ActiveModel {}
