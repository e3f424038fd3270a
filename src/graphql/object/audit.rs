use async_graphql::{Description, Object};

use crate::service::audit::Event;

/// An entry of the log: who did what to what, bound by its hash to the entry before. Not public. Of what a
/// person says of themselves it holds keyed hashes alone; what staff give as a reason stands in it as they
/// wrote it.
#[derive(Description)]
pub struct AuditEvent(pub Event);

#[Object(use_type_description)]
impl AuditEvent {
    /// Its number; the first is 1 and none is missing.
    async fn seq(&self) -> i32 {
        i32::try_from(self.0.seq).unwrap_or(i32::MAX)
    }

    /// When, in UTC with six decimals, as hashed.
    async fn occurred_at(&self) -> &str {
        &self.0.occurred_at
    }

    /// Who; null for the program itself and for anybody.
    async fn actor_id(&self) -> Option<&str> {
        self.0.actor_id.as_deref()
    }

    /// In which capacity.
    async fn actor_role(&self) -> &str {
        &self.0.actor_role
    }

    /// For whom a delegate acted.
    async fn on_behalf_of(&self) -> Option<&str> {
        self.0.on_behalf_of.as_deref()
    }

    /// How the actor was known.
    async fn auth_method(&self) -> Option<&str> {
        self.0.auth_method.as_deref()
    }

    /// What was done.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// To which kind of record; `denied` for an attempt that was refused.
    async fn entity_type(&self) -> &str {
        &self.0.entity_type
    }

    /// To which record; null for a change of many.
    async fn entity_id(&self) -> Option<&str> {
        self.0.entity_id.as_deref()
    }

    /// Which version of it came of this.
    async fn entity_version(&self) -> Option<i32> {
        let version = self.0.entity_version?;
        Some(i32::try_from(version).unwrap_or(i32::MAX))
    }

    /// In which case.
    async fn case_id(&self) -> Option<&str> {
        self.0.case_id.as_deref()
    }

    /// Why, as a code.
    async fn reason_code(&self) -> Option<&str> {
        self.0.reason_code.as_deref()
    }

    /// Why, in words: of staff and of the program. Of a person's own words, or their delegate's, `hmac-sha256:`
    /// and a hash under a key of the person's own.
    async fn reason_text(&self) -> Option<&str> {
        self.0.reason_text.as_deref()
    }

    /// Hash of what stood there: keyed of a person's own data, plain SHA-256 of contents and files.
    async fn before_hash(&self) -> Option<&str> {
        self.0.before_hash.as_deref()
    }

    /// Hash of what stands there now, in the same way; of a proposal, of what is proposed.
    async fn after_hash(&self) -> Option<&str> {
        self.0.after_hash.as_deref()
    }

    /// Which fields changed; of a proposal, what it says in codes, days and numbers.
    async fn changed_fields(&self) -> Vec<&str> {
        let fields = self.0.changed_fields.as_deref().unwrap_or_default();
        fields
            .split(',')
            .filter(|field| !field.is_empty())
            .collect()
    }

    /// By which request.
    async fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// The key by which the request would be known again.
    async fn idempotency_key(&self) -> Option<&str> {
        self.0.idempotency_key.as_deref()
    }

    /// Under which version of the policy.
    async fn policy_version(&self) -> Option<i32> {
        let version = self.0.policy_version?;
        Some(i32::try_from(version).unwrap_or(i32::MAX))
    }

    /// The version of the program that wrote it.
    async fn app_version(&self) -> &str {
        &self.0.app_version
    }

    /// The hash of the entry before.
    async fn prev_hash(&self) -> &str {
        &self.0.prev_hash
    }

    /// The hash over all of this and `prevHash`.
    async fn hash(&self) -> &str {
        &self.0.hash
    }
}
