//! Credentials other than training: what the law asks for, and what people have besides.

use chrono::{DateTime, Utc};
use domain::credential::{
    Credential, CredentialId, CredentialKind, Issuer, Standing, StandingChange,
};
use domain::taxonomy::Discipline;

use super::calendar::Calendar;
use super::dice::Dice;
use super::license;
use super::needs::Proof;

/// Schools of needling. Invented, like everything that they issue.
pub(super) const SCHOOLS: &[(i64, &str)] = &[
    (1, "Sample Needling Institute"),
    (2, "Plumbline School of Dry Needling"),
    (3, "Fernhollow Manual Therapy Academy"),
    (4, "Quillmere Continuing Education"),
    (5, "Tamarock Sports Needling Faculty"),
];

const UNIVERSITY: (i64, &str) = (11, "Sample University of Health Professions");
const EXAMINERS: (i64, &str) = (12, "Sample Board of Examiners");
const CERTIFIERS: (i64, &str) = (13, "Sample National Certification Council");
const SAFETY: (i64, &str) = (14, "Sample Clinical Safety Courses");
const SUPERVISORS: (i64, &str) = (15, "Sample Clinical Supervisors");

/// The numbers of the states' boards follow this one.
const BOARDS: i64 = 100;

pub(super) fn issuer((id, name): (i64, &str)) -> Issuer {
    Issuer {
        id,
        name: name.into(),
    }
}

/// Decided to be true at an instant.
pub(super) fn verified(at: DateTime<Utc>) -> StandingChange {
    standing(at, Standing::Verified)
}

pub(super) fn standing(at: DateTime<Utc>, standing: Standing) -> StandingChange {
    StandingChange {
        at,
        standing,
        suspension: None,
        decided: None,
    }
}

/// What a rule asks for, issued so many days ago and verified so many days ago.
pub(super) fn proving(
    calendar: Calendar,
    dice: &mut Dice,
    id: CredentialId,
    proof: &Proof,
    issued_days_ago: u32,
    verified_days_ago: u32,
) -> Credential {
    let (title, issuer) = describe(proof);
    let issued_on = Some(calendar.day(issued_days_ago));
    Credential {
        version: 1,
        id,
        kind: proof.kind,
        title,
        issuer,
        names: proof.names.clone(),
        jurisdiction: proof.is_state_grant().then_some(proof.jurisdiction),
        discipline: Some(proof.discipline),
        sessions: proof.sessions,
        issued_on,
        completed_on: issued_on.filter(|_| !proof.is_state_grant()),
        expires_on: (proof.is_state_grant() && dice.percent(60))
            .then(|| calendar.day_ahead(dice.between(60, 700))),
        overturned_at: None,
        history: vec![verified(calendar.instant(dice, verified_days_ago))],
    }
}

/// The national certificate or examination of an acupuncturist.
pub(super) fn national(
    calendar: Calendar,
    dice: &mut Dice,
    id: CredentialId,
    issued_days_ago: u32,
    verified_days_ago: u32,
) -> Credential {
    let kind = dice.weighted(&[
        (75, CredentialKind::NationalCertification),
        (25, CredentialKind::ExamResult),
    ]);
    let (title, given_by) = match kind {
        CredentialKind::ExamResult => ("National acupuncture examination", EXAMINERS),
        _ => ("Diplomate of Acupuncture", CERTIFIERS),
    };
    Credential {
        version: 1,
        title: title.into(),
        issuer: issuer(given_by),
        names: Some("NCCAOM".into()),
        discipline: Some(Discipline::Acupuncturist),
        ..besides(calendar, dice, id, kind, issued_days_ago, verified_days_ago)
    }
}

/// Clean-needle technique, blood-borne pathogens: what careful people have and no rule asks for.
pub(super) fn besides(
    calendar: Calendar,
    dice: &mut Dice,
    id: CredentialId,
    kind: CredentialKind,
    issued_days_ago: u32,
    verified_days_ago: u32,
) -> Credential {
    let title = match kind {
        CredentialKind::CleanNeedleTechnique => "Clean needle technique",
        CredentialKind::BloodbornePathogens => "Blood-borne pathogens",
        _ => kind.code(),
    };
    let issued_on = Some(calendar.day(issued_days_ago));
    Credential {
        version: 1,
        id,
        kind,
        title: title.into(),
        issuer: issuer(SAFETY),
        names: None,
        jurisdiction: None,
        discipline: None,
        sessions: None,
        issued_on,
        completed_on: issued_on,
        expires_on: None,
        overturned_at: None,
        history: vec![verified(calendar.instant(dice, verified_days_ago))],
    }
}

fn describe(proof: &Proof) -> (Box<str>, Issuer) {
    let state = proof.jurisdiction.name();
    let board = || {
        let name = license::board(proof.jurisdiction, proof.discipline);
        let id = BOARDS + 10 * proof.jurisdiction as i64 + proof.discipline as i64;
        Issuer { id, name }
    };
    let named = proof.names.as_deref().unwrap_or_default();
    match proof.kind {
        CredentialKind::StateEndorsement => {
            (format!("{state} needling endorsement").into(), board())
        }
        CredentialKind::StatePermit => (format!("{state} needling permit").into(), board()),
        CredentialKind::RequirementProof => (format!("Proof for {state}: {named}").into(), board()),
        CredentialKind::Degree => (format!("Degree ({named})").into(), issuer(UNIVERSITY)),
        CredentialKind::ExamResult => (format!("Examination ({named})").into(), issuer(EXAMINERS)),
        CredentialKind::SupervisedSessionsLog => {
            ("Log of supervised sessions".into(), issuer(SUPERVISORS))
        }
        CredentialKind::NationalCertification => (
            format!("National certification ({named})").into(),
            issuer(CERTIFIERS),
        ),
        CredentialKind::DryNeedlingTraining
        | CredentialKind::CleanNeedleTechnique
        | CredentialKind::BloodbornePathogens => (proof.kind.code().into(), issuer(SAFETY)),
    }
}
