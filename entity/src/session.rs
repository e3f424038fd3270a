//! A browser that somebody has signed in with.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "session")]
pub struct Model {
    /// SHA-256 of what the browser's cookie holds, in hexadecimal.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id_sha256: String,
    pub account_id: i64,
    pub created_at: DateTimeUtc,
    /// To the minute: when it was last used.
    pub last_seen_at: DateTimeUtc,
    /// When it ends however much it is used.
    pub expires_at: DateTimeUtc,
    /// When a second factor was shown in it.
    pub second_factor_at: Option<DateTimeUtc>,
    pub ended_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "account_id", to = "id")]
    pub account: BelongsTo<super::account::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
