//! What is done to a credential beside its cases: suspend it, take it back, say that it never was.

use std::collections::BTreeSet;

use domain::access::ProposalKind;
use domain::case::Purpose;
use domain::credential::{CredentialId, SuspensionKind};
use domain::duty::{AccountId, Actor, Person, ReasonCode, RefusalCode, TwoPeople};
use domain::evidence::EvidenceId;
use domain::issuer::TrustLevel;
use domain::standing::{self, Entry, Ground, Record, Refusal, Suspending, SystemCause};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::decide::{Basis, Reason, write};
use super::step::{self, state_at};
use super::{CredentialFile, StandingRow, hex, submit};
use crate::app::App;
use crate::service::proposal::{self, NewProposal, ProposalId};
use crate::service::provider::home_zone;
use crate::service::terms::Told;
use crate::service::{Change, Order, Requester, Trouble, UserError, UserErrorCode, perform};
use crate::store;

/// Which credential, and the version of it that was read.
#[derive(Debug, Clone, Copy)]
pub struct CredentialOrder {
    /// Its number.
    pub id: CredentialId,
    /// Its version.
    pub expected_version: i64,
}

/// S5: takes a credential out of force for now, by one person of compliance, at once.
pub async fn suspend(
    app: &App,
    who: &Requester,
    order: &Order,
    credential: CredentialOrder,
    kind: SuspensionKind,
    reason: Reason,
    evidence: &[EvidenceId],
) -> Result<CredentialId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let file = load(change, credential).await?;
        let seen = submit::files(change, file.npi, evidence).await?;
        let action = standing::Action::Suspend(Suspending {
            kind,
            reason: reason.code,
            ground: Ground {
                evidence: seen.iter().map(|file| *file.sha256.as_bytes()).collect(),
                words: reason.text.clone(),
            },
        });
        let basis = Basis {
            words: reason.text.clone(),
            evidence: evidence.to_vec(),
        };
        take(change, &file, person(change, &file)?, action, &basis).await?;
        Ok(file.id.0)
    })
    .await
    .map(CredentialId)
}

/// S10: the provider takes a credential back. Its public entry disappears; its history stays.
pub async fn withdraw(
    app: &App,
    who: &Requester,
    order: &Order,
    credential: CredentialOrder,
) -> Result<CredentialId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let file = load(change, credential).await?;
        step::as_claimant(change, file.npi);
        let cases = store::case::of_credential(change.txn.db(), file.id).await?;
        let is_under_investigation = cases.iter().any(|record| {
            record.case.file().purpose == Purpose::ForCause
                && !state_at(record, change.now).is_terminal()
        });
        let action = standing::Action::Withdraw {
            is_under_investigation,
        };
        let basis = Basis::default();
        take(change, &file, person(change, &file)?, action, &basis).await?;
        Ok(file.id.0)
    })
    .await
    .map(CredentialId)
}

/// S11, the first half: proposes that a record never was. It takes effect when somebody else confirms.
pub async fn propose_in_error(
    app: &App,
    who: &Requester,
    order: &Order,
    credential: CredentialOrder,
    reason: Reason,
) -> Result<ProposalId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let file = load(change, credential).await?;
        let Some(code) = reason.code else {
            return Err(Trouble::field(
                UserErrorCode::ReasonRequired,
                "reasonCode",
                "a reason is required",
            ));
        };
        if person(change, &file)?.npi == Some(file.npi) {
            return Err(Trouble::duties("nobody decides about themselves"));
        }
        let subject = step::credential_id(file.id, file.kind);
        let payload = InError {
            credential: file.id.0,
            reason: code,
            proposed_by: change.who.account.map_or(0, |account| account.0),
            proposed_as: change.role().code().to_owned(),
        };
        let new = NewProposal {
            kind: ProposalKind::MarkInError,
            subject_type: "credential",
            subject_id: subject.clone().into(),
            payload: serde_json::to_value(&payload).unwrap_or_default(),
            reason_code: code.code().into(),
            reason_text: reason.text.clone(),
        };
        let told = Told::of(new.kind, &new.payload);
        let id = proposal::propose(change, new).await?;
        let mut event = change.event("proposal", format!("proposal_{}", id.0));
        event.entity_version = Some(1);
        event.reason_code = Some(code.code().to_owned());
        event.reason_text = reason.text.as_deref().map(Into::into);
        told.write(&mut event);
        change.log(event).await?;
        Ok(id.0)
    })
    .await
    .map(ProposalId)
}

/// What a proposal of S11 says.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InError {
    /// Which credential.
    pub credential: i64,
    /// Why.
    pub reason: ReasonCode,
    /// The account that proposed it.
    pub proposed_by: i64,
    /// As what.
    pub proposed_as: String,
}

/// What a proposal to reinstate in bulk says: which credentials an issuer's taint had suspended.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct InBulk {
    /// Which.
    pub credentials: Vec<i64>,
    /// The account that proposed it.
    pub proposed_by: i64,
    /// As what.
    pub proposed_as: String,
}

/// S11, the second half: what was proposed takes effect, by whoever confirms it now.
pub async fn apply_mark_in_error(change: &Change<'_>, payload: InError) -> Result<(), Trouble> {
    let file = step::credential(change, CredentialId(payload.credential)).await?;
    let confirms = person(change, &file)?;
    let two = two_people(&file, confirms, payload.proposed_by, &payload.proposed_as)?;
    let action = standing::Action::MarkInError {
        two,
        reason: Some(payload.reason),
    };
    take(change, &file, confirms, action, &Basis::default()).await
}

/// S6 in bulk, the first half: proposes that what an issuer's taint had suspended is in force again.
///
/// # Errors
/// `REASON_REQUIRED` without a reason; `SEPARATION_OF_DUTIES` where one of them is the proposer's own;
/// `GUARD_FAILED` where one of them is not suspended by a taint.
pub async fn propose_in_bulk(
    app: &App,
    who: &Requester,
    order: &Order,
    credentials: &[CredentialId],
    reason: &str,
) -> Result<ProposalId, Trouble> {
    /// The most that one transaction takes.
    const AT_ONCE: usize = 500;
    perform(app, who, order, async |change: &Change<'_>| {
        if reason.trim().is_empty() {
            return Err(Trouble::field(
                UserErrorCode::ReasonRequired,
                "reasonText",
                "say why they are put back in force",
            ));
        }
        if credentials.is_empty() || credentials.len() > AT_ONCE {
            return Err(Trouble::field(
                UserErrorCode::BadInput,
                "act.reinstateInBulk.credentialIds",
                format!("between 1 and {AT_ONCE} credentials are named"),
            ));
        }
        for id in credentials {
            let file = step::credential(change, *id).await?;
            if change.who.owns(file.npi) {
                return Err(Trouble::duties("nobody decides about themselves"));
            }
            if !is_tainted(&file) {
                return Err(Trouble::guard(format!(
                    "{} is not suspended by an issuer's taint",
                    step::credential_id(file.id, file.kind)
                )));
            }
            is_lifted(change, &file).await?;
        }
        let payload = |role: domain::access::Role| InBulk {
            credentials: credentials.iter().map(|id| id.0).collect(),
            proposed_by: change.who.account.map_or(0, |account| account.0),
            proposed_as: role.code().to_owned(),
        };
        let id = proposal::propose_as(change, ProposalKind::ReinstateInBulk, |role| NewProposal {
            kind: ProposalKind::ReinstateInBulk,
            subject_type: "credential",
            subject_id: of_many(credentials).into(),
            payload: serde_json::to_value(payload(role)).unwrap_or_default(),
            reason_code: ReasonCode::Other.code().into(),
            reason_text: Some(reason.into()),
        })
        .await?;
        let mut event = change.event("proposal", format!("proposal_{}", id.0));
        event.entity_version = Some(1);
        event.reason_code = Some(ProposalKind::ReinstateInBulk.code().to_owned());
        event.reason_text = Some(reason.to_owned());
        let said = serde_json::to_value(payload(change.role())).unwrap_or_default();
        Told::of(ProposalKind::ReinstateInBulk, &said).write(&mut event);
        change.log(event).await?;
        Ok(id.0)
    })
    .await
    .map(ProposalId)
}

/// Many credentials as the one subject of a proposal, in whatever order they are named: the SHA-256 of their
/// numbers. An index over the numbers themselves has no room for 500 (`PostgreSQL`: 2,704 bytes a row).
fn of_many(credentials: &[CredentialId]) -> String {
    let numbers: BTreeSet<i64> = credentials.iter().map(|id| id.0).collect();
    let numbers: Vec<_> = numbers.iter().map(ToString::to_string).collect();
    hex::text(&Sha256::digest(numbers.join(",")).into())
}

fn is_tainted(file: &CredentialFile) -> bool {
    let latest = file.standings.last();
    latest.is_some_and(|row| row.suspension == Some(SuspensionKind::IssuerTaint))
}

/// A taint that stands is lifted before what it suspended is reinstated.
///
/// # Errors
/// `GUARD_FAILED` while the issuer is not to be trusted for what it issued on that day.
async fn is_lifted(change: &Change<'_>, file: &CredentialFile) -> Result<(), Trouble> {
    let content = if let Some(latest) = file.latest() {
        Some(latest.content.clone())
    } else {
        let provider = step::person_on_file(change, file.npi).await?;
        step::stored_content(&provider, file.id)
    };
    let content = content.ok_or(Trouble::NotFound("credential"))?;
    if step::trust(change, &content).await? != TrustLevel::Tainted {
        return Ok(());
    }
    Err(Trouble::field(
        UserErrorCode::GuardFailed,
        "act.reinstateInBulk.credentialIds",
        format!(
            "ISSUER_TAINTED: the issuer of {} is still not to be trusted for the day of issue: lift \
             the taint first",
            step::credential_id(file.id, file.kind)
        ),
    ))
}

/// S6 in bulk: what an issuer's taint had suspended is put back in force, by whoever confirms it now.
/// What is no longer suspended by the taint stays as it is.
pub async fn apply_reinstate_in_bulk(change: &Change<'_>, payload: InBulk) -> Result<(), Trouble> {
    for id in &payload.credentials {
        let file = step::credential(change, CredentialId(*id)).await?;
        if !is_tainted(&file) {
            continue;
        }
        is_lifted(change, &file).await?;
        let confirms = person(change, &file)?;
        let two = two_people(&file, confirms, payload.proposed_by, &payload.proposed_as)?;
        take(
            change,
            &file,
            confirms,
            standing::Action::ReinstateInBulk(two),
            &Basis::default(),
        )
        .await?;
    }
    Ok(())
}

/// S5 by the program itself, within a change that brought its cause about. Says whether the credential
/// was open to it ([`standing::is_open_to`]): what is not is left alone.
pub async fn suspend_for(
    change: &Change<'_>,
    id: CredentialId,
    cause: SystemCause,
) -> Result<bool, Trouble> {
    let file = store::case::file(change.txn.db(), id).await?;
    let file = file.ok_or(Trouble::NotFound("credential"))?;
    let held = file.standings.last().and_then(|row| row.suspension);
    if !standing::is_open_to(file.standing(), held, cause.kind()) {
        return Ok(false);
    }
    let zone = zone(change, &file).await?;
    let moved = standing::take(
        record(&file),
        &Actor::System,
        standing::Action::SuspendFor(cause),
        change.now,
        (zone, &change.policy),
    )
    .map_err(refused)?;
    if let Some(entry) = &moved.entry {
        write(change, &file, entry, &Basis::default()).await?;
        tell(change, &file, entry, &moved.effects, zone).await?;
    }
    Ok(true)
}

/// The standing as its rows keep it.
pub(super) fn record(file: &CredentialFile) -> Record {
    let entries: Vec<Entry> = file.standings.iter().map(entry).collect();
    Record::stored(
        (file.id, file.npi),
        (file.supersedes, file.replaces),
        &entries,
        file.overturned,
    )
}

fn entry(row: &StandingRow) -> Entry {
    Entry {
        at: row.at,
        standing: row.standing,
        suspension: row.suspension,
        reason: row
            .reason_code
            .as_deref()
            .and_then(|code| code.parse().ok()),
        case: row.case_id.map(domain::case::CaseId),
        single_reviewer: row.single_reviewer,
        psv_as_of: row.psv_as_of,
    }
}

/// What a machine's refusal is to whoever asked.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where an error is mapped"
)]
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
    Trouble::Refused(vec![UserError {
        code,
        field: refusal.field().map(Into::into),
        message: refusal.to_string().into(),
    }])
}

async fn load(change: &Change<'_>, order: CredentialOrder) -> Result<CredentialFile, Trouble> {
    let file = step::credential(change, order.id).await?;
    change.check_version(order.expected_version, i64::from(file.version))?;
    Ok(file)
}

async fn take(
    change: &Change<'_>,
    file: &CredentialFile,
    by: Person,
    action: standing::Action<'_>,
    basis: &Basis,
) -> Result<(), Trouble> {
    let zone = zone(change, file).await?;
    let moved = standing::take(
        record(file),
        &Actor::Person(by),
        action,
        change.now,
        (zone, &change.policy),
    )
    .map_err(refused)?;
    if let Some(entry) = &moved.entry {
        write(change, file, entry, basis).await?;
        tell(change, file, entry, &moved.effects, zone).await?;
    }
    Ok(())
}

/// The person is told, by the day on which a suspension is looked at again.
async fn tell(
    change: &Change<'_>,
    file: &CredentialFile,
    entry: &Entry,
    effects: &[standing::Effect],
    zone: chrono_tz::Tz,
) -> Result<(), Trouble> {
    let review = effects.iter().find_map(|effect| match effect {
        standing::Effect::ReviewSuspension { due_on } => Some(*due_on),
        _ => None,
    });
    let due_on = review.unwrap_or_else(|| domain::time::local_day(change.now, zone));
    super::notice::tell_standing(change, file, entry.standing, due_on).await
}

async fn zone(change: &Change<'_>, file: &CredentialFile) -> Result<chrono_tz::Tz, Trouble> {
    let provider = step::person_on_file(change, file.npi).await?;
    Ok(home_zone(&provider))
}

fn person(change: &Change<'_>, file: &CredentialFile) -> Result<Person, Trouble> {
    step::person(change, file.npi)
}

/// Whoever proposed, and whoever confirms now.
fn two_people(
    file: &CredentialFile,
    confirms: Person,
    proposed_by: i64,
    proposed_as: &str,
) -> Result<TwoPeople, Trouble> {
    let proposes = Person {
        account: AccountId(proposed_by),
        role: proposed_as.parse().map_err(|_| Trouble::Forbidden)?,
        npi: None,
    };
    TwoPeople::new(&proposes, &confirms, file.npi).map_err(|_| {
        Trouble::duties("whoever proposed it does not decide it: somebody else has to")
    })
}
