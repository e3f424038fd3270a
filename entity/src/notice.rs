//! Something that somebody has to be told, until when, and whether it was.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notice")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub kind: String,
    /// What is said once is known by this.
    #[sea_orm(unique)]
    pub once_key: Option<String>,
    /// Whom: an account.
    pub account_id: Option<i64>,
    /// Whom: those who act for an entry; with `account_id`, of whom it speaks.
    pub provider_npi: Option<i64>,
    /// Whom: an address, where there is no account; and to which addresses it was sent.
    pub recipient: Option<String>,
    pub case_id: Option<i64>,
    pub subject_type: Option<String>,
    pub subject_id: Option<String>,
    /// The line above the text.
    pub subject: String,
    pub body: String,
    /// The last day on which sending it is in time.
    pub due_on: Date,
    pub queued_at: DateTimeUtc,
    /// How often somebody began to send it.
    pub attempts: i32,
    /// Nobody tries again before; also keeps two nodes from sending it at once.
    pub next_attempt_at: DateTimeUtc,
    pub last_error: Option<String>,
    pub sent_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<Option<super::provider::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
