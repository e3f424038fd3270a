use domain::attestation::AttestationState as State;
use domain::credential::CredentialKind::{ExamResult, NationalCertification};
use domain::credential::{Standing as CredentialStanding, SuspensionKind};
use domain::eligibility::ListingReasonCode::{Sterility, Training};
use domain::eligibility::ReasonOutcome::{Pass, Unknown};
use domain::place::Jurisdiction::{Ar, Ny};
use domain::taxonomy::Discipline::{Acupuncturist, PhysicalTherapist};

use super::{Scenario, proved, scenario};
use crate::support::{Person, a_course, a_verified, attestation, standing};

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = trainings();
    all.extend(attestations());
    all
}

fn trainings() -> Vec<Scenario> {
    let acupuncturist = || a_verified(Acupuncturist, Ny).untrained();
    let with_history = |history| -> Person {
        permitted()
            .untrained()
            .trained(a_course(1, 54, 0).standing(history))
    };
    let mut tainted = standing("2026-11-02", CredentialStanding::Suspended);
    tainted.suspension = Some(SuspensionKind::IssuerTaint);
    vec![
        scenario(Training, Pass, "a verified course", permitted()),
        scenario(
            Training,
            Pass,
            "an acupuncturist's certification",
            acupuncturist().proving(NationalCertification, "Diplomate of Acupuncture"),
        ),
        scenario(
            Training,
            Pass,
            "an acupuncturist's examination",
            acupuncturist().proving(ExamResult, "Board examination"),
        ),
        scenario(
            Training,
            Unknown,
            "a physical therapist's examination",
            permitted().untrained().proving(ExamResult, "WRITTEN"),
        ),
        scenario(
            Training,
            Unknown,
            "nothing on file",
            permitted().untrained(),
        ),
        scenario(
            Training,
            Unknown,
            "only the registry knows the person",
            permitted()
                .untrained()
                .with(|provider| provider.claimed = false),
        ),
        scenario(Training, Unknown, "claimed", with_history(Vec::new())),
        scenario(
            Training,
            Unknown,
            "verified 36 months and a day ago",
            with_history(vec![standing("2023-11-20", CredentialStanding::Verified)]),
        ),
        scenario(
            Training,
            Pass,
            "verified 36 months ago",
            with_history(vec![standing("2023-11-21", CredentialStanding::Verified)]),
        ),
        scenario(
            Training,
            Unknown,
            "the issuer is not trusted",
            with_history(vec![
                standing("2026-01-05", CredentialStanding::Verified),
                tainted,
            ]),
        ),
        scenario(
            Training,
            Unknown,
            "past its own end",
            permitted()
                .untrained()
                .trained(a_course(1, 54, 0).expiring("2026-11-20")),
        ),
        scenario(
            Training,
            Unknown,
            "taken back",
            with_history(vec![standing("2026-01-05", CredentialStanding::Withdrawn)]),
        ),
    ]
}

/// Where no hours are asked, so that a training touches TRAINING alone.
fn permitted() -> Person {
    a_verified(PhysicalTherapist, Ar)
}

fn attestations() -> Vec<Scenario> {
    let with = |until: &str, lot_until: &str, states: &[(&str, State)]| {
        let signed = attestation(until, lot_until, states);
        proved().with(|provider| provider.attestations = vec![signed])
    };
    let accepted = [("2026-10-02", State::Accepted)];
    vec![
        scenario(Sterility, Pass, "in force", proved()),
        scenario(
            Sterility,
            Pass,
            "on its last day",
            with("2026-11-21", "2029-12-31", &accepted),
        ),
        scenario(
            Sterility,
            Unknown,
            "the day after",
            with("2026-11-20", "2029-12-31", &accepted),
        ),
        scenario(
            Sterility,
            Unknown,
            "its only lot has expired",
            with("2027-01-29", "2026-11-20", &accepted),
        ),
        scenario(
            Sterility,
            Unknown,
            "under review",
            with(
                "2027-01-29",
                "2029-12-31",
                &[("2026-10-02", State::UnderReview)],
            ),
        ),
        scenario(
            Sterility,
            Unknown,
            "invalidated by a recall",
            with(
                "2027-01-29",
                "2029-12-31",
                &[
                    ("2026-10-02", State::Accepted),
                    ("2026-11-01", State::Invalidated),
                ],
            ),
        ),
        scenario(
            Sterility,
            Unknown,
            "none",
            proved().with(|provider| provider.attestations.clear()),
        ),
        scenario(
            Sterility,
            Unknown,
            "for another place",
            proved().with(|provider| {
                provider.attestations[0].locations = vec![domain::provider::LocationId(2)];
            }),
        ),
        scenario(
            Sterility,
            Unknown,
            "no place on file",
            proved().with(|provider| provider.locations.clear()),
        ),
    ]
}
