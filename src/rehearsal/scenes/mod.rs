//! The script: what is rehearsed, subject by subject.
//!
//! The order is that of the people's parts; what is done is sorted by its instants. To have more to
//! show: another line in a list, or a scene of its own.

mod closed;
mod desk;
mod lists;
mod needles;
mod open;
mod standing;

use domain::case::Purpose;
use domain::check::CheckMethod;
use domain::credential::CredentialKind;
use domain::duty::ReasonCode;
use domain::evidence::EvidenceKind;
use domain::license::{CheckOutcome, CheckSourceKind, MismatchField};

use super::days::{OFFICE_MINUTES, When};
use super::scene::{Look, Move, Paper, Part, Scene, Who};

/// Every scene. Those about one day do not all begin at its first minute.
pub(super) fn all() -> Vec<Scene> {
    let mut scenes = Vec::new();
    scenes.extend(closed::all());
    scenes.extend(open::all());
    scenes.extend(standing::all());
    scenes.extend(needles::all());
    scenes.extend(lists::all());
    scenes.extend(desk::all());
    for (nth, scene) in (0_i64..).zip(&mut scenes) {
        let offset = nth * 37 % (OFFICE_MINUTES - 60);
        for cue in &mut scene.cues {
            if let When::Day(_, minute) = &mut cue.when {
                *minute += offset;
            }
        }
    }
    scenes
}

/// Schools that do not exist, as in the rest of the sample.
const INSTITUTE: &str = "Sample Needling Institute";
const PLUMBLINE: &str = "Plumbline School of Dry Needling";
const FERNHOLLOW: &str = "Fernhollow Manual Therapy Academy";
const QUILLMERE: &str = "Quillmere Continuing Education";
/// The one that turns out not to be trusted.
const WEEKENDS: &str = "Wagtail Weekend Seminars (sample)";

/// What people hand in, by turns.
const PAPERS: [Paper; 10] = [
    training("Dry Needling 1: Foundations", INSTITUTE, 27),
    training("Dry Needling Foundations", PLUMBLINE, 54),
    paper(
        CredentialKind::CleanNeedleTechnique,
        "Clean needle technique",
        "Sample Clinical Safety Courses",
        0,
    ),
    training("Dry Needling 2: Advanced Techniques", INSTITUTE, 27),
    paper(
        CredentialKind::NationalCertification,
        "Diplomate of Acupuncture",
        "Sample National Certification Council",
        0,
    ),
    training("Functional Dry Needling", FERNHOLLOW, 40),
    paper(
        CredentialKind::SupervisedSessionsLog,
        "Log of supervised sessions",
        "Sample Clinical Supervisors",
        60,
    ),
    training("Dry Needling for the Spine", QUILLMERE, 24),
    paper(
        CredentialKind::BloodbornePathogens,
        "Blood-borne pathogens",
        "Sample Clinical Safety Courses",
        0,
    ),
    paper(
        CredentialKind::StateEndorsement,
        "Needling endorsement",
        "Sample Board of Examiners",
        0,
    ),
];

const fn training(title: &'static str, issuer: &'static str, hours: u32) -> Paper {
    paper(CredentialKind::DryNeedlingTraining, title, issuer, hours)
}

const fn paper(
    kind: CredentialKind,
    title: &'static str,
    issuer: &'static str,
    amount: u32,
) -> Paper {
    Paper {
        kind,
        title,
        issuer,
        amount,
        days_before: 40,
    }
}

/// The paper whose turn it is, completed at another time each.
fn nth_paper(nth: usize) -> Paper {
    let days_before = 12 + u64::try_from(nth).unwrap_or_default() * 29 % 400;
    Paper {
        days_before,
        ..PAPERS[nth % PAPERS.len()]
    }
}

/// A newcomer who puts a credential on file and submits it on a day.
fn submitted(day: i64, paper: Paper) -> Scene {
    let file = file_of(paper.kind);
    Scene::of(Part::Newcomer)
        .day(day + 1)
        .act(Who::Holder, Move::Draft(paper))
        .day(day)
        .act(Who::Holder, Move::Open(Purpose::Initial))
        .act(Who::Holder, Move::Submit(file))
}

const fn file_of(kind: CredentialKind) -> EvidenceKind {
    match kind {
        CredentialKind::SupervisedSessionsLog => EvidenceKind::SessionLog,
        CredentialKind::Degree => EvidenceKind::Transcript,
        CredentialKind::StateEndorsement | CredentialKind::StatePermit => {
            EvidenceKind::BoardScreenshot
        }
        _ => EvidenceKind::CertificateScan,
    }
}

/// Somebody with a verified training, about which a case is opened and submitted on a day.
fn again(part: Part, day: i64, purpose: Purpose, file: EvidenceKind) -> Scene {
    Scene::of(part)
        .day(day)
        .act(Who::Holder, Move::Open(purpose))
        .act(Who::Holder, Move::Submit(file))
}

/// The source itself, asked for a field (`*` for the whole), agrees.
const fn matches(field: &'static str) -> Move {
    Move::Check(Look {
        field,
        source: CheckSourceKind::Primary,
        method: CheckMethod::EmailFromIssuer,
        outcome: CheckOutcome::Match,
        mismatches: &[],
        note: None,
    })
}

/// The source itself says something else than a match.
const fn says(
    field: &'static str,
    outcome: CheckOutcome,
    mismatches: &'static [MismatchField],
    note: &'static str,
) -> Move {
    Move::Check(Look {
        field,
        source: CheckSourceKind::Primary,
        method: CheckMethod::PhoneCallback,
        outcome,
        mismatches,
        note: Some(note),
    })
}

/// The document was read, which proves nothing and finds much.
const fn reads(
    field: &'static str,
    outcome: CheckOutcome,
    mismatches: &'static [MismatchField],
    note: &'static str,
) -> Move {
    Move::Check(Look {
        field,
        source: CheckSourceKind::Secondary,
        method: CheckMethod::DocumentReview,
        outcome,
        mismatches,
        note: Some(note),
    })
}

/// Claimed, checked with the source and recommended, all on the scene's day.
fn reviewed(by: Who) -> [(Who, Move); 3] {
    [
        (by, Move::Claim),
        (by, matches("*")),
        (by, Move::Recommend(None)),
    ]
}

/// Claimed, contradicted by the source and recommended to be rejected.
fn faulted(
    by: Who,
    mismatch: &'static [MismatchField],
    why: super::scene::Why,
) -> [(Who, Move); 3] {
    [
        (by, Move::Claim),
        (by, says("*", CheckOutcome::Mismatch, mismatch, why.1)),
        (by, Move::Recommend(Some(why))),
    ]
}

/// Too few hours, as schools and verifiers find it.
const TOO_SHORT: super::scene::Why = (
    ReasonCode::HoursInsufficient,
    "The school's register shows a shorter course than the certificate says.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scene_goes_forward_in_time_and_within_office_hours() {
        let days = super::super::days::Days::of("2026-11-21T00:05:00Z".parse().unwrap());
        let scenes = all();
        assert!(scenes.len() > 80, "{}", scenes.len());
        for scene in &scenes {
            let instants: Vec<_> = scene.cues.iter().map(|cue| days.at(cue.when)).collect();
            assert!(instants.is_sorted(), "{:?}", scene.cues);
            assert!(
                instants
                    .iter()
                    .all(|at| days.begin() < *at && *at < days.end())
            );
            for cue in &scene.cues {
                match cue.when {
                    When::Day(_, minute) => assert!((0..OFFICE_MINUTES).contains(&minute)),
                    When::Minutes(minutes) => assert!((1..OFFICE_MINUTES).contains(&minutes)),
                }
            }
        }
    }
}
