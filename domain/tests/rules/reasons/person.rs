use domain::eligibility::ListingReasonCode::{Exclusion, LocationConfirmed, NpiActive, Standing};
use domain::eligibility::ReasonOutcome::{Fail, Pass, Unknown};
use domain::npi::Npi;
use domain::provider::NpiStatus;
use domain::screening::{MatchState, MatchTier};

use super::{Scenario, proved, scenario};
use crate::support::{a_course, noon, standing};
use domain::credential::{self, SuspensionKind};

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = npi();
    all.extend(exclusion());
    all.extend(standings());
    all.extend(location());
    all
}

fn npi() -> Vec<Scenario> {
    let no_npi = || proved().with(|provider| provider.npi_history.clear());
    vec![
        scenario(NpiActive, Pass, "in use", proved()),
        scenario(
            NpiActive,
            Fail,
            "deactivated",
            proved().npi_from("2026-03-01", NpiStatus::Deactivated),
        ),
        scenario(
            NpiActive,
            Fail,
            "replaced",
            proved()
                .npi_from("2026-03-01", NpiStatus::Deactivated)
                .with(|provider| provider.replaced_by = Some(Npi::sample(2))),
        ),
        scenario(
            NpiActive,
            Pass,
            "reactivated",
            proved()
                .npi_from("2026-03-01", NpiStatus::Deactivated)
                .npi_from("2026-04-01", NpiStatus::Active),
        ),
        scenario(NpiActive, Unknown, "never seen", no_npi()),
        scenario(
            NpiActive,
            Unknown,
            "first seen tomorrow",
            no_npi().npi_from("2026-11-22", NpiStatus::Active),
        ),
    ]
}

fn exclusion() -> Vec<Scenario> {
    let screened = |on: &str| {
        let at = noon(on);
        proved().with(|provider| provider.screening.screened_at = vec![at])
    };
    vec![
        scenario(Exclusion, Pass, "screened 16 days ago", proved()),
        scenario(
            Exclusion,
            Pass,
            "screened 35 days ago",
            screened("2026-10-17"),
        ),
        scenario(
            Exclusion,
            Unknown,
            "screened 36 days ago",
            screened("2026-10-16"),
        ),
        scenario(
            Exclusion,
            Unknown,
            "never screened",
            proved().with(|provider| provider.screening.screened_at.clear()),
        ),
        scenario(
            Exclusion,
            Unknown,
            "a row with the same NPI, not reviewed",
            proved().matched(MatchTier::T1Npi, "2026-11-05", MatchState::New),
        ),
        scenario(
            Exclusion,
            Pass,
            "a row with the same name only, not reviewed",
            proved().matched(MatchTier::T3NameContext, "2026-11-05", MatchState::New),
        ),
        scenario(
            Exclusion,
            Pass,
            "a row of somebody else",
            proved().matched(
                MatchTier::T2NameDob,
                "2026-11-05",
                MatchState::FalsePositive,
            ),
        ),
        scenario(
            Exclusion,
            Fail,
            "confirmed",
            proved().matched(MatchTier::T2NameDob, "2026-11-05", MatchState::Confirmed),
        ),
    ]
}

fn standings() -> Vec<Scenario> {
    let suspended = |kind| {
        let mut change = standing("2026-11-02", credential::Standing::Suspended);
        change.suspension = Some(kind);
        let verified = standing("2026-01-05", credential::Standing::Verified);
        // Another course stays verified, so that only the standing differs.
        proved().trained(
            a_course(2, 54, 0)
                .held("2025-07-01", "2025-07-03")
                .standing(vec![verified, change]),
        )
    };
    vec![
        scenario(Standing, Pass, "nothing out of force", proved()),
        scenario(
            Standing,
            Fail,
            "a credential suspended after a proceeding",
            suspended(SuspensionKind::Disciplinary),
        ),
        scenario(
            Standing,
            Fail,
            "a credential suspended for safety",
            suspended(SuspensionKind::Safety),
        ),
        scenario(
            Standing,
            Fail,
            "a credential suspended for papers",
            suspended(SuspensionKind::Administrative),
        ),
        scenario(
            Standing,
            Pass,
            "a credential suspended because its issuer is not trusted",
            suspended(SuspensionKind::IssuerTaint),
        ),
        scenario(
            Standing,
            Fail,
            "a credential revoked",
            proved().trained(
                a_course(2, 10, 0)
                    .standing(vec![standing("2026-11-02", credential::Standing::Revoked)]),
            ),
        ),
    ]
}

fn location() -> Vec<Scenario> {
    let confirmed = |on: &str| {
        let at = noon(on);
        proved().with(|provider| provider.locations[0].confirmed_at = vec![at])
    };
    vec![
        scenario(LocationConfirmed, Pass, "confirmed 20 days ago", proved()),
        scenario(
            LocationConfirmed,
            Pass,
            "confirmed 90 days ago",
            confirmed("2026-08-23"),
        ),
        scenario(
            LocationConfirmed,
            Unknown,
            "confirmed 91 days ago",
            confirmed("2026-08-22"),
        ),
        scenario(
            LocationConfirmed,
            Unknown,
            "never confirmed",
            proved().with(|provider| provider.locations[0].confirmed_at.clear()),
        ),
        scenario(
            LocationConfirmed,
            Unknown,
            "no place on file",
            proved().with(|provider| provider.locations.clear()),
        ),
    ]
}
