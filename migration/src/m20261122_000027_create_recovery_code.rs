//! Codes by which somebody signs in who has lost their authenticator, each once; and a last day for keys.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, date_null, text, timestamp_with_time_zone, timestamp_with_time_zone_null,
};

use crate::column::{belongs_to, index};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(recovery_code()).await?;
        manager
            .create_index(index("recovery_code", &["account_id"]))
            .await?;
        let wider = Table::alter()
            .table("api_key")
            .add_column(date_null("expires_on"))
            .to_owned();
        manager.alter_table(wider).await
    }
}

fn recovery_code() -> TableCreateStatement {
    Table::create()
        .table("recovery_code")
        .col(text("code_hash").primary_key())
        .col(big_integer("account_id"))
        .col(timestamp_with_time_zone("made_at"))
        .col(timestamp_with_time_zone_null("used_at"))
        .foreign_key(&mut belongs_to(
            "recovery_code",
            "account_id",
            "account",
            "id",
        ))
        .to_owned()
}
