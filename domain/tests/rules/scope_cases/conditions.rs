//! Who meets what conditional rules ask for.

use domain::credential::CredentialKind::{
    Degree, ExamResult, RequirementProof, StateEndorsement, StatePermit,
};
use domain::place::Jurisdiction::{Fl, In, Nj, Nv, Tx, Wa};
use domain::scope::RequirementResult::{self, Met, NotEvidenced, NotMet};
use domain::taxonomy::Discipline::{Chiropractor, PhysicalTherapist};

use crate::support::{Person, a_course, a_provider, a_verified, meets, standing};
use domain::credential::Standing;

const TODAY: &str = "2026-11-21";

/// A physical therapist of whom everything is proved that Florida asks for.
fn floridian() -> Person {
    a_verified(PhysicalTherapist, Fl)
        .supervised(25)
        .proving(RequirementProof, "INSTRUCTOR_SIGN_OFF")
        .proving(RequirementProof, "ATTESTATION")
}

#[track_caller]
fn in_florida(person: Person, expected: RequirementResult) {
    assert_eq!(
        meets(&person.build(), PhysicalTherapist, Fl, TODAY),
        expected
    );
}

#[test]
fn case_05_one_year_licensed_is_not_the_two_that_florida_asks() {
    in_florida(floridian(), Met);
    let licensed_since = |since: &str| {
        let issued = crate::support::day(since);
        floridian().license(|license| license.issued_on = Some(issued))
    };
    in_florida(licensed_since("2025-11-21"), NotMet);
    in_florida(licensed_since("2024-11-22"), NotMet);
    in_florida(licensed_since("2024-11-21"), Met);
}

#[test]
fn case_06_hours_online_are_not_face_to_face() {
    in_florida(floridian().untrained().trained(a_course(1, 20, 30)), NotMet);
    in_florida(floridian().untrained().trained(a_course(1, 50, 30)), Met);
}

#[test]
fn case_08_new_jersey_asks_for_a_doctorate_or_a_license_since_2003() {
    let licensed_since = |since| {
        a_provider()
            .licensed_since(PhysicalTherapist, Nj, since)
            .trained(a_course(1, 40, 0).approved_by("a board"))
            .proving(RequirementProof, "CPR")
    };
    let check = |person: Person, expected| {
        assert_eq!(
            meets(&person.build(), PhysicalTherapist, Nj, TODAY),
            expected
        );
    };
    check(
        licensed_since("2010-05-01").proving(Degree, "MASTER"),
        NotMet,
    );
    check(
        licensed_since("2010-05-01").looked_up(Degree, Some("DOCTORATE"), None, false),
        NotMet,
    );
    // Nobody has looked for a doctorate.
    check(licensed_since("2010-05-01"), NotEvidenced);
    check(
        licensed_since("2010-05-01").proving(Degree, "DOCTORATE"),
        Met,
    );
    // Only the year is stated, so its last day counts.
    check(licensed_since("2003-12-31"), Met);
    check(
        licensed_since("2004-01-01").proving(Degree, "MASTER"),
        NotMet,
    );
}

#[test]
fn case_10_washington_asks_for_an_endorsement_whatever_the_hours() {
    let person = |hours| {
        a_provider()
            .licensed(PhysicalTherapist, Wa)
            .trained(
                a_course(1, hours, 0)
                    .held("2025-01-01", "2025-12-31")
                    .theory_and_practical(100, 150),
            )
            .supervised(150)
    };
    let check = |person: Person, expected| {
        assert_eq!(
            meets(&person.build(), PhysicalTherapist, Wa, TODAY),
            expected
        );
    };
    for hours in [10, 325, 1_000] {
        let none = person(hours).looked_up(StateEndorsement, None, Some(Wa), false);
        check(none, NotMet);
    }
    check(person(325), NotEvidenced);
    check(person(10).endorsed(StateEndorsement, "", Wa), Met);
    // Another state's endorsement, and another register's answer, say nothing here.
    check(person(325).endorsed(StateEndorsement, "", Fl), NotEvidenced);
    check(
        person(325).looked_up(StateEndorsement, None, Some(Fl), false),
        NotEvidenced,
    );
}

#[test]
fn case_17_indiana_fixed_its_hours_on_1_july_2024() {
    let verified = vec![standing("2024-01-05", Standing::Verified)];
    let person = a_provider()
        .licensed(PhysicalTherapist, In)
        .trained(
            a_course(1, 45, 0)
                .held("2023-06-01", "2023-06-09")
                .standing(verified),
        )
        .proving(RequirementProof, "KNOWLEDGE_AND_COMPETENCE")
        .with(|provider| {
            provider.credentials[0].history = vec![standing("2024-01-05", Standing::Verified)];
        })
        .build();
    assert_eq!(meets(&person, PhysicalTherapist, In, "2024-06-30"), Met);
    assert_eq!(meets(&person, PhysicalTherapist, In, "2024-07-01"), NotMet);
}

#[test]
fn case_21_nevada_asks_for_150_hours_and_25_of_them_after_the_degree() {
    let trained = |hours, postgraduate| {
        let person = a_provider()
            .licensed(PhysicalTherapist, Nv)
            .trained(a_course(1, hours, 0).postgraduate(postgraduate))
            .proving(ExamResult, "WRITTEN")
            .proving(ExamResult, "PRACTICAL")
            .build();
        meets(&person, PhysicalTherapist, Nv, TODAY)
    };
    assert_eq!(trained(120, 25), NotMet);
    assert_eq!(trained(150, 24), NotMet);
    assert_eq!(trained(150, 25), Met);
}

#[test]
fn case_37_a_texan_chiropractor_without_a_permit_does_not_qualify() {
    let person = || {
        a_provider()
            .licensed(Chiropractor, Tx)
            .trained(a_course(1, 100, 0))
    };
    let none = person().looked_up(StatePermit, None, Some(Tx), false);
    assert_eq!(meets(&none.build(), Chiropractor, Tx, TODAY), NotMet);
    let permit = person().endorsed(StatePermit, "ACUPUNCTURE_PERMIT", Tx);
    assert_eq!(meets(&permit.build(), Chiropractor, Tx, TODAY), Met);
}
