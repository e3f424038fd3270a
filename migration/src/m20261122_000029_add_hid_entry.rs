//! A request that an entry goes says whether it took the entry from view: refusing it undoes that, and
//! never what an earlier request did.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::boolean;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let wider = Table::alter()
            .table("removal_request")
            .add_column(boolean("hid_entry").default(false))
            .to_owned();
        manager.alter_table(wider).await?;
        // A request and what it takes from view bear one instant.
        let connection = manager.get_connection();
        connection
            .execute_unprepared(
                "UPDATE removal_request SET hid_entry = TRUE WHERE state = 'OPEN' AND EXISTS ( \
                 SELECT 1 FROM provider WHERE provider.npi = removal_request.provider_npi \
                 AND provider.withdrawn_at = removal_request.requested_at)",
            )
            .await?;
        Ok(())
    }
}
