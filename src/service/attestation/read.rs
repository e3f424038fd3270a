//! Attestations as those read them who wrote or review them. Nothing here is public.

use chrono::NaiveDate;
use domain::access::{Act, Reach};
use domain::attestation::{AttestationId, AttestationState};
use domain::case::CaseId;
use domain::needle::appeal::AppealDays;
use domain::needle::attestation::{Attestation, Content};
use domain::needle::check::check_lines;
use domain::needle::finding::Finding;
use domain::needle::recall::{LotStatus, RecallTable};
use domain::npi::Npi;
use domain::provider::Provider;
use domain::time::local_day;

use super::step::Places;
use super::{Filed, payload};
use crate::app::{App, LoadError};
use crate::service::{Requester, Trouble};
use crate::store::attestation::recall;
use crate::store::{self, View};

/// An attestation with whose it is and what stands against its needles today.
#[derive(Debug, Clone)]
pub struct Record {
    /// What is on file.
    pub filed: Filed,
    /// Whose.
    pub provider: std::sync::Arc<Provider>,
    /// Recalls of its needles.
    pub recalls: RecallTable,
    /// The cases about it, oldest first.
    pub cases: Vec<CaseId>,
    /// The last day on which an appeal may be filed against what was decided; `None` where none may be, or
    /// the person was not told yet.
    pub appeal_ends_on: Option<NaiveDate>,
    /// Today where it holds.
    pub today: NaiveDate,
}

impl Record {
    /// Where it stands today: an accepted one past its last day is LAPSED.
    pub fn state(&self) -> AttestationState {
        match &self.filed.attestation {
            Attestation::Accepted(accepted) => accepted.read(self.today).0,
            other => other.state(),
        }
    }

    /// What it says.
    pub const fn content(&self) -> &Content {
        &self.filed.attestation.claim().content
    }

    /// What the checks found when it was signed; of a draft, what they would find today.
    pub fn findings(&self) -> Vec<Finding> {
        let Attestation::Draft(draft) = &self.filed.attestation else {
            return self.filed.findings.clone();
        };
        let lines = &draft.claim.content.lines;
        let mut found = check_lines(lines, self.today);
        for (at, line) in lines.iter().enumerate() {
            let outer = format!("products[{at}]");
            let recalled = self.recalls.check(&line.product, &line.lots, self.today);
            found.extend(recalled.into_iter().map(|finding| finding.within(&outer)));
        }
        found
    }

    /// What a lot is today.
    pub fn lot_status(&self, line: usize, lot: usize) -> Option<LotStatus> {
        let line = self.content().lines.get(line)?;
        let lot = line.lots.get(lot)?;
        Some(self.recalls.status(&line.product, lot, self.today))
    }

    /// The hash of what is shown for signature, in hexadecimal.
    pub fn payload_sha256(&self) -> String {
        payload::shown(self.filed.attestation.claim()).hex()
    }
}

/// One, to whoever may read it.
///
/// # Errors
/// [`Trouble::NotFound`] where it is not there or not theirs to see.
pub async fn by_id(app: &App, who: &Requester, id: AttestationId) -> Result<Record, Trouble> {
    let (_, reach) = who.acting(Act::ReadAttestation)?;
    let view = app.store.read().await?;
    let found = store::attestation::by_id(&view, id).await?;
    let found = found.filter(|filed| is_theirs(who, reach, filed.attestation.claim().subject));
    let found = found.ok_or(Trouble::NotFound("attestation"))?;
    let mut records = records(app, &view, vec![found]).await?;
    records.pop().ok_or(Trouble::NotFound("attestation"))
}

/// What waits for a reviewer, oldest first: a page, and one more where there is one.
pub async fn queue(
    app: &App,
    who: &Requester,
    after: Option<AttestationId>,
    size: usize,
) -> Result<Vec<Record>, Trouble> {
    who.acting(Act::ReadAttestationQueue)?;
    let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
    let view = app.store.read().await?;
    let state = AttestationState::UnderReview;
    let found = store::attestation::page_in_state(&view, state, after, limit).await?;
    records(app, &view, found).await
}

/// A person's, drafts included, the latest first: a page, and one more where there is one.
///
/// # Errors
/// [`Trouble::NotFound`] where the person is not theirs to see.
pub async fn of_person(
    app: &App,
    who: &Requester,
    npi: Npi,
    before: Option<AttestationId>,
    size: usize,
) -> Result<Vec<Record>, Trouble> {
    let (_, reach) = who.acting(Act::ReadAttestationRecords)?;
    if !is_theirs(who, reach, npi) {
        return Err(Trouble::NotFound("provider"));
    }
    let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
    let view = app.store.read().await?;
    let found = store::attestation::page_of_person(&view, npi, before, limit).await?;
    records(app, &view, found).await
}

fn is_theirs(who: &Requester, reach: Reach, npi: Npi) -> bool {
    reach == Reach::Any || who.owns(npi)
}

/// A constant number of statements, however many there are. People whose entry was erased are left
/// out.
pub(in crate::service) async fn records(
    app: &App,
    view: &View,
    found: Vec<Filed>,
) -> Result<Vec<Record>, Trouble> {
    if found.is_empty() {
        return Ok(Vec::new());
    }
    let npis: Vec<Npi> = found
        .iter()
        .map(|filed| filed.attestation.claim().subject)
        .collect();
    let people = store::provider::by_npis_hidden_or_not(view, &npis).await?;
    let people: Vec<_> = people.into_iter().map(std::sync::Arc::new).collect();
    let devices: Vec<String> = found
        .iter()
        .flat_map(|filed| super::step::devices(&filed.attestation.claim().content))
        .collect();
    let recalls = recall::of_devices(view, &devices).await?;
    let ids: Vec<AttestationId> = found
        .iter()
        .map(|filed| filed.attestation.claim().id)
        .collect();
    let cases = store::case::ids_of_attestations(view, &ids).await?;
    let now = app.clock.now();
    let policy = store::policy::in_force(view, now).await?;
    let appeal_days = policy.ok_or(LoadError::NoPolicy)?.appeal_days;
    let records = found.into_iter().filter_map(|filed| {
        let claim = filed.attestation.claim();
        let provider = people.iter().find(|person| person.npi == claim.subject)?;
        let places = Places::of(provider, &claim.content);
        let today = local_day(now, places.zone);
        let days = AppealDays {
            notified_on: filed.notified_at.map(|at| local_day(at, places.zone)),
            on: today,
            days: appeal_days,
        };
        let of_it = cases.iter().filter(|(_, about)| *about == claim.id);
        Some(Record {
            cases: of_it.map(|(case, _)| *case).collect(),
            appeal_ends_on: days.ends_on().filter(|_| may_be_appealed(&filed)),
            today,
            provider: std::sync::Arc::clone(provider),
            recalls: recalls.clone(),
            filed,
        })
    });
    Ok(records.collect())
}

/// Is there a decision against which an appeal could be filed?
const fn may_be_appealed(filed: &Filed) -> bool {
    match &filed.attestation {
        Attestation::Rejected(state) => !state.appealed && state.case.is_none(),
        Attestation::Invalidated(state) => !state.appealed,
        _ => false,
    }
}
