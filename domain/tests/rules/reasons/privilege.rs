use domain::eligibility::ListingReasonCode::License;
use domain::eligibility::ReasonOutcome::{Fail, Pass, Unknown};
use domain::license::{BoardStatus, CheckOutcome, LicenseCheck, LicenseId};
use domain::place::Jurisdiction::{self, Az, Ca, Pa};
use domain::taxonomy::Discipline::{self, Chiropractor, PhysicalTherapist};

use super::{Scenario, proved, scenario};
use crate::support::{Person, active_check, check, day};

/// Practising in Colorado under a privilege, with a home licence of which these checks are on file.
fn at_home(state: Jurisdiction, checks: Vec<LicenseCheck>) -> Person {
    at_home_as(PhysicalTherapist, state, checks)
}

fn at_home_as(discipline: Discipline, state: Jurisdiction, checks: Vec<LicenseCheck>) -> Person {
    proved()
        .license(|privilege| privilege.home = Some(LicenseId(2)))
        .claiming_license(discipline, state)
        .checked(checks)
}

fn seen(on: &str, status: BoardStatus) -> LicenseCheck {
    check(on, CheckOutcome::Match, status)
}

#[expect(clippy::too_many_lines, reason = "a table is read as a whole")]
pub(super) fn scenarios() -> Vec<Scenario> {
    use BoardStatus::{Active, Expired, Probation, Revoked};

    let mut ending = active_check("2026-11-10");
    ending.expires_on = Some(day("2026-11-30"));
    let mut ended = active_check("2026-11-10");
    ended.expires_on = Some(day("2026-11-20"));
    vec![
        scenario(
            License,
            Pass,
            "a privilege, the home license ends this month",
            at_home(Az, vec![ending]),
        ),
        scenario(
            License,
            Pass,
            "a privilege, the home license checked earlier than it",
            at_home(Az, vec![active_check("2026-10-25")]),
        ),
        scenario(
            License,
            Fail,
            "a privilege, the home license expired",
            at_home(Az, vec![ended]),
        ),
        scenario(
            License,
            Fail,
            "a privilege, the home board says expired",
            at_home(Az, vec![seen("2026-11-10", Expired)]),
        ),
        scenario(
            License,
            Fail,
            "a privilege, the home license on probation",
            at_home(Az, vec![seen("2026-11-10", Probation)]),
        ),
        scenario(
            License,
            Fail,
            "a privilege, the home license revoked",
            at_home(Az, vec![seen("2026-11-10", Revoked)]),
        ),
        scenario(
            License,
            Fail,
            "a privilege, the home license unencumbered for a year",
            at_home(
                Az,
                vec![
                    seen("2024-01-10", Probation),
                    seen("2025-11-01", Active),
                    seen("2026-11-10", Active),
                ],
            ),
        ),
        scenario(
            License,
            Pass,
            "a privilege, the home license unencumbered for two years",
            at_home(
                Az,
                vec![
                    seen("2024-01-10", Probation),
                    seen("2024-11-01", Active),
                    seen("2026-11-10", Active),
                ],
            ),
        ),
        scenario(
            License,
            Fail,
            "a privilege, the home state takes no part",
            at_home(Ca, vec![active_check("2026-11-10")]),
        ),
        scenario(
            License,
            Pass,
            "a privilege, the home state issues since last year",
            at_home(Pa, vec![active_check("2026-11-10")]),
        ),
        scenario(
            License,
            Fail,
            "a privilege under a license of another profession",
            at_home_as(Chiropractor, Az, vec![active_check("2026-11-10")]),
        ),
        scenario(
            License,
            Unknown,
            "a privilege, the home license never checked",
            at_home(Az, vec![]),
        ),
        scenario(
            License,
            Unknown,
            "a privilege, the home license checked 31 days ago",
            at_home(Az, vec![active_check("2026-10-21")]),
        ),
        scenario(
            License,
            Unknown,
            "a privilege, the home license is not on file",
            proved().license(|privilege| privilege.home = Some(LicenseId(9))),
        ),
    ]
}
