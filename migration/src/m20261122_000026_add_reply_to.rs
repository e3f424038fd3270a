//! Whoever reports a mistake may leave an address at which to tell what came of it. It is kept until
//! that is told.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::text_null;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let wider = Table::alter()
            .table("mistake_report")
            .add_column(text_null("reply_to"))
            .to_owned();
        manager.alter_table(wider).await
    }
}
