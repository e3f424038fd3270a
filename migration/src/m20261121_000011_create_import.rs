//! Imports: their runs, and rows that wait to be merged.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, text, text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, one_of};

const OUTCOMES: &[&str] = &["DONE", "FAILED", "ABANDONED"];
const KINDS: &[&str] = &["NPPES", "LEIE", "SCOPE", "PLACES", "ROSTER"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [import_run(), import_stage()] {
            manager.create_table(table).await?;
        }
        Ok(())
    }
}

fn import_run() -> TableCreateStatement {
    Table::create()
        .table("import_run")
        .col(big_integer("id").primary_key())
        .col(text("kind"))
        .col(text("file_name"))
        .col(text("file_sha256"))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone_null("finished_at"))
        .col(text_null("outcome"))
        .col(big_integer("rows_read"))
        .col(big_integer("rows_rejected"))
        .col(big_integer("added"))
        .col(big_integer("changed"))
        .col(big_integer("unchanged"))
        .col(big_integer("tasks_opened"))
        .check(one_of("kind", KINDS))
        .check(one_of("outcome", OUTCOMES))
        .to_owned()
}

fn import_stage() -> TableCreateStatement {
    Table::create()
        .table("import_stage")
        .col(big_integer("import_run_id"))
        .col(big_integer("npi"))
        .col(big_integer("ordinal"))
        .col(text("document"))
        .primary_key(
            Index::create()
                .col("import_run_id")
                .col("npi")
                .col("ordinal"),
        )
        .foreign_key(&mut belongs_to(
            "import_stage",
            "import_run_id",
            "import_run",
            "id",
        ))
        .to_owned()
}
