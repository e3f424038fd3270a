//! Licences are observed records: what was said, and every look at a source beside it.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date, date_null, integer, text, text_null,
    timestamp_with_time_zone,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

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
const METHODS: &[&str] = &[
    "BOARD_WEBSITE",
    "BOARD_FILE",
    "API",
    "EMAIL_FROM_ISSUER",
    "PHONE_CALLBACK",
    "LETTER",
    "VC_SIGNATURE",
    "DOCUMENT_REVIEW",
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
        for statement in guards(manager.get_database_backend()) {
            manager
                .get_connection()
                .execute_unprepared(statement)
                .await?;
        }
        Ok(())
    }
}

/// What makes the engine refuse to rewrite what a source answered.
fn guards(engine: DbBackend) -> &'static [&'static str] {
    match engine {
        DbBackend::Postgres => &[
            "CREATE FUNCTION refuse_to_rewrite_a_check() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN RAISE EXCEPTION 'what a source answered is kept as it was'; END $$",
            "CREATE TRIGGER license_check_is_kept
             BEFORE UPDATE OF source_kind, checked_at, as_of, outcome, board_status, mismatches
             ON license_check
             FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_a_check()",
        ],
        _ => &["CREATE TRIGGER license_check_is_kept
             BEFORE UPDATE OF source_kind, checked_at, as_of, outcome, board_status, mismatches
             ON license_check
             BEGIN SELECT RAISE(ABORT, 'what a source answered is kept as it was'); END"],
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
        .col(text_null("method"))
        .col(text_null("board_status_raw"))
        .col(text_null("mapping_version"))
        .col(text_null("performed_by"))
        .col(text_null("snapshot_sha256"))
        .col(text_null("note"))
        .col(big_integer_null("import_run_id"))
        .check(one_of("method", METHODS))
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
