//! What people ask of the directory about an entry: that it is theirs, that it goes, that it is wrong.
//! And how they are reached, which nobody is shown, and the key that makes the log forget them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, boolean, date, integer, text, text_null,
    timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index, one_of};

const CLAIM_STATES: &[&str] = &["OPEN", "CONFIRMED", "DECLINED", "WITHDRAWN"];
const CLAIM_METHODS: &[&str] = &["PRACTICE_PHONE", "POSTAL_ADDRESS", "EVIDENCE_SEEN"];
const REMOVAL_STATES: &[&str] = &["OPEN", "HIDDEN", "ERASED", "REFUSED"];
const REPORT_STATES: &[&str] = &["OPEN", "CORRECTED", "NO_MISTAKE", "REFERRED"];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            provider_contact(),
            claim(),
            removal_request(),
            mistake_report(),
            subject_key(),
        ] {
            manager.create_table(table).await?;
        }
        for table in ["claim", "removal_request", "mistake_report"] {
            manager
                .create_index(index(table, &["provider_npi"]))
                .await?;
            manager.create_index(index(table, &["state"])).await?;
        }
        // An entry is one person's.
        let one_holder = only(
            "ux_claim_confirmed",
            "claim",
            &["provider_npi"],
            "CONFIRMED",
        );
        let one_each = only(
            "ux_claim_open",
            "claim",
            &["provider_npi", "account_id"],
            "OPEN",
        );
        let one_removal = only(
            "ux_removal_request_open",
            "removal_request",
            &["provider_npi"],
            "OPEN",
        );
        for unique in [one_holder, one_each, one_removal] {
            manager.create_index(unique).await?;
        }
        Ok(())
    }
}

/// At most one row in a state for each value of the columns.
fn only(
    name: &'static str,
    table: &'static str,
    columns: &[&'static str],
    state: &'static str,
) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table).unique();
    for column in columns {
        index.col(*column);
    }
    index.cond_where(Expr::col("state").eq(state));
    index
}

/// No key to the person: it is destroyed before anything else of them goes.
fn subject_key() -> TableCreateStatement {
    Table::create()
        .table("subject_key")
        .col(big_integer("provider_npi").primary_key())
        .col(text("key"))
        .to_owned()
}

fn provider_contact() -> TableCreateStatement {
    Table::create()
        .table("provider_contact")
        .col(big_integer("provider_npi").primary_key())
        .col(text_null("phone"))
        .col(text_null("email"))
        .foreign_key(&mut belongs_to(
            "provider_contact",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn claim() -> TableCreateStatement {
    Table::create()
        .table("claim")
        .col(big_integer("id").primary_key())
        .col(big_integer("provider_npi"))
        .col(big_integer("account_id"))
        .col(text("state"))
        .col(text("method"))
        .col(boolean("disputes"))
        .col(text_null("statement"))
        .col(timestamp_with_time_zone("requested_at"))
        .col(text_null("code_hash"))
        .col(timestamp_with_time_zone_null("code_issued_at"))
        .col(timestamp_with_time_zone_null("code_expires_at"))
        .col(big_integer_null("code_issued_by"))
        .col(integer("attempts"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(big_integer_null("decided_by"))
        .col(text_null("decision_note"))
        .col(big_integer("row_version"))
        .check(one_of("state", CLAIM_STATES))
        .check(one_of("method", CLAIM_METHODS))
        .foreign_key(&mut belongs_to("claim", "provider_npi", "provider", "npi"))
        .to_owned()
}

fn removal_request() -> TableCreateStatement {
    Table::create()
        .table("removal_request")
        .col(big_integer("id").primary_key())
        .col(big_integer("provider_npi"))
        .col(big_integer("account_id"))
        .col(boolean("wants_erasure"))
        .col(text("state"))
        .col(text_null("reason_text"))
        .col(timestamp_with_time_zone("requested_at"))
        .col(date("due_on"))
        .col(timestamp_with_time_zone_null("decided_at"))
        .col(big_integer_null("decided_by"))
        .col(text_null("decision_note"))
        .col(big_integer("row_version"))
        .check(one_of("state", REMOVAL_STATES))
        .foreign_key(&mut belongs_to(
            "removal_request",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn mistake_report() -> TableCreateStatement {
    Table::create()
        .table("mistake_report")
        .col(big_integer("id").primary_key())
        .col(text("reference").unique_key())
        .col(big_integer("provider_npi"))
        .col(text("kind"))
        .col(text_null("message"))
        .col(text("state"))
        .col(timestamp_with_time_zone("reported_at"))
        .col(date("due_on"))
        .col(timestamp_with_time_zone_null("resolved_at"))
        .col(big_integer_null("resolved_by"))
        .col(text_null("answer"))
        .col(big_integer("row_version"))
        .check(one_of("state", REPORT_STATES))
        .foreign_key(&mut belongs_to(
            "mistake_report",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}
