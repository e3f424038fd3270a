//! What the registry last said of each person, whatever became of it in the entry; and tasks for
//! people where it differs from what was claimed or verified.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index};

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
        .to_owned()
}
