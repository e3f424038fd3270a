use domain::credential::{Credential, CredentialKind};
use domain::license::{License, LicenseCheck, LicenseId};
use domain::name::PersonName;
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::{NpiStatus, NpiStatusChange, Provider, RegistryLookup};
use domain::screening::{ExclusionList, ExclusionMatch, MatchChange, MatchState, MatchTier};
use domain::taxonomy::Discipline;

use super::day;
use super::parts::{Course, a_course, accepted_attestation, active_check, location, noon};

/// A made-up person in the making.
#[derive(Debug, Clone)]
pub(crate) struct Person(Provider);

/// A person of whom only the name is known.
pub(crate) fn a_provider() -> Person {
    Person(Provider {
        version: 1,
        npi: Npi::sample(1),
        name: PersonName::new("Ada", "", "Example", "").expect("a name"),
        former_names: Vec::new(),
        claimed: true,
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
        screening: domain::screening::Screening::default(),
        changed_seq: 0,
    })
}

/// A person of whom everything is proved that does not depend on the law: licensed since 2010, one
/// place, 54 hours of training in person.
pub(crate) fn a_verified(discipline: Discipline, jurisdiction: Jurisdiction) -> Person {
    a_provider()
        .npi_from("2015-01-01", NpiStatus::Active)
        .practising_in(jurisdiction)
        .confirmed("2026-11-01")
        .licensed(discipline, jurisdiction)
        .screened("2026-11-05")
        .trained(a_course(1, 54, 0))
        .with(|provider| provider.attestations.push(accepted_attestation()))
}

impl Person {
    pub(crate) fn build(self) -> Provider {
        self.0
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Provider)) -> Self {
        change(&mut self.0);
        self
    }

    pub(crate) fn npi_from(self, on: &str, status: NpiStatus) -> Self {
        self.with(|provider| {
            provider.npi_history.push(NpiStatusChange {
                from: day(on),
                status,
            });
        })
    }

    pub(crate) fn hinting_at(self, taxonomy: &str) -> Self {
        self.with(|provider| {
            provider
                .taxonomies
                .push(taxonomy.parse().expect("a taxonomy code"));
        })
    }

    /// Adds a place; the first has the number 1.
    pub(crate) fn practising_in(self, jurisdiction: Jurisdiction) -> Self {
        self.with(|provider| {
            let id = i64::try_from(provider.locations.len()).expect("few places") + 1;
            provider.locations.push(location(id, jurisdiction));
        })
    }

    /// Confirms every place.
    pub(crate) fn confirmed(self, on: &str) -> Self {
        self.with(|provider| {
            for place in &mut provider.locations {
                place.confirmed_at.push(noon(on));
            }
        })
    }

    /// Adds a licence of 2010 that its board showed in force on 10 November 2026.
    pub(crate) fn licensed(self, discipline: Discipline, jurisdiction: Jurisdiction) -> Self {
        self.licensed_since(discipline, jurisdiction, "2010-01-01")
    }

    pub(crate) fn licensed_since(
        self,
        discipline: Discipline,
        jurisdiction: Jurisdiction,
        since: &str,
    ) -> Self {
        self.claiming_license(discipline, jurisdiction)
            .license(|license| {
                license.issued_on = Some(day(since));
                license.checks.push(active_check("2026-11-10"));
            })
    }

    /// Adds a licence that nobody has checked.
    pub(crate) fn claiming_license(
        self,
        discipline: Discipline,
        jurisdiction: Jurisdiction,
    ) -> Self {
        self.with(|provider| {
            let id = i64::try_from(provider.licenses.len()).expect("few licences") + 1;
            provider.licenses.push(License {
                version: 1,
                id: LicenseId(id),
                discipline,
                jurisdiction,
                number: Some("123".into()),
                issued_on: None,
                expires_on: None,
                source: "provider".into(),
                home: None,
                checks: Vec::new(),
            });
        })
    }

    /// Changes the licence added last.
    pub(crate) fn license(self, change: impl FnOnce(&mut License)) -> Self {
        self.with(|provider| change(provider.licenses.last_mut().expect("a licence")))
    }

    /// Replaces the checks of the licence added last.
    pub(crate) fn checked(self, checks: Vec<LicenseCheck>) -> Self {
        self.license(|license| license.checks = checks)
    }

    pub(crate) fn screened(self, on: &str) -> Self {
        self.with(|provider| provider.screening.screened_at.push(noon(on)))
    }

    pub(crate) fn matched(self, tier: MatchTier, on: &str, state: MatchState) -> Self {
        self.with(|provider| {
            provider.screening.matches.push(ExclusionMatch {
                list: ExclusionList::OigLeie,
                tier,
                history: vec![MatchChange {
                    at: noon(on),
                    state,
                    waived_in: None,
                }],
            });
        })
    }

    pub(crate) fn trained(self, course: Course) -> Self {
        self.with(|provider| provider.training.push(course.0))
    }

    /// Takes back every training.
    pub(crate) fn untrained(self) -> Self {
        self.with(|provider| provider.training.clear())
    }

    pub(crate) fn holding(self, credential: Credential) -> Self {
        self.with(|provider| provider.credentials.push(credential))
    }

    /// Holds a verified credential of that name.
    pub(crate) fn proving(self, kind: CredentialKind, names: &str) -> Self {
        let id = i64::try_from(self.0.credentials.len()).expect("few credentials") + 100;
        self.holding(super::parts::credential(id, kind, names))
    }

    /// Holds a verified paper of a state.
    pub(crate) fn endorsed(
        self,
        kind: CredentialKind,
        names: &str,
        jurisdiction: Jurisdiction,
    ) -> Self {
        self.proving(kind, names).with(|provider| {
            let paper = provider.credentials.last_mut().expect("a paper");
            paper.jurisdiction = Some(jurisdiction);
        })
    }

    /// Holds a verified log of supervised sessions.
    pub(crate) fn supervised(self, sessions: u32) -> Self {
        self.proving(CredentialKind::SupervisedSessionsLog, "log")
            .with(|provider| {
                let log = provider.credentials.last_mut().expect("a log");
                log.sessions = Some(sessions);
            })
    }

    pub(crate) fn looked_up(
        self,
        kind: CredentialKind,
        names: Option<&str>,
        jurisdiction: Option<Jurisdiction>,
        found: bool,
    ) -> Self {
        self.with(|provider| {
            provider.lookups.push(RegistryLookup {
                kind,
                names: names.map(Into::into),
                jurisdiction,
                looked_up_at: noon("2026-11-12"),
                found,
            });
        })
    }
}
