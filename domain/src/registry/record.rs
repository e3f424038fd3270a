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
        history.push(deactivated(deactivated_on));
        if !self.is_deactivated() {
            history.extend(self.reactivated_on.map(active));
        }
        history
    }

    /// The history held, followed up with what this record says: what lies before the deactivation
    /// and reactivation that the record names stays. Following up twice changes nothing more.
    ///
    /// The record names but the last of each, so earlier ones are known from earlier records alone.
    pub fn npi_history_after(
        &self,
        held: &[NpiStatusChange],
        first_seen_on: NaiveDate,
    ) -> Vec<NpiStatusChange> {
        let Some(first) = held.first() else {
            return self.npi_history(first_seen_on);
        };
        let own = self.npi_history(first.from.min(first_seen_on));
        let named = [
            self.deactivated_on.map(deactivated),
            self.reactivated_on.map(active),
        ];
        let mut named: Vec<_> = named.into_iter().flatten().collect();
        // Sorting is stable: on one and the same day the reactivation is the later.
        named.sort_by_key(|change| change.from);
        let earliest = named.first().map(|change| change.from);
        let mut history: Vec<_> = held
            .iter()
            .copied()
            .filter(|change| earliest.is_none_or(|earliest| change.from < earliest))
            .collect();
        let issued = own
            .first()
            .filter(|_| self.enumerated_on.is_some() || first.status == NpiStatus::Active)
            .filter(|change| change.status == NpiStatus::Active);
        if let Some(issued) = issued {
            // What we took for the first day of use may have been the day on which we first saw it.
            let is_later = |change: &NpiStatusChange| change.from > issued.from;
            history.retain(|change| change.status == NpiStatus::Deactivated || is_later(change));
            history.insert(0, *issued);
        }
        history.extend(named);
        history.sort_by_key(|change| change.from);
        if earliest.is_none() {
            self.end_deactivation(&mut history);
        }
        history.dedup_by(|next, change| {
            next.status == NpiStatus::Active && change.status == NpiStatus::Active
        });
        history
    }

    /// Puts a number back to use of whose deactivation the registry no longer tells.
    fn end_deactivation(&self, history: &mut Vec<NpiStatusChange>) {
        let is_out = |change: &NpiStatusChange| change.status == NpiStatus::Deactivated;
        let Some(last) = history.last().copied().filter(is_out) else {
            return;
        };
        if let Some(on) = self.updated_on.filter(|on| *on > last.from) {
            history.push(active(on));
            return;
        }
        // It names no day on which that ended: then it never was.
        while history.last().is_some_and(is_out) {
            history.pop();
        }
        if history.is_empty() {
            history.push(active(self.enumerated_on.unwrap_or(last.from)));
        }
    }

    /// Deactivated, and not reactivated since?
    pub fn is_deactivated(&self) -> bool {
        // On one and the same day the reactivation is the later: nothing is reactivated before.
        self.deactivated_on.is_some() && self.reactivated_on < self.deactivated_on
    }

    /// What the record says of its number: issued, deactivated and reactivated on.
    pub fn status_dates(&self) -> [Option<NaiveDate>; 3] {
        [self.enumerated_on, self.deactivated_on, self.reactivated_on]
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

const fn deactivated(from: NaiveDate) -> NpiStatusChange {
    NpiStatusChange {
        from,
        status: NpiStatus::Deactivated,
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
