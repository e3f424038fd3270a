//! People, by their NPI: the one number that the registry, boards and the exclusion list share.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, boolean_null, date, integer, text, text_null,
    timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index, one_of};

const NPI_STATUSES: &[&str] = &["ACTIVE", "DEACTIVATED"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            provider(),
            provider_name(),
            provider_taxonomy(),
            provider_language(),
            npi_status(),
        ] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("provider", &["changed_seq"]))
            .await?;
        Ok(())
    }
}

fn provider() -> TableCreateStatement {
    Table::create()
        .table("provider")
        .col(big_integer("npi").primary_key())
        .col(integer("row_version").default(1))
        .col(text_null("given"))
        .col(text_null("middle"))
        .col(text_null("family"))
        .col(text_null("suffix"))
        .col(boolean("claimed"))
        .col(boolean_null("offers_dry_needling"))
        .col(boolean_null("accepts_new_patients"))
        .col(text_null("website"))
        .col(big_integer_null("replaced_by_npi"))
        .col(timestamp_with_time_zone_null("withdrawn_at"))
        .col(timestamp_with_time_zone_null("erased_at"))
        .col(big_integer("changed_seq"))
        .check(Expr::col("npi").between(1_000_000_000_i64, 9_999_999_999_i64))
        .check(
            Expr::col("given")
                .is_not_null()
                .or(Expr::col("family").is_not_null()),
        )
        .to_owned()
}

fn provider_name() -> TableCreateStatement {
    Table::create()
        .table("provider_name")
        .col(big_integer("provider_npi"))
        .col(integer("ordinal"))
        .col(text_null("given"))
        .col(text_null("middle"))
        .col(text_null("family"))
        .col(text_null("suffix"))
        .primary_key(Index::create().col("provider_npi").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "provider_name",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn provider_taxonomy() -> TableCreateStatement {
    Table::create()
        .table("provider_taxonomy")
        .col(big_integer("provider_npi"))
        .col(integer("ordinal"))
        .col(text("code"))
        .primary_key(Index::create().col("provider_npi").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "provider_taxonomy",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn provider_language() -> TableCreateStatement {
    Table::create()
        .table("provider_language")
        .col(big_integer("provider_npi"))
        .col(integer("ordinal"))
        .col(text("tag"))
        .primary_key(Index::create().col("provider_npi").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "provider_language",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn npi_status() -> TableCreateStatement {
    Table::create()
        .table("npi_status")
        .col(big_integer("provider_npi"))
        .col(integer("ordinal"))
        .col(date("starts_on"))
        .col(text("status"))
        .primary_key(Index::create().col("provider_npi").col("ordinal"))
        .check(one_of("status", NPI_STATUSES))
        .foreign_key(&mut belongs_to(
            "npi_status",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}
