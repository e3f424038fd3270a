//! What people signed about needles, for which places, with products and lots.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, boolean_null, date, date_null, integer, text,
    text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
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
const STATEMENTS: &[&str] = &["s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"];
const PATHWAYS: &[&str] = &["CLEARED_510K", "EXEMPT_510K", "NOT_US_MARKETED", "UNKNOWN"];
const DI_ISSUERS: &[&str] = &["GS1", "HIBCC", "OTHER", "NONE_STATED"];
const PRODUCT_CODES: &[&str] = &["MQX", "NRW", "OTHER"];
const NEEDLE_KINDS: &[&str] = &["FILIFORM_SOLID", "HYPODERMIC", "INTRADERMAL", "OTHER"];
const MATERIALS: &[&str] = &[
    "STAINLESS_STEEL",
    "TITANIUM",
    "GOLD",
    "SILVER",
    "OTHER",
    "UNKNOWN",
];
const COATINGS: &[&str] = &["NONE", "SILICONE", "OTHER", "UNKNOWN"];
const STERILIZATION: &[&str] = &["EO", "GAMMA", "EBEAM", "XRAY", "OTHER", "UNKNOWN"];
const SOURCES: &[&str] = &["LABEL", "GUDID", "PROVIDER"];
const PRECISIONS: &[&str] = &["DAY", "MONTH"];

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
            .create_index(index("sterility_attestation", &["state"]))
            .await?;
        manager
            .create_index(index("needle_product", &["attestation_id"]))
            .await?;
        manager
            .create_index(index("needle_product", &["device_bare"]))
            .await?;
        Ok(())
    }
}

/// `state` is that of the last row of `attestation_change`; `version` counts what was said anew after
/// a finding. Numbers of accounts are kept without a key to them: a row may be older than accounts.
fn sterility_attestation() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("sterility_attestation")
        .col(big_integer("id").primary_key())
        .col(integer("row_version").default(1))
        .col(big_integer("provider_npi"))
        .col(text("state"))
        .col(integer("version"))
        .col(integer("statement_text_version"))
        .col(timestamp_with_time_zone_null("signed_at"))
        .col(date_null("valid_until"))
        .col(big_integer_null("drafted_by"))
        .col(timestamp_with_time_zone_null("drafted_at"))
        .col(big_integer_null("accepted_by"))
        .col(big_integer_null("rejected_by"))
        .col(big_integer_null("invalidated_by"))
        .col(text_null("reason_code"))
        .col(text_null("reason_text"))
        .col(boolean("appealed"))
        .col(big_integer_null("supersedes_id"))
        .col(big_integer_null("superseded_by_id"));
    for statement in STATEMENTS {
        table.col(boolean_null(*statement));
    }
    table
        .check(one_of("state", ATTESTATION_STATES))
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
        .col(text_null("catalog_number"))
        .col(text("di_issuer"))
        // The device identifier in the one spelling by which lots and recalls are found.
        .col(text_null("device_bare"))
        .col(text("product_code"))
        .col(boolean("single_use"))
        .col(boolean_null("rx_only"))
        .col(text("needle_kind"))
        .col(text("material"))
        .col(text("coating"))
        .col(boolean("guide_tube"))
        .col(text("sterilization_method"))
        .col(boolean("sterile_as_packaged"))
        .col(boolean("needs_sterilization_before_use"))
        .col(text("claimed_standards"))
        .col(date_null("gudid_snapshot_on"))
        .col(text("source"))
        .check(one_of("fda_pathway", PATHWAYS))
        .check(one_of("di_issuer", DI_ISSUERS))
        .check(one_of("product_code", PRODUCT_CODES))
        .check(one_of("needle_kind", NEEDLE_KINDS))
        .check(one_of("material", MATERIALS))
        .check(one_of("coating", COATINGS))
        .check(one_of("sterilization_method", STERILIZATION))
        .check(one_of("source", SOURCES))
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
        .col(text("expiry_precision"))
        .col(date_null("manufactured_on"))
        .col(text_null("udi_raw"))
        .col(date_null("received_on"))
        .col(text_null("supplier"))
        .col(text_null("label_photo_sha256"))
        .check(one_of("expiry_precision", PRECISIONS))
        .primary_key(Index::create().col("needle_product_id").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "needle_lot",
            "needle_product_id",
            "needle_product",
            "id",
        ))
        .to_owned()
}
