//! Places of practice with the position that the public may know, and who confirmed them when.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, boolean, boolean_null, double_null, integer, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index, one_of};

const PRECISIONS: &[&str] = &[
    "ROOFTOP",
    "STREET",
    "ZIP_CENTROID",
    "PLACE_CENTROID",
    "UNKNOWN",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [practice_location(), location_confirmation()] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("practice_location", &["provider_npi"]))
            .await?;
        Ok(())
    }
}

fn practice_location() -> TableCreateStatement {
    Table::create()
        .table("practice_location")
        .col(big_integer("id").primary_key())
        .col(integer("row_version").default(1))
        .col(big_integer("provider_npi"))
        .col(text_null("name"))
        .col(text("address_lines"))
        .col(text("city"))
        .col(text("state"))
        .col(text("postal_code"))
        .col(double_null("latitude"))
        .col(double_null("longitude"))
        .col(text_null("precision"))
        .col(text("zone"))
        .col(text_null("phone"))
        .col(boolean_null("wheelchair_access"))
        .col(boolean("hides_street"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .check(one_of("precision", PRECISIONS))
        .foreign_key(&mut belongs_to(
            "practice_location",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn location_confirmation() -> TableCreateStatement {
    Table::create()
        .table("location_confirmation")
        .col(big_integer("practice_location_id"))
        .col(integer("ordinal"))
        .col(timestamp_with_time_zone("confirmed_at"))
        .primary_key(Index::create().col("practice_location_id").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "location_confirmation",
            "practice_location_id",
            "practice_location",
            "id",
        ))
        .to_owned()
}
