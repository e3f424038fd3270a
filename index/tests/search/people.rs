//! People to find. Builders say only what matters to a test.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::attestation::{
    AttestationChange, AttestationId, AttestationState, SterilityAttestation,
};
use domain::credential::{
    Credential, CredentialId, CredentialKind, Issuer, Standing, StandingChange,
};
use domain::eligibility::{ListingOutcome, Rulebook};
use domain::license::{
    BoardStatus, CheckOutcome, CheckSourceKind, License, LicenseCheck, LicenseId,
};
use domain::name::PersonName;
use domain::npi::Npi;
use domain::place::{CoordinatePrecision, GeoPoint, Jurisdiction};
use domain::provider::{
    Address, LocationId, NpiStatus, NpiStatusChange, Position, PracticeLocation, Provider,
};
use domain::scope::{Confidence, ScopeInstrument, ScopeLaw, ScopeRule, ScopeStatus};
use domain::screening::Screening;
use domain::search::{Criteria, Near, RawCriteria};
use domain::taxonomy::Discipline;
use domain::training::{TrainingCredential, TrainingHours};
use index::{Found, Gazetteer, Page, Snapshot, SortKey, Want};

/// Denver.
pub(crate) const HERE: (f64, f64) = (39.75, -104.97);

/// Noon in Denver, on a day of summer time.
pub(crate) fn now() -> DateTime<Utc> {
    "2026-06-15T18:00:00Z".parse().unwrap()
}

/// Today in Denver.
pub(crate) fn today() -> NaiveDate {
    day("2026-06-15")
}

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// PTs may in CO and, from 2026-07-01 on, in WY; they may not in CA. Nobody researched the rest.
pub(crate) fn rules() -> Arc<Rulebook> {
    let rule = |jurisdiction, status, from: Option<&str>, to: Option<&str>| ScopeRule {
        jurisdiction,
        discipline: Discipline::PhysicalTherapist,
        status,
        effective_from: from.map(day),
        effective_to: to.map(day),
        instrument: ScopeInstrument::Statute,
        citation: Some("a citation".into()),
        source_url: None,
        source_as_of: None,
        confidence: Confidence::High,
        summary: "a rule".into(),
        min_training_hours: None,
        min_in_person_hours: None,
        min_years_licensed: None,
        referral_required: None,
        consent_required: None,
        requirements: Vec::new(),
    };
    let law = ScopeLaw::new([
        rule(Jurisdiction::Co, ScopeStatus::Permitted, None, None),
        rule(Jurisdiction::Ca, ScopeStatus::Prohibited, None, None),
        rule(
            Jurisdiction::Wy,
            ScopeStatus::Prohibited,
            None,
            Some("2026-07-01"),
        ),
        rule(
            Jurisdiction::Wy,
            ScopeStatus::Permitted,
            Some("2026-07-01"),
            None,
        ),
        ScopeRule {
            discipline: Discipline::Chiropractor,
            ..rule(Jurisdiction::Co, ScopeStatus::Permitted, None, None)
        },
    ]);
    Arc::new(Rulebook {
        scope: law.unwrap(),
        ..Rulebook::default()
    })
}

/// A person of whom only the number is known, to be told more about.
#[derive(Debug, Clone)]
pub(crate) struct Person(pub(crate) Provider);

pub(crate) fn a_person(serial: u32) -> Person {
    Person(Provider {
        version: 1,
        npi: Npi::sample(serial),
        name: PersonName::new("Ann", "", "Smith", "").unwrap(),
        former_names: Vec::new(),
        claimed: true,
        offers_dry_needling: Some(true),
        accepts_new_patients: None,
        languages: Vec::new(),
        website: None,
        taxonomies: Vec::new(),
        npi_history: vec![NpiStatusChange {
            from: day("2010-01-01"),
            status: NpiStatus::Active,
        }],
        replaced_by: None,
        licenses: Vec::new(),
        locations: Vec::new(),
        training: Vec::new(),
        credentials: Vec::new(),
        attestations: Vec::new(),
        lookups: Vec::new(),
        screening: Screening::default(),
        changed_seq: 0,
    })
}

/// A physical therapist in Denver of whom nothing is proved.
pub(crate) fn a_pt(serial: u32) -> Person {
    a_person(serial)
        .licensed(Discipline::PhysicalTherapist, Jurisdiction::Co)
        .at(HERE, Jurisdiction::Co)
}

impl Person {
    pub(crate) fn named(mut self, given: &str, family: &str) -> Self {
        self.0.name = PersonName::new(given, "", family, "").unwrap();
        self
    }

    pub(crate) fn formerly(mut self, given: &str, family: &str) -> Self {
        let name = PersonName::new(given, "", family, "").unwrap();
        self.0.former_names.push(name);
        self
    }

    pub(crate) fn speaking(mut self, languages: &[&str]) -> Self {
        self.0.languages = languages.iter().map(|tag| (*tag).into()).collect();
        self
    }

    pub(crate) fn accepting(mut self, accepts: bool) -> Self {
        self.0.accepts_new_patients = Some(accepts);
        self
    }

    /// One more place, farther down on file.
    pub(crate) fn at(mut self, (latitude, longitude): (f64, f64), state: Jurisdiction) -> Self {
        let id = i64::try_from(self.0.npi.number()).unwrap() * 10;
        let number = i64::try_from(self.0.locations.len()).unwrap();
        self.0.locations.push(PracticeLocation {
            version: 1,
            id: LocationId(id + number),
            name: None,
            address: Address {
                lines: Vec::new(),
                city: "Town".into(),
                state,
                postal_code: "80205".parse().unwrap(),
            },
            position: Some(Position {
                point: GeoPoint::new(latitude, longitude).unwrap(),
                precision: CoordinatePrecision::Rooftop,
            }),
            zone: state.zone(),
            phone: None,
            wheelchair_access: None,
            confirmed_at: Vec::new(),
            moved_at: Vec::new(),
        });
        self
    }

    /// The last place.
    pub(crate) fn accessible(mut self, access: bool) -> Self {
        self.0.locations.last_mut().unwrap().wheelchair_access = Some(access);
        self
    }

    /// The last place.
    pub(crate) fn unplaced(mut self) -> Self {
        self.0.locations.last_mut().unwrap().position = None;
        self
    }

    /// One more licence, by the person's own word.
    pub(crate) fn licensed(mut self, discipline: Discipline, jurisdiction: Jurisdiction) -> Self {
        let id = i64::try_from(self.0.npi.number()).unwrap() * 10;
        let number = i64::try_from(self.0.licenses.len()).unwrap();
        self.0.licenses.push(License {
            version: 1,
            id: LicenseId(id + number),
            discipline,
            jurisdiction,
            number: None,
            issued_on: None,
            expires_on: None,
            source: "provider".into(),
            home: None,
            checks: Vec::new(),
        });
        self
    }

    /// The last licence, seen active by the board so many days ago.
    pub(crate) fn checked(mut self, days_ago: i64) -> Self {
        let checked_at = now() - TimeDelta::days(days_ago);
        let license = self.0.licenses.last_mut().unwrap();
        license.checks.push(LicenseCheck {
            source_kind: CheckSourceKind::Primary,
            source_name: "the board".into(),
            source_url: None,
            checked_at,
            as_of: checked_at.date_naive(),
            outcome: CheckOutcome::Match,
            board_status: BoardStatus::Active,
            expires_on: None,
            mismatches: Vec::new(),
        });
        self
    }

    /// The NPI is no longer in use from a day on.
    pub(crate) fn deactivated(mut self, from: NaiveDate) -> Self {
        self.0.npi_history.push(NpiStatusChange {
            from,
            status: NpiStatus::Deactivated,
        });
        self
    }

    /// Everything but the licence is proved since a week ago, at all the places told so far.
    pub(crate) fn verified(mut self) -> Self {
        let at = now() - TimeDelta::days(7);
        let number = i64::try_from(self.0.npi.number()).unwrap();
        self.0.screening.screened_at.push(at);
        self.0.attestations.push(SterilityAttestation {
            version: 1,
            id: AttestationId(number),
            locations: self.0.locations.iter().map(|place| place.id).collect(),
            signed_at: Some(at),
            valid_until: Some(day("2027-01-31")),
            products: Vec::new(),
            history: vec![AttestationChange {
                at,
                state: AttestationState::Accepted,
            }],
        });
        for place in &mut self.0.locations {
            place.confirmed_at.push(at);
        }
        self.0.training.push(TrainingCredential {
            credential: Credential {
                version: 1,
                id: CredentialId(number),
                kind: CredentialKind::DryNeedlingTraining,
                title: "Dry Needling 1".into(),
                issuer: Issuer {
                    id: 1,
                    name: "A school".into(),
                },
                names: None,
                jurisdiction: None,
                discipline: None,
                sessions: None,
                issued_on: None,
                completed_on: None,
                expires_on: None,
                overturned_at: None,
                history: vec![StandingChange {
                    at,
                    standing: Standing::Verified,
                    suspension: None,
                    decided: None,
                }],
            },
            started_on: None,
            hours: TrainingHours::default(),
            theory_minutes: None,
            practical_minutes: None,
            postgraduate_minutes: None,
            approvals: Vec::new(),
        });
        self
    }
}

pub(crate) fn snapshot(people: impl IntoIterator<Item = Person>) -> Snapshot {
    let places = Arc::new(Gazetteer::default());
    Snapshot::build(
        1,
        rules(),
        places,
        people.into_iter().map(|person| person.0),
    )
}

/// Unverified people too, within so many miles of Denver.
pub(crate) fn near(miles: f64) -> RawCriteria {
    near_point(HERE, miles)
}

pub(crate) fn near_point((latitude, longitude): (f64, f64), miles: f64) -> RawCriteria {
    let origin = GeoPoint::new(latitude, longitude).unwrap();
    RawCriteria {
        near: Some(Near::new(origin, Some(miles)).unwrap()),
        at_least: Some(ListingOutcome::Unverified),
        ..RawCriteria::default()
    }
}

pub(crate) fn called(name: &str) -> RawCriteria {
    RawCriteria {
        name: Some(name.to_owned()),
        at_least: Some(ListingOutcome::Unverified),
        ..RawCriteria::default()
    }
}

pub(crate) fn everything() -> Want {
    Want {
        total: true,
        notices: true,
        facets: true,
    }
}

pub(crate) fn search(snapshot: &Snapshot, asked: &RawCriteria) -> Found {
    page(snapshot, asked, 100, None)
}

pub(crate) fn page(
    snapshot: &Snapshot,
    asked: &RawCriteria,
    first: usize,
    after: Option<&SortKey>,
) -> Found {
    let criteria = Criteria::new(asked.clone()).unwrap();
    snapshot.search(&criteria, now(), Page { first, after }, everything())
}

/// The serials of the sample NPIs found, in order.
pub(crate) fn serials(found: &Found) -> Vec<u32> {
    found
        .hits
        .iter()
        .map(|hit| serial(hit.provider.npi))
        .collect()
}

fn serial(npi: Npi) -> u32 {
    u32::try_from(npi.number() / 10 % 100_000_000).unwrap()
}
