use async_graphql::InputObject;

/// Which entries of the log; what is not named is not filtered by.
#[derive(InputObject, Default)]
pub struct AuditEventFilter {
    /// Of which kind of record: `license`, `claim`, `denied`.
    pub entity_type: Option<String>,
    /// Of which record: `license_7`.
    pub entity_id: Option<String>,
    /// By whom: `account_3`.
    pub actor_id: Option<String>,
    /// What was done: `upsertLicense`.
    pub action: Option<String>,
    /// From this number on.
    pub from_seq: Option<i32>,
    /// Up to this number.
    pub to_seq: Option<i32>,
}
