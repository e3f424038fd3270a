//! How strongly a row points at a person (verification.md 3.5), by a table.

use domain::name::PersonName;
use domain::npi::Npi;
use domain::place::Jurisdiction::Co;
use domain::provider::Provider;
use domain::screening::row::{Column, ExclusionRow};
use domain::taxonomy::Discipline::PhysicalTherapist;

use super::{a_person, a_row, hits, named};
use crate::support::a_provider;

/// The hits of one row, as `TIER RULE (NAME_RULES)`.
fn told(person: &Provider, born_on: Option<&str>, row: ExclusionRow) -> String {
    let told: Vec<String> = hits(person, born_on, vec![row])
        .iter()
        .map(|hit| {
            let evidence = &hit.evidence;
            let names: Vec<&str> = evidence.name_rules.iter().map(|rule| rule.code()).collect();
            let names = if names.is_empty() {
                String::new()
            } else {
                format!(" ({})", names.join(" "))
            };
            format!(
                "{} {} {}{names}",
                hit.about,
                evidence.rule.tier(),
                evidence.rule
            )
        })
        .collect();
    told.join("; ")
}

/// A physical therapist of Colorado.
fn ada(family: &str, given: &str) -> Provider {
    let name = PersonName::new(given, "", family, "").expect("a name");
    a_provider()
        .practising_in(Co)
        .licensed(PhysicalTherapist, Co)
        .with(|person| person.name = name)
        .build()
}

#[test]
fn case_30_an_equal_npi_holds_and_numbers_that_stand_for_none_match_nobody() {
    let person = a_person("Needham", "Ada");
    let npi = person.npi.to_string();
    let row = |npi: &str| {
        a_row(&[
            (Column::LastName, "SOMEBODY"),
            (Column::FirstName, "ELSE"),
            (Column::Npi, npi),
        ])
    };
    assert_eq!(told(&person, None, row(&npi)), "PERSON T1_NPI NPI_EQUAL");
    for none in ["0000000000", "", "1234567890"] {
        assert_eq!(told(&person, None, row(none)), "", "{none:?}");
    }
    // The number that replaced it is the person's too.
    let mut replaced = person.clone();
    replaced.replaced_by = Some(Npi::sample(77));
    let other = Npi::sample(77).to_string();
    assert_eq!(
        told(&replaced, None, row(&other)),
        "PERSON T1_NPI NPI_EQUAL"
    );
    assert_eq!(told(&person, None, row(&other)), "");
}

#[test]
fn case_31_both_halves_of_a_hyphenated_name_are_looked_for() {
    let person = a_person("Smith-Jones", "Jane");
    let rows = vec![
        named("SMITH", "JANE"),
        named("JONES", "JANE"),
        named("SMITH-JONES", "JANE"),
        named("BROWN", "JANE"),
    ];
    let found: Vec<(usize, String)> = hits(&person, None, rows)
        .iter()
        .map(|hit| (hit.row, hit.evidence.rule.tier().to_string()))
        .collect();
    let t3 = || "T3_NAME_CONTEXT".to_owned();
    let expected = [(0, t3()), (1, t3()), (2, "T4_NAME_ONLY".to_owned())];
    assert_eq!(found, expected);
}

#[test]
fn case_35_a_business_is_held_against_clinics_and_never_against_people() {
    let mut person = ada("Needle", "Nora");
    person.locations[0].name = Some("Nora Needle & Sons, LLC".into());
    let business =
        |name: &str, state: &str| a_row(&[(Column::BusName, name), (Column::State, state)]);
    assert_eq!(
        told(&person, None, business("NORA NEEDLE AND SONS", "CO")),
        "ORGANISATION T3_NAME_CONTEXT CLINIC_AND_STATE"
    );
    assert_eq!(
        told(&person, None, business("NORA NEEDLE AND SON INC", "CO")),
        "ORGANISATION T3_NAME_CONTEXT CLINIC_AND_STATE (FUZZY)"
    );
    assert_eq!(
        told(&person, None, business("NORA NEEDLE AND SONS", "AZ")),
        "ORGANISATION T4_NAME_ONLY CLINIC_ALONE"
    );
    // Not even a business of the person's own name.
    assert_eq!(told(&person, None, business("NORA NEEDLE", "CO")), "");
    assert_eq!(
        told(&person, Some("1970-01-01"), business("NEEDLE", "CO")),
        ""
    );
    // An NPI is one person's, whatever the row calls them.
    let npi = person.npi.to_string();
    let own = a_row(&[(Column::BusName, "NEEDLE PT"), (Column::Npi, &npi)]);
    assert_eq!(told(&person, None, own), "PERSON T1_NPI NPI_EQUAL");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table")]
fn every_name_with_every_birth_date_and_state_has_its_tier() {
    let named = |family: &str, given: &str, dob: &str, state: &str| {
        a_row(&[
            (Column::LastName, family),
            (Column::FirstName, given),
            (Column::Dob, dob),
            (Column::State, state),
        ])
    };
    let person = ada("Needham", "William");
    let (none, equal, other) = ("00000000", "19700301", "19640712");
    for (family, given, dob, state, expected) in [
        (
            "NEEDHAM",
            "WILLIAM",
            equal,
            "AZ",
            "PERSON T2_NAME_DOB NAME_AND_BIRTH_DATE",
        ),
        (
            "NEEDHAM",
            "BILL",
            equal,
            "AZ",
            "PERSON T2_NAME_DOB NAME_AND_BIRTH_DATE (NICKNAME)",
        ),
        (
            "NEEDHAM",
            "WILLIAM",
            none,
            "CO",
            "PERSON T3_NAME_CONTEXT NAME_AND_CONTEXT",
        ),
        (
            "NEEDHAM",
            "BILL",
            none,
            "CO",
            "PERSON T3_NAME_CONTEXT NAME_AND_CONTEXT (NICKNAME)",
        ),
        (
            "NEEDHAM",
            "WILLIAM",
            none,
            "AZ",
            "PERSON T4_NAME_ONLY NAME_ALONE",
        ),
        (
            "NEEDHAM",
            "WILLIAM",
            other,
            "CO",
            "PERSON T4_NAME_ONLY NAME_AND_OTHER_BIRTH_DATE",
        ),
        (
            "NEEDHAM",
            "WILLAIM",
            equal,
            "AZ",
            "PERSON T3_NAME_CONTEXT OTHER_NAME_AND_BIRTH_DATE (FUZZY)",
        ),
        (
            "NEEDHAM",
            "WILLAIM",
            none,
            "CO",
            "PERSON T3_NAME_CONTEXT NAME_AND_CONTEXT (FUZZY)",
        ),
        ("NEEDHAM", "WILLAIM", none, "AZ", ""),
        ("NEEDHAM", "WILLAIM", other, "CO", ""),
        (
            "WILLIAM",
            "NEEDHAM",
            none,
            "AZ",
            "PERSON T3_NAME_CONTEXT OTHER_NAME_ALONE (SWAPPED_ORDER)",
        ),
        (
            "NEEDHAM-COLE",
            "WILLIAM",
            none,
            "AZ",
            "PERSON T3_NAME_CONTEXT OTHER_NAME_ALONE (HYPHEN_HALF)",
        ),
        (
            "NEEDHAM-COLE",
            "WILLIAM",
            other,
            "CO",
            "PERSON T4_NAME_ONLY NAME_AND_OTHER_BIRTH_DATE (HYPHEN_HALF)",
        ),
        (
            "NEEDHAM",
            "",
            equal,
            "AZ",
            "PERSON T3_NAME_CONTEXT OTHER_NAME_AND_BIRTH_DATE (GIVEN_MISSING)",
        ),
        ("NEEDHAM", "", none, "CO", ""),
        ("NEEDHAM", "ROBERT", equal, "CO", ""),
        ("COLE", "WILLIAM", equal, "CO", ""),
    ] {
        let row = named(family, given, dob, state);
        let found = told(&person, Some("1970-03-01"), row.clone());
        assert_eq!(found, expected, "{family}, {given} {dob} {state}");
        // Without the person's birth date the row's says nothing: it is as if the row had none.
        let found = told(&person, None, row);
        let blank = told(&person, None, named(family, given, none, state));
        assert_eq!(found, blank, "{family}, {given} {dob} {state}");
    }
}

#[test]
fn a_profession_is_a_context_like_a_state() {
    let person = ada("Needham", "Ada");
    let row = |specialty: &str| {
        a_row(&[
            (Column::LastName, "NEEDHAM"),
            (Column::FirstName, "ADA"),
            (Column::Specialty, specialty),
            (Column::State, "AZ"),
        ])
    };
    for (specialty, expected) in [
        ("PHYSICAL THERAPY", "T3_NAME_CONTEXT NAME_AND_CONTEXT"),
        ("THERAPIST", "T3_NAME_CONTEXT NAME_AND_CONTEXT"),
        ("CHIROPRACTIC", "T4_NAME_ONLY NAME_ALONE"),
        ("NURSE/NURSES AIDE", "T4_NAME_ONLY NAME_ALONE"),
    ] {
        let found = told(&person, None, row(specialty));
        assert_eq!(found, format!("PERSON {expected}"), "{specialty}");
    }
}

#[test]
fn former_names_and_other_scripts_enter_at_the_third_tier() {
    let former = PersonName::new("Ada", "", "Byron", "").unwrap();
    let mut person = ada("Needham", "Ada");
    person.former_names.push(former);
    let row = |family: &str, given: &str, dob: &str| {
        a_row(&[
            (Column::LastName, family),
            (Column::FirstName, given),
            (Column::Dob, dob),
            (Column::State, "AZ"),
        ])
    };
    let t3 = "PERSON T3_NAME_CONTEXT";
    assert_eq!(
        told(&person, Some("1970-03-01"), row("BYRON", "ADA", "19700301")),
        format!("{t3} OTHER_NAME_AND_BIRTH_DATE (FORMER_NAME)")
    );
    assert_eq!(
        told(&person, None, row("BYRON", "ADA", "")),
        format!("{t3} OTHER_NAME_ALONE (FORMER_NAME)")
    );
    let ivanov = ada("Иванов", "Иван");
    assert_eq!(
        told(
            &ivanov,
            Some("1970-03-01"),
            row("IVANOV", "IVAN", "19700301")
        ),
        format!("{t3} OTHER_NAME_AND_BIRTH_DATE (TRANSLITERATION)")
    );
    // Accents are only left out.
    let garcia = ada("García", "José");
    assert_eq!(
        told(
            &garcia,
            Some("1970-03-01"),
            row("GARCIA", "JOSE", "19700301")
        ),
        "PERSON T2_NAME_DOB NAME_AND_BIRTH_DATE"
    );
}

#[test]
fn evidence_says_what_agreed_and_holds_no_birth_date() {
    let mut person = ada("Needham", "Ada");
    person.name.middle = Some("Maria".into());
    let row = a_row(&[
        (Column::LastName, "NEEDHAM"),
        (Column::FirstName, "ADA"),
        (Column::MidName, "R"),
        (Column::Specialty, "PHYSICAL THERAPY"),
        (Column::Dob, "19640712"),
        (Column::State, "CO"),
        (Column::Npi, &Npi::sample(9).to_string()),
    ]);
    let found = hits(&person, Some("1970-03-01"), vec![row]);
    let evidence = format!("{:?}", found[0].evidence);
    for part in [
        "npi: Different",
        "birth_date: Different",
        "middle_name: Different",
        "state: Some(Co)",
        "discipline: Some(PhysicalTherapist)",
        "Ada Maria Needham",
    ] {
        assert!(evidence.contains(part), "{part} is not in {evidence}");
    }
    for date in ["1970", "1964"] {
        assert!(!evidence.contains(date), "{evidence}");
    }
}
