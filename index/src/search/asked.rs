//! The criteria, prepared for the rows of one layer.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use domain::eligibility::{ListingOutcome, Rulebook, outcome};
use domain::place::GeoPoint;
use domain::provider::Practice;
use domain::search::{Criteria, RawCriteria};
use domain::taxonomy::Discipline;
use domain::time::{Day, days_between, local_day};

use super::found::SortKey;
use crate::bits::Bits;
use crate::segment::{PersonRow, PlaceRow, PracticeRow, Segment, language_matches};
use crate::snapshot::Layer;

/// A filter that a facet may ignore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Filter {
    Disciplines,
    Jurisdiction,
    Languages,
    AcceptsNewPatients,
    WheelchairAccess,
}

/// Filters that a row does not pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Misses(u8);

impl Misses {
    fn none_if(passes: bool, filter: Filter) -> Self {
        Self(if passes { 0 } else { 1 << filter as u8 })
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Does the row pass every filter?
    pub(super) fn is_none(self) -> bool {
        self.0 == 0
    }

    /// Does the row pass every filter but perhaps this one?
    pub(super) fn none_but(self, filter: Filter) -> bool {
        self.0 & !(1 << filter as u8) == 0
    }

    /// Is there a facet left that counts the row?
    pub(super) fn at_most_one(self) -> bool {
        self.0.count_ones() <= 1
    }
}

/// Criteria, together with a layer and what of it they select.
pub(super) struct Asked<'a> {
    pub(super) layer: &'a Layer,
    pub(super) rules: &'a Rulebook,
    pub(super) criteria: &'a RawCriteria,
    at_least: ListingOutcome,
    /// One bit each; all of them when none is asked for.
    disciplines: u8,
    /// The day to judge, by zone.
    days: Vec<Day>,
    /// The language sets that pass.
    languages: Option<Bits>,
    /// Those whose names match, by number.
    pub(super) named: Option<Vec<u32>>,
}

/// A person who matches, as rows. Ordered by distance, better outcome and order on file.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) person: u32,
    pub(super) place: u32,
    pub(super) practice: &'a PracticeRow,
    /// Zero when no distance is asked for.
    pub(super) distance_meters: f64,
    pub(super) outcome: ListingOutcome,
}

impl<'a> Asked<'a> {
    pub(super) fn new(
        layer: &'a Layer,
        rules: &'a Rulebook,
        criteria: &'a Criteria,
        now: DateTime<Utc>,
    ) -> Self {
        let segment = &layer.segment;
        let raw = criteria.get();
        let days = segment.zones.iter().map(|zone| {
            let today = local_day(now, *zone);
            Day::new(raw.on.unwrap_or(today), today)
        });
        Self {
            layer,
            rules,
            criteria: raw,
            at_least: criteria.at_least(),
            disciplines: disciplines(&raw.disciplines),
            days: days.collect(),
            languages: (!raw.languages.is_empty()).then(|| speaking(segment, &raw.languages)),
            named: raw.name.as_deref().map(|name| segment.words.find(name)),
        }
    }

    pub(super) fn segment(&self) -> &'a Segment {
        &self.layer.segment
    }

    /// The day to judge at a place.
    pub(super) fn day(&self, place: &PlaceRow) -> Day {
        self.days[place.zone as usize]
    }

    /// How far a place is from where people are sought; none when it is out of reach, or when nobody
    /// knows where it is. Zero when no distance is asked for.
    pub(super) fn distance(&self, place: &PlaceRow) -> Option<f64> {
        let Some(near) = self.criteria.near else {
            return Some(0.0);
        };
        let meters = distance(near.origin(), place.point?);
        (meters <= near.radius_meters()).then_some(meters)
    }

    pub(super) fn person_misses(&self, person: &PersonRow) -> Misses {
        let speaks = self
            .languages
            .as_ref()
            .is_none_or(|sets| sets.contains(person.languages));
        Misses::none_if(speaks, Filter::Languages).and(Misses::none_if(
            is_asked(
                self.criteria.accepts_new_patients,
                person.accepts_new_patients,
            ),
            Filter::AcceptsNewPatients,
        ))
    }

    pub(super) fn place_misses(&self, place: &PlaceRow) -> Misses {
        Misses::none_if(
            is_asked(self.criteria.jurisdiction, Some(place.jurisdiction)),
            Filter::Jurisdiction,
        )
        .and(Misses::none_if(
            is_asked(self.criteria.wheelchair_access, place.wheelchair_access),
            Filter::WheelchairAccess,
        ))
    }

    pub(super) fn practice_misses(&self, practice: &PracticeRow) -> Misses {
        let is_asked = self.disciplines & (1 << practice.discipline as u8) != 0;
        Misses::none_if(is_asked, Filter::Disciplines)
    }

    /// What a practice is shown as, if that is enough and its licence was confirmed as lately as asked.
    pub(super) fn shown(&self, place: &PlaceRow, practice: &PracticeRow) -> Option<ListingOutcome> {
        let day = self.day(place);
        let outcome = if day.on() == day.evidence_on() {
            practice.outcomes.on(day.on())
        } else {
            outcome(
                self.segment().provider(place.person),
                self.practice(place, practice),
                self.rules,
                day,
            )
        };
        (outcome >= self.at_least && self.is_confirmed(place, practice, day)).then_some(outcome)
    }

    /// How a person matches best; none when they do not.
    pub(super) fn best(&self, person: u32) -> Option<Candidate<'a>> {
        let segment = self.segment();
        if self.layer.hides(person) || !self.person_misses(segment.person(person)).is_none() {
            return None;
        }
        let mut best: Option<Candidate<'a>> = None;
        for place in segment.places_of(person) {
            let row = segment.place(place);
            let Some(distance_meters) = self.distance(row) else {
                continue;
            };
            let is_farther = best.is_some_and(|best| best.distance_meters < distance_meters);
            if is_farther || !self.place_misses(row).is_none() {
                continue;
            }
            for practice in segment.practices_at(place) {
                if !self.practice_misses(practice).is_none() {
                    continue;
                }
                let Some(outcome) = self.shown(row, practice) else {
                    continue;
                };
                let candidate = Candidate {
                    person,
                    place,
                    practice,
                    distance_meters,
                    outcome,
                };
                if best.is_none_or(|best| candidate.is_better_than(&best)) {
                    best = Some(candidate);
                }
            }
        }
        best
    }

    fn is_confirmed(&self, place: &PlaceRow, practice: &PracticeRow, day: Day) -> bool {
        let Some(within) = self.criteria.verified_within_days else {
            return true;
        };
        let practice = self.practice(place, practice);
        practice
            .license
            .and_then(|license| license.confirming_check(day.evidence_on(), practice.zone()))
            // A source in a zone to the east may tell of the next day already: that is no age.
            .is_some_and(|check| days_between(check.as_of, day.evidence_on()) <= within)
    }

    fn practice(&self, place: &PlaceRow, practice: &PracticeRow) -> Practice<'a> {
        let provider = self.segment().provider(place.person);
        Practice {
            location: Some(&provider.locations[place.location as usize]),
            discipline: practice.discipline,
            license: practice
                .license
                .map(|license| &provider.licenses[license as usize]),
        }
    }
}

impl Candidate<'_> {
    fn is_better_than(&self, other: &Self) -> bool {
        let rank = |candidate: &Self| Reverse(candidate.outcome);
        self.distance_meters
            .total_cmp(&other.distance_meters)
            .then_with(|| rank(self).cmp(&rank(other)))
            .is_lt()
    }

    /// The place in an order by distance.
    pub(super) fn near_key(&self, segment: &Segment) -> SortKey {
        SortKey::Near {
            distance_meters: self.distance_meters,
            npi: segment.provider(self.person).npi,
        }
    }
}

/// The one distance of the index: always from the origin to the place, so that it is always the same.
fn distance(origin: GeoPoint, place: GeoPoint) -> f64 {
    origin.distance_meters(place)
}

fn is_asked<T: Copy + PartialEq>(asked: Option<T>, actual: Option<T>) -> bool {
    asked.is_none() || asked == actual
}

fn disciplines(asked: &[Discipline]) -> u8 {
    match asked {
        [] => u8::MAX,
        asked => asked.iter().fold(0, |bits, one| bits | 1 << *one as u8),
    }
}

/// The language sets of which one language is in one of the ranges.
fn speaking(segment: &Segment, ranges: &[String]) -> Bits {
    let sets = segment.languages.sets();
    let mut passing = Bits::none(sets.len());
    for (number, mut tags) in (0..).zip(sets) {
        if tags.any(|tag| ranges.iter().any(|range| language_matches(range, tag))) {
            passing.insert(number);
        }
    }
    passing
}
