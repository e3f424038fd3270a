//! Sterility attestations in force, and the invented needles they speak of.

use chrono::{Days, NaiveDate};
use domain::attestation::{
    AttestationChange, AttestationId, AttestationState, FdaPathway, NeedleLot, NeedleProduct,
    SterilityAttestation,
};
use domain::place::Jurisdiction;
use domain::provider::PracticeLocation;

use super::calendar::Calendar;
use super::dice::Dice;

/// Brands and labelers that do not exist, with device identifiers under the GS1 prefix 952, which is
/// kept for demonstrations.
const NEEDLES: &[(&str, &str, Option<&str>)] = &[
    ("Quillpoint", "Sample Needle Works", Some("09521234000013")),
    (
        "Fernlight Sterile",
        "Example Device Company",
        Some("09521234000020"),
    ),
    ("Tamrise Fine", "Plumbline Example Medical", None),
    (
        "Larkspindle One",
        "Sample Needle Works",
        Some("09521234000037"),
    ),
    ("Wrenfall Single", "Example Device Company", None),
];

/// A number that was never given: no year has seen ten thousand submissions.
const NEVER_GIVEN_510K: &str = "K199999";

/// Days for which a signature holds: CAQH's 120, in Illinois 180.
const SIGNATURE_DAYS: u64 = 120;
const SIGNATURE_DAYS_ILLINOIS: u64 = 180;

/// Signed so many days ago for all of a person's places, looked at, accepted and still in force.
pub(super) fn in_force(
    dice: &mut Dice,
    calendar: Calendar,
    id: AttestationId,
    locations: &[PracticeLocation],
    signed_days_ago: u32,
    licensed_until: Option<NaiveDate>,
) -> SterilityAttestation {
    let signed_at = calendar.instant(dice, signed_days_ago);
    let reviewed = dice.percent(40) && signed_days_ago > 3;
    let mut history = vec![change(signed_at, AttestationState::Signed)];
    if reviewed {
        let at = signed_at + Days::new(1);
        history.push(change(at, AttestationState::UnderReview));
        history.push(change(at + Days::new(1), AttestationState::Accepted));
    } else {
        history.push(change(signed_at, AttestationState::Accepted));
    }
    let products = products(dice, calendar);
    let by_signature = Calendar::day_of(signed_at) + Days::new(signature_days(locations));
    let by_lots = products
        .iter()
        .flat_map(|product| &product.lots)
        .map(|lot| lot.expires_on)
        .max();
    let valid_until = [Some(by_signature), by_lots, licensed_until]
        .into_iter()
        .flatten()
        .min();
    SterilityAttestation {
        version: 1,
        id,
        locations: locations.iter().map(|location| location.id).collect(),
        signed_at: Some(signed_at),
        valid_until,
        products,
        history,
    }
}

pub(super) fn change(
    at: chrono::DateTime<chrono::Utc>,
    state: AttestationState,
) -> AttestationChange {
    AttestationChange { at, state }
}

fn signature_days(locations: &[PracticeLocation]) -> u64 {
    let all_in_illinois = locations
        .iter()
        .all(|location| location.jurisdiction() == Jurisdiction::Il);
    if all_in_illinois && !locations.is_empty() {
        SIGNATURE_DAYS_ILLINOIS
    } else {
        SIGNATURE_DAYS
    }
}

fn products(dice: &mut Dice, calendar: Calendar) -> Vec<NeedleProduct> {
    let first = dice.between(0, 4) as usize;
    let count = dice.weighted(&[(70, 1), (25, 2), (5, 3)]);
    (0..count)
        .map(|nth| product(dice, calendar, NEEDLES[(first + nth) % NEEDLES.len()]))
        .collect()
}

fn product(
    dice: &mut Dice,
    calendar: Calendar,
    (brand, labeler, device_identifier): (&str, &str, Option<&str>),
) -> NeedleProduct {
    let fda_pathway = dice.weighted(&[
        (88, FdaPathway::Exempt510k),
        (9, FdaPathway::Unknown),
        (3, FdaPathway::Cleared510k),
    ]);
    let lots = dice.between(1, 2);
    NeedleProduct {
        brand: brand.into(),
        labeler: labeler.into(),
        device_identifier: device_identifier.map(Into::into),
        fda_pathway,
        k510_number: (fda_pathway == FdaPathway::Cleared510k).then(|| NEVER_GIVEN_510K.into()),
        diameter_um: *dice.pick(&[250, 300, 350]),
        length_mm: *dice.pick(&[30, 40, 50, 60]),
        lots: (0..lots)
            .map(|_| NeedleLot {
                lot: format!("SMP{:05}", dice.between(1, 99_999)).into(),
                expires_on: calendar.day_ahead(dice.between(150, 1_500)),
                recalled_on: None,
            })
            .collect(),
    }
}
