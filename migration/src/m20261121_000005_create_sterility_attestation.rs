//! What people signed about needles, for which places, with products and lots.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, date_null, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index, one_of};

const ATTESTATION_STATES: &[&str] = &[
    "DRAFT",
    "SIGNED",
    "NEEDS_FIX",
    "UNDER_REVIEW",
    "ACCEPTED",
    "REJECTED",
    "INVALIDATED",
    "WITHDRAWN",
    "SUPERSEDED",
];
const PATHWAYS: &[&str] = &["CLEARED_510K", "EXEMPT_510K", "NOT_US_MARKETED", "UNKNOWN"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            sterility_attestation(),
            attestation_location(),
            attestation_change(),
            needle_product(),
            needle_lot(),
        ] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("sterility_attestation", &["provider_npi"]))
            .await?;
        manager
            .create_index(index("attestation_location", &["practice_location_id"]))
            .await?;
        manager
            .create_index(index("needle_product", &["attestation_id"]))
            .await?;
        Ok(())
    }
}

fn sterility_attestation() -> TableCreateStatement {
    Table::create()
        .table("sterility_attestation")
        .col(big_integer("id").primary_key())
        .col(integer("row_version").default(1))
        .col(big_integer("provider_npi"))
        .col(timestamp_with_time_zone_null("signed_at"))
        .col(date_null("valid_until"))
        .foreign_key(&mut belongs_to(
            "sterility_attestation",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn attestation_location() -> TableCreateStatement {
    Table::create()
        .table("attestation_location")
        .col(big_integer("attestation_id"))
        .col(integer("ordinal"))
        .col(big_integer("practice_location_id"))
        .primary_key(Index::create().col("attestation_id").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "attestation_location",
            "attestation_id",
            "sterility_attestation",
            "id",
        ))
        .foreign_key(&mut belongs_to(
            "attestation_location",
            "practice_location_id",
            "practice_location",
            "id",
        ))
        .to_owned()
}

fn attestation_change() -> TableCreateStatement {
    Table::create()
        .table("attestation_change")
        .col(big_integer("attestation_id"))
        .col(integer("ordinal"))
        .col(timestamp_with_time_zone("changed_at"))
        .col(text("state"))
        .primary_key(Index::create().col("attestation_id").col("ordinal"))
        .check(one_of("state", ATTESTATION_STATES))
        .foreign_key(&mut belongs_to(
            "attestation_change",
            "attestation_id",
            "sterility_attestation",
            "id",
        ))
        .to_owned()
}

fn needle_product() -> TableCreateStatement {
    Table::create()
        .table("needle_product")
        .col(big_integer("id").primary_key())
        .col(big_integer("attestation_id"))
        .col(text("brand"))
        .col(text("labeler"))
        .col(text_null("device_identifier"))
        .col(text("fda_pathway"))
        .col(text_null("k510_number"))
        .col(integer("diameter_um"))
        .col(integer("length_mm"))
        .check(one_of("fda_pathway", PATHWAYS))
        .foreign_key(&mut belongs_to(
            "needle_product",
            "attestation_id",
            "sterility_attestation",
            "id",
        ))
        .to_owned()
}

fn needle_lot() -> TableCreateStatement {
    Table::create()
        .table("needle_lot")
        .col(big_integer("needle_product_id"))
        .col(integer("ordinal"))
        .col(text("lot"))
        .col(date("expires_on"))
        .primary_key(Index::create().col("needle_product_id").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "needle_lot",
            "needle_product_id",
            "needle_product",
            "id",
        ))
        .to_owned()
}
