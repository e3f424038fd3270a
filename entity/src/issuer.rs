//! Who issues credentials, by the name in force.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "issuer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    #[sea_orm(unique)]
    pub name: String,
    pub row_version: i32,
    pub kind: String,
    /// Its domain on the internet, from which mail of its own comes.
    pub domain: Option<String>,
    /// How it is asked whether a certificate is its own.
    pub contact: Option<String>,
    /// Where what is known of it was found.
    pub source: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
