//! How often somebody or some address has failed of late.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_throttle")]
pub struct Model {
    /// `name/…` or `address/…`, each by its keyed hash: names that do not exist count as well.
    #[sea_orm(primary_key, auto_increment = false)]
    pub subject: String,
    pub failures: i32,
    pub last_failed_at: DateTimeUtc,
    /// Until then nothing is tried.
    pub blocked_until: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
