//! One person as the registry tells of them.

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::as_text;
use crate::name::PersonName;
use crate::npi::Npi;
use crate::place::{CoordinatePrecision, GeoPoint, Jurisdiction, PostalCode};
use crate::provider::{Address, NpiStatus, NpiStatusChange, Position};
use crate::taxonomy::{Discipline, TaxonomyCode};

/// What the registry says of a person, as far as the directory keeps it. Never the mailing address.
///
/// Lists are sorted and free of doubles, except that the primary taxonomy comes first: two records
/// that say the same are equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegistryRecord {
    /// Whose.
    #[serde(with = "as_text")]
    pub npi: Npi,
    /// Legal name, without titles and degrees.
    pub name: PersonName,
    /// Former, professional and other names.
    pub other_names: Vec<PersonName>,
    /// Self-reported specialities, the primary one first.
    #[serde(with = "as_text::list")]
    pub taxonomies: Vec<TaxonomyCode>,
    /// Self-reported licences.
    pub licenses: Vec<RegistryLicense>,
    /// The practice address of the main file.
    pub practice: Option<RegistryLocation>,
    /// Further practice locations.
    pub further: Vec<RegistryLocation>,
    /// Names under which the person does business.
    pub trade_names: Vec<Box<str>>,
    /// When the number was issued.
    pub enumerated_on: Option<NaiveDate>,
    /// When the registry last touched the record.
    pub updated_on: Option<NaiveDate>,
    /// When the number was last deactivated.
    pub deactivated_on: Option<NaiveDate>,
    /// When it was last reactivated.
    pub reactivated_on: Option<NaiveDate>,
    /// The number that replaced it.
    #[serde(with = "as_text::option")]
    pub replaced_by: Option<Npi>,
}

/// A licence that the person named to the registry: their own word.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegistryLicense {
    /// Whose licence, by the taxonomy code it was named with.
    pub discipline: Discipline,
    /// Who issued it.
    pub jurisdiction: Jurisdiction,
    /// Its number.
    pub number: Box<str>,
}

/// A place of practice that the person named to the registry.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegistryLocation {
    /// Street, suite.
    pub lines: Vec<Box<str>>,
    /// City.
    pub city: Box<str>,
    /// Whose law counts there.
    pub state: Jurisdiction,
    /// ZIP.
    #[serde(with = "as_text")]
    pub postal_code: PostalCode,
    /// Ten digits.
    pub phone: Option<Box<str>>,
    /// The ZIP's point, as degrees north and east; the registry itself gives none.
    pub point: Option<(f64, f64)>,
    /// The zone of its clocks.
    #[serde(with = "as_text")]
    pub zone: Tz,
    /// The state that the ZIP belongs to, where that is another than the address's.
    pub zip_state: Option<Jurisdiction>,
}

impl RegistryRecord {
    /// The history of the number: issued, deactivated, reactivated.
    ///
    /// A number that was never deactivated and whose day of issue the registry does not name counts
    /// as active from its last update or from `first_seen_on`, whichever is earlier.
    pub fn npi_history(&self, first_seen_on: NaiveDate) -> Vec<NpiStatusChange> {
        let mut history = Vec::new();
        let Some(deactivated_on) = self.deactivated_on else {
            let fallback = || {
                self.updated_on
                    .map_or(first_seen_on, |on| on.min(first_seen_on))
            };
            history.push(active(self.enumerated_on.unwrap_or_else(fallback)));
            return history;
        };
        history.extend(
            self.enumerated_on
                .filter(|issued| *issued < deactivated_on)
                .map(active),
        );
        history.push(NpiStatusChange {
            from: deactivated_on,
            status: NpiStatus::Deactivated,
        });
        if !self.is_deactivated() {
            history.extend(self.reactivated_on.map(active));
        }
        history
    }

    /// Deactivated, and not reactivated since?
    pub fn is_deactivated(&self) -> bool {
        // On one and the same day the reactivation is the later: nothing is reactivated before.
        self.deactivated_on.is_some() && self.reactivated_on < self.deactivated_on
    }

    /// The latest day that the record names of itself: updated, deactivated or reactivated.
    pub fn dated(&self) -> Option<NaiveDate> {
        self.updated_on.max(self.status_dated())
    }

    /// The latest day on which the number was deactivated or reactivated.
    pub fn status_dated(&self) -> Option<NaiveDate> {
        self.deactivated_on.max(self.reactivated_on)
    }

    /// Every place of practice, that of the main file first, each address once.
    pub fn locations(&self) -> Vec<&RegistryLocation> {
        let mut found: Vec<&RegistryLocation> = Vec::new();
        for location in self.practice.iter().chain(&self.further) {
            if found.iter().all(|other| !other.same_address(location)) {
                found.push(location);
            }
        }
        found
    }
}

const fn active(from: NaiveDate) -> NpiStatusChange {
    NpiStatusChange {
        from,
        status: NpiStatus::Active,
    }
}

impl RegistryLocation {
    /// The address as it is shown.
    pub fn address(&self) -> Address {
        Address {
            lines: self.lines.clone(),
            city: self.city.clone(),
            state: self.state,
            postal_code: self.postal_code,
        }
    }

    /// Do both name one address? Phone and point may differ.
    pub fn same_address(&self, other: &Self) -> bool {
        self.address() == other.address()
    }

    /// Where it lies: the ZIP's point.
    pub fn position(&self) -> Option<Position> {
        let (latitude, longitude) = self.point?;
        Some(Position {
            point: GeoPoint::new(latitude, longitude).ok()?,
            precision: CoordinatePrecision::ZipCentroid,
        })
    }
}
