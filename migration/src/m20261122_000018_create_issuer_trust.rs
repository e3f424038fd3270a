//! What is known of an issuer beside its name, and for which days it is trusted. A bad issuer taints
//! everything it issued in a range of days; what a taint suspended is kept, because each of it needs
//! a decision of its own to come back.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, date_null, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index, one_of};

const KINDS: &[&str] = &[
    "TRAINING_ORGANISATION",
    "CERTIFICATION_BODY",
    "EXAMINATION_BODY",
    "ACADEMIC_INSTITUTION",
    "STATE_BOARD",
    "OTHER",
];
const LEVELS: &[&str] = &["TRUSTED", "UNKNOWN", "TAINTED"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // SQLite adds one column a statement.
        for column in [
            text("kind")
                .default("OTHER")
                .check(one_of("kind", KINDS))
                .to_owned(),
            text_null("domain"),
            text_null("contact"),
            text_null("source"),
            integer("row_version").default(1).to_owned(),
        ] {
            manager
                .alter_table(Table::alter().table("issuer").add_column(column).to_owned())
                .await?;
        }
        for table in [issuer_trust(), taint_suspension()] {
            manager.create_table(table).await?;
        }
        manager
            .create_index(index("issuer_alias", &["alias"]))
            .await?;
        manager
            .create_index(index("issuer_trust", &["issuer_id"]))
            .await?;
        manager
            .create_index(index("taint_suspension", &["credential_id"]))
            .await?;
        Ok(())
    }
}

fn issuer_trust() -> TableCreateStatement {
    Table::create()
        .table("issuer_trust")
        .col(big_integer("id").primary_key())
        .col(big_integer("issuer_id"))
        .col(date_null("starts_on"))
        .col(date_null("ends_on"))
        .col(text("level"))
        .col(text("reason_code"))
        .col(text("reason_text"))
        .col(big_integer_null("proposal_id"))
        .col(big_integer("proposed_by"))
        .col(big_integer("decided_by"))
        .col(timestamp_with_time_zone("decided_at"))
        .col(big_integer_null("lift_proposal_id"))
        .col(big_integer_null("lift_proposed_by"))
        .col(big_integer_null("lifted_by"))
        .col(timestamp_with_time_zone_null("lifted_at"))
        .check(one_of("level", LEVELS))
        .check(Expr::col("starts_on").lte(Expr::col("ends_on")))
        // Two people, both times.
        .check(Expr::col("proposed_by").ne(Expr::col("decided_by")))
        .check(Expr::col("lift_proposed_by").ne(Expr::col("lifted_by")))
        .foreign_key(&mut belongs_to("issuer_trust", "issuer_id", "issuer", "id"))
        .to_owned()
}

fn taint_suspension() -> TableCreateStatement {
    Table::create()
        .table("taint_suspension")
        .col(big_integer("issuer_trust_id"))
        .col(big_integer("credential_id"))
        .col(timestamp_with_time_zone("suspended_at"))
        .primary_key(Index::create().col("issuer_trust_id").col("credential_id"))
        .foreign_key(&mut belongs_to(
            "taint_suspension",
            "issuer_trust_id",
            "issuer_trust",
            "id",
        ))
        .foreign_key(&mut belongs_to(
            "taint_suspension",
            "credential_id",
            "credential",
            "id",
        ))
        .to_owned()
}
