//! ZIP codes with their points.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "place")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub postal_code: String,
    pub city: Option<String>,
    pub jurisdiction: String,
    pub county: Option<String>,
    pub latitude: f64,
    pub longitude: f64,
    pub point_source: String,
    /// IANA name.
    pub zone: String,
}

impl ActiveModelBehavior for ActiveModel {}
