//! When the provider or an admin confirmed that a person works at a place, oldest first.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "location_confirmation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub practice_location_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub confirmed_at: DateTimeUtc,
    /// When the place moved, so that this counts no longer.
    pub ended_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "practice_location_id", to = "id")]
    pub practice_location: BelongsTo<super::practice_location::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
