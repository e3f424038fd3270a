//! When a place moves, what was confirmed of it ends and is kept: a past day answers as it was.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::timestamp_with_time_zone_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let column = Table::alter()
            .table("location_confirmation")
            .add_column(timestamp_with_time_zone_null("ended_at"))
            .to_owned();
        manager.alter_table(column).await
    }
}
