//! Compact privileges: which state takes part how in which compact since when, and the licence that a
//! privilege is held under. Periods are retired, never deleted, like the rules of the law.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, date, date_null, text, text_null};
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::column::{index, one_of};

const DISCIPLINES: &[&str] = &[
    "PHYSICAL_THERAPIST",
    "ACUPUNCTURIST",
    "CHIROPRACTOR",
    "ATHLETIC_TRAINER",
    "OCCUPATIONAL_THERAPIST",
    "PHYSICIAN",
];
const STATUSES: &[&str] = &["NONE", "ENACTED", "ISSUING"];
const CONFIDENCES: &[&str] = &["HIGH", "MEDIUM", "LOW"];

/// Of the periods that count, one a day.
const ONE_A_DAY: &str = "CREATE UNIQUE INDEX ux_compact_period_day
    ON compact_period (discipline, jurisdiction, effective_from) WHERE retired_seq IS NULL";

/// The schema builder has no words for a column that refers to its own table and is added later.
const HOME: &str = "ALTER TABLE license
    ADD COLUMN home_license_id BIGINT REFERENCES license (id)";

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(compact_period()).await?;
        let connection = manager.get_connection();
        connection.execute_unprepared(ONE_A_DAY).await?;
        connection.execute_unprepared(HOME).await?;
        // Whenever a licence is deleted, privileges under it are looked for.
        manager
            .create_index(index("license", &["home_license_id"]))
            .await
    }
}

fn compact_period() -> TableCreateStatement {
    Table::create()
        .table("compact_period")
        .col(big_integer("id").primary_key())
        .col(text("discipline"))
        .col(text("jurisdiction"))
        .col(text("status"))
        .col(date("effective_from"))
        .col(text_null("citation"))
        .col(text_null("source_url"))
        .col(date_null("source_as_of"))
        .col(text("confidence"))
        .col(text_null("note"))
        .col(big_integer("recorded_seq"))
        .col(big_integer_null("retired_seq"))
        .check(one_of("discipline", DISCIPLINES))
        .check(one_of("status", STATUSES))
        .check(one_of("confidence", CONFIDENCES))
        .to_owned()
}
