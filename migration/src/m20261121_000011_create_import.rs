//! Imports: runs, rows that wait to be merged, what the registry last said of each person, and
//! tasks for people where a registry differs from what was claimed or verified.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::*;

use crate::column::{belongs_to, index, one_of};

const OUTCOMES: &[&str] = &["DONE", "FAILED", "ABANDONED"];
const KINDS: &[&str] = &["NPPES", "LEIE", "SCOPE", "PLACES"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
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
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
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
                    .to_owned(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("registry_record")
                    .col(big_integer("provider_npi").primary_key())
                    .col(text("document"))
                    .col(text("digest"))
                    .col(big_integer("import_run_id"))
                    .foreign_key(&mut belongs_to(
                        "registry_record",
                        "provider_npi",
                        "provider",
                        "npi",
                    ))
                    .foreign_key(&mut belongs_to(
                        "registry_record",
                        "import_run_id",
                        "import_run",
                        "id",
                    ))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("registry_record", &["import_run_id"]))
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("task")
                    .col(big_integer("id").primary_key())
                    .col(big_integer("provider_npi"))
                    .col(text("kind"))
                    .col(text_null("held"))
                    .col(text("registry"))
                    .col(big_integer_null("import_run_id"))
                    .col(timestamp_with_time_zone("opened_at"))
                    .col(big_integer("opened_seq"))
                    .col(timestamp_with_time_zone_null("closed_at"))
                    .col(text_null("closed_by"))
                    .col(text_null("resolution"))
                    .foreign_key(&mut belongs_to("task", "provider_npi", "provider", "npi"))
                    .foreign_key(&mut belongs_to("task", "import_run_id", "import_run", "id"))
                    .to_owned(),
            )
            .await?;
        manager
            .create_index(index("task", &["provider_npi"]))
            .await?;
        manager
            .create_index(index("task", &["import_run_id"]))
            .await?;
        // A difference that nobody has settled is asked about once.
        manager
            .create_index(
                Index::create()
                    .name("ux_task_open")
                    .table("task")
                    .col("provider_npi")
                    .col("kind")
                    .col("registry")
                    .unique()
                    .cond_where(Expr::col("closed_at").is_null())
                    .to_owned(),
            )
            .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["task", "registry_record", "import_stage", "import_run"] {
            manager
                .drop_table(Table::drop().table(table).to_owned())
                .await?;
        }
        Ok(())
    }
}
