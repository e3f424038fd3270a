use domain::credential::CredentialKind::{RequirementProof, StatePermit};
use domain::eligibility::ListingOutcome::Verified;
use domain::eligibility::ListingReasonCode::Scope;
use domain::eligibility::ReasonOutcome::{Fail, Pass, Unknown};
use domain::place::Jurisdiction::{Ar, Az, Ca, Co, De, Fl, Gu, In, La, Ms, Pa, Tx, Wa};
use domain::taxonomy::Discipline::{
    Acupuncturist, Chiropractor, OccupationalTherapist, PhysicalTherapist,
};

use super::{Scenario, scenario};
use crate::support::{a_course, a_verified, day};

pub(super) fn scenarios() -> Vec<Scenario> {
    let mut all = statuses();
    all.extend(conditions());
    all
}

fn statuses() -> Vec<Scenario> {
    vec![
        scenario(Scope, Pass, "permitted", a_verified(PhysicalTherapist, Ar)),
        scenario(
            Scope,
            Pass,
            "permitted, low confidence",
            a_verified(PhysicalTherapist, domain::place::Jurisdiction::Ri),
        ),
        scenario(
            Scope,
            Unknown,
            "on a condition whose text was not found",
            a_verified(Chiropractor, La),
        ),
        scenario(Scope, Fail, "barred", a_verified(PhysicalTherapist, Ca)),
        Scenario {
            listing: Verified,
            ..scenario(Scope, Unknown, "silent", a_verified(PhysicalTherapist, Pa))
        },
        Scenario {
            listing: Verified,
            ..scenario(
                Scope,
                Unknown,
                "silent, low confidence",
                a_verified(Chiropractor, Wa),
            )
        },
        scenario(
            Scope,
            Fail,
            "recorded as not researched",
            a_verified(Chiropractor, Az),
        ),
        scenario(Scope, Fail, "no rule", a_verified(PhysicalTherapist, Gu)),
        scenario(
            Scope,
            Unknown,
            "no place and no license",
            a_verified(PhysicalTherapist, Co)
                .hinting_at("225100000X")
                .with(|provider| {
                    provider.locations.clear();
                    provider.licenses.clear();
                }),
        ),
        Scenario {
            listing: Verified,
            ..scenario(
                Scope,
                Unknown,
                "silent until a day that the law has fixed",
                a_verified(OccupationalTherapist, Co),
            )
        },
    ]
}

fn conditions() -> Vec<Scenario> {
    let florida = || {
        a_verified(PhysicalTherapist, Fl)
            .supervised(25)
            .proving(RequirementProof, "INSTRUCTOR_SIGN_OFF")
            .proving(RequirementProof, "ATTESTATION")
    };
    let colorado = |hours| {
        a_verified(PhysicalTherapist, Co)
            .untrained()
            .trained(a_course(1, hours, 0))
    };
    let texas = || a_verified(Chiropractor, Tx);
    vec![
        scenario(Scope, Pass, "on conditions, all proved", florida()),
        scenario(
            Scope,
            Pass,
            "on conditions of the visit alone",
            a_verified(Acupuncturist, Ms),
        ),
        scenario(
            Scope,
            Pass,
            "on conditions, the state's permit proves them",
            texas().endorsed(StatePermit, "ACUPUNCTURE_PERMIT", Tx),
        ),
        scenario(
            Scope,
            Fail,
            "on conditions, licensed too short",
            florida().license(|license| license.issued_on = Some(day("2025-11-21"))),
        ),
        scenario(
            Scope,
            Fail,
            "on conditions, hours too few",
            a_verified(PhysicalTherapist, In)
                .untrained()
                .trained(a_course(1, 45, 0)),
        ),
        scenario(
            Scope,
            Fail,
            "on conditions, the register has no permit",
            texas().looked_up(StatePermit, None, Some(Tx), false),
        ),
        scenario(
            Scope,
            Unknown,
            "on conditions, some not proved",
            a_verified(PhysicalTherapist, Fl),
        ),
        scenario(
            Scope,
            Unknown,
            "on conditions, one of several ways not proved",
            texas(),
        ),
        scenario(
            Scope,
            Unknown,
            "hours between the interim figure and the whole",
            colorado(35),
        ),
        scenario(Scope, Fail, "hours below the interim figure", colorado(20)),
        scenario(
            Scope,
            Unknown,
            "hours in person between the interim figure and the whole",
            a_verified(PhysicalTherapist, De)
                .untrained()
                .trained(a_course(1, 30, 0)),
        ),
    ]
}
