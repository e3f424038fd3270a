//! One step of a case: what the machine is told, and what is written when it agrees.

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::access::Role;
use domain::case::{
    About, Action, Case, CaseId, CaseState, Effect, Facts, Purpose, Refusal, ScreeningFacts,
};
use domain::check::{Check, CheckOutcome};
use domain::content::{Content, NamedIssuer};
use domain::credential::{CredentialId, CredentialKind};
use domain::duty::{Actor, Person, ReasonCode, RefusalCode, Sha256, SignatureMeaning};
use domain::issuer::{NamePeriod, TrustLevel, named};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::Provider;
use domain::scope::ScopeRule;
use domain::time::local_day;

use super::content::of_stored;
use super::{CaseRecord, CredentialFile, Passed, approved};
use crate::service::{Change, Trouble, UserError, UserErrorCode, provider::home_zone};
use crate::store;
use crate::store::issuer::IssuerId;
use crate::store::log::NewEvent;

/// Which case, and the version of it that was read.
#[derive(Debug, Clone, Copy)]
pub struct CaseOrder {
    /// Its number.
    pub id: CaseId,
    /// Its version.
    pub expected_version: i64,
}

/// Everything that a step is decided by, read within the change.
pub(super) struct Table {
    pub(super) record: CaseRecord,
    pub(super) checks: Vec<Check>,
    pub(super) provider: Provider,
    /// The credential that it is about; nothing of a case about an attestation.
    pub(super) credential: Option<CredentialFile>,
    /// What is claimed, as the case has it.
    pub(super) content: Content,
    /// What its issuer's word was worth when it was issued.
    issuer_trust: TrustLevel,
    /// The names that its issuer bore.
    issuer_names: Vec<NamePeriod>,
    /// The issuer's name as a source prints it, where one was just asked.
    pub(super) printed: Option<Box<str>>,
    /// Within how many months the law wants the sessions of a log done.
    window_months: Option<u32>,
    /// What was approved of it last, of a revalidation.
    approved_sha256: Option<Sha256>,
}

/// A step that the machine agreed to, not yet written.
pub(super) struct Step {
    pub(super) before: CaseRecord,
    pub(super) after: CaseRecord,
    pub(super) effects: Vec<Effect>,
    /// Why, for the history and the log.
    pub(super) reason_code: Option<ReasonCode>,
    /// The same in words.
    pub(super) reason_text: Option<Box<str>>,
    /// The signature: its meaning, and the name as it was written.
    pub(super) signature: Option<(SignatureMeaning, Box<str>)>,
    /// The zone in which the case's days are told.
    pub(super) zone: Tz,
}

/// The case with everything that decides its steps.
///
/// # Errors
/// `NOT_FOUND` where it is not there or not theirs, `STALE_VERSION` where it was changed since.
pub(super) async fn load(change: &Change<'_>, order: CaseOrder) -> Result<Table, Trouble> {
    let db = change.txn.db();
    let record = store::case::by_id(db, order.id)
        .await?
        .ok_or(Trouble::NotFound("case"))?;
    let npi = record.case.file().subject;
    change.own(npi, "case")?;
    change.about_case(case_id(order.id));
    change.check_version(order.expected_version, i64::from(record.version))?;
    assemble(change, record).await
}

pub(super) async fn assemble(change: &Change<'_>, record: CaseRecord) -> Result<Table, Trouble> {
    let db = change.txn.db();
    let provider = person_on_file(change, record.case.file().subject).await?;
    let checks = checks_with_appealed(change, &record).await?;
    let (credential, content) = match record.case.file().about {
        About::Credential(id, _) => {
            let file = store::case::file(db, id)
                .await?
                .ok_or(Trouble::NotFound("credential"))?;
            let version = record.case.file().content.version;
            let content = match file.content(version) {
                Some(version) => version.content.clone(),
                None => stored_content(&provider, id).ok_or(Trouble::NotFound("credential"))?,
            };
            (Some(file), content)
        }
        About::Attestation(_) => (None, nothing_claimed()),
    };
    let issuer_trust = trust(change, &content).await?;
    let issuer = store::issuer::by_id(db, IssuerId(content.issuer.id)).await?;
    let approved_sha256 = match &credential {
        Some(file) if record.case.file().purpose == Purpose::Revalidation => {
            approved::sha256(file, &store::case::of_credential(db, file.id).await?)
        }
        _ => None,
    };
    Ok(Table {
        window_months: window(change, &provider, &content).await?,
        approved_sha256,
        record,
        checks,
        provider,
        credential,
        content,
        issuer_trust,
        issuer_names: issuer.map_or_else(Vec::new, |issuer| issuer.names()),
        printed: None,
    })
}

/// What the issuer's word was worth on the day of issue.
pub(super) async fn trust(change: &Change<'_>, content: &Content) -> Result<TrustLevel, Trouble> {
    let issuer = IssuerId(content.issuer.id);
    let day = content.paper_day();
    Ok(store::issuer::trust::on(change.txn.db(), issuer, day).await?)
}

/// Within how many months the law of the day of completion wants the sessions of a log done: that of the
/// profession that allows most, where nobody says for which they were.
async fn window(
    change: &Change<'_>,
    provider: &Provider,
    content: &Content,
) -> Result<Option<u32>, Trouble> {
    let CredentialKind::SupervisedSessionsLog = content.kind else {
        return Ok(None);
    };
    let place = content.jurisdiction.or_else(|| home(provider));
    let (Some(place), Some(on)) = (place, content.completed_on) else {
        return Ok(None);
    };
    let law = store::scope::load(change.txn.db()).await?;
    let disciplines = content
        .discipline
        .map_or_else(|| provider.disciplines(), |one| vec![one]);
    let windows = disciplines.into_iter().map(|discipline| {
        let rule = law.decide(discipline, place, on).rule;
        rule.and_then(ScopeRule::completion_window_months)
    });
    let windows: Option<Vec<u32>> = windows.collect();
    Ok(windows.and_then(|windows| windows.into_iter().max()))
}

/// The checks of a case. Those of a case that is appealed are read by the appeal itself.
async fn checks_with_appealed(
    change: &Change<'_>,
    record: &CaseRecord,
) -> Result<Vec<Check>, Trouble> {
    Ok(store::case::checks(change.txn.db(), record.id()).await?)
}

impl Table {
    /// What the issuer's name comes to: as a source prints it, else as it was typed off the paper.
    fn issuer_named(&self) -> CheckOutcome {
        if self.credential.is_none() {
            return CheckOutcome::NotApplicable;
        }
        let printed = self.printed.as_deref();
        let printed = printed.unwrap_or(&self.content.issuer.named);
        let (outcome, _) = named(printed, self.content.paper_day(), &self.issuer_names);
        outcome
    }

    /// Asks the machine.
    ///
    /// # Errors
    /// FORBIDDEN and `SEPARATION_OF_DUTIES`, which leave an event; else what the user can mend.
    pub(super) fn take(self, change: &Change<'_>, action: Action) -> Result<Step, Trouble> {
        let file = self.record.case.file();
        let npi = file.subject;
        let zone = home_zone(&self.provider);
        let jurisdiction = home(&self.provider);
        let claimed = match file.about {
            About::Credential(..) => Some(&self.content),
            About::Attestation(_) => None,
        };
        let today = local_day(change.now, zone);
        let facts = Facts {
            policy: &change.policy,
            zone,
            claimed,
            checks: &self.checks,
            screening: ScreeningFacts::of(&self.provider.screening, today, zone, jurisdiction),
            issuer_trust: self.issuer_trust,
            issuer_named: self.issuer_named(),
            window_months: self.window_months,
            approved_sha256: self.approved_sha256,
            revalidation_due_on: revalidation_due(&self, change, zone),
        };
        let by = person(change, npi)?;
        let moved = domain::case::take(
            self.record.case.clone(),
            &Actor::Person(by),
            action,
            change.now,
            &facts,
        )
        .map_err(refused)?;
        let mut after = CaseRecord {
            case: moved.case,
            ..self.record.clone()
        };
        (after.due_at, after.lapses_at) = due(&after.case, change, zone);
        Ok(Step {
            before: self.record,
            after,
            effects: moved.effects,
            reason_code: None,
            reason_text: None,
            signature: None,
            zone,
        })
    }
}

impl Step {
    pub(super) fn because(mut self, code: Option<ReasonCode>, text: Option<Box<str>>) -> Self {
        (self.reason_code, self.reason_text) = (code, text);
        self
    }

    pub(super) fn signed(mut self, meaning: SignatureMeaning, printed_name: Box<str>) -> Self {
        self.signature = Some((meaning, printed_name));
        self
    }

    /// Writes the case's row alone: for a step that is part of another act.
    pub(super) async fn save(&self, change: &Change<'_>) -> Result<(), Trouble> {
        if store::case::save(&change.txn, &self.after).await? {
            return Ok(());
        }
        // The log's head is held since the case was read: nobody can have changed it.
        Err(Trouble::refused(
            UserErrorCode::StaleVersion,
            "the case was changed meanwhile: read it again",
        ))
    }

    /// The entry that tells of the step.
    pub(super) async fn event(&self, change: &Change<'_>) -> Result<NewEvent, Trouble> {
        let (file, held) = (self.after.case.file(), &self.before);
        let mut event = change.event("case", case_id(file.id));
        event.entity_version = Some(u64::from(held.version) + 1);
        event.case_id = Some(case_id(file.id));
        event.reason_code = self.reason_code.map(|code| code.code().to_owned());
        let words = self.reason_text.as_deref();
        event.reason_text = change.words_in_log(file.subject, words).await?;
        event.before_hash = Some(super::hex::text(&held.case.file().content.sha256));
        event.after_hash = Some(super::hex::text(&file.content.sha256));
        if held.case.state() != self.after.case.state() {
            event.changed_fields.push("state".to_owned());
        }
        Ok(event)
    }

    /// Writes the step: the case, the state it passed, and its one entry in the log.
    pub(super) async fn finish(&self, change: &Change<'_>) -> Result<u64, Trouble> {
        self.save(change).await?;
        let seq = change.log(self.event(change).await?).await?.seq;
        self.pass(change, seq).await?;
        super::notice::tell(change, self).await?;
        Ok(seq)
    }

    /// Adds the state to those that the case passed.
    pub(super) async fn pass(&self, change: &Change<'_>, seq: u64) -> Result<(), Trouble> {
        let passed = Passed {
            at: change.now,
            action: change.order.act.code().to_owned(),
            state: self.after.case.state(),
            actor: change.who.account.map(|account| account.0),
            role: change.role().code().to_owned(),
            signature_meaning: self
                .signature
                .as_ref()
                .map(|(one, _)| one.code().to_owned()),
            printed_name: self.signature.as_ref().map(|(_, name)| name.to_string()),
            reason_code: self.reason_code.map(|code| code.code().to_owned()),
            reason_text: self.reason_text.as_deref().map(Into::into),
            content_version: Some(self.after.case.file().content.version),
            seq,
        };
        Ok(store::case::pass(&change.txn, self.after.id(), &passed).await?)
    }
}

/// Somebody's entry, as it is now, in view or not: nobody stops what is decided about them by having it
/// hidden. Of an erased one nothing is left.
pub(super) async fn person_on_file(change: &Change<'_>, npi: Npi) -> Result<Provider, Trouble> {
    let mut found = store::provider::by_npis_hidden_or_not(change.txn.db(), &[npi]).await?;
    found.pop().ok_or(Trouble::NotFound("provider"))
}

/// A credential that may be acted on.
pub(super) async fn credential(
    change: &Change<'_>,
    id: CredentialId,
) -> Result<CredentialFile, Trouble> {
    let file = store::case::file(change.txn.db(), id).await?;
    let file = file.ok_or(Trouble::NotFound("credential"))?;
    change.own(file.npi, "credential")?;
    change.about(credential_id(id, file.kind));
    Ok(file)
}

/// Counts a change of a credential.
pub(super) async fn bump(change: &Change<'_>, file: &CredentialFile) -> Result<(), Trouble> {
    if store::case::bump(&change.txn, file.id, file.version).await? {
        return Ok(());
    }
    Err(Trouble::refused(
        UserErrorCode::StaleVersion,
        "the credential was changed meanwhile: read it again",
    ))
}

/// Somebody who could act on anybody's entry acts on their own as its subject or delegate.
pub(super) fn as_claimant(change: &Change<'_>, npi: Npi) {
    if !change.who.owns(npi) {
        return;
    }
    for role in [Role::Provider, Role::ProviderDelegate] {
        if change.who.roles.holds(role) {
            change.acting_as(role);
            return;
        }
    }
}

/// An appeal is heard by officers of appeals, and by nobody else.
pub(super) fn as_reviewer(change: &Change<'_>, purpose: Purpose) {
    if purpose == Purpose::Appeal && change.who.roles.holds(Role::Appeals) {
        change.acting_as(Role::Appeals);
    }
}

/// Who acts, as the machines know them.
pub(super) fn person(change: &Change<'_>, subject: Npi) -> Result<Person, Trouble> {
    let account = change.who.account.ok_or(Trouble::Unauthenticated)?;
    let role = change.role().code().parse();
    let entries = &change.who.entries;
    Ok(Person {
        account: domain::duty::AccountId(account.0),
        role: role.map_err(|_| Trouble::Forbidden)?,
        npi: entries
            .iter()
            .copied()
            .find(|entry| *entry == subject)
            .or_else(|| entries.first().copied()),
    })
}

/// What a machine's refusal is to whoever asked.
#[expect(
    clippy::needless_pass_by_value,
    reason = "it stands where an error is mapped"
)]
pub(in crate::service) fn refused(refusal: Refusal) -> Trouble {
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

/// The state of a case as read now.
pub(super) fn reading(change: &Change<'_>, record: &CaseRecord) -> CaseState {
    state_at(record, change.now)
}

/// The state of a case as read at an instant: leases and requests end by themselves.
pub fn state_at(record: &CaseRecord, at: DateTime<Utc>) -> CaseState {
    match &record.case {
        Case::InReview(state) if state.lease.has_ended(at) => CaseState::Submitted,
        // Nobody lapses who was not told what is asked of them (C7).
        Case::InfoRequested(state)
            if state.request.notice_sent_at.is_some()
                && record.lapses_at.is_some_and(|lapses| lapses <= at) =>
        {
            CaseState::Lapsed
        }
        case => case.state(),
    }
}

/// `case_7`.
pub fn case_id(id: CaseId) -> String {
    format!("case_{}", id.0)
}

/// `training_9`, or `credential_9` of what has no hours.
pub fn credential_id(id: CredentialId, kind: CredentialKind) -> String {
    let prefix = match kind {
        CredentialKind::DryNeedlingTraining => "training",
        _ => "credential",
    };
    format!("{prefix}_{}", id.0)
}

/// The jurisdiction of a person: of their first place, else of their first licence.
pub(super) fn home(provider: &Provider) -> Option<Jurisdiction> {
    let place = provider.locations.first().map(|place| place.address.state);
    place.or_else(|| {
        provider
            .licenses
            .first()
            .map(|license| license.jurisdiction)
    })
}

/// What a stored credential says that came without a content.
pub(super) fn stored_content(provider: &Provider, id: CredentialId) -> Option<Content> {
    let training = provider.training.iter();
    let training = training.into_iter().find(|one| one.credential.id == id);
    if let Some(training) = training {
        return Some(of_stored(&training.credential, Some(training)));
    }
    let mut others = provider.credentials.iter();
    others
        .find(|one| one.id == id)
        .map(|credential| of_stored(credential, None))
}

/// A case about an attestation claims nothing that a credential's content could say.
fn nothing_claimed() -> Content {
    Content {
        kind: CredentialKind::RequirementProof,
        title: "".into(),
        holder_name: None,
        issuer: NamedIssuer {
            id: 0,
            named: "".into(),
        },
        number: None,
        names: None,
        jurisdiction: None,
        discipline: None,
        sessions: None,
        issued_on: None,
        started_on: None,
        completed_on: None,
        expires_on: None,
        training: None,
    }
}

/// The last day on which the verification in force counts, of a revalidation.
fn revalidation_due(table: &Table, change: &Change<'_>, zone: Tz) -> Option<NaiveDate> {
    if table.record.case.file().purpose != Purpose::Revalidation {
        return None;
    }
    let id = table.credential.as_ref()?.id;
    let on = local_day(change.now, zone);
    let months = change.policy.revalidation_months;
    let trainings = table.provider.training.iter().map(|one| &one.credential);
    trainings
        .chain(&table.provider.credentials)
        .find(|one| one.id == id)?
        .revalidation_due_on(on, zone, months)
}

/// By when somebody has to act, and from when on nobody waits any longer.
fn due(
    case: &Case,
    change: &Change<'_>,
    zone: Tz,
) -> (Option<DateTime<Utc>>, Option<DateTime<Utc>>) {
    match case {
        Case::InReview(state) => (Some(state.lease.until), None),
        Case::InfoRequested(state) => {
            let due_on = state.request.due_on;
            let days = Days::new(u64::from(change.policy.info_lapse_days));
            let last = due_on.checked_add_days(days).unwrap_or(due_on);
            (Some(end_of(due_on, zone)), Some(end_of(last, zone)))
        }
        Case::Approved(_) | Case::Rejected(_) => (
            case.notice()
                .filter(|notice| notice.sent_at.is_none())
                .map(|notice| end_of(notice.due_on, zone)),
            None,
        ),
        Case::Draft(_)
        | Case::Submitted(_)
        | Case::PendingDecision(_)
        | Case::Withdrawn(_)
        | Case::Lapsed(_) => (None, None),
    }
}

/// The first instant after a day in a zone.
fn end_of(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    let midnight = next.and_time(chrono::NaiveTime::MIN);
    // Where the clocks skip midnight the day begins when they have.
    midnight
        .and_local_timezone(zone)
        .earliest()
        .or_else(|| {
            (midnight + chrono::TimeDelta::hours(1))
                .and_local_timezone(zone)
                .earliest()
        })
        .map_or(midnight.and_utc(), |at| at.with_timezone(&Utc))
}

impl Table {
    /// The case with a file attached, not yet written.
    pub(super) fn attach(
        &self,
        change: &Change<'_>,
        file: domain::case::Attached,
    ) -> Result<CaseRecord, Trouble> {
        let table = Self {
            record: self.record.clone(),
            checks: Vec::new(),
            provider: self.provider.clone(),
            credential: None,
            content: self.content.clone(),
            issuer_trust: self.issuer_trust,
            issuer_names: Vec::new(),
            printed: None,
            window_months: None,
            approved_sha256: self.approved_sha256,
        };
        Ok(table.take(change, Action::Attach(file))?.after)
    }
}
