//! Attestations as those read them who wrote or review them. Nothing here is public.

use chrono::NaiveDate;
use domain::access::{Act, Reach};
use domain::attestation::{AttestationId, AttestationState};
use domain::needle::attestation::{Attestation, Content};
use domain::needle::check::check_lines;
use domain::needle::finding::Finding;
use domain::needle::recall::{LotStatus, RecallTable};
use domain::npi::Npi;
use domain::provider::Provider;

use super::step::Places;
use super::{Filed, payload};
use crate::app::App;
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

fn is_theirs(who: &Requester, reach: Reach, npi: Npi) -> bool {
    reach == Reach::Any || who.owns(npi)
}

/// A constant number of statements, however many there are. People whose entry was withdrawn are left
/// out.
async fn records(app: &App, view: &View, found: Vec<Filed>) -> Result<Vec<Record>, Trouble> {
    let npis: Vec<Npi> = found
        .iter()
        .map(|filed| filed.attestation.claim().subject)
        .collect();
    let people = store::provider::by_npis(view, &npis).await?;
    let people: Vec<_> = people.into_iter().map(std::sync::Arc::new).collect();
    let devices: Vec<String> = found
        .iter()
        .flat_map(|filed| super::step::devices(&filed.attestation.claim().content))
        .collect();
    let recalls = recall::of_devices(view, &devices).await?;
    let now = app.clock.now();
    let records = found.into_iter().filter_map(|filed| {
        let claim = filed.attestation.claim();
        let provider = people.iter().find(|person| person.npi == claim.subject)?;
        let places = Places::of(provider, &claim.content);
        Some(Record {
            today: domain::time::local_day(now, places.zone),
            provider: std::sync::Arc::clone(provider),
            recalls: recalls.clone(),
            filed,
        })
    });
    Ok(records.collect())
}
