//! The key under which the log hashes what is on file about a person.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "subject_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_npi: i64,
    /// Random; destroyed when the person is erased.
    pub key: String,
}

impl ActiveModelBehavior for ActiveModel {}
