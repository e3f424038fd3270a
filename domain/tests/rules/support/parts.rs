use chrono::{DateTime, Utc};
use domain::attestation::{
    AttestationChange, AttestationId, AttestationState, FdaPathway, NeedleLot, NeedleProduct,
    SterilityAttestation,
};
use domain::credential::{
    Credential, CredentialId, CredentialKind, Issuer, Standing, StandingChange, SuspensionKind,
};
use domain::license::{BoardStatus, CheckOutcome, CheckSourceKind, LicenseCheck};
use domain::place::Jurisdiction;
use domain::provider::{Address, LocationId, PracticeLocation};
use domain::training::{CourseApproval, TrainingCredential, TrainingHours};

use super::day;

/// Noon in Greenwich, which is the same day everywhere in the United States.
pub(crate) fn noon(on: &str) -> DateTime<Utc> {
    format!("{on}T12:00:00Z").parse().expect("an instant")
}

pub(crate) fn location(id: i64, jurisdiction: Jurisdiction) -> PracticeLocation {
    PracticeLocation {
        version: 1,
        id: LocationId(id),
        name: None,
        address: Address {
            lines: vec!["1 Main Street".into()],
            city: "Springfield".into(),
            state: jurisdiction,
            postal_code: "12345".parse().expect("a ZIP"),
        },
        position: None,
        zone: jurisdiction.zone(),
        phone: None,
        wheelchair_access: None,
        confirmed_at: Vec::new(),
        moved_at: Vec::new(),
    }
}

/// A board that shows the licence in force.
pub(crate) fn active_check(as_of: &str) -> LicenseCheck {
    check(as_of, CheckOutcome::Match, BoardStatus::Active)
}

pub(crate) fn check(as_of: &str, outcome: CheckOutcome, status: BoardStatus) -> LicenseCheck {
    LicenseCheck {
        source_kind: CheckSourceKind::Primary,
        source_name: "the board's register".into(),
        source_url: None,
        checked_at: noon(as_of),
        as_of: day(as_of),
        outcome,
        board_status: status,
        expires_on: None,
        mismatches: Vec::new(),
    }
}

pub(crate) fn standing(on: &str, standing: Standing) -> StandingChange {
    StandingChange {
        at: noon(on),
        standing,
        suspension: (standing == Standing::Suspended).then_some(SuspensionKind::Safety),
        decided: None,
    }
}

/// A credential verified at the beginning of 2026, whose standing before was UNVERIFIED.
pub(crate) fn credential(id: i64, kind: CredentialKind, names: &str) -> Credential {
    Credential {
        version: 1,
        id: CredentialId(id),
        kind,
        title: names.into(),
        issuer: Issuer {
            id: 1,
            name: "an issuer".into(),
        },
        names: Some(names.into()),
        jurisdiction: None,
        discipline: None,
        sessions: None,
        issued_on: None,
        completed_on: None,
        expires_on: None,
        overturned_at: None,
        history: vec![standing("2026-01-05", Standing::Verified)],
    }
}

/// A course of so many hours in person and online, verified at the beginning of 2026.
#[derive(Debug, Clone)]
pub(crate) struct Course(pub(crate) TrainingCredential);

pub(crate) fn a_course(id: i64, in_person_hours: u32, online_hours: u32) -> Course {
    Course(TrainingCredential {
        credential: Credential {
            version: 1,
            title: "Dry Needling 1".into(),
            names: None,
            completed_on: Some(day("2025-06-03")),
            ..credential(id, CredentialKind::DryNeedlingTraining, "")
        },
        started_on: Some(day("2025-06-01")),
        hours: TrainingHours {
            in_person_minutes: in_person_hours * 60,
            live_online_minutes: online_hours * 60,
            ..TrainingHours::default()
        },
        theory_minutes: None,
        practical_minutes: None,
        postgraduate_minutes: None,
        approvals: Vec::new(),
    })
}

impl Course {
    pub(crate) fn held(mut self, from: &str, to: &str) -> Self {
        self.0.started_on = Some(day(from));
        self.0.credential.completed_on = Some(day(to));
        self
    }

    pub(crate) fn undated(mut self) -> Self {
        self.0.started_on = None;
        self.0.credential.completed_on = None;
        self
    }

    pub(crate) fn of_issuer(mut self, id: i64) -> Self {
        self.0.credential.issuer.id = id;
        self
    }

    pub(crate) fn approved_by(mut self, body: &str) -> Self {
        self.0.approvals.push(CourseApproval {
            body: body.into(),
            number: None,
        });
        self
    }

    pub(crate) fn theory_and_practical(mut self, theory: u32, practical: u32) -> Self {
        self.0.theory_minutes = Some(theory * 60);
        self.0.practical_minutes = Some(practical * 60);
        self
    }

    pub(crate) fn postgraduate(mut self, hours: u32) -> Self {
        self.0.postgraduate_minutes = Some(hours * 60);
        self
    }

    pub(crate) fn standing(mut self, history: Vec<StandingChange>) -> Self {
        self.0.credential.history = history;
        self
    }

    pub(crate) fn expiring(mut self, on: &str) -> Self {
        self.0.credential.expires_on = Some(day(on));
        self
    }
}

/// An attestation for location 1 with one lot, in the states given.
pub(crate) fn attestation(
    until: &str,
    lot_until: &str,
    states: &[(&str, AttestationState)],
) -> SterilityAttestation {
    SterilityAttestation {
        version: 1,
        id: AttestationId(1),
        locations: vec![LocationId(1)],
        signed_at: Some(noon("2026-10-01")),
        valid_until: Some(day(until)),
        products: vec![NeedleProduct {
            brand: "a brand".into(),
            labeler: "a labeler".into(),
            device_identifier: None,
            fda_pathway: FdaPathway::Exempt510k,
            k510_number: None,
            diameter_um: 300,
            length_mm: 40,
            lots: vec![NeedleLot {
                lot: "A1".into(),
                expires_on: day(lot_until),
                recalled_on: None,
            }],
        }],
        history: states
            .iter()
            .map(|(on, state)| AttestationChange {
                at: noon(on),
                state: *state,
            })
            .collect(),
    }
}

/// In force from 2 October 2026 through 29 January 2027.
pub(crate) fn accepted_attestation() -> SterilityAttestation {
    attestation(
        "2027-01-29",
        "2029-12-31",
        &[("2026-10-02", AttestationState::Accepted)],
    )
}
