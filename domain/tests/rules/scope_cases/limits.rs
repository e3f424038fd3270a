//! What rules leave out of a visit.

use domain::place::Jurisdiction::{Co, Il, Sd, Tn};
use domain::scope::{
    BodyRegion, Limits, ScopeRule, ScopeStatus, Technique, region_limits, technique_limits,
};
use domain::taxonomy::Discipline::{OccupationalTherapist, PhysicalTherapist};

use crate::support::{day, law, today};

fn illinois() -> &'static ScopeRule {
    law()
        .decide(PhysicalTherapist, Il, today())
        .rule
        .expect("a rule")
}

#[test]
fn case_19_retained_needles_with_stimulation_are_outside_the_limits_of_illinois() {
    for technique in [Technique::RetainedNeedles, Technique::RetainedEstimLeads] {
        let Limits::Outside(requirement) = technique_limits(illinois(), technique) else {
            panic!("{technique} is left out");
        };
        assert_eq!(
            requirement.value.as_deref(),
            Some(format!("NO_{technique}").as_str())
        );
    }
    assert_eq!(
        technique_limits(illinois(), Technique::DistalPoints),
        Limits::Within
    );
}

#[test]
fn case_42_an_occupational_therapist_of_tennessee_treats_the_upper_limb_only() {
    let decision = law().decide(OccupationalTherapist, Tn, today());
    assert_eq!(decision.status, ScopeStatus::Conditional);
    let rule = decision.rule.expect("a rule");
    assert!(matches!(
        region_limits(rule, BodyRegion::Lumbar),
        Limits::Outside(_)
    ));
    for region in [
        BodyRegion::Hand,
        BodyRegion::Wrist,
        BodyRegion::Elbow,
        BodyRegion::ShoulderGirdle,
    ] {
        assert_eq!(region_limits(rule, region), Limits::Within, "{region}");
    }
}

#[test]
fn regions_studied_depend_on_the_course() {
    let rule = law()
        .decide(PhysicalTherapist, Sd, today())
        .rule
        .expect("a rule");
    assert!(matches!(
        region_limits(rule, BodyRegion::Neck),
        Limits::Unclear(_)
    ));
}

#[test]
fn limits_end_with_their_rule() {
    let auricular = |on| {
        let rule = law()
            .decide(PhysicalTherapist, Co, day(on))
            .rule
            .expect("a rule");
        technique_limits(rule, Technique::AuricularPoints)
    };
    assert!(matches!(auricular("2025-12-31"), Limits::Outside(_)));
    assert_eq!(auricular("2026-01-01"), Limits::Within);
}
