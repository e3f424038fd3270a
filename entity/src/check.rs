//! What was asked of a source in a case, and what it said.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "check")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub case_id: i64,
    /// Against which version of the content.
    pub content_version: i32,
    /// Which field of it; "credential" for the whole.
    pub field_path: String,
    pub source_kind: String,
    pub method: String,
    pub source_name: String,
    pub source_url: Option<String>,
    pub source_as_of: Date,
    pub performed_at: DateTimeUtc,
    pub performed_by: i64,
    pub delegation_agreement_id: Option<String>,
    pub agent_contract_ref: Option<String>,
    /// As first recorded: never changed.
    pub original_outcome: String,
    /// Codes separated by commas.
    pub mismatches: String,
    /// Of what the source showed, in hexadecimal.
    pub raw_sha256: Option<String>,
    /// What a person made of an outcome that could not stand.
    pub resolved_outcome: Option<String>,
    pub resolved_by: Option<i64>,
    pub resolved_at: Option<DateTimeUtc>,
    pub note: Option<String>,
    #[sea_orm(belongs_to, from = "case_id", to = "id")]
    pub case: BelongsTo<super::case::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
