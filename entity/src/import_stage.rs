//! Parsed rows that wait to be merged. Working data: not logged, and gone when the run ends.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "import_stage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub import_run_id: i64,
    /// Not a reference: the person may not be on file yet.
    #[sea_orm(primary_key, auto_increment = false)]
    pub npi: i64,
    /// The order of the run's rows, as its reader counts them.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i64,
    /// JSON.
    pub document: String,
    #[sea_orm(belongs_to, from = "import_run_id", to = "id")]
    pub import_run: BelongsTo<super::import_run::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
