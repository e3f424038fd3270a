//! A place at which a person sees patients.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "practice_location")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    pub name: Option<String>,
    /// Street and suite, one a line.
    pub address_lines: String,
    pub city: String,
    /// The state that counts: its law governs what is done there.
    pub state: String,
    pub postal_code: String,
    /// Of the position that the public may know.
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    /// How exact the position is; null exactly when there is none.
    pub precision: Option<String>,
    /// IANA name.
    pub zone: String,
    pub phone: Option<String>,
    pub wheelchair_access: Option<bool>,
    /// Does the person hide the street? Then the position is the ZIP's.
    pub hides_street: bool,
    /// Counts up with every act that changes it.
    pub row_version: i32,
    /// Since when the person no longer practises there; the row stays for what refers to it.
    pub closed_at: Option<DateTimeUtc>,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
