//! The sentences about needles, in their fixed wording (21 CFR 807.97: a clearance is no approval).

use chrono::NaiveDate;
use domain::attestation::{AttestationState, FdaPathway, NeedleProduct, SterilityAttestation};
use domain::name::PersonName;

/// How a needle came to market, in words.
pub fn fda_text(product: &NeedleProduct) -> String {
    match (product.fda_pathway, product.k510_number.as_deref()) {
        (FdaPathway::Cleared510k, Some(number)) => format!("cleared by FDA as {number}"),
        (FdaPathway::Exempt510k, _) => {
            "exempt from FDA premarket clearance since 2019 (21 CFR 880.5580)".to_owned()
        }
        (FdaPathway::NotUsMarketed, _) => "not marketed in the United States".to_owned(),
        (FdaPathway::Cleared510k, None) | (FdaPathway::Unknown, _) => {
            "FDA status not stated".to_owned()
        }
    }
}

/// What the public reads of an attestation that was signed on a day.
pub fn statement(
    name: &PersonName,
    attestation: &SterilityAttestation,
    signed_on: Option<NaiveDate>,
) -> String {
    let when = signed_on.map_or_else(
        || "On a day not on file".to_owned(),
        |day| format!("On {}", words(day)),
    );
    let needles = if attestation.products.is_empty() {
        "no product named".to_owned()
    } else {
        let products = attestation.products.iter();
        products
            .map(|product| format!("{}, {}", product.brand, fda_text(product)))
            .collect::<Vec<_>>()
            .join("; ")
    };
    let until = attestation
        .valid_until
        .map_or_else(|| "no day".to_owned(), words);
    format!(
        "{when} {} attested to using sterile, single-use filiform needles ({needles}). \
         Checked by us: {}. Valid until {until}. We did not test the needles.",
        name.full(),
        checked(attestation),
    )
}

/// What was looked at before the attestation was accepted.
fn checked(attestation: &SterilityAttestation) -> &'static str {
    let accepted = attestation
        .history
        .iter()
        .position(|change| change.state == AttestationState::Accepted);
    match accepted {
        None => "nothing yet",
        Some(at) => {
            let before = &attestation.history[..at];
            if before
                .iter()
                .any(|change| change.state == AttestationState::UnderReview)
            {
                "the statement and the evidence for it, by a reviewer"
            } else {
                "the form of the statement and the device's numbers, by machine"
            }
        }
    }
}

fn words(day: NaiveDate) -> String {
    day.format("%B %-d, %Y").to_string()
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};
    use domain::attestation::{AttestationChange, AttestationId};

    use super::*;

    fn product(fda_pathway: FdaPathway, k510_number: Option<&str>) -> NeedleProduct {
        NeedleProduct {
            brand: "Filum".into(),
            labeler: "Filum Works".into(),
            device_identifier: None,
            fda_pathway,
            k510_number: k510_number.map(Into::into),
            diameter_um: 300,
            length_mm: 50,
            lots: Vec::new(),
        }
    }

    #[test]
    fn a_needle_is_cleared_exempt_or_not_stated_and_never_approved() {
        for (pathway, number, expected) in [
            (
                FdaPathway::Cleared510k,
                Some("K961339"),
                "cleared by FDA as K961339",
            ),
            (FdaPathway::Cleared510k, None, "FDA status not stated"),
            (
                FdaPathway::Exempt510k,
                Some("K961339"),
                "exempt from FDA premarket clearance since 2019 (21 CFR 880.5580)",
            ),
            (
                FdaPathway::NotUsMarketed,
                None,
                "not marketed in the United States",
            ),
            (FdaPathway::Unknown, None, "FDA status not stated"),
        ] {
            assert_eq!(fda_text(&product(pathway, number)), expected);
        }
    }

    #[test]
    fn an_attestation_is_told_in_the_fixed_words() {
        let at = |day| Utc.with_ymd_and_hms(2026, 11, day, 15, 0, 0).unwrap();
        let mut attestation = SterilityAttestation {
            id: AttestationId(3),
            locations: Vec::new(),
            signed_at: Some(at(2)),
            valid_until: NaiveDate::from_ymd_opt(2027, 3, 2),
            products: vec![
                product(FdaPathway::Cleared510k, Some("K961339")),
                product(FdaPathway::Unknown, None),
            ],
            history: vec![
                AttestationChange {
                    at: at(2),
                    state: AttestationState::Signed,
                },
                AttestationChange {
                    at: at(2),
                    state: AttestationState::Accepted,
                },
            ],
        };
        let name = PersonName::new("Ada", "", "Needham", "").unwrap();
        let signed_on = NaiveDate::from_ymd_opt(2026, 11, 2);
        assert_eq!(
            statement(&name, &attestation, signed_on),
            "On November 2, 2026 Ada Needham attested to using sterile, single-use filiform \
             needles (Filum, cleared by FDA as K961339; Filum, FDA status not stated). Checked by \
             us: the form of the statement and the device's numbers, by machine. Valid until March \
             2, 2027. We did not test the needles."
        );
        attestation.history.insert(
            1,
            AttestationChange {
                at: at(3),
                state: AttestationState::UnderReview,
            },
        );
        assert!(
            statement(&name, &attestation, signed_on)
                .contains("Checked by us: the statement and the evidence for it, by a reviewer.")
        );
    }
}
