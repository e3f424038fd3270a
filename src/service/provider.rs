//! People, and what of their records is public.

use std::sync::Arc;

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::attestation::{AttestationId, AttestationState, SterilityAttestation};
use domain::case::Case;
use domain::credential::{Credential, CredentialId, EffectiveStatus};
use domain::license::LicenseId;
use domain::needle::told;
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::{LocationId, Provider};
use domain::time::local_day;
use domain::why::WhyNot;

use super::Reading;

/// The person with that number.
pub fn by_npi(reading: &Reading, npi: Npi) -> Option<Arc<Provider>> {
    reading.snapshot().provider(npi).cloned()
}

/// Who practises at a location, and which of their locations it is.
pub fn by_location(reading: &Reading, id: LocationId) -> Option<(Arc<Provider>, usize)> {
    let provider = reading.snapshot().provider_of_location(id)?;
    let at = provider.locations.iter().position(|it| it.id == id)?;
    Some((Arc::clone(provider), at))
}

/// Who holds a licence, and which of theirs it is.
pub fn by_license(reading: &Reading, id: LicenseId) -> Option<(Arc<Provider>, usize)> {
    let provider = reading.snapshot().provider_of_license(id)?;
    let at = provider.licenses.iter().position(|it| it.id == id)?;
    Some((Arc::clone(provider), at))
}

/// Who took a training, and which of theirs it is; `None` where it is not public.
pub fn by_training(reading: &Reading, id: CredentialId) -> Option<(Arc<Provider>, usize)> {
    let provider = reading.snapshot().provider_of_training(id)?;
    let at = public_training(reading, provider).find(|at| {
        let training = &provider.training[*at];
        training.credential.id == id
    })?;
    Some((Arc::clone(provider), at))
}

/// Who signed an attestation, and which of theirs it is; `None` where it is not public.
pub fn by_attestation(reading: &Reading, id: AttestationId) -> Option<(Arc<Provider>, usize)> {
    let provider = reading.snapshot().provider_of_attestation(id)?;
    let at =
        public_attestations(reading, provider).find(|at| provider.attestations[*at].id == id)?;
    Some((Arc::clone(provider), at))
}

/// Which of a person's trainings are public: all but those withdrawn or entered in error.
pub fn public_training<'a>(
    reading: &'a Reading,
    provider: &'a Provider,
) -> impl Iterator<Item = usize> + 'a {
    let zone = home_zone(provider);
    (0..provider.training.len()).filter(move |at| {
        public_status(reading, &provider.training[*at].credential, zone).is_some()
    })
}

/// Which of a person's other credentials are public: all but those withdrawn or entered in error.
pub fn public_credentials<'a>(
    reading: &'a Reading,
    provider: &'a Provider,
) -> impl Iterator<Item = usize> + 'a {
    let zone = home_zone(provider);
    (0..provider.credentials.len())
        .filter(move |at| public_status(reading, &provider.credentials[*at], zone).is_some())
}

/// Which of a person's attestations are public: those that were accepted once. Work in progress, what
/// was refused and what its author took back are not.
pub fn public_attestations<'a>(
    reading: &'a Reading,
    provider: &'a Provider,
) -> impl Iterator<Item = usize> + 'a {
    (0..provider.attestations.len()).filter(move |at| {
        match attestation_state(reading, provider, &provider.attestations[*at]) {
            AttestationState::Accepted
            | AttestationState::Lapsed
            | AttestationState::Invalidated
            | AttestationState::Superseded => true,
            AttestationState::Draft
            | AttestationState::Signed
            | AttestationState::NeedsFix
            | AttestationState::UnderReview
            | AttestationState::Rejected
            | AttestationState::Withdrawn => false,
        }
    })
}

/// What a credential is worth today; `None` where it is not public: withdrawn or entered in error.
pub fn public_status(
    reading: &Reading,
    credential: &Credential,
    zone: Tz,
) -> Option<EffectiveStatus> {
    let day = reading.day(None, zone);
    credential
        .effective_status(day, zone, reading.policy().revalidation_months)
        .filter(|status| *status != EffectiveStatus::Withdrawn)
}

/// Where an attestation stands today, told by the clocks of the first place it names.
pub fn attestation_state(
    reading: &Reading,
    provider: &Provider,
    attestation: &SterilityAttestation,
) -> AttestationState {
    let zone = attestation_zone(provider, attestation);
    attestation.state(reading.day(None, zone), zone)
}

/// An attestation in words for patients, as it stands today.
pub fn attestation_statement(
    reading: &Reading,
    provider: &Provider,
    attestation: &SterilityAttestation,
) -> String {
    let zone = attestation_zone(provider, attestation);
    told::statement(&provider.name, attestation, reading.day(None, zone), zone)
}

/// The day as of which the numbers in an attestation are read: that of its signature, or today.
pub fn attestation_day(
    reading: &Reading,
    provider: &Provider,
    attestation: &SterilityAttestation,
) -> NaiveDate {
    let zone = attestation_zone(provider, attestation);
    let signed_at = attestation.signed_at;
    signed_at.map_or_else(|| reading.today(zone), |at| local_day(at, zone))
}

/// The zone of the first place that an attestation names.
pub fn attestation_zone(provider: &Provider, attestation: &SterilityAttestation) -> Tz {
    provider
        .locations
        .iter()
        .find(|location| attestation.locations.contains(&location.id))
        .map_or_else(|| home_zone(provider), |location| location.zone)
}

/// The zone in which a person's days are told where no location says otherwise: that of the first
/// place on file, of the first licence, or Washington's.
pub fn home_zone(provider: &Provider) -> Tz {
    match (provider.locations.first(), provider.licenses.first()) {
        (Some(location), _) => location.zone,
        (None, Some(license)) => license.jurisdiction.zone(),
        (None, None) => Jurisdiction::Dc.zone(),
    }
}

/// What somebody's credential is worth by itself on a day, today where none is named; `None` where it
/// is not in the directory: a draft, or entered in error.
pub fn credential_status(
    reading: &Reading,
    npi: Npi,
    id: CredentialId,
    on: Option<NaiveDate>,
) -> Option<EffectiveStatus> {
    let provider = by_npi(reading, npi)?;
    let zone = home_zone(&provider);
    let trainings = provider.training.iter().map(|one| &one.credential);
    let credential = trainings
        .chain(&provider.credentials)
        .find(|one| one.id == id)?;
    let day = reading.day(on, zone);
    credential.effective_status(day, zone, reading.policy().revalidation_months)
}

/// Why a credential is not verified now, given its latest case where whoever asks may know of it.
pub fn why_not_verified(
    reading: &Reading,
    credential: &Credential,
    latest: Option<&Case>,
    zone: Tz,
) -> Vec<WhyNot> {
    domain::why::credential(credential, latest, reading.now(), zone, reading.policy())
}

/// The same of somebody's credential by its number; nothing of one that is not in the directory.
pub fn why_record_not_verified(
    reading: &Reading,
    npi: Npi,
    id: CredentialId,
    latest: Option<&Case>,
) -> Vec<WhyNot> {
    let Some(provider) = by_npi(reading, npi) else {
        return Vec::new();
    };
    let trainings = provider.training.iter().map(|one| &one.credential);
    let credential = trainings
        .chain(&provider.credentials)
        .find(|one| one.id == id);
    let zone = home_zone(&provider);
    credential.map_or_else(Vec::new, |credential| {
        why_not_verified(reading, credential, latest, zone)
    })
}
