//! How each kind of requirement is judged, on rules made for the test.

mod hours;
mod papers;
mod window;

use domain::credential::CredentialKind;
use domain::place::Jurisdiction::{Co, Fl};
use domain::scope::load::{self, RequirementFields, RuleFields};
use domain::scope::{Answer, Evidence, RequirementResult, ScopeLaw, evaluate};
use domain::taxonomy::Discipline::PhysicalTherapist;
use domain::time::Day;

use crate::support::{Person, policy, rulebook, today};

/// A rule of Colorado for physical therapists that asks for these: kind, value, unit, group.
fn rule(asked: &[(&str, &str, &str, &str)]) -> ScopeLaw {
    let key = ["CO", "PHYSICAL_THERAPIST"].map(str::to_owned);
    let rule = RuleFields {
        jurisdiction: key[0].clone(),
        discipline: key[1].clone(),
        status: "CONDITIONAL".to_owned(),
        instrument: "STATUTE".to_owned(),
        citation: "made for a test".to_owned(),
        confidence: "HIGH".to_owned(),
        summary: "made for a test".to_owned(),
        ..RuleFields::default()
    };
    let requirements = asked
        .iter()
        .map(|(kind, value, unit, group)| RequirementFields {
            jurisdiction: key[0].clone(),
            discipline: key[1].clone(),
            subject: "PROVIDER".to_owned(),
            kind: (*kind).to_owned(),
            value: (*value).to_owned(),
            unit: (*unit).to_owned(),
            alternative_group: (*group).to_owned(),
            confidence: "HIGH".to_owned(),
            ..RequirementFields::default()
        });
    load::law([(2, rule)], (2..).zip(requirements)).expect("a rule")
}

fn answer(person: Person, asked: &[(&str, &str, &str, &str)]) -> Answer {
    let provider = person.build();
    let law = rule(asked);
    let evidence = Evidence {
        provider: &provider,
        discipline: PhysicalTherapist,
        jurisdiction: Co,
        day: Day::at(today()),
        zone: Co.zone(),
        policy: policy(),
        compacts: &rulebook().compacts,
    };
    let decision = law.decide(PhysicalTherapist, Co, today());
    evaluate(decision.rule.expect("a rule"), &evidence).answer
}

#[track_caller]
fn check(person: Person, asked: &[(&str, &str, &str, &str)], expected: RequirementResult) {
    assert_eq!(answer(person, asked).result(), expected, "{asked:?}");
}

/// A single requirement, without a group.
#[track_caller]
fn check_one(person: Person, kind: &str, value: &str, unit: &str, expected: RequirementResult) {
    check(person, &[(kind, value, unit, "")], expected);
}

/// The same kind of look-up that found nothing, here and by another state's register.
fn looked_up_here(person: Person, kind: CredentialKind) -> Person {
    person.looked_up(kind, None, Some(Co), false)
}

fn looked_up_elsewhere(person: Person, kind: CredentialKind) -> Person {
    person.looked_up(kind, None, Some(Fl), false)
}
