//! Every change of a credential's standing, oldest first.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "credential_standing")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub credential_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub ordinal: i32,
    pub decided_at: DateTimeUtc,
    pub standing: String,
    /// Why, exactly when it became SUSPENDED.
    pub suspension: Option<String>,
    pub reason_code: Option<String>,
    /// The same in words, of what no case decided.
    pub reason_text: Option<String>,
    /// JSON: the numbers of the files that show why.
    pub evidence_ids: Option<String>,
    /// The case that decided it.
    pub case_id: Option<i64>,
    /// Did one person review that case and decide it, where the policy allows it?
    pub single_reviewer: bool,
    /// As of which day the oldest source that it rests on was asked.
    pub psv_as_of: Option<Date>,
    pub assurance: Option<String>,
    /// The log entry that tells of it; none for what came by import.
    pub seq: Option<i64>,
    #[sea_orm(belongs_to, from = "credential_id", to = "id")]
    pub credential: BelongsTo<super::credential::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
