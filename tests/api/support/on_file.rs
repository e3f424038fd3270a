//! People of whom everything, or nothing but the name, is on file. Nobody real: NPIs begin with 9.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::attestation::{
    AttestationChange, AttestationId, AttestationState, FdaPathway, NeedleLot, NeedleProduct,
    SterilityAttestation,
};
use domain::credential::{
    Credential, CredentialId, CredentialKind, Issuer, Standing, StandingChange, SuspensionKind,
};
use domain::license::{
    BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseCheck, LicenseId, MismatchField,
};
use domain::name::PersonName;
use domain::npi::Npi;
use domain::place::{CoordinatePrecision, GeoPoint, Jurisdiction};
use domain::provider::{
    Address, LocationId, NpiStatus, NpiStatusChange, Position, PracticeLocation, Provider,
    RegistryLookup,
};
use domain::screening::{
    ExclusionList, ExclusionMatch, MatchChange, MatchState, MatchTier, Screening,
};
use domain::taxonomy::Discipline;
use domain::training::{CourseApproval, TrainingCredential, TrainingHours};

use super::database::now;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// As many days before the tests happen.
pub(crate) fn days_ago(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days)
}

/// Somebody of whom only name and number are known.
pub(crate) fn bare(serial: u32) -> Provider {
    Provider {
        version: 1,
        npi: Npi::sample(serial),
        name: PersonName::new("", "", &format!("Nobody {serial}"), "").unwrap(),
        former_names: Vec::new(),
        claimed: false,
        offers_dry_needling: None,
        accepts_new_patients: None,
        languages: Vec::new(),
        website: None,
        taxonomies: Vec::new(),
        npi_history: Vec::new(),
        replaced_by: None,
        licenses: Vec::new(),
        locations: Vec::new(),
        training: Vec::new(),
        credentials: Vec::new(),
        attestations: Vec::new(),
        lookups: Vec::new(),
        screening: Screening::default(),
        changed_seq: 0,
    }
}

/// Somebody of whom everything is on file, twice where there may be two.
pub(crate) fn complete(serial: u32) -> Provider {
    Provider {
        version: 1,
        npi: Npi::sample(serial),
        name: PersonName::new("Zoë", "Q.", "O’Hara-Núñez", "III").unwrap(),
        former_names: vec![
            PersonName::new("Zoë", "", "O’Hara", "").unwrap(),
            PersonName::new("", "", "Núñez", "").unwrap(),
        ],
        claimed: true,
        offers_dry_needling: Some(true),
        accepts_new_patients: Some(false),
        languages: vec!["es".into(), "en-US".into()],
        website: Some("https://example.org/zoë".into()),
        taxonomies: vec!["2251X0800X".parse().unwrap(), "225100000X".parse().unwrap()],
        npi_history: vec![
            status("2010-02-28", NpiStatus::Active),
            status("2020-02-29", NpiStatus::Deactivated),
            status("2021-01-01", NpiStatus::Active),
        ],
        replaced_by: Some(Npi::sample(serial + 1)),
        licenses: vec![
            license(7, Jurisdiction::Co),
            License {
                home: Some(LicenseId(7)),
                ..license(3, Jurisdiction::Wy)
            },
        ],
        locations: vec![location(20), nowhere(10)],
        training: vec![training(5)],
        credentials: vec![endorsement(9), sessions_log(4)],
        attestations: vec![attestation(2)],
        lookups: vec![RegistryLookup {
            kind: CredentialKind::NationalCertification,
            names: Some("NCBAHM".into()),
            jurisdiction: Some(Jurisdiction::Co),
            looked_up_at: days_ago(3),
            found: false,
        }],
        screening: Screening {
            screened_at: vec![days_ago(40), days_ago(10)],
            matches: vec![ExclusionMatch {
                list: ExclusionList::OigLeie,
                tier: MatchTier::T3NameContext,
                history: vec![
                    match_change(9, MatchState::New, None),
                    match_change(8, MatchState::Waived, Some(Jurisdiction::Ak)),
                ],
            }],
        },
        changed_seq: 0,
    }
}

pub(crate) fn location(id: i64) -> PracticeLocation {
    PracticeLocation {
        version: 1,
        id: LocationId(id),
        name: Some("Clinic of Examples".into()),
        address: Address {
            lines: vec!["1 Example Way".into(), "Suite 2".into()],
            city: "Denver".into(),
            state: Jurisdiction::Co,
            postal_code: "80205".parse().unwrap(),
        },
        position: Some(Position {
            point: GeoPoint::new(39.759_123_456_789, -104.966_1).unwrap(),
            precision: CoordinatePrecision::Rooftop,
        }),
        zone: chrono_tz::America::Denver,
        phone: Some("3035550100".into()),
        wheelchair_access: Some(true),
        confirmed_at: vec![days_ago(100), days_ago(1)],
        moved_at: vec![days_ago(50)],
    }
}

fn nowhere(id: i64) -> PracticeLocation {
    PracticeLocation {
        version: 1,
        name: None,
        position: None,
        phone: None,
        wheelchair_access: None,
        confirmed_at: Vec::new(),
        moved_at: Vec::new(),
        address: Address {
            lines: Vec::new(),
            ..location(id).address
        },
        ..location(id)
    }
}

pub(crate) fn license(id: i64, jurisdiction: Jurisdiction) -> License {
    License {
        version: 1,
        id: LicenseId(id),
        discipline: Discipline::PhysicalTherapist,
        jurisdiction,
        number: Some("PTL.0001".into()),
        issued_on: Some(day("2012-06-01")),
        expires_on: Some(day("2027-10-31")),
        source: "provider".into(),
        home: None,
        checks: vec![
            check(60, CheckOutcome::SourceUnavailable, Vec::new()),
            check(
                2,
                CheckOutcome::Mismatch,
                vec![MismatchField::Name, MismatchField::Dates],
            ),
        ],
    }
}

fn check(age: i64, outcome: CheckOutcome, mismatches: Vec<MismatchField>) -> LicenseCheck {
    LicenseCheck {
        source_kind: CheckSourceKind::Primary,
        source_name: "A board of examples".into(),
        source_url: Some("https://example.gov/".into()),
        checked_at: days_ago(age) + TimeDelta::microseconds(123_456),
        as_of: days_ago(age).date_naive(),
        outcome,
        board_status: BoardStatus::ActiveConditions,
        expires_on: Some(day("2027-12-31")),
        mismatches,
    }
}

fn status(from: &str, status: NpiStatus) -> NpiStatusChange {
    NpiStatusChange {
        from: day(from),
        status,
    }
}

fn match_change(age: i64, state: MatchState, waived_in: Option<Jurisdiction>) -> MatchChange {
    MatchChange {
        at: days_ago(age),
        state,
        waived_in,
    }
}

pub(crate) fn endorsement(id: i64) -> Credential {
    Credential {
        version: 1,
        id: CredentialId(id),
        kind: CredentialKind::StateEndorsement,
        title: "Endorsement for examples".into(),
        issuer: issuer("A board of examples"),
        names: Some("DRY_NEEDLING".into()),
        jurisdiction: Some(Jurisdiction::Wa),
        discipline: Some(Discipline::PhysicalTherapist),
        sessions: None,
        issued_on: Some(day("2024-07-01")),
        completed_on: Some(day("2024-06-30")),
        expires_on: Some(day("2028-06-30")),
        overturned_at: None,
        history: vec![
            standing(30, Standing::Verified, None),
            standing(
                20,
                Standing::Suspended,
                Some(SuspensionKind::Administrative),
            ),
            standing(10, Standing::Verified, None),
        ],
    }
}

fn sessions_log(id: i64) -> Credential {
    Credential {
        version: 1,
        id: CredentialId(id),
        kind: CredentialKind::SupervisedSessionsLog,
        names: None,
        jurisdiction: None,
        discipline: None,
        sessions: Some(250),
        issued_on: None,
        completed_on: None,
        expires_on: None,
        overturned_at: None,
        history: Vec::new(),
        ..endorsement(id)
    }
}

fn training(id: i64) -> TrainingCredential {
    TrainingCredential {
        credential: Credential {
            version: 1,
            kind: CredentialKind::DryNeedlingTraining,
            issuer: issuer("A school of examples"),
            ..endorsement(id)
        },
        started_on: Some(day("2024-01-10")),
        hours: TrainingHours {
            in_person_minutes: 1_650,
            live_online_minutes: 90,
            self_paced_minutes: 45,
            supervised_clinical_minutes: 600,
        },
        theory_minutes: Some(700),
        practical_minutes: Some(1_685),
        postgraduate_minutes: None,
        approvals: vec![
            CourseApproval {
                body: "APTA".into(),
                number: Some("A-1".into()),
            },
            CourseApproval {
                body: "BOC".into(),
                number: None,
            },
        ],
    }
}

fn attestation(id: i64) -> SterilityAttestation {
    SterilityAttestation {
        version: 1,
        id: AttestationId(id),
        locations: vec![LocationId(10), LocationId(20)],
        signed_at: Some(days_ago(5)),
        valid_until: Some(day("2027-03-01")),
        products: vec![NeedleProduct {
            brand: "Example".into(),
            labeler: "Examples, Inc.".into(),
            device_identifier: Some("00885234000121".into()),
            fda_pathway: FdaPathway::Cleared510k,
            k510_number: Some("K000001".into()),
            diameter_um: 300,
            length_mm: 50,
            lots: vec![
                NeedleLot {
                    lot: "LOT B".into(),
                    expires_on: day("2027-05-31"),
                    recalled_on: None,
                },
                NeedleLot {
                    lot: "LOT A".into(),
                    expires_on: day("2028-05-31"),
                    recalled_on: None,
                },
            ],
        }],
        history: vec![
            change(5, AttestationState::Signed),
            change(4, AttestationState::Accepted),
        ],
    }
}

fn change(age: i64, state: AttestationState) -> AttestationChange {
    AttestationChange {
        at: days_ago(age),
        state,
    }
}

fn standing(age: i64, standing: Standing, suspension: Option<SuspensionKind>) -> StandingChange {
    StandingChange {
        at: days_ago(age),
        standing,
        suspension,
        decided: None,
    }
}

fn issuer(name: &str) -> Issuer {
    Issuer {
        id: 0,
        name: name.into(),
    }
}

/// The person with rows numbered by their order, so that two can be compared whatever numbers their
/// rows bear.
pub(crate) fn renumbered(mut person: Provider) -> Provider {
    let order: Vec<LocationId> = person.locations.iter().map(|it| it.id).collect();
    let place = |id: LocationId| {
        let at = order.iter().position(|other| *other == id);
        LocationId(i64::try_from(at.expect("an attestation names a place on file")).unwrap())
    };
    for (location, id) in person.locations.iter_mut().zip(0..) {
        location.id = LocationId(id);
    }
    let held: Vec<LicenseId> = person.licenses.iter().map(|it| it.id).collect();
    for (license, id) in person.licenses.iter_mut().zip(0..) {
        license.id = LicenseId(id);
        license.home = license.home.map(|home| {
            let at = held.iter().position(|other| *other == home);
            LicenseId(i64::try_from(at.expect("a privilege names a license on file")).unwrap())
        });
    }
    for (training, id) in person.training.iter_mut().zip(0..) {
        training.credential.id = CredentialId(id);
        training.credential.issuer.id = 0;
    }
    for (credential, id) in person.credentials.iter_mut().zip(0..) {
        credential.id = CredentialId(id);
        credential.issuer.id = 0;
    }
    for (attestation, id) in person.attestations.iter_mut().zip(0..) {
        attestation.id = AttestationId(id);
        for location in &mut attestation.locations {
            *location = place(*location);
        }
    }
    person.changed_seq = 0;
    person
}
