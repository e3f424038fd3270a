//! Policy is versioned, so that a decision can name the version it was made under.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, integer, text, timestamp_with_time_zone};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("policy")
                    .col(integer("version").primary_key())
                    .col(text("document"))
                    .col(timestamp_with_time_zone("effective_at"))
                    .col(big_integer("recorded_seq"))
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}
