//! A person, by their NPI.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "provider")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub npi: i64,
    pub given: Option<String>,
    pub middle: Option<String>,
    pub family: Option<String>,
    pub suffix: Option<String>,
    /// Has the person claimed this entry?
    pub claimed: bool,
    /// What the person says; null when they never said.
    pub offers_dry_needling: Option<bool>,
    /// What the person says; null when they never said.
    pub accepts_new_patients: Option<bool>,
    pub website: Option<String>,
    /// The NPI that replaced this one; it need not be on file.
    pub replaced_by_npi: Option<i64>,
    /// Since when the entry answers like one that does not exist.
    pub withdrawn_at: Option<DateTimeUtc>,
    /// Since when nothing is left of the person but their number; no import brings them back.
    pub erased_at: Option<DateTimeUtc>,
    /// The log entry that last changed anything about the person.
    pub changed_seq: i64,
    /// Counts up with every act that changes it.
    pub row_version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
