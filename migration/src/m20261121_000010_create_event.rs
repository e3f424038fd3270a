//! The one log. Its head row is locked by every writer: that makes `seq` gapless and the chain
//! linear. Triggers refuse to change or delete an entry; they stop mistakes, and the chain shows
//! what gets past them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, integer, text, text_null};
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::column::index;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [event(), event_head()] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("event", &["entity_type", "entity_id"]))
            .await?;
        manager
            .exec_stmt(
                Query::insert()
                    .into_table("event_head")
                    .columns(["id", "seq", "hash", "last_id"])
                    .values_panic([1.into(), 0.into(), "0".repeat(64).into(), 0.into()])
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

/// What makes the engine refuse to change or delete an entry.
fn guards(engine: DbBackend) -> &'static [&'static str] {
    match engine {
        DbBackend::Postgres => &[
            "CREATE FUNCTION refuse_to_rewrite_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN RAISE EXCEPTION 'the log is append-only'; END $$",
            "CREATE TRIGGER event_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event
             FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_rewrite_the_log()",
        ],
        _ => &[
            "CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
             BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
            "CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
             BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END",
        ],
    }
}

fn event() -> TableCreateStatement {
    Table::create()
        .table("event")
        .col(big_integer("seq").primary_key())
        .col(text("occurred_at"))
        .col(text_null("actor_id"))
        .col(text("actor_role"))
        .col(text_null("on_behalf_of"))
        .col(text_null("auth_method"))
        .col(text_null("session_id"))
        .col(text("action"))
        .col(text("entity_type"))
        .col(text_null("entity_id"))
        .col(big_integer_null("entity_version"))
        .col(text_null("case_id"))
        .col(text_null("reason_code"))
        .col(text_null("reason_text"))
        .col(text_null("before_hash"))
        .col(text_null("after_hash"))
        .col(text_null("changed_fields"))
        .col(text_null("request_id"))
        .col(text_null("idempotency_key"))
        .col(text_null("ip_hash"))
        .col(text("app_version"))
        .col(big_integer_null("policy_version"))
        .col(text("prev_hash").unique_key())
        .col(text("hash").unique_key())
        .to_owned()
}

fn event_head() -> TableCreateStatement {
    Table::create()
        .table("event_head")
        .col(integer("id").primary_key())
        .col(big_integer("seq"))
        .col(text("hash"))
        .col(big_integer("last_id"))
        .check(Expr::col("id").eq(1))
        .to_owned()
}
