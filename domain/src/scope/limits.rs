//! What a rule allows in a visit: techniques and body regions. Shown, never judged against a person.

use super::requirement::{Requirement, RequirementKind, RequirementSubject};
use super::rule::ScopeRule;
use crate::codes::codes;

codes! {
    /// A way of needling that some rules leave out.
    pub enum Technique("technique") {
        /// Needles are left in place.
        RetainedNeedles = "RETAINED_NEEDLES",
        /// Leads for electrical stimulation are left on needles in place.
        RetainedEstimLeads = "RETAINED_ESTIM_LEADS",
        /// Points of the ear.
        AuricularPoints = "AURICULAR_POINTS",
        /// Points far from where it hurts.
        DistalPoints = "DISTAL_POINTS",
        /// Acupuncture as such.
        Acupuncture = "ACUPUNCTURE",
        /// Needling as the only treatment.
        StandAlone = "STAND_ALONE",
        /// A needle that is not solid and filiform.
        OtherNeedle = "OTHER_NEEDLE",
    }
}

codes! {
    /// A region of the body.
    pub enum BodyRegion("body region") {
        /// Head and face.
        Head = "HEAD",
        /// Neck.
        Neck = "NECK",
        /// Shoulder girdle.
        ShoulderGirdle = "SHOULDER_GIRDLE",
        /// Upper arm.
        UpperArm = "UPPER_ARM",
        /// Elbow.
        Elbow = "ELBOW",
        /// Wrist.
        Wrist = "WRIST",
        /// Hand.
        Hand = "HAND",
        /// Thorax.
        Thoracic = "THORACIC",
        /// Lower back.
        Lumbar = "LUMBAR",
        /// Pelvis and hip.
        Hip = "HIP",
        /// Thigh.
        Thigh = "THIGH",
        /// Knee.
        Knee = "KNEE",
        /// Ankle and foot.
        Foot = "FOOT",
    }
}

/// Whether something lies within what a rule allows in a visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limits<'a> {
    /// No limit on file touches it.
    Within,
    /// This requirement leaves it out.
    Outside(&'a Requirement),
    /// This requirement limits it in a way that depends on the person, or that was not found.
    Unclear(&'a Requirement),
}

/// Whether a rule leaves a technique out. The limits of one rule all hold together.
pub fn technique_limits(rule: &ScopeRule, technique: Technique) -> Limits<'_> {
    limits(rule, RequirementKind::Technique, |value| {
        if leaves_out(value) == Some(technique) {
            Some(false)
        } else if leaves_out(value).is_some() || value.parse::<u32>().is_ok() {
            Some(true)
        } else {
            None
        }
    })
}

/// Whether a rule confines needling to other regions of the body.
pub fn region_limits(rule: &ScopeRule, region: BodyRegion) -> Limits<'_> {
    limits(rule, RequirementKind::BodyRegion, |value| {
        regions(value).map(|allowed| allowed.contains(&region))
    })
}

/// Asks every limit of a kind: `Some(true)` allows, `Some(false)` leaves out, `None` does not tell.
fn limits(
    rule: &ScopeRule,
    kind: RequirementKind,
    allows: impl Fn(&str) -> Option<bool>,
) -> Limits<'_> {
    let mut found = Limits::Within;
    for requirement in &rule.requirements {
        if requirement.kind != kind || requirement.subject != RequirementSubject::Visit {
            continue;
        }
        match requirement.value.as_deref().and_then(&allows) {
            Some(true) => {}
            Some(false) => return Limits::Outside(requirement),
            None => found = Limits::Unclear(requirement),
        }
    }
    found
}

/// The technique that a limit leaves out.
fn leaves_out(value: &str) -> Option<Technique> {
    match value {
        "SOLID_FILIFORM_NEEDLE" => Some(Technique::OtherNeedle),
        "NOT_STAND_ALONE" => Some(Technique::StandAlone),
        _ => value.strip_prefix("NO_")?.parse().ok(),
    }
}

/// The regions that a limit such as `HAND_WRIST_ELBOW_SHOULDER_GIRDLE` names.
fn regions(value: &str) -> Option<Vec<BodyRegion>> {
    let mut named = Vec::new();
    let mut rest = value;
    while !rest.is_empty() {
        let region = BodyRegion::ALL.iter().find(|region| {
            rest.strip_prefix(region.code())
                .is_some_and(|after| after.is_empty() || after.starts_with('_'))
        })?;
        named.push(*region);
        rest = rest[region.code().len()..].trim_start_matches('_');
    }
    Some(named)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_regions_is_read_and_anything_else_is_not() {
        assert_eq!(
            regions("HAND_WRIST_ELBOW_SHOULDER_GIRDLE"),
            Some(vec![
                BodyRegion::Hand,
                BodyRegion::Wrist,
                BodyRegion::Elbow,
                BodyRegion::ShoulderGirdle
            ])
        );
        assert_eq!(regions("REGIONS_STUDIED"), None);
        assert_eq!(regions("HANDS"), None);
    }

    #[test]
    fn every_no_is_a_technique() {
        for (value, expected) in [
            ("NO_RETAINED_NEEDLES", Some(Technique::RetainedNeedles)),
            (
                "NO_RETAINED_ESTIM_LEADS",
                Some(Technique::RetainedEstimLeads),
            ),
            ("NO_AURICULAR_POINTS", Some(Technique::AuricularPoints)),
            ("NO_DISTAL_POINTS", Some(Technique::DistalPoints)),
            ("NO_ACUPUNCTURE", Some(Technique::Acupuncture)),
            ("NOT_STAND_ALONE", Some(Technique::StandAlone)),
            ("SOLID_FILIFORM_NEEDLE", Some(Technique::OtherNeedle)),
            ("25", None),
        ] {
            assert_eq!(leaves_out(value), expected, "{value}");
        }
    }
}
