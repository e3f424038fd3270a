//! How many people match, and how many would if one filter had another value.

use std::collections::BTreeMap;

use domain::place::Jurisdiction;
use domain::taxonomy::Discipline;

use super::super::asked::{Asked, Filter, Misses};
use super::super::found::Facets;
use super::reach::Reach;
use crate::segment::{PlaceRow, PracticeRow};

/// Counts of distinct people.
#[derive(Debug)]
pub(super) struct MatchCount {
    total: usize,
    disciplines: [usize; Discipline::ALL.len()],
    jurisdictions: [usize; Jurisdiction::ALL.len()],
    languages: BTreeMap<Box<str>, usize>,
    /// False, true.
    accepts_new_patients: [usize; 2],
    /// False, true.
    wheelchair_access: [usize; 2],
}

impl MatchCount {
    pub(super) fn count(&mut self, asked: &Asked<'_>, reach: &Reach<'_>) {
        let segment = asked.segment();
        let mut language_sets = vec![0; segment.languages.sets().len()];
        reach.for_each(asked, |person| {
            let seen = Seen::of(asked, person);
            let row = segment.person(person);
            self.total += usize::from(seen.matches);
            count_bits(&mut self.disciplines, seen.disciplines);
            count_bits(&mut self.jurisdictions, seen.jurisdictions);
            count_bits(&mut self.wheelchair_access, seen.wheelchair_access);
            if let Some(accepts) = row.accepts_new_patients.filter(|_| seen.for_accepting) {
                self.accepts_new_patients[usize::from(accepts)] += 1;
            }
            language_sets[row.languages as usize] += usize::from(seen.for_languages);
        });
        for (count, tags) in language_sets.into_iter().zip(segment.languages.sets()) {
            if count > 0 {
                tags.for_each(|tag| *self.languages.entry(tag.into()).or_default() += count);
            }
        }
    }

    pub(super) fn total(&self) -> usize {
        self.total
    }

    pub(super) fn facets(self) -> Facets {
        Facets {
            disciplines: counted(Discipline::ALL, &self.disciplines),
            jurisdictions: counted(Jurisdiction::ALL, &self.jurisdictions),
            languages: self.languages.into_iter().collect(),
            accepts_new_patients: true_first(self.accepts_new_patients),
            wheelchair_access: true_first(self.wheelchair_access),
        }
    }
}

impl Default for MatchCount {
    fn default() -> Self {
        Self {
            total: 0,
            disciplines: [0; Discipline::ALL.len()],
            jurisdictions: [0; Jurisdiction::ALL.len()],
            languages: BTreeMap::new(),
            accepts_new_patients: [0; 2],
            wheelchair_access: [0; 2],
        }
    }
}

/// What one person adds to the counts. Sets are bits by the values' order.
#[derive(Debug, Default)]
struct Seen {
    matches: bool,
    for_languages: bool,
    for_accepting: bool,
    disciplines: u64,
    jurisdictions: u64,
    wheelchair_access: u64,
}

impl Seen {
    fn of(asked: &Asked<'_>, person: u32) -> Self {
        let segment = asked.segment();
        let mut seen = Self::default();
        let of_person = asked.person_misses(segment.person(person));
        if !of_person.at_most_one() {
            return seen;
        }
        for place in segment.places_of(person) {
            let row = segment.place(place);
            let of_place = of_person.and(asked.place_misses(row));
            if !of_place.at_most_one() || asked.distance(row).is_none() {
                continue;
            }
            for practice in segment.practices_at(place) {
                let misses = of_place.and(asked.practice_misses(practice));
                if misses.at_most_one() && asked.shown(row, practice).is_some() {
                    seen.add(misses, row, practice);
                }
            }
        }
        seen
    }

    fn add(&mut self, misses: Misses, place: &PlaceRow, practice: &PracticeRow) {
        self.matches |= misses.is_none();
        self.for_languages |= misses.none_but(Filter::Languages);
        self.for_accepting |= misses.none_but(Filter::AcceptsNewPatients);
        if misses.none_but(Filter::Disciplines) {
            self.disciplines |= 1 << practice.discipline as u8;
        }
        if misses.none_but(Filter::Jurisdiction) {
            self.jurisdictions |= 1 << place.jurisdiction as u8;
        }
        if misses.none_but(Filter::WheelchairAccess)
            && let Some(access) = place.wheelchair_access
        {
            self.wheelchair_access |= 1 << u8::from(access);
        }
    }
}

fn count_bits(counts: &mut [usize], mut bits: u64) {
    while bits != 0 {
        counts[bits.trailing_zeros() as usize] += 1;
        bits &= bits - 1;
    }
}

fn counted<T: Copy>(values: &[T], counts: &[usize]) -> Vec<(T, usize)> {
    let all = values.iter().copied().zip(counts.iter().copied());
    all.filter(|(_, count)| *count > 0).collect()
}

fn true_first([no, yes]: [usize; 2]) -> Vec<(bool, usize)> {
    counted(&[true, false], &[yes, no])
}
