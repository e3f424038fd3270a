//! Somebody who may sign in or call with a key.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Lower case; what is typed to sign in, and what decisions are signed with.
    #[sea_orm(unique)]
    pub name: String,
    /// Where notices go.
    pub email: Option<String>,
    /// Argon2id, as a PHC string; null until a link is redeemed.
    pub password_hash: Option<String>,
    pub password_set_at: Option<DateTimeUtc>,
    /// The second factor's secret, sealed with the installation's key.
    pub totp_secret: Option<Vec<u8>>,
    /// Null until a first code has shown that the secret arrived.
    pub totp_confirmed_at: Option<DateTimeUtc>,
    /// The step of the last code taken: none before it is taken again.
    pub totp_last_step: Option<i64>,
    pub created_at: DateTimeUtc,
    pub disabled_at: Option<DateTimeUtc>,
    /// Grows by one with each change by an act.
    pub row_version: i64,
}

impl ActiveModelBehavior for ActiveModel {}
