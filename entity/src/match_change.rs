//! Every change of a match's state, oldest first.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "match_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub exclusion_match_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub changed_at: DateTimeUtc,
    pub state: String,
    /// The one jurisdiction in which a waiver lifts the exclusion.
    pub waived_in: Option<String>,
    /// The items, services or places that a waiver is limited to.
    pub waiver_scope: Option<String>,
    pub reason_text: Option<String>,
    /// Numbers of evidence, as a JSON array.
    pub evidence_ids: Option<String>,
    /// The account of the first of two people.
    pub proposed_by: Option<i64>,
    /// The account that decided; null for the program.
    pub decided_by: Option<i64>,
    #[sea_orm(belongs_to, from = "exclusion_match_id", to = "id")]
    pub exclusion_match: BelongsTo<super::exclusion_match::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
