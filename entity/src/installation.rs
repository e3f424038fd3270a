//! What the installation knows of itself: one row.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "installation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Tells the key with which the database was begun from every other; nothing else about it.
    pub secret_fingerprint: String,
}

impl ActiveModelBehavior for ActiveModel {}
