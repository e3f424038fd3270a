//! What was signed about needles and what became of it: signatures, findings, the evidence that a
//! reviewer saw; and recalls.
//!
//! A signature is never changed: it holds the text that was signed, so that what a person answered
//! for stays readable when they have mended it since.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date, date_null, integer, integer_null, text, text_null,
    timestamp_with_time_zone,
};

use crate::column::{belongs_to, index, one_of};

const ALGORITHMS: &[&str] = &["HMAC_SHA256", "NOT_KEPT"];
const MEANINGS: &[&str] = &["RESPONSIBILITY"];
const REASONS: &[&str] = &["FINDING", "FIRST", "DENIED", "SAMPLED", "CHECKED_LATE"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            attestation_signature(),
            attestation_finding(),
            attestation_evidence(),
            recall(),
        ] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("recall", &["device_bare"]))
            .await?;
        // One notice a source, device and lot; no lot is every lot.
        manager
            .create_index(
                Index::create()
                    .name("ux_recall_notice")
                    .table("recall")
                    .col("device_bare")
                    .col("lot_key")
                    .col("source")
                    .unique()
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}

/// One a signed version.
fn attestation_signature() -> TableCreateStatement {
    Table::create()
        .table("attestation_signature")
        .col(big_integer("attestation_id"))
        .col(integer("version"))
        .col(timestamp_with_time_zone("signed_at"))
        // The day of the signature in the zone of the place, and what else limits the attestation.
        .col(date("signed_on"))
        .col(integer("signature_days"))
        .col(date_null("license_ends_on"))
        .col(big_integer("signer_account_id"))
        .col(text("signer_printed_name"))
        .col(text("license_jurisdiction"))
        .col(text("license_number"))
        .col(text("meaning"))
        .col(text("algorithm"))
        .col(text_null("signature"))
        .col(text_null("payload"))
        .col(text("payload_sha256"))
        .col(text_null("sample_seed"))
        .col(big_integer_null("sample_drawn"))
        .col(integer_null("sample_percent"))
        .col(integer_null("policy_version"))
        .primary_key(Index::create().col("attestation_id").col("version"))
        .check(one_of("algorithm", ALGORITHMS))
        .check(one_of("meaning", MEANINGS))
        .foreign_key(&mut belongs_to(
            "attestation_signature",
            "attestation_id",
            "sterility_attestation",
            "id",
        ))
        .to_owned()
}

/// What the checks of a signed version found, and why somebody looks at it.
fn attestation_finding() -> TableCreateStatement {
    Table::create()
        .table("attestation_finding")
        .col(big_integer("attestation_id"))
        .col(integer("version"))
        .col(integer("ordinal"))
        .col(text("reason"))
        .col(text_null("code"))
        .col(text_null("field"))
        .col(text_null("message"))
        .col(text_null("statement"))
        .primary_key(
            Index::create()
                .col("attestation_id")
                .col("version")
                .col("ordinal"),
        )
        .check(one_of("reason", REASONS))
        .foreign_key(&mut belongs_to(
            "attestation_finding",
            "attestation_id",
            "sterility_attestation",
            "id",
        ))
        .to_owned()
}

/// What the reviewer saw of it.
fn attestation_evidence() -> TableCreateStatement {
    Table::create()
        .table("attestation_evidence")
        .col(big_integer("attestation_id"))
        .col(integer("ordinal"))
        .col(text("sha256"))
        .primary_key(Index::create().col("attestation_id").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "attestation_evidence",
            "attestation_id",
            "sterility_attestation",
            "id",
        ))
        .to_owned()
}

fn recall() -> TableCreateStatement {
    Table::create()
        .table("recall")
        .col(big_integer("id").primary_key())
        .col(text("device_identifier"))
        .col(text("device_bare"))
        .col(text_null("lot"))
        // The lot in capitals; empty for every lot.
        .col(text("lot_key"))
        .col(text("source"))
        .col(date("recalled_on"))
        .col(text_null("reference_url"))
        .col(timestamp_with_time_zone("recorded_at"))
        // The log entry that wrote the row.
        .col(big_integer("recorded_seq"))
        .to_owned()
}
