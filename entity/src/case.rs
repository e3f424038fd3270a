//! The work by which a claim becomes a standing. What a state does not have is null.

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
    pub content_version: i32,
    /// In hexadecimal.
    pub content_sha256: String,
    pub opened_at: DateTimeUtc,
    pub opened_by: i64,
    /// JSON: what was changed after submission.
    pub content_changes: String,
    /// JSON: the accounts that ever held the lease.
    pub reviewers: String,
    /// JSON: the accounts that said they are too near.
    pub conflicts: String,
    pub submitted_at: Option<DateTimeUtc>,
    pub submitted_by: Option<i64>,
    pub submitted_name: Option<String>,
    pub submitted_meaning: Option<String>,
    pub lease_verifier_id: Option<i64>,
    pub lease_until: Option<DateTimeUtc>,
    pub info_by: Option<i64>,
    pub info_at: Option<DateTimeUtc>,
    pub info_reason_code: Option<String>,
    /// The last day to bring what was asked for.
    pub info_due_on: Option<Date>,
    pub info_notice_sent_at: Option<DateTimeUtc>,
    /// From when on nobody waits for it any longer.
    pub lapses_at: Option<DateTimeUtc>,
    pub recommendation: Option<String>,
    pub recommendation_reason_code: Option<String>,
    pub recommendation_note: Option<String>,
    /// Who recommended.
    pub verifier_id: Option<i64>,
    pub recommended_at: Option<DateTimeUtc>,
    pub approver_id: Option<i64>,
    pub approver_role: Option<String>,
    pub approver_name: Option<String>,
    pub approver_meaning: Option<String>,
    pub decided_at: Option<DateTimeUtc>,
    pub decided_version: Option<i32>,
    pub decided_sha256: Option<String>,
    pub reason_code: Option<String>,
    pub reason_text: Option<String>,
    pub decided_policy_version: Option<i32>,
    /// Did one person both verify and decide, as the policy allowed?
    pub single_reviewer: bool,
    pub psv_as_of: Option<Date>,
    pub notice_due_on: Option<Date>,
    pub notice_sent_at: Option<DateTimeUtc>,
    /// Was an appeal filed?
    pub appealed: bool,
    pub withdrawn_by: Option<i64>,
    pub closed_at: Option<DateTimeUtc>,
    pub appeal_of_case_id: Option<i64>,
    /// JSON: what is appealed, and who may not hear it.
    pub appeal: Option<String>,
    pub reopens_case_id: Option<i64>,
    /// By when somebody has to act.
    pub due_at: Option<DateTimeUtc>,
    pub policy_version: i32,
    /// Survives a withdrawal.
    pub fraud_flagged: bool,
    pub row_version: i32,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
    #[sea_orm(belongs_to, from = "credential_id", to = "id")]
    pub credential: BelongsTo<Option<super::credential::Entity>>,
}

impl ActiveModelBehavior for ActiveModel {}
