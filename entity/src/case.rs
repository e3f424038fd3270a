//! The work by which a claim becomes a standing.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "case")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    /// What it is about: this, or an attestation.
    pub credential_id: Option<i64>,
    pub attestation_id: Option<i64>,
    /// Whose law the subject lives under, for those who share the work by state.
    pub jurisdiction: Option<String>,
    pub purpose: String,
    /// As decided; what the passing of time makes of it is derived.
    pub state: String,
    pub content_version: Option<i32>,
    /// Of the content that was signed for.
    pub content_sha256: Option<String>,
    pub opened_at: DateTimeUtc,
    pub opened_by: Option<i64>,
    pub submitted_at: Option<DateTimeUtc>,
    pub submitted_by: Option<i64>,
    pub verifier_id: Option<i64>,
    pub lease_until: Option<DateTimeUtc>,
    /// By when what was asked for is wanted.
    pub info_due_on: Option<Date>,
    /// When nobody waits for it any longer.
    pub lapses_at: Option<DateTimeUtc>,
    pub recommendation: Option<String>,
    pub recommended_at: Option<DateTimeUtc>,
    pub approver_id: Option<i64>,
    pub decided_at: Option<DateTimeUtc>,
    pub reason_code: Option<String>,
    pub reason_text: Option<String>,
    pub appeal_of_case_id: Option<i64>,
    pub reopens_case_id: Option<i64>,
    pub notice_due_on: Option<Date>,
    pub notice_sent_at: Option<DateTimeUtc>,
    /// By when somebody has to act.
    pub due_at: Option<DateTimeUtc>,
    pub policy_version: i32,
    /// Did the policy let the person who checked decide?
    pub single_reviewer: bool,
    /// Survives a withdrawal.
    pub fraud_flagged: bool,
    pub row_version: i32,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
    #[sea_orm(belongs_to, from = "credential_id", to = "id")]
    pub credential: BelongsTo<Option<super::credential::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
