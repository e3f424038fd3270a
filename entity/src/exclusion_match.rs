//! A row of an exclusion list that may be a person.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "exclusion_match")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub provider_npi: i64,
    pub list: String,
    pub tier: String,
    /// Whom the row may be: the person, or a clinic at which they practise.
    pub about: String,
    /// That of the last row of `match_change`.
    pub state: String,
    pub raised_at: DateTimeUtc,
    /// The clinic. No reference: an import may drop the place, and what was found stays.
    pub practice_location_id: Option<i64>,
    /// The list that last changed something here.
    pub list_snapshot_id: Option<i64>,
    /// SHA-256 of the row's normalised columns.
    pub row_fingerprint: Option<String>,
    /// What of the row stays while the list is corrected.
    pub exclusion_key: Option<String>,
    /// The row's columns as a JSON array in the order of the file.
    pub row_columns: Option<String>,
    /// Why, as JSON.
    pub evidence: Option<String>,
    /// SHA-256 of the person's names, numbers and blind birth date, as they were judged.
    pub person_fingerprint: Option<String>,
    pub row_version: i32,
    #[sea_orm(belongs_to, from = "provider_npi", to = "npi")]
    pub provider: BelongsTo<super::provider::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
