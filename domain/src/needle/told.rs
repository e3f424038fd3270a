//! What the public reads of an attestation on file, whatever has become of it.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::k_number::KNumber;
use super::sentence::{self, AttestationAssurance, InForce, says_approved};
use crate::attestation::{AttestationState, FdaPathway, NeedleProduct, SterilityAttestation};
use crate::name::PersonName;
use crate::time::{Day, happened_by, local_day};

/// The attestation in words, as it stands at the end of a day.
///
/// Only one in force is told as what its signer says of needles ([`sentence::sentence`]). Any other
/// begins with why it is not in force and repeats no word of its claim, so that no part of it can be
/// read as if it were.
pub fn statement(
    name: &PersonName,
    attestation: &SterilityAttestation,
    day: Day,
    zone: Tz,
) -> String {
    let signed_on = attestation.signed_at.map(|at| local_day(at, zone));
    let changed_on = attestation
        .history
        .iter()
        .rev()
        .find(|change| happened_by(change.at, zone, day.evidence_on()))
        .map(|change| local_day(change.at, zone));
    let why = match (
        attestation.state(day, zone),
        signed_on,
        attestation.holds_through(),
    ) {
        (AttestationState::Accepted, Some(signed_on), Some(valid_until)) => {
            return sentence::sentence(&InForce {
                name: &name.full(),
                signed_on,
                products: &attestation.products,
                assurance: assurance(attestation),
                valid_until,
            });
        }
        (AttestationState::Accepted, None, _) => "the day of its signature is not on file".into(),
        (AttestationState::Lapsed, _, Some(last)) => {
            format!("it held until {}", sentence::day(last))
        }
        (AttestationState::Accepted | AttestationState::Lapsed, _, None) => {
            "its last day is not on file".into()
        }
        (AttestationState::Invalidated, ..) => since("it was invalidated", changed_on),
        (AttestationState::Superseded, ..) => since("a later one took its place", changed_on),
        (AttestationState::Withdrawn, ..) => since("its signer took it back", changed_on),
        (AttestationState::Rejected, ..) => since("we refused it", changed_on),
        (
            AttestationState::Draft
            | AttestationState::Signed
            | AttestationState::NeedsFix
            | AttestationState::UnderReview,
            ..,
        ) => "we have not accepted it".into(),
    };
    let signed = signed_on.map_or_else(
        || "Nobody is on file as having signed it.".to_owned(),
        |on| format!("{} signed it on {}.", name.full(), sentence::day(on)),
    );
    format!("Not in force: {why}. {signed} We did not test the needles.")
}

/// A text from a needle's label, unless it says what must never be said of a needle.
pub fn label(text: &str) -> Option<&str> {
    (!says_approved(text)).then_some(text)
}

/// The 510(k) number of a cleared needle, where it is one as known on a day.
pub fn k510_number(product: &NeedleProduct, on: NaiveDate) -> Option<KNumber> {
    if product.fda_pathway != FdaPathway::Cleared510k {
        return None;
    }
    KNumber::parse(product.k510_number.as_deref()?, on).ok()
}

/// What was looked at before the attestation was last accepted.
fn assurance(attestation: &SterilityAttestation) -> AttestationAssurance {
    let mut before = attestation.history.iter().map(|change| change.state).rev();
    let accepted = before.any(|state| state == AttestationState::Accepted);
    if accepted && before.any(|state| state == AttestationState::UnderReview) {
        AttestationAssurance::EvidenceReviewed
    } else {
        AttestationAssurance::MachineChecked
    }
}

fn since(what: &str, on: Option<NaiveDate>) -> String {
    on.map_or_else(
        || what.to_owned(),
        |on| format!("{what} on {}", sentence::day(on)),
    )
}

#[cfg(test)]
mod tests {
    use chrono::{TimeZone, Utc};

    use super::*;
    use crate::attestation::{AttestationChange, AttestationId};
    use crate::needle::test_support::{a_line, in_days};

    const ZONE: Tz = chrono_tz::America::Chicago;

    fn on(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn attestation(states: &[AttestationState]) -> SterilityAttestation {
        // One change a day, the first on November 2; nine in the evening in Chicago is another day in
        // Greenwich.
        let at = |days: u32| Utc.with_ymd_and_hms(2026, 11, 3 + days, 3, 0, 0).unwrap();
        let history = states
            .iter()
            .zip(0..)
            .map(|(state, days)| AttestationChange {
                at: at(days),
                state: *state,
            });
        SterilityAttestation {
            version: 1,
            id: AttestationId(3),
            locations: Vec::new(),
            signed_at: Some(at(0)),
            valid_until: Some(on("2027-03-02")),
            products: vec![NeedleProduct {
                brand: "Filum".into(),
                fda_pathway: FdaPathway::Cleared510k,
                k510_number: Some("K961339".into()),
                ..a_line(&[("A", in_days(900))]).shown()
            }],
            history: history.collect(),
        }
    }

    fn told(attestation: &SterilityAttestation, today: &str) -> String {
        let name = PersonName::new("Ada", "", "Needham", "").unwrap();
        statement(&name, attestation, Day::at(on(today)), ZONE)
    }

    #[test]
    fn one_in_force_is_told_in_the_fixed_wording() {
        let accepted = attestation(&[AttestationState::Signed, AttestationState::Accepted]);
        assert_eq!(
            told(&accepted, "2026-11-21"),
            "On November 2, 2026 Ada Needham attested to using sterile, single-use filiform needles \
             (Filum, cleared by FDA as K961339). Checked by us: the form of the statement, sizes, \
             dates and device numbers, by machine. Valid until March 2, 2027. We did not test the \
             needles."
        );
        let reviewed = attestation(&[
            AttestationState::Signed,
            AttestationState::UnderReview,
            AttestationState::Accepted,
        ]);
        assert!(
            told(&reviewed, "2026-11-21").contains("the evidence for them, by a reviewer"),
            "{reviewed:?}"
        );
    }

    #[test]
    fn the_last_day_told_is_that_of_the_last_lot_where_it_is_sooner() {
        let mut accepted = attestation(&[AttestationState::Accepted]);
        accepted.products[0].lots[0].expires_on = on("2026-12-24");
        let text = told(&accepted, "2026-12-24");
        assert!(text.contains("Valid until December 24, 2026."), "{text}");
        assert_eq!(
            told(&accepted, "2026-12-25"),
            "Not in force: it held until December 24, 2026. Ada Needham signed it on November 2, \
             2026. We did not test the needles."
        );
    }

    #[test]
    fn what_is_not_in_force_says_so_first_and_claims_nothing() {
        for (last, why) in [
            (AttestationState::Draft, "we have not accepted it."),
            (AttestationState::Signed, "we have not accepted it."),
            (AttestationState::NeedsFix, "we have not accepted it."),
            (AttestationState::UnderReview, "we have not accepted it."),
            (
                AttestationState::Rejected,
                "we refused it on November 4, 2026.",
            ),
            (
                AttestationState::Invalidated,
                "it was invalidated on November 4, 2026.",
            ),
            (
                AttestationState::Withdrawn,
                "its signer took it back on November 4, 2026.",
            ),
            (
                AttestationState::Superseded,
                "a later one took its place on November 4, 2026.",
            ),
        ] {
            let gone = attestation(&[AttestationState::Signed, AttestationState::Accepted, last]);
            let text = told(&gone, "2026-11-21");
            assert!(text.starts_with(&format!("Not in force: {why}")), "{text}");
            for claim in [
                "sterile",
                "Valid until",
                "Filum",
                "cleared",
                "Checked by us",
            ] {
                assert!(!text.contains(claim), "{last}: {text}");
            }
        }
    }

    #[test]
    fn what_lacks_a_day_is_not_told_as_in_force() {
        let mut accepted = attestation(&[AttestationState::Accepted]);
        accepted.signed_at = None;
        assert_eq!(
            told(&accepted, "2026-11-21"),
            "Not in force: the day of its signature is not on file. Nobody is on file as having \
             signed it. We did not test the needles."
        );
        let mut accepted = attestation(&[AttestationState::Accepted]);
        accepted.valid_until = None;
        let text = told(&accepted, "2026-11-21");
        assert!(
            text.starts_with("Not in force: its last day is not on file."),
            "{text}"
        );
    }

    #[test]
    fn labels_and_numbers_that_say_too_much_are_not_shown() {
        assert_eq!(label("Filum"), Some("Filum"));
        assert_eq!(label("Filum, FDA-approved"), None);
        let mut product = attestation(&[]).products.remove(0);
        let mut number = |pathway, text: &str| {
            product.fda_pathway = pathway;
            product.k510_number = Some(text.into());
            k510_number(&product, on("2026-11-21")).map(|number| number.to_string())
        };
        let cleared = FdaPathway::Cleared510k;
        assert_eq!(number(cleared, "k961339").as_deref(), Some("K961339"));
        assert_eq!(number(cleared, "FDA approved"), None);
        assert_eq!(number(cleared, "K270001"), None);
        assert_eq!(number(FdaPathway::Exempt510k, "K961339"), None);
    }
}
