//! The law by which people are shown. Rows are retired, never deleted, so that an old decision can
//! be traced to the rule it was made by.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date_null, integer, integer_null, text, text_null,
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
const CONFIDENCES: &[&str] = &["HIGH", "MEDIUM", "LOW"];
const FLAGS: &[&str] = &["YES", "NO", "PARTIAL"];
const STATUSES: &[&str] = &[
    "PERMITTED",
    "CONDITIONAL",
    "PROHIBITED",
    "SILENT",
    "UNKNOWN",
];
const INSTRUMENTS: &[&str] = &[
    "STATUTE",
    "REGULATION",
    "BOARD_POLICY",
    "AG_OPINION",
    "COURT",
    "OTHER",
];
const SUBJECTS: &[&str] = &["PROVIDER", "VISIT"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [scope_rule(), scope_requirement()] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("scope_rule", &["jurisdiction", "discipline"]))
            .await?;
        Ok(())
    }
}

fn scope_rule() -> TableCreateStatement {
    Table::create()
        .table("scope_rule")
        .col(big_integer("id").primary_key())
        .col(text("jurisdiction"))
        .col(text("discipline"))
        .col(text("status"))
        .col(date_null("effective_from"))
        .col(date_null("effective_to"))
        .col(text("instrument"))
        .col(text_null("citation"))
        .col(text_null("source_url"))
        .col(date_null("source_as_of"))
        .col(text("confidence"))
        .col(text("summary"))
        .col(integer_null("min_training_hours"))
        .col(integer_null("min_in_person_hours"))
        .col(integer_null("min_years_licensed"))
        .col(text_null("referral_required"))
        .col(text_null("consent_required"))
        .col(big_integer("recorded_seq"))
        .col(big_integer_null("retired_seq"))
        .check(one_of("discipline", DISCIPLINES))
        .check(one_of("status", STATUSES))
        .check(one_of("instrument", INSTRUMENTS))
        .check(one_of("confidence", CONFIDENCES))
        .check(one_of("referral_required", FLAGS))
        .check(one_of("consent_required", FLAGS))
        .to_owned()
}

fn scope_requirement() -> TableCreateStatement {
    Table::create()
        .table("scope_requirement")
        .col(big_integer("scope_rule_id"))
        .col(integer("ordinal"))
        .col(text("subject"))
        .col(text("kind"))
        .col(text_null("value"))
        .col(text_null("unit"))
        .col(text_null("alternative_group"))
        .col(text_null("note"))
        .col(text("confidence"))
        .primary_key(Index::create().col("scope_rule_id").col("ordinal"))
        .check(one_of("subject", SUBJECTS))
        .check(one_of("confidence", CONFIDENCES))
        .foreign_key(&mut belongs_to(
            "scope_requirement",
            "scope_rule_id",
            "scope_rule",
            "id",
        ))
        .to_owned()
}
