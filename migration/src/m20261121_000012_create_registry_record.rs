//! What the registry last said of each person, whatever became of it in the entry; and what a person
//! of ours has to settle: where the registry differs from what was claimed or verified, and what time
//! brings.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date_null, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index, one_of};

const RESOLUTIONS: &[&str] = &["DONE", "NOT_NEEDED", "MISTAKEN"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [registry_record(), task()] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("registry_record", &["import_run_id"]))
            .await?;
        manager
            .create_index(index("task", &["provider_npi"]))
            .await?;
        manager
            .create_index(index("task", &["import_run_id"]))
            .await?;
        manager
            .create_index(
                index("task", &["due_on", "id"])
                    .name("ix_task_to_do")
                    .cond_where(Expr::col("closed_at").is_null())
                    .to_owned(),
            )
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
}

fn registry_record() -> TableCreateStatement {
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
        .to_owned()
}

fn task() -> TableCreateStatement {
    Table::create()
        .table("task")
        .col(big_integer("id").primary_key())
        .col(big_integer_null("provider_npi"))
        .col(text_null("subject_type"))
        .col(text_null("subject_id"))
        .col(text("kind"))
        // What is asked once is known by this, for good.
        .col(text_null("once_key").unique_key())
        .col(text_null("what"))
        .col(date_null("due_on"))
        .col(text_null("held"))
        .col(text_null("registry"))
        .col(big_integer_null("import_run_id"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(big_integer("opened_seq"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(text_null("closed_by"))
        .col(text_null("resolution"))
        .col(text_null("resolution_text"))
        .col(integer("row_version").default(1))
        .check(one_of("resolution", RESOLUTIONS))
        // Closed by somebody, in some way, or not at all.
        .check(
            Expr::col("closed_at")
                .is_null()
                .eq(Expr::col("resolution").is_null()),
        )
        .foreign_key(&mut belongs_to("task", "provider_npi", "provider", "npi"))
        .foreign_key(&mut belongs_to("task", "import_run_id", "import_run", "id"))
        .to_owned()
}
