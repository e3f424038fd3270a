//! A row of a list: the eighteen columns, normalised.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exclusion_row")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub list_snapshot_id: i64,
    /// The row's place in the file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub last_name: String,
    pub first_name: String,
    pub mid_name: String,
    pub bus_name: String,
    pub general: String,
    pub specialty: String,
    pub upin: String,
    pub npi: String,
    pub dob: String,
    pub address: String,
    pub city: String,
    pub state: String,
    pub zip: String,
    pub excl_type: String,
    pub excl_date: String,
    pub rein_date: String,
    pub waiver_date: String,
    pub wvr_state: String,
    /// SHA-256 of the columns.
    pub fingerprint: String,
    #[sea_orm(belongs_to, from = "list_snapshot_id", to = "id")]
    pub list_snapshot: BelongsTo<super::list_snapshot::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
