//! The person: what is on file, and at which places under which licence they practise.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::attestation::SterilityAttestation;
use crate::codes::codes;
use crate::credential::{Credential, CredentialKind};
use crate::license::License;
use crate::name::PersonName;
use crate::npi::Npi;
use crate::place::{CoordinatePrecision, GeoPoint, Jurisdiction, PostalCode};
use crate::screening::Screening;
use crate::taxonomy::{Discipline, TaxonomyCode};
use crate::time::{days_after, happened_by, local_day};
use crate::training::TrainingCredential;

codes! {
    /// Is an NPI in use?
    pub enum NpiStatus("NPI status") {
        /// Held by the registry, not deactivated.
        Active = "ACTIVE",
        /// Deactivated.
        Deactivated = "DEACTIVATED",
    }
}

/// From a day on, the registry held an NPI as this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NpiStatusChange {
    /// First day.
    pub from: NaiveDate,
    /// As what.
    pub status: NpiStatus,
}

/// The stored number of a place of practice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocationId(pub i64);

/// A postal address in the United States.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Street, suite; empty where the person hides the street.
    pub lines: Vec<Box<str>>,
    /// City.
    pub city: Box<str>,
    /// The state that counts: its law governs what is done there.
    pub state: Jurisdiction,
    /// ZIP.
    pub postal_code: PostalCode,
}

/// Where a location lies, as far as the public may know.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Position {
    /// The point.
    pub point: GeoPoint,
    /// How exact it is.
    pub precision: CoordinatePrecision,
}

/// A place at which a person sees patients.
#[derive(Debug, Clone, PartialEq)]
pub struct PracticeLocation {
    /// How often it was changed by an act, itself counted: what a change has to name. Starts at 1.
    pub version: u32,
    /// Its stored number.
    pub id: LocationId,
    /// The clinic's name.
    pub name: Option<Box<str>>,
    /// As shown: without the street where the person hides it.
    pub address: Address,
    /// As shown: the ZIP's point where the person hides the street. `None` when nobody knows.
    pub position: Option<Position>,
    /// The zone of its clocks.
    pub zone: Tz,
    /// Digits as shown.
    pub phone: Option<Box<str>>,
    /// May a wheelchair get in?
    pub wheelchair_access: Option<bool>,
    /// When the provider or an admin confirmed that the person works here, oldest first.
    pub confirmed_at: Vec<DateTime<Utc>>,
    /// When the address became another, oldest first. From then on only what was confirmed afterwards
    /// counts; what counted before stays as it was.
    pub moved_at: Vec<DateTime<Utc>>,
}

impl PracticeLocation {
    /// Whose law governs what is done here.
    pub const fn jurisdiction(&self) -> Jurisdiction {
        self.address.state
    }

    /// When somebody last confirmed, by the end of a day here, that the person works here. None where the
    /// place has moved since.
    pub fn last_confirmed(&self, on: NaiveDate) -> Option<DateTime<Utc>> {
        let by_then = |at: &&DateTime<Utc>| happened_by(**at, self.zone, on);
        let moved = self.moved_at.iter().filter(by_then).max();
        let confirmed = self.confirmed_at.iter().filter(by_then).max();
        confirmed.filter(|at| Some(*at) >= moved).copied()
    }

    /// The last day on which that confirmation counts, which is `days` after its own.
    pub fn confirmed_through(&self, on: NaiveDate, days: u32) -> Option<NaiveDate> {
        self.last_confirmed(on)
            .map(|at| days_after(local_day(at, self.zone), days))
    }
}

/// The recorded answer of a register that was asked for one kind of credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistryLookup {
    /// What was asked for.
    pub kind: CredentialKind,
    /// By which name, where requirements name one.
    pub names: Option<Box<str>>,
    /// Whose register.
    pub jurisdiction: Option<Jurisdiction>,
    /// When.
    pub looked_up_at: DateTime<Utc>,
    /// Was there one?
    pub found: bool,
}

/// Everything on file about one person. What was entered in error is not in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Provider {
    /// How often it was changed by an act, itself counted: what a change has to name. Starts at 1.
    pub version: u32,
    /// The one number by which the person is known.
    pub npi: Npi,
    /// Current name.
    pub name: PersonName,
    /// Earlier and other names.
    pub former_names: Vec<PersonName>,
    /// Has the person claimed this entry?
    pub claimed: bool,
    /// What the person says; `None` when they never said.
    pub offers_dry_needling: Option<bool>,
    /// What the person says; `None` when they never said.
    pub accepts_new_patients: Option<bool>,
    /// BCP 47 tags of the languages spoken with patients.
    pub languages: Vec<Box<str>>,
    /// The person's own page.
    pub website: Option<Box<str>>,
    /// Self-reported specialities, the primary one first.
    pub taxonomies: Vec<TaxonomyCode>,
    /// The registry's word on the NPI, oldest first.
    pub npi_history: Vec<NpiStatusChange>,
    /// The NPI that replaced this one.
    pub replaced_by: Option<Npi>,
    /// Licences.
    pub licenses: Vec<License>,
    /// Places of practice.
    pub locations: Vec<PracticeLocation>,
    /// Dry-needling trainings.
    pub training: Vec<TrainingCredential>,
    /// Every other credential.
    pub credentials: Vec<Credential>,
    /// Sterility attestations.
    pub attestations: Vec<SterilityAttestation>,
    /// What registers answered when asked.
    pub lookups: Vec<RegistryLookup>,
    /// Exclusion screening.
    pub screening: Screening,
    /// The log entry that last changed anything here.
    pub changed_seq: u64,
}

/// A person at one place under one licence: what a listing is judged for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Practice<'a> {
    /// Where; `None` when no place of practice is on file.
    pub location: Option<&'a PracticeLocation>,
    /// As what.
    pub discipline: Discipline,
    /// Under which licence; `None` when none is on file for the place.
    pub license: Option<&'a License>,
}

impl Practice<'_> {
    /// Whose law governs; `None` when neither a place nor a licence says so.
    pub fn jurisdiction(&self) -> Option<Jurisdiction> {
        self.location
            .map(PracticeLocation::jurisdiction)
            .or_else(|| self.license.map(|license| license.jurisdiction))
    }

    /// The zone in which its days are told; Washington's where no place says otherwise.
    pub fn zone(&self) -> Tz {
        self.location
            .map(|location| location.zone)
            .or_else(|| self.license.map(|license| license.jurisdiction.zone()))
            .unwrap_or_else(|| Jurisdiction::Dc.zone())
    }
}

impl Provider {
    /// The registry's word on the NPI that holds on a day; none before it was first seen.
    pub fn npi_status(&self, on: NaiveDate) -> Option<&NpiStatusChange> {
        self.npi_history
            .iter()
            .rev()
            .find(|change| change.from <= on)
    }

    /// The disciplines of the licences on file, or those that the taxonomy hints at. Sorted, each once.
    pub fn disciplines(&self) -> Vec<Discipline> {
        let mut found: Vec<_> = self
            .licenses
            .iter()
            .map(|license| license.discipline)
            .collect();
        if found.is_empty() {
            found.extend(self.hinted_disciplines());
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Every place × licence that a listing is judged for, in the order of the places on file.
    ///
    /// At a place count the licences of its jurisdiction. Where there is none, the taxonomy's
    /// disciplines stand in, and failing those the disciplines licensed elsewhere.
    pub fn practices(&self) -> Vec<Practice<'_>> {
        if self.locations.is_empty() {
            return self.practices_without_location();
        }
        let mut found = Vec::new();
        for location in &self.locations {
            let before = found.len();
            let here = self
                .licenses
                .iter()
                .filter(|license| license.jurisdiction == location.jurisdiction());
            found.extend(here.map(|license| Practice {
                location: Some(location),
                discipline: license.discipline,
                license: Some(license),
            }));
            if found.len() == before {
                found.extend(self.unlicensed_disciplines().into_iter().map(|discipline| {
                    Practice {
                        location: Some(location),
                        discipline,
                        license: None,
                    }
                }));
            }
        }
        found
    }

    fn practices_without_location(&self) -> Vec<Practice<'_>> {
        if self.licenses.is_empty() {
            return self
                .unlicensed_disciplines()
                .into_iter()
                .map(|discipline| Practice {
                    location: None,
                    discipline,
                    license: None,
                })
                .collect();
        }
        self.licenses
            .iter()
            .map(|license| Practice {
                location: None,
                discipline: license.discipline,
                license: Some(license),
            })
            .collect()
    }

    fn unlicensed_disciplines(&self) -> Vec<Discipline> {
        let mut hinted: Vec<_> = self.hinted_disciplines().collect();
        hinted.sort_unstable();
        hinted.dedup();
        if hinted.is_empty() {
            self.disciplines()
        } else {
            hinted
        }
    }

    fn hinted_disciplines(&self) -> impl Iterator<Item = Discipline> {
        self.taxonomies.iter().filter_map(TaxonomyCode::discipline)
    }
}
