//! Which credentials the taint of an issuer suspended.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "taint_suspension")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub issuer_trust_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub credential_id: i64,
    pub suspended_at: DateTimeUtc,
    #[sea_orm(belongs_to, from = "issuer_trust_id", to = "id")]
    pub issuer_trust: BelongsTo<super::issuer_trust::Entity>,
    #[sea_orm(belongs_to, from = "credential_id", to = "id")]
    pub credential: BelongsTo<super::credential::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
