//! The one row that serialises writers: where the log ends and which numbers are taken.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_head")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub seq: i64,
    pub hash: String,
    /// The greatest number given to any row of any table.
    pub last_id: i64,
}

impl ActiveModelBehavior for ActiveModel {}
