//! Cases: the work by which a claim becomes a standing, what was checked in it, and the contents that
//! decisions are bound to.
//!
//! The engine refuses what no program may do: a second open case for the same purpose, a decision by
//! the person who checked (but under a policy that says so, and never where two people must agree), a
//! changed outcome of a check, and a changed content that somebody has signed for.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, date, date_null, integer, integer_null, text,
    text_null, timestamp_with_time_zone, timestamp_with_time_zone_null,
};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::column::{belongs_to, index, one_of};

const PURPOSES: &[&str] = &[
    "INITIAL",
    "REVALIDATION",
    "CORRECTION",
    "FOR_CAUSE",
    "REINSTATEMENT",
    "APPEAL",
];
const STATES: &[&str] = &[
    "DRAFT",
    "SUBMITTED",
    "IN_REVIEW",
    "INFO_REQUESTED",
    "PENDING_DECISION",
    "APPROVED",
    "REJECTED",
    "WITHDRAWN",
    "LAPSED",
];
const RECOMMENDATIONS: &[&str] = &["APPROVE", "REJECT"];
const OUTCOMES: &[&str] = &[
    "MATCH",
    "MISMATCH",
    "NOT_FOUND",
    "SOURCE_UNAVAILABLE",
    "NEEDS_REVIEW",
    "NOT_APPLICABLE",
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

/// One open case a purpose, and one appeal a decision.
const ONE_AT_A_TIME: [&str; 2] = [
    r#"CREATE UNIQUE INDEX ux_case_open ON "case" (credential_id, purpose)
       WHERE state IN ('DRAFT', 'SUBMITTED', 'IN_REVIEW', 'INFO_REQUESTED', 'PENDING_DECISION')"#,
    r#"CREATE UNIQUE INDEX ux_case_appeal ON "case" (appeal_of_case_id)
       WHERE appeal_of_case_id IS NOT NULL"#,
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            credential_content(),
            case(),
            case_history(),
            info_item(),
            case_evidence(),
            check(),
        ] {
            manager.create_table(table).await?;
        }
        for covering in [
            index("case", &["provider_npi"]),
            index("case", &["credential_id"]),
            index("case", &["state", "due_at", "id"]),
            index("check", &["case_id"]),
            index("case_evidence", &["evidence_id"]),
        ] {
            manager.create_index(covering).await?;
        }
        let connection = manager.get_connection();
        for statement in ONE_AT_A_TIME {
            connection.execute_unprepared(statement).await?;
        }
        for statement in guards(manager.get_database_backend()) {
            connection.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// What makes the engine refuse to rewrite an outcome, a signed content or a state that was passed.
fn guards(engine: DbBackend) -> &'static [&'static str] {
    match engine {
        DbBackend::Postgres => &[
            "CREATE FUNCTION refuse_to_rewrite_a_case() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN RAISE EXCEPTION 'what was found, signed or passed is never changed'; END $$",
            r#"CREATE TRIGGER check_keeps_its_outcome BEFORE UPDATE ON "check" FOR EACH ROW
             WHEN (OLD.original_outcome IS DISTINCT FROM NEW.original_outcome
                   OR OLD.content_version IS DISTINCT FROM NEW.content_version)
             EXECUTE FUNCTION refuse_to_rewrite_a_case()"#,
            r#"CREATE TRIGGER check_is_never_deleted BEFORE DELETE ON "check"
             FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_a_case()"#,
            "CREATE TRIGGER content_is_frozen BEFORE UPDATE OR DELETE ON credential_content
             FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL)
             EXECUTE FUNCTION refuse_to_rewrite_a_case()",
            // The words of somebody who is erased go, and nothing else.
            "CREATE TRIGGER case_history_is_never_changed BEFORE UPDATE ON case_history FOR EACH ROW
             WHEN (NEW.reason_text IS NOT NULL OR
                  (OLD.case_id, OLD.ordinal, OLD.passed_at, OLD.action, OLD.state,
                  OLD.actor_id, OLD.actor_role, OLD.signature_meaning, OLD.printed_name,
                  OLD.reason_code, OLD.content_version, OLD.seq) IS DISTINCT FROM
                  (NEW.case_id, NEW.ordinal, NEW.passed_at, NEW.action, NEW.state,
                  NEW.actor_id, NEW.actor_role, NEW.signature_meaning, NEW.printed_name,
                  NEW.reason_code, NEW.content_version, NEW.seq))
             EXECUTE FUNCTION refuse_to_rewrite_a_case()",
            "CREATE TRIGGER case_history_is_never_deleted BEFORE DELETE ON case_history
             FOR EACH ROW EXECUTE FUNCTION refuse_to_rewrite_a_case()",
        ],
        _ => &[
            r#"CREATE TRIGGER check_keeps_its_outcome BEFORE UPDATE ON "check"
             WHEN OLD.original_outcome IS NOT NEW.original_outcome
                  OR OLD.content_version IS NOT NEW.content_version
             BEGIN SELECT RAISE(ABORT, 'an outcome is never changed'); END"#,
            r#"CREATE TRIGGER check_is_never_deleted BEFORE DELETE ON "check"
             BEGIN SELECT RAISE(ABORT, 'a check is never deleted'); END"#,
            "CREATE TRIGGER content_is_frozen BEFORE UPDATE ON credential_content
             WHEN OLD.frozen_at IS NOT NULL
             BEGIN SELECT RAISE(ABORT, 'a signed content is never changed'); END",
            "CREATE TRIGGER content_is_never_deleted BEFORE DELETE ON credential_content
             WHEN OLD.frozen_at IS NOT NULL
             BEGIN SELECT RAISE(ABORT, 'a signed content is never deleted'); END",
            "CREATE TRIGGER case_history_is_never_changed BEFORE UPDATE ON case_history
             WHEN NEW.reason_text IS NOT NULL OR
                  (OLD.case_id, OLD.ordinal, OLD.passed_at, OLD.action, OLD.state,
                  OLD.actor_id, OLD.actor_role, OLD.signature_meaning, OLD.printed_name,
                  OLD.reason_code, OLD.content_version, OLD.seq) IS NOT
                  (NEW.case_id, NEW.ordinal, NEW.passed_at, NEW.action, NEW.state,
                  NEW.actor_id, NEW.actor_role, NEW.signature_meaning, NEW.printed_name,
                  NEW.reason_code, NEW.content_version, NEW.seq)
             BEGIN SELECT RAISE(ABORT, 'a state that was passed is never changed'); END",
            "CREATE TRIGGER case_history_is_never_deleted BEFORE DELETE ON case_history
             BEGIN SELECT RAISE(ABORT, 'a state that was passed is never deleted'); END",
        ],
    }
}

fn credential_content() -> TableCreateStatement {
    Table::create()
        .table("credential_content")
        .col(big_integer("credential_id"))
        .col(integer("version"))
        .col(text("document"))
        .col(text("sha256"))
        .col(timestamp_with_time_zone("written_at"))
        .col(big_integer_null("written_by"))
        .col(timestamp_with_time_zone_null("frozen_at"))
        .primary_key(Index::create().col("credential_id").col("version"))
        .foreign_key(&mut belongs_to(
            "credential_content",
            "credential_id",
            "credential",
            "id",
        ))
        .to_owned()
}

fn case() -> TableCreateStatement {
    Table::create()
        .table("case")
        .col(big_integer("id").primary_key())
        .col(big_integer("provider_npi"))
        .col(big_integer_null("credential_id"))
        .col(big_integer_null("attestation_id"))
        .col(text_null("jurisdiction"))
        .col(text("purpose"))
        .col(text("state"))
        .col(integer("content_version"))
        .col(text("content_sha256"))
        .col(timestamp_with_time_zone("opened_at"))
        .col(big_integer("opened_by"))
        .col(text("content_changes"))
        .col(text("reviewers"))
        .col(text("conflicts"))
        .col(timestamp_with_time_zone_null("submitted_at"))
        .col(big_integer_null("submitted_by"))
        .col(text_null("submitted_name"))
        .col(text_null("submitted_meaning"))
        .col(big_integer_null("lease_verifier_id"))
        .col(timestamp_with_time_zone_null("lease_until"))
        .col(big_integer_null("info_by"))
        .col(timestamp_with_time_zone_null("info_at"))
        .col(text_null("info_reason_code"))
        .col(date_null("info_due_on"))
        .col(timestamp_with_time_zone_null("info_notice_sent_at"))
        .col(timestamp_with_time_zone_null("lapses_at"))
        .col(text_null("recommendation"))
        .col(text_null("recommendation_reason_code"))
        .col(text_null("recommendation_note"))
        .col(big_integer_null("verifier_id"))
        .col(timestamp_with_time_zone_null("recommended_at"))
        .col(big_integer_null("approver_id"))
        .col(text_null("approver_role"))
        .col(text_null("approver_name"))
        .col(text_null("approver_meaning"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(integer_null("decided_version"))
        .col(text_null("decided_sha256"))
        .col(text_null("reason_code"))
        .col(text_null("reason_text"))
        .col(integer_null("decided_policy_version"))
        .col(boolean("single_reviewer"))
        .col(date_null("psv_as_of"))
        .col(date_null("notice_due_on"))
        .col(timestamp_with_time_zone_null("notice_sent_at"))
        .col(boolean("appealed"))
        .col(big_integer_null("withdrawn_by"))
        .col(timestamp_with_time_zone_null("closed_at"))
        .col(big_integer_null("appeal_of_case_id"))
        .col(text_null("appeal"))
        .col(big_integer_null("reopens_case_id"))
        .col(timestamp_with_time_zone_null("due_at"))
        .col(integer("policy_version"))
        .col(boolean("fraud_flagged"))
        .col(integer("row_version"))
        .check(one_of("purpose", PURPOSES))
        .check(one_of("state", STATES))
        .check(one_of("recommendation", RECOMMENDATIONS))
        .check(
            Expr::col("credential_id")
                .is_null()
                .ne(Expr::col("attestation_id").is_null()),
        )
        .check(apart())
        .check(two_people_where_there_must_be())
        .foreign_key(&mut belongs_to("case", "provider_npi", "provider", "npi"))
        .foreign_key(&mut belongs_to("case", "credential_id", "credential", "id"))
        .foreign_key(&mut belongs_to(
            "case",
            "attestation_id",
            "sterility_attestation",
            "id",
        ))
        .foreign_key(&mut belongs_to("case", "appeal_of_case_id", "case", "id"))
        .foreign_key(&mut belongs_to("case", "reopens_case_id", "case", "id"))
        .to_owned()
}

/// Who checked does not decide, unless the policy of the decision lets one reviewer do both.
fn apart() -> Expr {
    Expr::col("approver_id")
        .is_null()
        .or(Expr::col("verifier_id").is_null())
        .or(Expr::col("approver_id").ne(Expr::col("verifier_id")))
        .or(Expr::col("single_reviewer"))
}

/// No policy lets one person revoke, reinstate or hear an appeal.
fn two_people_where_there_must_be() -> Expr {
    Expr::col("single_reviewer")
        .not()
        .or(Expr::col("purpose").is_in(["INITIAL", "REVALIDATION", "CORRECTION"]))
}

fn case_history() -> TableCreateStatement {
    Table::create()
        .table("case_history")
        .col(big_integer("case_id"))
        .col(integer("ordinal"))
        .col(timestamp_with_time_zone("passed_at"))
        .col(text("action"))
        .col(text("state"))
        .col(big_integer_null("actor_id"))
        .col(text("actor_role"))
        .col(text_null("signature_meaning"))
        .col(text_null("printed_name"))
        .col(text_null("reason_code"))
        .col(text_null("reason_text"))
        .col(integer_null("content_version"))
        .col(big_integer("seq"))
        .primary_key(Index::create().col("case_id").col("ordinal"))
        .check(one_of("state", STATES))
        .foreign_key(&mut belongs_to("case_history", "case_id", "case", "id"))
        .to_owned()
}

fn info_item() -> TableCreateStatement {
    Table::create()
        .table("info_item")
        .col(big_integer("case_id"))
        .col(integer("round"))
        .col(integer("ordinal"))
        .col(text("wanted"))
        .col(timestamp_with_time_zone_null("supplied_at"))
        .primary_key(Index::create().col("case_id").col("round").col("ordinal"))
        .foreign_key(&mut belongs_to("info_item", "case_id", "case", "id"))
        .to_owned()
}

fn case_evidence() -> TableCreateStatement {
    Table::create()
        .table("case_evidence")
        .col(big_integer("case_id"))
        .col(big_integer("evidence_id"))
        .col(integer("content_version"))
        .col(text("sha256"))
        .col(big_integer("uploaded_by"))
        .col(timestamp_with_time_zone("attached_at"))
        .col(big_integer("attached_by"))
        .primary_key(Index::create().col("case_id").col("evidence_id"))
        .foreign_key(&mut belongs_to("case_evidence", "case_id", "case", "id"))
        .to_owned()
}

fn check() -> TableCreateStatement {
    Table::create()
        .table("check")
        .col(big_integer("id").primary_key())
        .col(big_integer("case_id"))
        .col(integer("content_version"))
        .col(text("field_path"))
        .col(text("source_kind"))
        .col(text("method"))
        .col(text("source_name"))
        .col(text_null("source_url"))
        .col(date("source_as_of"))
        .col(timestamp_with_time_zone("performed_at"))
        .col(big_integer("performed_by"))
        .col(text_null("delegation_agreement_id"))
        .col(text_null("agent_contract_ref"))
        .col(text("original_outcome"))
        .col(text("mismatches"))
        .col(text_null("raw_sha256"))
        .col(text_null("resolved_outcome"))
        .col(big_integer_null("resolved_by"))
        .col(timestamp_with_time_zone_null("resolved_at"))
        .col(text_null("note"))
        .check(one_of("source_kind", SOURCE_KINDS))
        .check(one_of("method", METHODS))
        .check(one_of("original_outcome", OUTCOMES))
        .check(one_of("resolved_outcome", OUTCOMES))
        .foreign_key(&mut belongs_to("check", "case_id", "case", "id"))
        .to_owned()
}
