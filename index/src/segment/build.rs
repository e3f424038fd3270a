//! From records to rows.

use std::collections::HashMap;
use std::sync::Arc;

use chrono_tz::Tz;
use domain::eligibility::{Rulebook, change_points};
use domain::license::LicenseId;
use domain::place::{GeoPoint, Jurisdiction};
use domain::provider::{Practice, Provider};

use super::ids::Ids;
use super::languages::LanguagesBuilder;
use super::names::{Order, Words};
use super::{PersonRow, PlaceRow, PracticeRow, Segment};
use crate::groups::Groups;
use crate::row;
use crate::sites::Sites;

impl Segment {
    /// Judges everybody and arranges them. Every NPI occurs once.
    pub(crate) fn build(mut providers: Vec<Arc<Provider>>, rules: &Rulebook) -> Self {
        providers.sort_unstable_by_key(|provider| provider.npi);
        let mut rows = Rows::default();
        for (person, provider) in providers.iter().enumerate() {
            rows.push(row(person), provider, rules);
        }
        rows.finish(providers)
    }
}

/// Rows while they are being written.
#[derive(Default)]
struct Rows {
    persons: Vec<PersonRow>,
    places: Vec<PlaceRow>,
    practices: Vec<PracticeRow>,
    zones: Vec<Tz>,
    languages: LanguagesBuilder,
}

impl Rows {
    fn push(&mut self, person: u32, provider: &Provider, rules: &Rulebook) {
        self.persons.push(PersonRow {
            first_place: row(self.places.len()),
            languages: self.languages.set(&provider.languages),
            accepts_new_patients: provider.accepts_new_patients,
        });
        let mut practices = provider.practices();
        // A stable sort: the places keep the order on file.
        practices.sort_by_key(|practice| {
            (
                location_index(provider, *practice),
                practice.discipline,
                practice
                    .license
                    .map_or(LicenseId(i64::MIN), |license| license.id),
            )
        });
        for practice in practices {
            let Some(location) = location_index(provider, practice) else {
                continue;
            };
            let is_new_place = self
                .places
                .last()
                .is_none_or(|place| (place.person, place.location) != (person, location));
            if is_new_place {
                self.push_place(person, location, provider);
            }
            self.practices.push(PracticeRow {
                outcomes: change_points(provider, practice, rules),
                license: practice
                    .license
                    .and_then(|license| index_of(&provider.licenses, license)),
                discipline: practice.discipline,
            });
        }
    }

    fn push_place(&mut self, person: u32, location: u32, provider: &Provider) {
        let place = &provider.locations[location as usize];
        let zone = self
            .zones
            .iter()
            .position(|zone| *zone == place.zone)
            .unwrap_or_else(|| {
                self.zones.push(place.zone);
                self.zones.len() - 1
            });
        self.places.push(PlaceRow {
            point: place.position.map(|position| position.point),
            person,
            first_practice: row(self.practices.len()),
            location,
            zone: row(zone),
            jurisdiction: place.jurisdiction(),
            wheelchair_access: place.wheelchair_access,
        });
    }

    fn finish(mut self, providers: Vec<Arc<Provider>>) -> Segment {
        let (sites, site_places) = sites(&self.places);
        let order = Order::new(&providers);
        let jurisdiction_persons = by_jurisdiction(&self.places, &order);
        // The row after the last: it only says where the last one ends.
        self.persons.push(PersonRow {
            first_place: row(self.places.len()),
            languages: 0,
            accepts_new_patients: None,
        });
        self.places.push(PlaceRow {
            point: None,
            person: row(providers.len()),
            first_practice: row(self.practices.len()),
            location: 0,
            zone: 0,
            jurisdiction: Jurisdiction::Al,
            wheelchair_access: None,
        });
        Segment {
            ids: Ids::new(&providers),
            words: Words::new(&providers),
            providers,
            persons: self.persons,
            places: self.places,
            practices: self.practices,
            zones: self.zones,
            languages: self.languages.finish(),
            order,
            sites,
            site_places,
            jurisdiction_persons,
        }
    }
}

/// The places at the same point are one site: those of a ZIP's middle are measured once.
fn sites(places: &[PlaceRow]) -> (Sites, Groups) {
    let mut points: Vec<GeoPoint> = Vec::new();
    let mut number_of: HashMap<(u64, u64), u32> = HashMap::new();
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for (place, point) in places
        .iter()
        .enumerate()
        .filter_map(|(place, row)| Some((place, row.point?)))
    {
        let bits = (point.latitude().to_bits(), point.longitude().to_bits());
        let number = *number_of.entry(bits).or_insert_with(|| {
            points.push(point);
            row(points.len() - 1)
        });
        pairs.push((number, row(place)));
    }
    let (sites, numbers) = Sites::new(&points);
    let mut site_of = vec![0; points.len()];
    for (site, number) in numbers.iter().enumerate() {
        site_of[*number as usize] = row(site);
    }
    for (group, _) in &mut pairs {
        *group = site_of[*group as usize];
    }
    let site_places = Groups::new(points.len(), &pairs);
    (sites, site_places)
}

fn by_jurisdiction(places: &[PlaceRow], order: &Order) -> Groups {
    let mut pairs: Vec<(u32, u32)> = places
        .iter()
        .map(|place| (place.jurisdiction as u32, order.rank(place.person)))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    for (_, member) in &mut pairs {
        *member = order.person(*member);
    }
    Groups::new(Jurisdiction::ALL.len(), &pairs)
}

fn location_index(provider: &Provider, practice: Practice<'_>) -> Option<u32> {
    index_of(&provider.locations, practice.location?)
}

/// Where in a list the very element lies that was borrowed from it.
fn index_of<T>(list: &[T], element: &T) -> Option<u32> {
    list.iter()
        .position(|other| std::ptr::eq(other, element))
        .map(row)
}
