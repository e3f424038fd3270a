//! Who is asking: accounts with what they may do, and how they show who they are. Nothing that opens a
//! door stands here in the clear: passwords, session ids, keys and links are hashes, the secrets of second
//! factors are sealed with a key that is not in the database.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, binary_null, integer, text, text_null, timestamp_with_time_zone,
    timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index, one_of};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            installation(),
            account(),
            account_role(),
            account_entry(),
            session(),
            api_key(),
            one_time_link(),
            sign_in_throttle(),
        ] {
            manager.create_table(table).await?;
        }
        for index in [
            once("account_role", &["account_id", "role"]),
            once("account_entry", &["account_id", "provider_npi", "role"]),
            index("account_entry", &["provider_npi"]),
            index("session", &["account_id"]),
            index("api_key", &["account_id"]),
            index("one_time_link", &["account_id"]),
        ] {
            manager.create_index(index).await?;
        }
        Ok(())
    }
}

/// Nobody holds the same thing twice at a time; what has ended may be given again.
fn once(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    index(table, columns)
        .unique()
        .and_where(Expr::col("until").is_null())
        .to_owned()
}

fn installation() -> TableCreateStatement {
    Table::create()
        .table("installation")
        .col(integer("id").primary_key())
        .col(text("secret_fingerprint"))
        .check(Expr::col("id").eq(1))
        .to_owned()
}

fn account() -> TableCreateStatement {
    Table::create()
        .table("account")
        .col(big_integer("id").primary_key())
        .col(text("name").unique_key())
        .col(text_null("email"))
        .col(text_null("password_hash"))
        .col(timestamp_with_time_zone_null("password_set_at"))
        .col(binary_null("totp_secret"))
        .col(timestamp_with_time_zone_null("totp_confirmed_at"))
        .col(big_integer_null("totp_last_step"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("disabled_at"))
        .col(big_integer("row_version"))
        .to_owned()
}

fn account_role() -> TableCreateStatement {
    Table::create()
        .table("account_role")
        .col(big_integer("id").primary_key())
        .col(big_integer("account_id"))
        .col(text("role").check(one_of(
            "role",
            &[
                "PROVIDER",
                "PROVIDER_DELEGATE",
                "VERIFIER",
                "APPROVER",
                "COMPLIANCE",
                "APPEALS",
                "AUDITOR",
                "ADMIN",
            ],
        )))
        .col(timestamp_with_time_zone("since"))
        .col(timestamp_with_time_zone_null("until"))
        .foreign_key(&mut belongs_to(
            "account_role",
            "account_id",
            "account",
            "id",
        ))
        .to_owned()
}

fn account_entry() -> TableCreateStatement {
    Table::create()
        .table("account_entry")
        .col(big_integer("id").primary_key())
        .col(big_integer("account_id"))
        .col(big_integer("provider_npi"))
        .col(text("role").check(one_of("role", &["PROVIDER", "PROVIDER_DELEGATE"])))
        .col(timestamp_with_time_zone("since"))
        .col(timestamp_with_time_zone_null("until"))
        .foreign_key(&mut belongs_to(
            "account_entry",
            "account_id",
            "account",
            "id",
        ))
        .foreign_key(&mut belongs_to(
            "account_entry",
            "provider_npi",
            "provider",
            "npi",
        ))
        .to_owned()
}

fn session() -> TableCreateStatement {
    Table::create()
        .table("session")
        .col(text("id_sha256").primary_key())
        .col(big_integer("account_id"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("last_seen_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("second_factor_at"))
        .col(timestamp_with_time_zone_null("ended_at"))
        .foreign_key(&mut belongs_to("session", "account_id", "account", "id"))
        .to_owned()
}

fn api_key() -> TableCreateStatement {
    Table::create()
        .table("api_key")
        .col(big_integer("id").primary_key())
        .col(big_integer("account_id"))
        .col(text("prefix").unique_key())
        .col(text("sha256"))
        .col(text("name"))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone_null("last_used_at"))
        .col(timestamp_with_time_zone_null("revoked_at"))
        .foreign_key(&mut belongs_to("api_key", "account_id", "account", "id"))
        .to_owned()
}

fn one_time_link() -> TableCreateStatement {
    Table::create()
        .table("one_time_link")
        .col(text("sha256").primary_key())
        .col(big_integer("account_id"))
        .col(text("purpose").check(one_of("purpose", &["ACTIVATE", "RESET"])))
        .col(timestamp_with_time_zone("created_at"))
        .col(timestamp_with_time_zone("expires_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .foreign_key(&mut belongs_to(
            "one_time_link",
            "account_id",
            "account",
            "id",
        ))
        .to_owned()
}

fn sign_in_throttle() -> TableCreateStatement {
    Table::create()
        .table("sign_in_throttle")
        .col(text("subject").primary_key())
        .col(integer("failures"))
        .col(timestamp_with_time_zone("last_failed_at"))
        .col(timestamp_with_time_zone("blocked_until"))
        .to_owned()
}
