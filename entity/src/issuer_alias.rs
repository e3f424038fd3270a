//! Names that an issuer bore or bears beside its own, each with its period.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "issuer_alias")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub issuer_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub alias: String,
    pub starts_on: Option<Date>,
    /// The first day on which it no longer bore the name.
    pub ends_on: Option<Date>,
    #[sea_orm(belongs_to, from = "issuer_id", to = "id")]
    pub issuer: BelongsTo<super::issuer::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
