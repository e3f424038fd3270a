//! Files that prove a claim; their bytes lie outside the database, by their SHA-256. Triggers refuse
//! to change what a file is, to delete its row, and to bring a purged one back.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::column::{belongs_to, index, one_of};

const KINDS: &[&str] = &[
    "CERTIFICATE_SCAN",
    "TRANSCRIPT",
    "SESSION_LOG",
    "SUPERVISOR_LETTER",
    "BOARD_SCREENSHOT",
    "ISSUER_EMAIL",
    "LABEL_PHOTO",
    "INVOICE",
    "VC_JWT",
    "SEARCH_RESULT",
];
const MEDIA_TYPES: &[&str] = &["application/pdf", "image/png", "image/jpeg", "text/plain"];
const PURGE_REASONS: &[&str] = &[
    "RETENTION_ENDED",
    "WRONG_PERSON",
    "PROVIDER_REQUEST",
    "UNLAWFUL",
    "OTHER",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(evidence()).await?;
        manager
            .create_index(index("evidence", &["provider_npi"]))
            .await?;
        manager.create_index(index("evidence", &["sha256"])).await?;
        // One row a file and person, as long as its bytes are there.
        manager
            .create_index(
                Index::create()
                    .name("ux_evidence_provider_npi_sha256")
                    .table("evidence")
                    .col("provider_npi")
                    .col("sha256")
                    .unique()
                    .and_where(Expr::col("purged_at").is_null())
                    .to_owned(),
            )
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

fn evidence() -> TableCreateStatement {
    Table::create()
        .table("evidence")
        .col(big_integer("id").primary_key())
        .col(big_integer("provider_npi"))
        .col(text("kind"))
        .col(text("sha256"))
        .col(big_integer("bytes"))
        .col(text("mime"))
        .col(text_null("file_name"))
        .col(big_integer_null("uploaded_by"))
        .col(timestamp_with_time_zone("uploaded_at"))
        .col(text_null("hold_reason"))
        .col(timestamp_with_time_zone_null("purged_at"))
        .col(big_integer_null("purged_by"))
        .col(text_null("purge_reason"))
        .col(text_null("purge_text"))
        .col(integer("row_version"))
        .check(one_of("kind", KINDS))
        .check(one_of("mime", MEDIA_TYPES))
        .check(one_of("purge_reason", PURGE_REASONS))
        .check(Expr::col("bytes").gt(0))
        // A tombstone is whole or not there, and nothing on hold is purged.
        .check(
            Expr::col("purged_at")
                .is_null()
                .eq(Expr::col("purge_reason").is_null()),
        )
        .check(
            Expr::col("purged_at")
                .is_null()
                .or(Expr::col("hold_reason").is_null()),
        )
        .foreign_key(&mut belongs_to(
            "evidence",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

/// What makes the engine refuse to rewrite a file's row.
fn guards(engine: DbBackend) -> &'static [&'static str] {
    match engine {
        DbBackend::Postgres => &[
            "CREATE FUNCTION refuse_to_rewrite_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN RAISE EXCEPTION 'evidence is not rewritten'; END $$",
            "CREATE TRIGGER evidence_is_what_was_handed_in
             BEFORE UPDATE OF id, provider_npi, kind, sha256, bytes, mime, uploaded_by, uploaded_at
             ON evidence FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_evidence()",
            "CREATE TRIGGER evidence_stays_purged BEFORE UPDATE ON evidence
             FOR EACH ROW WHEN (OLD.purged_at IS NOT NULL)
             EXECUTE FUNCTION refuse_to_rewrite_evidence()",
            "CREATE TRIGGER evidence_is_never_deleted BEFORE DELETE OR TRUNCATE ON evidence
             FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_evidence()",
        ],
        _ => &[
            "CREATE TRIGGER evidence_is_what_was_handed_in
             BEFORE UPDATE OF id, provider_npi, kind, sha256, bytes, mime, uploaded_by, uploaded_at
             ON evidence BEGIN SELECT RAISE(ABORT, 'evidence is not rewritten'); END",
            "CREATE TRIGGER evidence_stays_purged BEFORE UPDATE ON evidence
             WHEN OLD.purged_at IS NOT NULL
             BEGIN SELECT RAISE(ABORT, 'evidence is not rewritten'); END",
            "CREATE TRIGGER evidence_is_never_deleted BEFORE DELETE ON evidence
             BEGIN SELECT RAISE(ABORT, 'evidence is not rewritten'); END",
        ],
    }
}
