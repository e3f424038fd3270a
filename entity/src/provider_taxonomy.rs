//! Self-reported specialities of a person, the primary one first.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_taxonomy")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_npi: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub code: String,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
