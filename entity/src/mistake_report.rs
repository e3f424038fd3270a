//! Somebody, who is not asked who, says that an entry is wrong.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mistake_report")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Random; by it the state can be asked.
    #[sea_orm(unique)]
    pub reference: String,
    pub provider_npi: i64,
    /// What is wrong, as a code.
    pub kind: String,
    /// Where to tell what came of it; gone when that is told.
    pub reply_to: Option<String>,
    /// In words; gone with the person's data.
    pub message: Option<String>,
    pub state: String,
    pub reported_at: DateTimeUtc,
    /// The last day for an answer.
    pub due_on: Date,
    pub resolved_at: Option<DateTimeUtc>,
    pub resolved_by: Option<i64>,
    /// What whoever reported it is told.
    pub answer: Option<String>,
    pub row_version: i64,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
