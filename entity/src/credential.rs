//! Something an issuer gave a person: a training, a certification, an endorsement, a permit.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    pub kind: String,
    pub title: String,
    pub issuer_id: i64,
    /// What it proves, by the name that requirements use.
    pub names: Option<String>,
    pub jurisdiction: Option<String>,
    pub discipline: Option<String>,
    /// The number of sessions of a log.
    pub sessions: Option<i32>,
    pub issued_on: Option<Date>,
    pub completed_on: Option<Date>,
    pub expires_on: Option<Date>,
    /// Counts up with every act that changes it.
    pub row_version: i32,
    /// Never submitted yet: nobody but its author sees it.
    pub draft: bool,
    /// The credential that it takes the place of once it is verified.
    pub supersedes_id: Option<i64>,
    /// The revoked credential that an appeal gave back as this one.
    pub replaces_id: Option<i64>,
    /// The appeal that overturned its revocation; it stays revoked.
    pub overturned_by_case_id: Option<i64>,
    pub overturned_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
    #[sea_orm(belongs_to, from = "issuer_id", to = "id")]
    pub issuer: BelongsTo<super::issuer::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
