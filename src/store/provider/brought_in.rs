//! What is written of an attestation that was brought in as the public sees it: made-up people, and
//! what another directory hands over.

use domain::attestation::{NeedleProduct, SterilityAttestation};
use domain::duty::AccountId;
use domain::needle::attestation::{Signature, SignatureMeaning, UNRECORDED};
use domain::needle::policy::AttestationPolicy;
use domain::needle::product::{ClaimedLot, ClaimedNeedle, NeedleLine};
use domain::needle::validity::Limits;
use domain::place::Jurisdiction;
use domain::provider::Provider;
use domain::time::local_day;
use domain::udi::date::ExpiryDate;
use entity::attestation_signature;
use sha2::{Digest, Sha256};

use crate::store::StoreError;
use crate::store::attestation::{Seal, SignatureAlgorithm, written};

const SIGNER: AccountId = UNRECORDED;

/// The claim that a shown product implies.
pub(super) fn line(shown: &NeedleProduct) -> NeedleLine {
    let lots = shown.lots.iter().map(|lot| ClaimedLot {
        lot: lot.lot.clone(),
        expires: ExpiryDate::day(lot.expires_on),
        manufactured_on: None,
        udi_raw: None,
        received_on: None,
        supplier: None,
        label_photo_sha256: None,
    });
    NeedleLine {
        product: ClaimedNeedle::implied_by(shown),
        lots: lots.collect(),
    }
}

/// The signature that a signed one has, kept without its text; nothing for a draft.
pub(super) fn signature(
    id: i64,
    person: &Provider,
    attestation: &SterilityAttestation,
) -> Result<Option<attestation_signature::Model>, StoreError> {
    let Some(signed_at) = attestation.signed_at else {
        return Ok(None);
    };
    let places: Vec<_> = person
        .locations
        .iter()
        .filter(|place| attestation.locations.contains(&place.id))
        .collect();
    let licensed = person.licenses.iter().find_map(|license| {
        let number = license.number.clone()?;
        Some((license.jurisdiction, number))
    });
    let home = places
        .first()
        .map_or(Jurisdiction::Dc, |place| place.jurisdiction());
    let zone = places
        .first()
        .map_or_else(|| home.zone(), |place| place.zone);
    let policy = AttestationPolicy::default();
    let places: Vec<_> = places.iter().map(|place| place.jurisdiction()).collect();
    let signature = Signature {
        signer: SIGNER,
        printed_name: person.name.full().into(),
        license: licensed.unwrap_or_else(|| (home, "not stated".into())),
        meaning: SignatureMeaning::Responsibility,
        signed_at,
        payload_sha256: Sha256::digest([]).into(),
    };
    let limits = Limits {
        signed_on: local_day(signed_at, zone),
        signature_days: policy.signature_days(&places),
        license_ends_on: None,
    };
    let seal = Seal {
        algorithm: SignatureAlgorithm::NotKept,
        signature: None,
        payload: None,
        sample: None,
        policy_version: None,
    };
    written(id, 1, &signature, &seal, limits).map(Some)
}
