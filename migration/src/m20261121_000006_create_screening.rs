//! Screening against exclusion lists: runs, who was in them, what they raised and what became of
//! it; and look-ups in registers, which can tell that there is nothing.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, date_null, integer, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index, one_of};

const KINDS: &[&str] = &[
    "STATE_ENDORSEMENT",
    "STATE_PERMIT",
    "DEGREE",
    "REQUIREMENT_PROOF",
    "DRY_NEEDLING_TRAINING",
    "NATIONAL_CERTIFICATION",
    "EXAM_RESULT",
    "SUPERVISED_SESSIONS_LOG",
    "CLEAN_NEEDLE_TECHNIQUE",
    "BLOODBORNE_PATHOGENS",
];
const LISTS: &[&str] = &["OIG_LEIE", "SAM_GOV", "STATE_MEDICAID"];
const CAUSES: &[&str] = &["IMPORT", "REQUEST", "SCHEDULE"];
const TIERS: &[&str] = &["T1_NPI", "T2_NAME_DOB", "T3_NAME_CONTEXT", "T4_NAME_ONLY"];
const MATCH_STATES: &[&str] = &[
    "NEW",
    "UNDER_REVIEW",
    "CONFIRMED",
    "FALSE_POSITIVE",
    "WAIVED",
    "INCONCLUSIVE",
    "REINSTATED",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            screening_run(),
            provider_screening(),
            exclusion_match(),
            match_change(),
            registry_lookup(),
        ] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("provider_screening", &["screening_run_id"]))
            .await?;
        manager
            .create_index(index("exclusion_match", &["provider_npi"]))
            .await?;
        manager
            .create_index(index("registry_lookup", &["provider_npi"]))
            .await?;
        Ok(())
    }
}

fn screening_run() -> TableCreateStatement {
    Table::create()
        .table("screening_run")
        .col(big_integer("id").primary_key())
        .col(text("list"))
        .col(text("cause"))
        .col(big_integer_null("requested_by"))
        .col(big_integer_null("list_snapshot_id"))
        .col(text("file_sha256"))
        .col(date_null("file_dated_on"))
        .col(integer("row_count"))
        .col(integer("provider_count"))
        .col(integer("match_count"))
        .col(timestamp_with_time_zone("started_at"))
        .col(timestamp_with_time_zone_null("finished_at"))
        .check(one_of("list", LISTS))
        .check(one_of("cause", CAUSES))
        .to_owned()
}

fn provider_screening() -> TableCreateStatement {
    Table::create()
        .table("provider_screening")
        .col(big_integer("provider_npi"))
        .col(integer("ordinal"))
        .col(timestamp_with_time_zone("screened_at"))
        .col(big_integer_null("screening_run_id"))
        .col(big_integer_null("screened_seq"))
        .primary_key(Index::create().col("provider_npi").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "provider_screening",
            "provider_npi",
            "provider",
            "npi",
        ))
        .foreign_key(&mut belongs_to(
            "provider_screening",
            "screening_run_id",
            "screening_run",
            "id",
        ))
        .to_owned()
}

fn exclusion_match() -> TableCreateStatement {
    Table::create()
        .table("exclusion_match")
        .col(big_integer("id").primary_key())
        .col(big_integer("provider_npi"))
        .col(text("list"))
        .col(text("tier"))
        .col(text("about"))
        .col(text("state"))
        .col(timestamp_with_time_zone("raised_at"))
        .col(big_integer_null("practice_location_id"))
        .col(big_integer_null("list_snapshot_id"))
        .col(text_null("row_fingerprint"))
        .col(text_null("exclusion_key"))
        .col(text_null("row_columns"))
        .col(text_null("evidence"))
        .col(text_null("person_fingerprint"))
        .col(integer("row_version").default(1))
        .check(one_of("list", LISTS))
        .check(one_of("tier", TIERS))
        .check(one_of("about", &["PERSON", "ORGANISATION"]))
        .check(one_of("state", MATCH_STATES))
        .foreign_key(&mut belongs_to(
            "exclusion_match",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn match_change() -> TableCreateStatement {
    Table::create()
        .table("match_change")
        .col(big_integer("exclusion_match_id"))
        .col(integer("ordinal"))
        .col(timestamp_with_time_zone("changed_at"))
        .col(text("state"))
        .col(text_null("waived_in"))
        .col(text_null("waiver_scope"))
        .col(text_null("reason_text"))
        .col(text_null("evidence_ids"))
        .col(big_integer_null("proposed_by"))
        .col(big_integer_null("decided_by"))
        .primary_key(Index::create().col("exclusion_match_id").col("ordinal"))
        .check(one_of("state", MATCH_STATES))
        .foreign_key(&mut belongs_to(
            "match_change",
            "exclusion_match_id",
            "exclusion_match",
            "id",
        ))
        .to_owned()
}

fn registry_lookup() -> TableCreateStatement {
    Table::create()
        .table("registry_lookup")
        .col(big_integer("id").primary_key())
        .col(big_integer("provider_npi"))
        .col(text("kind"))
        .col(text_null("names"))
        .col(text_null("jurisdiction"))
        .col(timestamp_with_time_zone("looked_up_at"))
        .col(boolean("found"))
        .check(one_of("kind", KINDS))
        .foreign_key(&mut belongs_to(
            "registry_lookup",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}
