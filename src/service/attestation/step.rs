//! What every step shares: who takes it, upon what, and how it is written.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::access::Reach;
use domain::attestation::AttestationId;
use domain::duty::{AccountId, Actor, Person, RefusalCode};
use domain::needle::action::{Action, Moved, take};
use domain::needle::attestation::{Attestation, Content};
use domain::needle::recall::RecallTable;
use domain::needle::refusal::{Guard, Refusal};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::{PracticeLocation, Provider};
use domain::time::local_day;

use crate::service::provider::home_zone;
use crate::service::{Change, Trouble, UserError, UserErrorCode};
use crate::store;
use crate::store::attestation::{Filed, Step, recall};

/// What a person that may not see an attestation is told that there is none of.
pub(super) const WHAT: &str = "attestation";

/// Which attestation, and the version of it that was read.
#[derive(Debug, Clone, Copy)]
pub struct AttestationOrder {
    /// Its number.
    pub id: AttestationId,
    /// Its version.
    pub expected_version: i64,
}

/// The attestation, where it is theirs to act on and as they have seen it.
pub(super) async fn load(change: &Change<'_>, order: AttestationOrder) -> Result<Filed, Trouble> {
    let found = store::attestation::by_id(change.txn.db(), order.id).await?;
    let found = found.ok_or(Trouble::NotFound(WHAT))?;
    change.own(found.attestation.claim().subject, WHAT)?;
    change.about(named(order.id));
    change.check_version(order.expected_version, i64::from(found.row_version))?;
    Ok(found)
}

/// Whoever makes the change, as the machine knows them.
pub(super) fn person(change: &Change<'_>, subject: Npi) -> Result<Person, Trouble> {
    let account = change.who.account.ok_or(Trouble::Unauthenticated)?;
    Ok(Person {
        account: AccountId(account.0),
        role: change
            .role()
            .code()
            .parse()
            .map_err(|_| Trouble::Forbidden)?,
        npi: change.who.owns(subject).then_some(subject),
    })
}

/// The person whom an attestation is about, with everything on file. Those who decide reach people in view
/// or not, so that nobody stops them by having the entry hidden; a hidden person attests nothing new.
pub(super) async fn subject(change: &Change<'_>, npi: Npi) -> Result<Provider, Trouble> {
    let db = change.txn.db();
    let mut found = match change.reach {
        Reach::Own => store::provider::by_npis(db, &[npi]).await?,
        Reach::Any => store::provider::by_npis_hidden_or_not(db, &[npi]).await?,
    };
    found.pop().ok_or(Trouble::NotFound("provider"))
}

/// The places of an attestation and what follows from them.
pub(super) struct Places {
    pub(super) jurisdictions: Vec<Jurisdiction>,
    /// In which days are told: that of the first place.
    pub(super) zone: Tz,
}

impl Places {
    pub(super) fn of(provider: &Provider, content: &Content) -> Self {
        let named: Vec<&PracticeLocation> = content
            .locations
            .iter()
            .filter_map(|id| provider.locations.iter().find(|place| place.id == *id))
            .collect();
        Self {
            zone: named
                .first()
                .map_or_else(|| home_zone(provider), |place| place.zone),
            jurisdictions: named.iter().map(|place| place.jurisdiction()).collect(),
        }
    }

    pub(super) fn today(&self, change: &Change<'_>) -> NaiveDate {
        local_day(change.now, self.zone)
    }
}

/// Every recall that concerns the needles.
pub(super) async fn recalls(
    change: &Change<'_>,
    content: &Content,
) -> Result<RecallTable, Trouble> {
    Ok(recall::of_devices(change.txn.db(), &devices(content)).await?)
}

pub(super) fn devices(content: &Content) -> Vec<String> {
    let lines = content.lines.iter();
    lines
        .filter_map(|line| line.product.device_bare())
        .collect()
}

/// Takes a step by whoever makes the change.
pub(super) fn taken(
    change: &Change<'_>,
    attestation: Attestation,
    action: Action<'_>,
) -> Result<Moved, Trouble> {
    let by = person(change, attestation.claim().subject)?;
    take(attestation, &Actor::Person(by), action, change.now).map_err(refused)
}

/// What is told in the log beside the step.
#[derive(Default)]
pub(super) struct Told<'a> {
    pub(super) reason_code: Option<&'a str>,
    /// In somebody's words: a person's own are not in the log.
    pub(super) reason_text: Option<&'a str>,
    /// In the program's words, where nobody gave any.
    pub(super) note: Option<&'a str>,
    pub(super) after: Option<&'a str>,
    pub(super) changed_fields: &'a [&'a str],
}

/// Writes a step, with its entry in the log.
pub(super) async fn keep(
    change: &Change<'_>,
    before: u32,
    step: Step<'_>,
    told: Told<'_>,
) -> Result<(), Trouble> {
    let claim = step.attestation.claim();
    let (id, npi) = (claim.id, claim.subject);
    store::attestation::save(&change.txn, step).await?;
    logged(change, id, npi, before + 1, told).await
}

/// The entry in the log, and the mark on the person.
pub(super) async fn logged(
    change: &Change<'_>,
    id: AttestationId,
    npi: Npi,
    version: u32,
    told: Told<'_>,
) -> Result<(), Trouble> {
    store::provider::touch(&change.txn, &[npi]).await?;
    let mut event = change.event("sterility_attestation", named(id));
    event.entity_version = Some(u64::from(version));
    event.reason_code = told.reason_code.map(Into::into);
    event.reason_text = change.words_in_log(npi, told.reason_text).await?;
    event.reason_text = event.reason_text.or_else(|| told.note.map(Into::into));
    event.after_hash = told.after.map(Into::into);
    let fields = told.changed_fields.iter();
    event.changed_fields = fields.map(ToString::to_string).collect();
    change.log(event).await?;
    Ok(())
}

/// A step that changed nothing but the state.
pub(super) fn plain<'a>(change: &Change<'_>, moved: &'a Moved) -> Step<'a> {
    Step {
        attestation: &moved.attestation,
        passed: &moved.passed,
        at: change.now,
        evidence: &[],
        reason_text: None,
        sealed: None,
    }
}

/// As ids name it.
pub(super) fn named(id: AttestationId) -> String {
    format!("attestation_{}", id.0)
}

/// What the machine's refusal is to whoever asked.
pub(super) fn refused(refusal: Refusal) -> Trouble {
    let code = match refusal.code() {
        RefusalCode::Forbidden => return Trouble::Forbidden,
        RefusalCode::SeparationOfDuties => return Trouble::duties(refusal.to_string()),
        RefusalCode::StaleVersion => UserErrorCode::StaleVersion,
        RefusalCode::IllegalTransition => UserErrorCode::IllegalTransition,
        RefusalCode::GuardFailed => UserErrorCode::GuardFailed,
        RefusalCode::IdempotencyConflict => UserErrorCode::IdempotencyConflict,
        RefusalCode::EvidenceMissing => UserErrorCode::EvidenceMissing,
        RefusalCode::PsvStale => UserErrorCode::PsvStale,
        RefusalCode::ScreeningStale => UserErrorCode::ScreeningStale,
        RefusalCode::ReasonRequired => UserErrorCode::ReasonRequired,
    };
    let message = refusal.to_string();
    let Refusal::Guard(Guard::Unanswered(statements) | Guard::Denied(statements)) = refusal else {
        return Trouble::refused(code, message);
    };
    let errors = statements
        .iter()
        .map(|statement| UserError::of(code, format!("answers.{statement}"), message.clone()));
    Trouble::Refused(errors.collect())
}
