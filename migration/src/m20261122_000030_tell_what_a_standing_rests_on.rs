//! A change of standing tells what it rests on: words and files of whoever suspended, and whether the case
//! that decided it took one reviewer or two people. Both are asked wherever standings are read.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{boolean, text_null};

const TABLE: &str = "credential_standing";

/// What is on file already was decided by cases, which know.
const OF_CASES: &str = "UPDATE credential_standing SET single_reviewer = TRUE \
                        WHERE case_id IN (SELECT id FROM \"case\" WHERE single_reviewer)";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let mut one = boolean("single_reviewer");
        for column in [
            text_null("reason_text"),
            // JSON: the numbers of the files.
            text_null("evidence_ids"),
            one.default(false).to_owned(),
        ] {
            let wider = Table::alter().table(TABLE).add_column(column).to_owned();
            manager.alter_table(wider).await?;
        }
        manager
            .get_connection()
            .execute_unprepared(OF_CASES)
            .await?;
        Ok(())
    }
}
