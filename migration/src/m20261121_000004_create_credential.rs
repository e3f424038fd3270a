//! Credentials of every kind in one table: all have an issuer, dates and a history of standing, and
//! only a training has hours.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, date_null, integer, integer_null, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
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
const STANDINGS: &[&str] = &[
    "UNVERIFIED",
    "VERIFIED",
    "SUSPENDED",
    "REVOKED",
    "WITHDRAWN",
    "SUPERSEDED",
    "ENTERED_IN_ERROR",
];
const SUSPENSIONS: &[&str] = &[
    "DISCIPLINARY",
    "ADMINISTRATIVE",
    "ISSUER_TAINT",
    "INTEGRITY_CONCERN",
    "SAFETY",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            issuer(),
            issuer_alias(),
            credential(),
            credential_standing(),
            training_detail(),
            course_approval(),
        ] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("credential", &["provider_npi"]))
            .await?;
        manager
            .create_index(index("credential", &["issuer_id"]))
            .await?;
        Ok(())
    }
}

fn issuer() -> TableCreateStatement {
    Table::create()
        .table("issuer")
        .col(big_integer("id").primary_key())
        .col(text("name").unique_key())
        .to_owned()
}

fn issuer_alias() -> TableCreateStatement {
    Table::create()
        .table("issuer_alias")
        .col(big_integer("issuer_id"))
        .col(integer("ordinal"))
        .col(text("alias"))
        .col(date_null("starts_on"))
        .col(date_null("ends_on"))
        .primary_key(Index::create().col("issuer_id").col("ordinal"))
        .foreign_key(&mut belongs_to("issuer_alias", "issuer_id", "issuer", "id"))
        .to_owned()
}

fn credential() -> TableCreateStatement {
    Table::create()
        .table("credential")
        .col(big_integer("id").primary_key())
        .col(integer("row_version").default(1))
        .col(big_integer("provider_npi"))
        .col(text("kind"))
        .col(text("title"))
        .col(big_integer("issuer_id"))
        .col(text_null("names"))
        .col(text_null("jurisdiction"))
        .col(text_null("discipline"))
        .col(integer_null("sessions"))
        .col(date_null("issued_on"))
        .col(date_null("completed_on"))
        .col(date_null("expires_on"))
        .col(boolean("draft"))
        .col(big_integer_null("supersedes_id"))
        .col(big_integer_null("replaces_id"))
        .col(big_integer_null("overturned_by_case_id"))
        .col(timestamp_with_time_zone_null("overturned_at"))
        .check(one_of("kind", KINDS))
        .check(one_of("discipline", DISCIPLINES))
        .foreign_key(&mut belongs_to(
            "credential",
            "provider_npi",
            "provider",
            "npi",
        ))
        .foreign_key(&mut belongs_to("credential", "issuer_id", "issuer", "id"))
        .to_owned()
}

fn credential_standing() -> TableCreateStatement {
    Table::create()
        .table("credential_standing")
        .col(big_integer("credential_id"))
        .col(integer("ordinal"))
        .col(timestamp_with_time_zone("decided_at"))
        .col(text("standing"))
        .col(text_null("suspension"))
        .col(text_null("reason_code"))
        .col(big_integer_null("case_id"))
        .col(date_null("psv_as_of"))
        .col(text_null("assurance"))
        .col(big_integer_null("seq"))
        .primary_key(Index::create().col("credential_id").col("ordinal"))
        .check(one_of("standing", STANDINGS))
        .check(one_of("suspension", SUSPENSIONS))
        .foreign_key(&mut belongs_to(
            "credential_standing",
            "credential_id",
            "credential",
            "id",
        ))
        .to_owned()
}

fn training_detail() -> TableCreateStatement {
    Table::create()
        .table("training_detail")
        .col(big_integer("credential_id").primary_key())
        .col(date_null("started_on"))
        .col(integer("in_person_minutes"))
        .col(integer("live_online_minutes"))
        .col(integer("self_paced_minutes"))
        .col(integer("supervised_clinical_minutes"))
        .col(integer_null("theory_minutes"))
        .col(integer_null("practical_minutes"))
        .col(integer_null("postgraduate_minutes"))
        .foreign_key(&mut belongs_to(
            "training_detail",
            "credential_id",
            "credential",
            "id",
        ))
        .to_owned()
}

fn course_approval() -> TableCreateStatement {
    Table::create()
        .table("course_approval")
        .col(big_integer("credential_id"))
        .col(integer("ordinal"))
        .col(text("body"))
        .col(text_null("number"))
        .primary_key(Index::create().col("credential_id").col("ordinal"))
        .foreign_key(&mut belongs_to(
            "course_approval",
            "credential_id",
            "credential",
            "id",
        ))
        .to_owned()
}
