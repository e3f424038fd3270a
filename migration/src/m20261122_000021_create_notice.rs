//! What people have to be told, and until when; and who of several nodes sees to what time brings.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [notice(), lease()] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("notice", &["provider_npi"]))
            .await?;
        manager
            .create_index(
                index("notice", &["due_on", "id"])
                    .name("ix_notice_unsent")
                    .cond_where(Expr::col("sent_at").is_null())
                    .to_owned(),
            )
            .await?;
        Ok(())
    }
}

fn notice() -> TableCreateStatement {
    Table::create()
        .table("notice")
        .col(big_integer("id").primary_key())
        .col(text("kind"))
        // What is said once is known by this, for good; null where each saying is one of its own.
        .col(text_null("once_key").unique_key())
        .col(big_integer_null("account_id"))
        .col(big_integer_null("provider_npi"))
        .col(text_null("recipient"))
        .col(big_integer_null("case_id"))
        .col(text_null("subject_type"))
        .col(text_null("subject_id"))
        .col(text("subject"))
        .col(text("body"))
        .col(date("due_on"))
        .col(timestamp_with_time_zone("queued_at"))
        .col(integer("attempts"))
        .col(timestamp_with_time_zone("next_attempt_at"))
        .col(text_null("last_error"))
        .col(timestamp_with_time_zone_null("sent_at"))
        .foreign_key(&mut belongs_to("notice", "provider_npi", "provider", "npi"))
        .to_owned()
}

/// Working data: it saves several nodes from doing the same, and nothing is wrong when it is lost.
fn lease() -> TableCreateStatement {
    Table::create()
        .table("lease")
        .col(text("name").primary_key())
        .col(text("holder"))
        .col(timestamp_with_time_zone("held_until"))
        .to_owned()
}
