//! Licences are observed records: what was said, and every look at a source beside it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date, date_null, integer, text, text_null, timestamp_with_time_zone,
};

use crate::column::{belongs_to, index, one_of};

const DISCIPLINES: &[&str] = &[
    "PHYSICAL_THERAPIST",
    "ACUPUNCTURIST",
    "CHIROPRACTOR",
    "ATHLETIC_TRAINER",
    "OCCUPATIONAL_THERAPIST",
    "PHYSICIAN",
];
const SOURCE_KINDS: &[&str] = &[
    "PRIMARY",
    "AGENT_OF_PRIMARY",
    "PRIMARY_EQUIVALENT",
    "ISSUER_SIGNATURE",
    "DELEGATE",
    "SECONDARY",
    "SELF",
];
const OUTCOMES: &[&str] = &[
    "MATCH",
    "MISMATCH",
    "NOT_FOUND",
    "SOURCE_UNAVAILABLE",
    "NEEDS_REVIEW",
    "NOT_APPLICABLE",
];
const BOARD_STATUSES: &[&str] = &[
    "ACTIVE",
    "ACTIVE_CONDITIONS",
    "PROBATION",
    "INACTIVE",
    "EXPIRED",
    "SUSPENDED_DISCIPLINARY",
    "SUSPENDED_ADMIN",
    "REVOKED",
    "SURRENDERED",
    "PENDING",
    "NOT_FOUND",
    "UNKNOWN",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [license(), license_check()] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("license", &["provider_npi"]))
            .await?;
        manager
            .create_index(index("license_check", &["license_id"]))
            .await?;
        Ok(())
    }
}

fn license() -> TableCreateStatement {
    Table::create()
        .table("license")
        .col(big_integer("id").primary_key())
        .col(integer("row_version").default(1))
        .col(big_integer("provider_npi"))
        .col(text("discipline"))
        .col(text("jurisdiction"))
        .col(text_null("number"))
        .col(date_null("issued_on"))
        .col(date_null("expires_on"))
        .col(text("source"))
        .check(one_of("discipline", DISCIPLINES))
        .foreign_key(&mut belongs_to(
            "license",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn license_check() -> TableCreateStatement {
    Table::create()
        .table("license_check")
        .col(big_integer("id").primary_key())
        .col(big_integer("license_id"))
        .col(text("source_kind"))
        .col(text("source_name"))
        .col(text_null("source_url"))
        .col(timestamp_with_time_zone("checked_at"))
        .col(date("as_of"))
        .col(text("outcome"))
        .col(text("board_status"))
        .col(date_null("expires_on"))
        .col(text("mismatches"))
        .check(one_of("source_kind", SOURCE_KINDS))
        .check(one_of("outcome", OUTCOMES))
        .check(one_of("board_status", BOARD_STATUSES))
        .foreign_key(&mut belongs_to(
            "license_check",
            "license_id",
            "license",
            "id",
        ))
        .to_owned()
}
