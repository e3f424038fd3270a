//! Decisions about attestations: the notice by which the person was told of one, the case that made it, the
//! appeal that overturned it; and one open case of a purpose about an attestation.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::column::index;

/// In words that both engines take. The column of a notice is filled where the decision was told before.
const CHANGES: [&str; 5] = [
    "ALTER TABLE sterility_attestation ADD COLUMN notice_id bigint REFERENCES notice (id)",
    r#"ALTER TABLE sterility_attestation ADD COLUMN decided_by_case_id bigint REFERENCES "case" (id)"#,
    r#"ALTER TABLE sterility_attestation ADD COLUMN overturned_by_case_id bigint REFERENCES "case" (id)"#,
    "UPDATE sterility_attestation SET notice_id = (
       SELECT max(notice.id) FROM notice
       WHERE notice.kind = 'ATTESTATION_DECISION'
         AND notice.subject_type = 'sterility_attestation'
         AND notice.subject_id = CAST(sterility_attestation.id AS text)
     ) WHERE state IN ('REJECTED', 'INVALIDATED')",
    r#"CREATE UNIQUE INDEX ux_case_open_attestation ON "case" (attestation_id, purpose)
       WHERE attestation_id IS NOT NULL
         AND state IN ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'INFO_REQUESTED', 'PENDING_DECISION')"#,
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        for change in CHANGES {
            connection.execute_unprepared(change).await?;
        }
        manager
            .create_index(index("case", &["attestation_id"]))
            .await
    }
}
