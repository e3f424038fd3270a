//! The people of one layer as rows: by number, by id, by name, by place.

mod build;
mod ids;
mod languages;
mod names;

use std::ops::Range;
use std::sync::Arc;

use chrono_tz::Tz;
use domain::eligibility::ChangePoints;
use domain::place::{GeoPoint, Jurisdiction};
use domain::provider::Provider;
use domain::taxonomy::Discipline;

use crate::groups::Groups;
use crate::sites::Sites;
pub(crate) use ids::IdKind;
use ids::Ids;
pub(crate) use languages::{Languages, matches as language_matches};
use names::{Order, Words};

/// People with everything by which they are found. Immutable.
///
/// Persons are numbered by NPI; the places of a person follow one another, as do the practices of a
/// place. A place without a practice is not a row: nobody can be found there.
#[derive(Debug, Default)]
pub(crate) struct Segment {
    providers: Vec<Arc<Provider>>,
    /// One more than there are persons, so that the next one's start is this one's end.
    persons: Vec<PersonRow>,
    /// One more than there are places.
    places: Vec<PlaceRow>,
    practices: Vec<PracticeRow>,
    pub(crate) zones: Vec<Tz>,
    pub(crate) languages: Languages,
    pub(crate) ids: Ids,
    pub(crate) words: Words,
    pub(crate) order: Order,
    pub(crate) sites: Sites,
    site_places: Groups,
    jurisdiction_persons: Groups,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct PersonRow {
    first_place: u32,
    /// The number of a set of [`Languages`].
    pub(crate) languages: u32,
    pub(crate) accepts_new_patients: Option<bool>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct PlaceRow {
    pub(crate) point: Option<GeoPoint>,
    pub(crate) person: u32,
    first_practice: u32,
    /// Its index among the person's locations.
    pub(crate) location: u32,
    /// Its index among the segment's zones.
    pub(crate) zone: u32,
    pub(crate) jurisdiction: Jurisdiction,
    pub(crate) wheelchair_access: Option<bool>,
}

#[derive(Debug)]
pub(crate) struct PracticeRow {
    pub(crate) outcomes: ChangePoints,
    /// Its index among the person's licences.
    pub(crate) license: Option<u32>,
    pub(crate) discipline: Discipline,
}

impl Segment {
    pub(crate) fn len(&self) -> usize {
        self.providers.len()
    }

    pub(crate) fn providers(&self) -> &[Arc<Provider>] {
        &self.providers
    }

    pub(crate) fn provider(&self, person: u32) -> &Arc<Provider> {
        &self.providers[person as usize]
    }

    pub(crate) fn person(&self, person: u32) -> &PersonRow {
        &self.persons[person as usize]
    }

    /// The numbers of a person's places, in the order on file.
    pub(crate) fn places_of(&self, person: u32) -> Range<u32> {
        let person = person as usize;
        self.persons[person].first_place..self.persons[person + 1].first_place
    }

    pub(crate) fn place(&self, place: u32) -> &PlaceRow {
        &self.places[place as usize]
    }

    /// The practices at a place, by discipline and licence.
    pub(crate) fn practices_at(&self, place: u32) -> &[PracticeRow] {
        let place = place as usize;
        let range = self.places[place].first_practice..self.places[place + 1].first_practice;
        &self.practices[range.start as usize..range.end as usize]
    }

    /// The places at a site.
    pub(crate) fn places_at(&self, site: u32) -> &[u32] {
        self.site_places.of(site)
    }

    /// The persons with a place in a jurisdiction, each once, in the order of names.
    pub(crate) fn persons_in(&self, jurisdiction: Jurisdiction) -> &[u32] {
        self.jurisdiction_persons.of(jurisdiction as u32)
    }
}
