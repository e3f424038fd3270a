//! Lists of excluded people as their issuers publish them, whole, and what of a person is private and
//! is held against them: the birth date. Its rows are replaced by those of the next full file, never
//! edited.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, binary, date_null, integer, text, text_null, timestamp_with_time_zone,
};

use crate::column::{belongs_to, index, one_of};

const LISTS: &[&str] = &["OIG_LEIE", "SAM_GOV", "STATE_MEDICAID"];
const STATES: &[&str] = &["STAGING", "IN_FORCE", "SUPERSEDED", "REJECTED"];

/// The columns of the official file, in its order.
const COLUMNS: [&str; 18] = [
    "last_name",
    "first_name",
    "mid_name",
    "bus_name",
    "general",
    "specialty",
    "upin",
    "npi",
    "dob",
    "address",
    "city",
    "state",
    "zip",
    "excl_type",
    "excl_date",
    "rein_date",
    "waiver_date",
    "wvr_state",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [list_snapshot(), exclusion_row(), provider_private()] {
            manager.create_table(table).await?;
        }
        for index in [
            // One list of a kind counts at a time.
            index("list_snapshot", &["list"])
                .unique()
                .and_where(Expr::col("state").eq("IN_FORCE"))
                .to_owned(),
            index("exclusion_row", &["list_snapshot_id", "fingerprint"]),
            index("exclusion_match", &["state", "tier"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

fn list_snapshot() -> TableCreateStatement {
    Table::create()
        .table("list_snapshot")
        .col(big_integer("id").primary_key())
        .col(text("list"))
        .col(text("state"))
        .col(text("file_name"))
        .col(text("file_sha256"))
        .col(date_null("file_dated_on"))
        .col(big_integer("row_count"))
        .col(big_integer("npi_count"))
        .col(big_integer("birth_date_count"))
        .col(big_integer("organisation_count"))
        .col(timestamp_with_time_zone("imported_at"))
        .col(text_null("rejected_reason"))
        .check(one_of("list", LISTS))
        .check(one_of("state", STATES))
        .to_owned()
}

fn exclusion_row() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("exclusion_row")
        .col(big_integer("list_snapshot_id"))
        .col(integer("ordinal"));
    for column in COLUMNS {
        table.col(text(column));
    }
    table
        .col(text("fingerprint"))
        .primary_key(Index::create().col("list_snapshot_id").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "exclusion_row",
            "list_snapshot_id",
            "list_snapshot",
            "id",
        ))
        .to_owned()
}

fn provider_private() -> TableCreateStatement {
    Table::create()
        .table("provider_private")
        .col(big_integer("provider_npi").primary_key())
        .col(binary("birth_date_sealed"))
        .col(text("birth_date_index"))
        .foreign_key(&mut belongs_to(
            "provider_private",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}
