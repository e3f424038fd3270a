//! What is known of a person and never shown: the birth date, sealed with a key that is not in the
//! database.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider_private")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub provider_npi: i64,
    pub birth_date_sealed: Vec<u8>,
    /// A keyed hash of the date: equal for equal dates.
    pub birth_date_index: String,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
