//! Sentences about the person, apart from law and licence.

use super::{day, list_name};
use crate::credential::{CredentialKind, EffectiveStatus};
use crate::eligibility::reason::{
    ExclusionFinding, LocationFinding, NpiFinding, StandingFinding, SterilityFinding,
    TrainingFinding,
};

pub(super) fn npi(finding: &NpiFinding) -> String {
    match finding {
        NpiFinding::Active { .. } => "The NPI is in use in the national registry.".to_owned(),
        NpiFinding::Deactivated {
            since,
            replaced_by: Some(npi),
        } => format!(
            "The NPI was deactivated on {} and replaced by {npi}.",
            day(*since)
        ),
        NpiFinding::Deactivated { since, .. } => {
            format!("The NPI was deactivated on {}.", day(*since))
        }
        NpiFinding::NeverSeen => {
            "The NPI had not been seen in the national registry by that day.".to_owned()
        }
    }
}

pub(super) fn training(finding: &TrainingFinding<'_>) -> String {
    match finding {
        TrainingFinding::Trained {
            credential, by_one, ..
        } => format!(
            "Verified dry-needling training: {}, {}{}.",
            credential.title,
            credential.issuer.name,
            checked(*by_one)
        ),
        TrainingFinding::Certified {
            credential, by_one, ..
        } => {
            let what = match credential.kind {
                CredentialKind::ExamResult => "examination",
                _ => "national certification",
            };
            format!(
                "Verified {what} in acupuncture: {}, {}{}.",
                credential.title,
                credential.issuer.name,
                checked(*by_one)
            )
        }
        TrainingFinding::NotVerified(credential, status) => {
            not_verified(&credential.title, *status)
        }
        TrainingFinding::NotOnFile { claimed: true } => {
            "No dry-needling training is on file.".to_owned()
        }
        TrainingFinding::NotOnFile { claimed: false } => {
            "This person is in the federal registry; dry needling not confirmed.".to_owned()
        }
    }
}

/// Two people check, and nothing is said of it; where one may, it is.
const fn checked(by_one: bool) -> &'static str {
    if by_one {
        "; checked by one reviewer"
    } else {
        ""
    }
}

fn not_verified(title: &str, status: EffectiveStatus) -> String {
    match status {
        EffectiveStatus::RevalidationRequired => {
            format!("{title} was verified, and is due to be verified again.")
        }
        EffectiveStatus::NotYetValid => format!("{title} is not valid yet."),
        EffectiveStatus::Expired => format!("{title} has expired."),
        // Why something is held back is not for the public.
        EffectiveStatus::Suspended => "On the training, a check is unfinished.".to_owned(),
        EffectiveStatus::Verified | EffectiveStatus::Unverified => {
            format!("{title} is on file and not verified.")
        }
        EffectiveStatus::Revoked | EffectiveStatus::Withdrawn | EffectiveStatus::Superseded => {
            "No dry-needling training in force is on file.".to_owned()
        }
    }
}

pub(super) fn sterility(finding: &SterilityFinding) -> String {
    match finding {
        SterilityFinding::InForce {
            signed_on: Some(signed),
            until: Some(until),
        } => format!(
            "Attested on {} to using sterile, single-use needles here; valid until {}.",
            day(*signed),
            day(*until)
        ),
        SterilityFinding::InForce { .. } => {
            "Attested to using sterile, single-use needles here.".to_owned()
        }
        SterilityFinding::Lapsed { last: Some(last) } => {
            format!(
                "The needle attestation for this place lapsed after {}.",
                day(*last)
            )
        }
        SterilityFinding::Lapsed { last: None } => {
            "The needle attestation for this place has lapsed.".to_owned()
        }
        SterilityFinding::Unfinished => {
            "On the needle attestation, a check is unfinished.".to_owned()
        }
        SterilityFinding::NotOnFile => {
            "No needle attestation in force covers this place.".to_owned()
        }
        SterilityFinding::NoPlace => {
            "No place of practice is on file that a needle attestation could cover.".to_owned()
        }
    }
}

pub(super) fn exclusion(finding: &ExclusionFinding) -> String {
    match finding {
        ExclusionFinding::Excluded(list) => {
            format!("Confirmed on an exclusion list: {}.", list_name(*list))
        }
        ExclusionFinding::Held => "On exclusion lists, a check is unfinished.".to_owned(),
        ExclusionFinding::Clear {
            screened_on,
            due_on,
            ..
        } => format!(
            "Exclusion lists searched on {}, nothing stands; the next search is due by {}.",
            day(*screened_on),
            day(*due_on)
        ),
        ExclusionFinding::Overdue { screened_on } => format!(
            "Screening overdue: exclusion lists were last searched on {}.",
            day(*screened_on)
        ),
        ExclusionFinding::NeverScreened => "Not yet screened against exclusion lists.".to_owned(),
    }
}

pub(super) fn standing(finding: StandingFinding) -> String {
    match finding {
        StandingFinding::Good => {
            "No suspension or revocation on file stands against this person.".to_owned()
        }
        StandingFinding::Suspended(on) => {
            format!(
                "A credential on file is suspended since {}, after a disciplinary proceeding.",
                day(on)
            )
        }
        // Only actions are named in public, not suspicions or unpaid fees.
        StandingFinding::HeldBack => "A credential on file is not in force.".to_owned(),
        StandingFinding::Revoked(on) => {
            format!("A credential on file was revoked on {}.", day(on))
        }
    }
}

pub(super) fn location(finding: &LocationFinding) -> String {
    match finding {
        LocationFinding::Confirmed { on, .. } => {
            format!("Confirmed on {} to practice here.", day(*on))
        }
        LocationFinding::Old { on } => format!(
            "Last confirmed on {} to practice here, too long ago.",
            day(*on)
        ),
        LocationFinding::NeverConfirmed => "Not confirmed to practice here.".to_owned(),
        LocationFinding::NoPlace => "No place of practice is on file.".to_owned(),
    }
}
