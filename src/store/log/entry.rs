//! One entry of the log, and its hash.

use chrono::{DateTime, SecondsFormat, Utc};
use entity::event;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Head;
use crate::store::txn::seq_value;
use crate::store::{StoreError, row};

/// What a change says of itself. [`NewEvent::by_system`] fills what a change of ours always has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewEvent {
    /// When, by the clock of the program.
    pub occurred_at: DateTime<Utc>,
    /// Who; nobody for the program itself.
    pub actor_id: Option<String>,
    /// As what: "SYSTEM", "VERIFIER".
    pub actor_role: String,
    /// For whom a delegate acted.
    pub on_behalf_of: Option<String>,
    /// How the actor was known.
    pub auth_method: Option<String>,
    /// In which session.
    pub session_id: Option<String>,
    /// What was done: "nppes.import", "credential.suspend".
    pub action: String,
    /// To what, by its table's name.
    pub entity_type: String,
    /// To which one; nothing for a change of many.
    pub entity_id: Option<String>,
    /// Which version of it came of this.
    pub entity_version: Option<u64>,
    /// In which case.
    pub case_id: Option<String>,
    /// Why, as a code.
    pub reason_code: Option<String>,
    /// Why, in words.
    pub reason_text: Option<String>,
    /// SHA-256 of what stood there, in hexadecimal; keyed of a person's own data.
    pub before_hash: Option<String>,
    /// SHA-256 of what stands there now, in hexadecimal; keyed of a person's own data.
    pub after_hash: Option<String>,
    /// Which fields changed.
    pub changed_fields: Vec<String>,
    /// By which request.
    pub request_id: Option<String>,
    /// The key by which a repeated request is known.
    pub idempotency_key: Option<String>,
    /// Keyed hash of the address it came from.
    pub ip_hash: Option<String>,
    /// Under which version of the policy.
    pub policy_version: Option<u32>,
}

impl NewEvent {
    /// A change that the program makes by itself.
    pub fn by_system(
        action: impl Into<String>,
        entity_type: impl Into<String>,
        occurred_at: DateTime<Utc>,
    ) -> Self {
        Self {
            occurred_at,
            actor_role: "SYSTEM".to_owned(),
            action: action.into(),
            entity_type: entity_type.into(),
            ..Self::default()
        }
    }
}

/// An entry of the log. Serialises to the canonical form's fields and its hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its number; the first is 1 and none is missing.
    pub seq: u64,
    /// UTC with six decimals and a `Z`, as hashed.
    pub occurred_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor_id: Option<String>,
    pub actor_role: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_method: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    pub action: String,
    pub entity_type: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entity_version: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_hash: Option<String>,
    /// Names separated by commas.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub changed_fields: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub idempotency_key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ip_hash: Option<String>,
    /// The version of the program that wrote it.
    pub app_version: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub policy_version: Option<i64>,
    /// The hash of the entry before.
    pub prev_hash: String,
    /// SHA-256 over `prev_hash` and the canonical form of all of the above, in hexadecimal.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub hash: String,
}

impl Event {
    /// The entry that comes after `head`.
    pub(super) fn follow(head: &Head, new: NewEvent) -> Self {
        let changed_fields = new.changed_fields.join(",");
        let mut event = Self {
            seq: head.seq + 1,
            occurred_at: new.occurred_at.to_rfc3339_opts(SecondsFormat::Micros, true),
            actor_id: new.actor_id,
            actor_role: new.actor_role,
            on_behalf_of: new.on_behalf_of,
            auth_method: new.auth_method,
            session_id: new.session_id,
            action: new.action,
            entity_type: new.entity_type,
            entity_id: new.entity_id,
            entity_version: new.entity_version.map(seq_value),
            case_id: new.case_id,
            reason_code: new.reason_code,
            reason_text: new.reason_text,
            before_hash: new.before_hash,
            after_hash: new.after_hash,
            changed_fields: (!changed_fields.is_empty()).then_some(changed_fields),
            request_id: new.request_id,
            idempotency_key: new.idempotency_key,
            ip_hash: new.ip_hash,
            app_version: env!("CARGO_PKG_VERSION").to_owned(),
            policy_version: new.policy_version.map(i64::from),
            prev_hash: head.hash.clone(),
            hash: String::new(),
        };
        event.hash = event.computed_hash();
        event
    }

    /// The hash that the entry's fields and the hash before it give.
    pub(super) fn computed_hash(&self) -> String {
        let without_hash = Self {
            hash: String::new(),
            ..self.clone()
        };
        let mut digest = Sha256::new();
        digest.update(self.prev_hash.as_bytes());
        digest.update(without_hash.canonical());
        data_encoding::HEXLOWER.encode(&digest.finalize())
    }

    /// The entry as canonical JSON (RFC 8785).
    pub(super) fn canonical(&self) -> Vec<u8> {
        serde_json_canonicalizer::to_vec(self)
            .expect("texts and whole numbers have a canonical form")
    }

    pub(super) fn to_row(&self) -> event::Model {
        let event = self.clone();
        event::Model {
            seq: seq_value(event.seq),
            occurred_at: event.occurred_at,
            actor_id: event.actor_id,
            actor_role: event.actor_role,
            on_behalf_of: event.on_behalf_of,
            auth_method: event.auth_method,
            session_id: event.session_id,
            action: event.action,
            entity_type: event.entity_type,
            entity_id: event.entity_id,
            entity_version: event.entity_version,
            case_id: event.case_id,
            reason_code: event.reason_code,
            reason_text: event.reason_text,
            before_hash: event.before_hash,
            after_hash: event.after_hash,
            changed_fields: event.changed_fields,
            request_id: event.request_id,
            idempotency_key: event.idempotency_key,
            ip_hash: event.ip_hash,
            app_version: event.app_version,
            policy_version: event.policy_version,
            prev_hash: event.prev_hash,
            hash: event.hash,
        }
    }

    pub(super) fn of_row(row: event::Model) -> Result<Self, StoreError> {
        Ok(Self {
            seq: row::fit(row.seq, "event", "seq", row.seq)?,
            occurred_at: row.occurred_at,
            actor_id: row.actor_id,
            actor_role: row.actor_role,
            on_behalf_of: row.on_behalf_of,
            auth_method: row.auth_method,
            session_id: row.session_id,
            action: row.action,
            entity_type: row.entity_type,
            entity_id: row.entity_id,
            entity_version: row.entity_version,
            case_id: row.case_id,
            reason_code: row.reason_code,
            reason_text: row.reason_text,
            before_hash: row.before_hash,
            after_hash: row.after_hash,
            changed_fields: row.changed_fields,
            request_id: row.request_id,
            idempotency_key: row.idempotency_key,
            ip_hash: row.ip_hash,
            app_version: row.app_version,
            policy_version: row.policy_version,
            prev_hash: row.prev_hash,
            hash: row.hash,
        })
    }
}
