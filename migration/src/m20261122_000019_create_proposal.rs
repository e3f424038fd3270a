//! Acts that wait for a second person, and the answers by which a repeated request is known.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use crate::column::{index, one_of};

const KINDS: &[&str] = &[
    "MARK_IN_ERROR",
    "CONFIRM_MATCH",
    "CLEAR_MATCH",
    "REINSTATE_MATCH",
    "CHANGE_ROLES",
    "TAINT_ISSUER",
    "LIFT_TAINT",
    "REINSTATE_IN_BULK",
];
const STATES: &[&str] = &["OPEN", "CONFIRMED", "DECLINED", "WITHDRAWN"];
const OUTCOMES: &[&str] = &["DONE", "DENIED", "FORBIDDEN"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(idempotency()).await?;
        manager.create_table(proposal()).await?;
        manager
            .create_index(index("proposal", &["subject_type", "subject_id"]))
            .await?;
        manager.create_index(one_open()).await
    }
}

fn idempotency() -> TableCreateStatement {
    Table::create()
        .table("idempotency")
        .col(text("actor"))
        .col(text("key"))
        .col(text("act"))
        .col(text("body_sha256"))
        .col(text("outcome"))
        .col(text("answer"))
        .col(big_integer("seq"))
        .col(timestamp_with_time_zone("answered_at"))
        .primary_key(Index::create().col("actor").col("key"))
        .check(one_of("outcome", OUTCOMES))
        .to_owned()
}

fn proposal() -> TableCreateStatement {
    Table::create()
        .table("proposal")
        .col(big_integer("id").primary_key())
        .col(text("kind"))
        .col(text("subject_type"))
        .col(text("subject_id"))
        .col(text("payload"))
        .col(text("reason_code"))
        .col(text_null("reason_text"))
        .col(big_integer("proposed_by"))
        .col(timestamp_with_time_zone("proposed_at"))
        .col(text("state"))
        .col(big_integer_null("decided_by"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(integer("row_version").default(1))
        .check(one_of("kind", KINDS))
        .check(one_of("state", STATES))
        // Two people: whoever proposed may only take it back.
        .check(
            Expr::col("decided_by")
                .is_null()
                .or(Expr::col("decided_by").ne(Expr::col("proposed_by")))
                .or(Expr::col("state").eq("WITHDRAWN")),
        )
        .check(
            Expr::col("state")
                .eq("OPEN")
                .and(Expr::col("decided_by").is_null())
                .or(Expr::col("state")
                    .ne("OPEN")
                    .and(Expr::col("decided_by").is_not_null())),
        )
        .to_owned()
}

/// One proposal of a kind waits for a subject at a time.
fn one_open() -> IndexCreateStatement {
    let mut index = index("proposal", &["kind", "subject_type", "subject_id"]);
    index
        .unique()
        .and_where(Expr::col("state").eq("OPEN"))
        .to_owned()
}
