//! What only a dry-needling training has: its hours, in whole minutes by mode.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "training_detail")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub credential_id: i64,
    pub started_on: Option<Date>,
    pub in_person_minutes: i32,
    pub live_online_minutes: i32,
    pub self_paced_minutes: i32,
    pub supervised_clinical_minutes: i32,
    pub theory_minutes: Option<i32>,
    pub practical_minutes: Option<i32>,
    pub postgraduate_minutes: Option<i32>,
    #[sea_orm(belongs_to, from = "credential_id", to = "id")]
    pub credential: BelongsTo<super::credential::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
