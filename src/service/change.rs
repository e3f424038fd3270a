//! The one door for changes: rights, the key by which a repeated request is known, the log.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Utc};
use domain::access::{Act, Reach, Role};
use domain::npi::Npi;
use domain::policy::Policy;
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use tracing::warn;

use super::{Requester, Trouble, UserError, UserErrorCode};
use crate::app::{App, LoadError};
use crate::store::idempotency::{self, Remembered};
use crate::store::log::{self, Event, NewEvent};
use crate::store::{self, WriteTxn};

/// The longest key by which a request is known.
const MAX_KEY_BYTES: usize = 128;

/// What is asked for, and the key by which asking again is known.
#[derive(Debug, Clone)]
pub struct Order {
    /// The mutation.
    pub act: Act,
    /// Chosen by the client.
    pub idempotency_key: Box<str>,
    /// SHA-256 of the input in canonical JSON, without the key.
    pub body_sha256: [u8; 32],
}

impl Order {
    /// An order with its input as JSON.
    ///
    /// # Errors
    /// [`Trouble::BadInput`] for a key that is empty, longer than 128 bytes or has control characters.
    pub fn of(act: Act, key: &str, input: &impl Serialize) -> Result<Self, Trouble> {
        let bad = |message: &str| Trouble::BadInput {
            field: "input.idempotencyKey".into(),
            message: message.into(),
        };
        if key.trim().is_empty() {
            return Err(bad("idempotencyKey is not to be empty"));
        }
        if key.len() > MAX_KEY_BYTES {
            return Err(bad("idempotencyKey has at most 128 bytes"));
        }
        if key.chars().any(char::is_control) {
            return Err(bad("idempotencyKey has no control characters"));
        }
        let mut input = serde_json::to_value(input).map_err(|_| bad("the input is unreadable"))?;
        if let Some(fields) = input.as_object_mut() {
            fields.remove("idempotencyKey");
        }
        let canonical = serde_json_canonicalizer::to_vec(&input)
            .map_err(|_| bad("the input has a number that JSON cannot hold"))?;
        Ok(Self {
            act,
            idempotency_key: key.into(),
            body_sha256: Sha256::digest(canonical).into(),
        })
    }
}

/// A change under way: the transaction, who makes it and as what. It holds the log's head, so there is
/// one at a time: what is read through its transaction stays true until it ends.
pub struct Change<'a> {
    /// The node.
    pub app: &'a App,
    /// What the statements run on.
    pub txn: WriteTxn,
    /// Who makes it.
    pub who: &'a Requester,
    /// On whose entries.
    pub reach: Reach,
    /// When.
    pub now: DateTime<Utc>,
    /// The policy in force.
    pub policy: Policy,
    /// What is asked for.
    pub order: &'a Order,
    role: Mutex<Role>,
    subject: Mutex<Option<Subject>>,
}

/// What a change is about, as the log names it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Subject {
    entity: String,
    case: Option<String>,
}

/// Makes a change: `work` reads, decides and writes through the [`Change`], appends to the log and
/// gives the answer that is remembered under the order's key.
///
/// The same order again gives the remembered answer and changes nothing. When this returns, the
/// change is in the snapshot of this node.
///
/// # Errors
/// Whatever `work` says; nothing of it has then happened. A denial is logged, and remembered too.
pub async fn perform<T, F>(app: &App, who: &Requester, order: &Order, work: F) -> Result<T, Trouble>
where
    T: Serialize + DeserializeOwned,
    F: AsyncFnOnce(&Change<'_>) -> Result<T, Trouble>,
{
    let (role, reach) = match who.acting(order.act) {
        Ok(found) => found,
        Err(trouble) => {
            if who.account.is_some() {
                let nothing_read = Subject::default();
                deny(app, who, order, nothing_read, None, "FORBIDDEN").await?;
            }
            return Err(trouble);
        }
    };
    let txn = app.store.begin().await?;
    let known = idempotency::find(txn.db(), &who.key(), &order.idempotency_key).await?;
    if let Some(known) = known {
        txn.rollback().await?;
        return again(order, known);
    }
    let now = app.clock.now();
    let policy = store::policy::in_force(txn.db(), now)
        .await?
        .ok_or(LoadError::NoPolicy)?;
    let change = Change {
        app,
        txn,
        who,
        reach,
        now,
        policy,
        order,
        role: Mutex::new(role),
        subject: Mutex::default(),
    };
    match work(&change).await {
        Ok(answer) => {
            change.remember("DONE", &answer).await?;
            change.txn.commit().await?;
            // What is acknowledged is on disk; the feed brings the index up even if this fails.
            if let Err(error) = app.refresh().await {
                warn!(
                    error = &error as &dyn std::error::Error,
                    "the index could not be brought up to a change"
                );
            }
            Ok(answer)
        }
        Err(Trouble::Denied(denied)) => {
            let subject = change.subject();
            change.txn.rollback().await?;
            deny(app, who, order, subject, Some(&denied), denied.code.code()).await?;
            Err(Trouble::Denied(denied))
        }
        Err(Trouble::Forbidden) => {
            let subject = change.subject();
            change.txn.rollback().await?;
            deny(app, who, order, subject, None, "FORBIDDEN").await?;
            Err(Trouble::Forbidden)
        }
        Err(trouble) => {
            change.txn.rollback().await?;
            Err(trouble)
        }
    }
}

impl Change<'_> {
    /// As what it is made.
    pub fn role(&self) -> Role {
        *self.role.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says as what it is made, where the requester has several roles and the subject decides.
    pub fn acting_as(&self, role: Role) {
        *self.role.lock().unwrap_or_else(PoisonError::into_inner) = role;
    }

    /// Says what the change is about, as the log names it, so that a denial says of what. What was said
    /// first stays: an act reads what it is about before it reads what belongs to that.
    pub fn about(&self, entity: impl Into<String>) {
        self.remembers(Subject {
            entity: entity.into(),
            case: None,
        });
    }

    /// The same of a case, which an entry of the log names twice.
    pub fn about_case(&self, case: impl Into<String>) {
        let case = case.into();
        self.remembers(Subject {
            entity: case.clone(),
            case: Some(case),
        });
    }

    fn remembers(&self, subject: Subject) {
        let mut held = self.subject.lock().unwrap_or_else(PoisonError::into_inner);
        held.get_or_insert(subject);
    }

    fn subject(&self) -> Subject {
        let held = self.subject.lock().unwrap_or_else(PoisonError::into_inner);
        held.clone().unwrap_or_default()
    }

    /// May the entry be acted on?
    ///
    /// # Errors
    /// [`Trouble::NotFound`]: "not yours" answers like "not there".
    pub fn own(&self, npi: Npi, what: &'static str) -> Result<(), Trouble> {
        match self.reach {
            Reach::Any => Ok(()),
            Reach::Own if self.who.owns(npi) => Ok(()),
            Reach::Own => Err(Trouble::NotFound(what)),
        }
    }

    /// Is it what the client has seen?
    ///
    /// # Errors
    /// `STALE_VERSION`, which is no denial and no event.
    pub fn check_version(&self, expected: i64, held: i64) -> Result<(), Trouble> {
        if expected == held {
            return Ok(());
        }
        Err(Trouble::field(
            UserErrorCode::StaleVersion,
            "expectedVersion",
            format!(
                "it is at version {held}, not {expected}: somebody changed it; read it again and \
                 decide anew"
            ),
        ))
    }

    /// An entry for the log with all that is known of the change: who, as what, when, by which key.
    #[expect(
        clippy::needless_pass_by_value,
        reason = "numbers and texts alike name what is changed"
    )]
    pub fn event(&self, entity_type: &str, entity_id: impl ToString) -> NewEvent {
        NewEvent {
            entity_type: entity_type.to_owned(),
            entity_id: Some(entity_id.to_string()),
            policy_version: Some(self.policy.version),
            ..signed(self.who, self.order, self.role(), self.now)
        }
    }

    /// Appends to the log.
    pub async fn log(&self, event: NewEvent) -> Result<Event, Trouble> {
        Ok(log::append(&self.txn, event).await?)
    }

    async fn remember(&self, outcome: &str, answer: &impl Serialize) -> Result<(), Trouble> {
        remember(&self.txn, self.who, self.order, outcome, answer, self.now).await
    }
}

/// What every entry of a requester's says.
fn signed(who: &Requester, order: &Order, role: Role, at: DateTime<Utc>) -> NewEvent {
    NewEvent {
        occurred_at: at,
        actor_id: who.account.map(|_| who.key()),
        actor_role: role.code().to_owned(),
        on_behalf_of: (role == Role::ProviderDelegate)
            .then(|| who.entries.first().map(ToString::to_string))
            .flatten(),
        auth_method: who.auth_method.map(|method| method.code().to_owned()),
        session_id: who.session_id.as_deref().map(Into::into),
        action: order.act.code().to_owned(),
        request_id: who.request_id.as_deref().map(Into::into),
        idempotency_key: Some(order.idempotency_key.to_string()),
        ip_hash: who.ip_hash.as_deref().map(Into::into),
        ..NewEvent::default()
    }
}

/// Logs an attempt that was denied, and on what, as far as anything was read; and remembers the denial
/// under a key that is new.
async fn deny(
    app: &App,
    who: &Requester,
    order: &Order,
    subject: Subject,
    error: Option<&UserError>,
    code: &str,
) -> Result<(), Trouble> {
    let txn = app.store.begin().await?;
    // Under a key that was used before it is an attempt all the same: only what is remembered stays.
    let known = idempotency::find(txn.db(), &who.key(), &order.idempotency_key).await?;
    let now = app.clock.now();
    // As what they tried: their first role, for want of one that may.
    let role = who.roles.acting(order.act).map(|(role, _)| role);
    let role = role
        .or_else(|| who.roles.iter().next())
        .unwrap_or(Role::Public);
    let event = NewEvent {
        entity_type: "denied".to_owned(),
        entity_id: Some(subject.entity).filter(|entity| !entity.is_empty()),
        case_id: subject.case,
        reason_code: Some(code.to_owned()),
        reason_text: error.map(|error| error.message.to_string()),
        ..signed(who, order, role, now)
    };
    log::append(&txn, event).await?;
    let outcome = if error.is_some() {
        "DENIED"
    } else {
        "FORBIDDEN"
    };
    if known.is_none() {
        remember(&txn, who, order, outcome, &error, now).await?;
    }
    Ok(txn.commit().await?)
}

async fn remember(
    txn: &WriteTxn,
    who: &Requester,
    order: &Order,
    outcome: &str,
    answer: &impl Serialize,
    at: DateTime<Utc>,
) -> Result<(), Trouble> {
    let answer = serde_json::to_string(answer).expect("an answer is plain data");
    idempotency::remember(
        txn,
        Remembered {
            actor: who.key(),
            key: order.idempotency_key.to_string(),
            act: order.act.code().to_owned(),
            body_sha256: data_encoding::HEXLOWER.encode(&order.body_sha256),
            outcome: outcome.to_owned(),
            answer,
        },
        at,
    )
    .await?;
    Ok(())
}

/// The answer to an order whose key was used before.
#[expect(
    clippy::needless_pass_by_value,
    reason = "what is remembered is used up"
)]
fn again<T: DeserializeOwned>(order: &Order, known: Remembered) -> Result<T, Trouble> {
    let same = known.act == order.act.code()
        && known.body_sha256 == data_encoding::HEXLOWER.encode(&order.body_sha256);
    if !same {
        return Err(Trouble::field(
            UserErrorCode::IdempotencyConflict,
            "idempotencyKey",
            "this key was used for another request: a new request takes a new key",
        ));
    }
    let unreadable =
        |error| store::StoreError::inconsistent("idempotency", "answer", known.key.clone(), error);
    match known.outcome.as_str() {
        "FORBIDDEN" => Err(Trouble::Forbidden),
        "DENIED" => Err(Trouble::Denied(
            serde_json::from_str(&known.answer).map_err(unreadable)?,
        )),
        _ => Ok(serde_json::from_str(&known.answer).map_err(unreadable)?),
    }
}
