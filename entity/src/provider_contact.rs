//! How a person is reached by the directory; nobody else is told.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_npi: i64,
    pub phone: Option<String>,
    pub email: Option<String>,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
