//! Licences on file; until a source confirms one it is the word of whoever named it.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "license")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    pub discipline: String,
    pub jurisdiction: String,
    pub number: Option<String>,
    pub issued_on: Option<Date>,
    pub expires_on: Option<Date>,
    /// Who told us: "registry", "provider", a board's name.
    pub source: String,
    /// For a compact privilege, the licence of the same person that it is held under.
    pub home_license_id: Option<i64>,
    /// Counts up with every act that changes it.
    pub row_version: i32,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
