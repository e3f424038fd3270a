//! Lots of needles in use.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "needle_lot")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub needle_product_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub lot: String,
    pub expires_on: Date,
    pub expiry_precision: String,
    pub manufactured_on: Option<Date>,
    pub udi_raw: Option<String>,
    pub received_on: Option<Date>,
    pub supplier: Option<String>,
    /// In hexadecimal.
    pub label_photo_sha256: Option<String>,
    #[sea_orm(belongs_to, from = "needle_product_id", to = "id")]
    pub needle_product: BelongsTo<super::needle_product::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
