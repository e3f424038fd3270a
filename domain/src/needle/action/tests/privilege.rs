//! N2 to N5 under a compact privilege: it ends with its home licence.

use chrono::Days;

use super::*;
use crate::license::compact::{CompactPeriod, CompactStatus, Compacts};
use crate::license::{BoardStatus, License, LicenseId};
use crate::place::Jurisdiction;
use crate::scope::Confidence;
use crate::taxonomy::Discipline;

/// A signature under a privilege of Colorado whose home licence in Arizona its board showed as this.
fn under_a_privilege(home: License) -> Attestation {
    let issuing = |jurisdiction| CompactPeriod {
        discipline: home.discipline,
        jurisdiction,
        from: today() - Days::new(900),
        status: CompactStatus::Issuing,
        citation: Some("an act".into()),
        source_url: None,
        source_as_of: None,
        confidence: Confidence::High,
        note: None,
    };
    let mut world = World::calm();
    world.compacts = Compacts::new([issuing(Jurisdiction::Co), issuing(Jurisdiction::Az)]).unwrap();
    world.license.home = Some(LicenseId(2));
    let held = [
        world.license.clone(),
        License {
            id: LicenseId(2),
            jurisdiction: Jurisdiction::Az,
            ..home
        },
    ];
    let settling = Settling {
        held: &held,
        ..world.settling()
    };
    let sign = Action::Sign {
        signature: signature(),
        on_file_sha256: HASH,
        settling: Some(settling),
    };
    moved(a_draft(1), &actor(Role::Provider), sign)
}

#[test]
fn what_is_signed_under_a_privilege_ends_with_the_home_license() {
    let home = a_license(BoardStatus::Active, in_days(20));
    let Attestation::Accepted(accepted) = under_a_privilege(home) else {
        panic!("nothing speaks against it");
    };
    assert_eq!(accepted.valid_until, in_days(20));
}

#[test]
fn a_privilege_that_its_home_license_does_not_carry_signs_nothing() {
    for (home, why) in [
        (
            a_license(BoardStatus::Probation, in_days(800)),
            "the home license in AZ is or was encumbered",
        ),
        (
            a_license(BoardStatus::Inactive, in_days(800)),
            "the home license in AZ is not in force",
        ),
        (
            License {
                discipline: Discipline::Chiropractor,
                ..a_license(BoardStatus::Active, in_days(800))
            },
            "a privilege is for another state",
        ),
    ] {
        let Attestation::NeedsFix(state) = under_a_privilege(home) else {
            panic!("a hard check fails: {why}");
        };
        assert_eq!(state.findings[0].code, FindingCode::SignerLicense);
        assert!(
            state.findings[0].message.contains(why),
            "{:?}",
            state.findings
        );
    }
}
