//! What a person signed about the needles used at some places.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sterility_attestation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    /// That of the last change.
    pub state: String,
    /// Counts up when it is mended after a finding.
    pub version: i32,
    pub statement_text_version: i32,
    pub signed_at: Option<DateTimeUtc>,
    pub valid_until: Option<Date>,
    pub drafted_by: Option<i64>,
    pub drafted_at: Option<DateTimeUtc>,
    /// Null where nothing called for a person.
    pub accepted_by: Option<i64>,
    pub rejected_by: Option<i64>,
    /// Null where a recall did.
    pub invalidated_by: Option<i64>,
    pub reason_code: Option<String>,
    pub reason_text: Option<String>,
    pub appealed: bool,
    /// Tells of the last decision.
    pub notice_id: Option<i64>,
    /// The case for cause by which it was refused; null where a reviewer did.
    pub decided_by_case_id: Option<i64>,
    /// The appeal that overturned the last decision against it.
    pub overturned_by_case_id: Option<i64>,
    pub supersedes_id: Option<i64>,
    pub superseded_by_id: Option<i64>,
    pub s1: Option<bool>,
    pub s2: Option<bool>,
    pub s3: Option<bool>,
    pub s4: Option<bool>,
    pub s5: Option<bool>,
    pub s6: Option<bool>,
    pub s7: Option<bool>,
    pub s8: Option<bool>,
    /// Counts up with every act that changes it.
    pub row_version: i32,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
