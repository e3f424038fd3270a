//! People for tests: each is whole and verified until a test says otherwise, and says only what matters.
//!
//! `a_provider(1).named("Ada", "Needham").licensed(PhysicalTherapist, Tx).at(AUSTIN, Tx)`

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::attestation::{
    AttestationChange, AttestationId, AttestationState, FdaPathway, NeedleLot, NeedleProduct,
    SterilityAttestation,
};
use domain::credential::{
    Credential, CredentialId, CredentialKind, Issuer, Standing, StandingChange,
};
use domain::license::{
    BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseCheck, LicenseId,
};
use domain::name::PersonName;
use domain::npi::Npi;
use domain::place::{CoordinatePrecision, GeoPoint, Jurisdiction};
use domain::provider::{
    Address, LocationId, NpiStatus, NpiStatusChange, Position, PracticeLocation, Provider,
};
use domain::screening::Screening;
use domain::taxonomy::Discipline;
use domain::training::{CourseApproval, TrainingCredential, TrainingHours};

/// Degrees north and east.
pub(crate) type LatLon = (f64, f64);

/// The ZIP points of 78701, 80205, 94103 and 10001.
pub(crate) const AUSTIN: LatLon = (30.27057, -97.74259);
pub(crate) const DENVER: LatLon = (39.75886, -104.9647);
pub(crate) const SAN_FRANCISCO: LatLon = (37.77298, -122.41134);
pub(crate) const PHOENIX: LatLon = (33.45123, -112.06839);
pub(crate) const NEW_YORK: LatLon = (40.75065, -73.99729);

/// The instant at which all tests happen: noon in Denver, a Saturday.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-21T19:00:00Z".parse().unwrap()
}

/// A day.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// So many days before the instant of the tests.
pub(crate) fn days_ago(days: i64) -> DateTime<Utc> {
    now() - TimeDelta::days(days)
}

/// Somebody in the making.
#[derive(Debug, Clone)]
pub(crate) struct Person(Provider);

/// A made-up person with that number, trained and screened, without licence or place as yet.
pub(crate) fn a_provider(serial: u32) -> Person {
    Person(Provider {
        version: 1,
        npi: Npi::sample(serial),
        name: PersonName::new("Ada", "", &format!("Needham{serial}"), "").unwrap(),
        former_names: Vec::new(),
        claimed: true,
        offers_dry_needling: Some(true),
        accepts_new_patients: None,
        languages: Vec::new(),
        website: None,
        taxonomies: Vec::new(),
        npi_history: vec![NpiStatusChange {
            from: day("2010-05-03"),
            status: NpiStatus::Active,
        }],
        replaced_by: None,
        licenses: Vec::new(),
        locations: Vec::new(),
        training: vec![training(serial)],
        credentials: Vec::new(),
        attestations: vec![attestation(serial)],
        lookups: Vec::new(),
        screening: Screening {
            screened_at: vec![days_ago(7)],
            matches: Vec::new(),
        },
        changed_seq: 1,
    })
}

impl Person {
    pub(crate) fn named(self, given: &str, family: &str) -> Self {
        let name = PersonName::new(given, "", family, "").unwrap();
        self.with(|person| person.name = name)
    }

    /// Licensed, and the board said so eleven days ago.
    pub(crate) fn licensed(self, discipline: Discipline, jurisdiction: Jurisdiction) -> Self {
        self.with(|person| {
            let id = LicenseId(number(person, person.licenses.len()));
            person.licenses.push(License {
                version: 1,
                id,
                discipline,
                jurisdiction,
                number: Some(format!("{jurisdiction}-{}", id.0).into()),
                issued_on: Some(day("2015-06-01")),
                expires_on: Some(day("2028-06-30")),
                source: "provider".into(),
                home: None,
                checks: vec![LicenseCheck {
                    source_kind: CheckSourceKind::Primary,
                    source_name: format!("{} licensing board", jurisdiction.name()).into(),
                    source_url: None,
                    checked_at: days_ago(11),
                    as_of: days_ago(11).date_naive(),
                    outcome: CheckOutcome::Match,
                    board_status: BoardStatus::Active,
                    expires_on: Some(day("2028-06-30")),
                    mismatches: Vec::new(),
                }],
            });
        })
    }

    /// Practises there; somebody confirmed it twenty days ago.
    pub(crate) fn at(self, (latitude, longitude): LatLon, state: Jurisdiction) -> Self {
        self.with(|person| {
            let id = LocationId(number(person, person.locations.len()));
            for attestation in &mut person.attestations {
                attestation.locations.push(id);
            }
            person.locations.push(PracticeLocation {
                version: 1,
                id,
                name: Some("Trigger Point Clinic".into()),
                address: Address {
                    lines: vec!["100 Main Street".into()],
                    city: "Anytown".into(),
                    state,
                    postal_code: "12345".parse().unwrap(),
                },
                position: Some(Position {
                    point: GeoPoint::new(latitude, longitude).unwrap(),
                    precision: CoordinatePrecision::Rooftop,
                }),
                zone: state.zone(),
                phone: Some("5125550100".into()),
                wheelchair_access: None,
                confirmed_at: vec![days_ago(20)],
                moved_at: Vec::new(),
            });
        })
    }

    pub(crate) fn speaking(self, languages: &[&str]) -> Self {
        let languages = languages.iter().map(|tag| (*tag).into()).collect();
        self.with(|person| person.languages = languages)
    }

    pub(crate) fn accepting(self, new_patients: bool) -> Self {
        self.with(|person| person.accepts_new_patients = Some(new_patients))
    }

    /// The last place is accessible, or not.
    pub(crate) fn wheelchair(self, access: bool) -> Self {
        self.with(|person| {
            person.locations.last_mut().unwrap().wheelchair_access = Some(access);
        })
    }

    /// As a registry row: nobody claimed it and nobody checked anything.
    pub(crate) fn unclaimed(self) -> Self {
        self.with(|person| {
            person.claimed = false;
            person.offers_dry_needling = None;
            person.training.clear();
            person.attestations.clear();
            person.screening = Screening::default();
            for license in &mut person.licenses {
                license.source = "registry".into();
                license.checks.clear();
            }
            for location in &mut person.locations {
                location.confirmed_at.clear();
            }
        })
    }

    /// Anything else.
    pub(crate) fn with(mut self, change: impl FnOnce(&mut Provider)) -> Self {
        change(&mut self.0);
        self
    }

    pub(crate) fn npi(&self) -> Npi {
        self.0.npi
    }
}

impl From<Person> for Provider {
    fn from(person: Person) -> Self {
        person.0
    }
}

/// Stored numbers that two people never share.
fn number(person: &Provider, at: usize) -> i64 {
    i64::try_from(person.npi.number() / 10 % 100_000_000).unwrap() * 10 + i64::try_from(at).unwrap()
}

/// 54 hours in one room, verified a hundred days ago.
fn training(serial: u32) -> TrainingCredential {
    TrainingCredential {
        credential: Credential {
            version: 1,
            id: CredentialId(i64::from(serial)),
            kind: CredentialKind::DryNeedlingTraining,
            title: "Dry Needling 1 and 2".into(),
            issuer: Issuer {
                id: 1,
                name: "Example Needling Institute".into(),
            },
            names: None,
            jurisdiction: None,
            discipline: None,
            sessions: None,
            issued_on: Some(day("2019-03-10")),
            completed_on: Some(day("2019-03-10")),
            expires_on: None,
            overturned_at: None,
            history: vec![StandingChange {
                at: days_ago(100),
                standing: Standing::Verified,
                suspension: None,
                decided: None,
            }],
        },
        started_on: Some(day("2019-01-12")),
        hours: TrainingHours {
            in_person_minutes: 3_240,
            ..TrainingHours::default()
        },
        theory_minutes: None,
        practical_minutes: None,
        postgraduate_minutes: None,
        approvals: vec![CourseApproval {
            body: "APTA".into(),
            number: None,
        }],
    }
}

/// Accepted thirty days ago and in force; it covers every place that the person comes to have.
fn attestation(serial: u32) -> SterilityAttestation {
    SterilityAttestation {
        version: 1,
        id: AttestationId(i64::from(serial)),
        locations: Vec::new(),
        signed_at: Some(days_ago(30)),
        valid_until: Some(day("2027-02-18")),
        products: vec![NeedleProduct {
            brand: "Filum".into(),
            labeler: "Filum Works".into(),
            device_identifier: Some("00885234000121".into()),
            fda_pathway: FdaPathway::Cleared510k,
            k510_number: Some("K961339".into()),
            diameter_um: 300,
            length_mm: 50,
            lots: vec![NeedleLot {
                lot: "A1".into(),
                expires_on: day("2029-01-31"),
                recalled_on: None,
            }],
        }],
        history: vec![
            AttestationChange {
                at: days_ago(30),
                state: AttestationState::Signed,
            },
            AttestationChange {
                at: days_ago(30),
                state: AttestationState::Accepted,
            },
        ],
    }
}
