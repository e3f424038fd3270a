//! Questions at random.

use chrono::{Days, NaiveDate};
use domain::eligibility::ListingOutcome;
use domain::place::{GeoPoint, Jurisdiction, METERS_PER_MILE};
use domain::provider::Provider;
use domain::search::{Criteria, MAX_RADIUS_MILES, Near, RawCriteria};
use domain::taxonomy::Discipline;
use geo::{Distance, Haversine, Point};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::people::{EDGES, now};

/// A question, in words of its own where the criteria have none.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) criteria: Criteria,
    /// Latitude, longitude and metres.
    pub(super) circle: Option<(f64, f64, f64)>,
    /// How many people a page holds at least.
    pub(super) page: usize,
}

/// Questions without end, always the same.
pub(super) struct Questions<'a> {
    people: &'a [Provider],
    rng: ChaCha8Rng,
}

impl<'a> Questions<'a> {
    pub(super) fn new(people: &'a [Provider]) -> Self {
        Self {
            people,
            rng: ChaCha8Rng::seed_from_u64(20_000),
        }
    }
}

impl Iterator for Questions<'_> {
    type Item = Question;

    fn next(&mut self) -> Option<Question> {
        let kind = self.rng.random_range(0..100);
        let circle = (kind < 75).then(|| self.circle());
        let asks_name = (75..90).contains(&kind) || self.percent(10);
        let asks_jurisdiction = kind >= 90 || self.percent(10);
        let raw = RawCriteria {
            near: circle.map(|(latitude, longitude, miles)| {
                let origin = GeoPoint::new(latitude, longitude).unwrap();
                Near::new(origin, Some(miles)).unwrap()
            }),
            jurisdiction: asks_jurisdiction.then(|| self.jurisdiction()),
            name: asks_name.then(|| self.name()),
            disciplines: self.some(30, Self::disciplines).unwrap_or_default(),
            at_least: self.some(80, |it| {
                let unverified = it.percent(90);
                if unverified {
                    ListingOutcome::Unverified
                } else {
                    ListingOutcome::Verified
                }
            }),
            on: self.some(40, Self::day),
            accepts_new_patients: self.some(15, |it| it.percent(60)),
            languages: self.some(20, Self::languages).unwrap_or_default(),
            wheelchair_access: self.some(15, |it| it.percent(60)),
            verified_within_days: self.some(15, |it| it.rng.random_range(0..90)),
        };
        Some(Question {
            criteria: Criteria::new(raw).unwrap(),
            circle: circle
                .map(|(latitude, longitude, miles)| (latitude, longitude, miles * METERS_PER_MILE)),
            page: self.rng.random_range(1..=40),
        })
    }
}

impl Questions<'_> {
    /// Latitude, longitude and miles.
    fn circle(&mut self) -> (f64, f64, f64) {
        let somewhere = self.point_of_somebody();
        let (latitude, longitude) = match self.rng.random_range(0..10) {
            0..4 => somewhere,
            4..6 => (
                (somewhere.0 + self.rng.random_range(-0.5..0.5)).clamp(-90.0, 90.0),
                (somewhere.1 + self.rng.random_range(-0.5..0.5)).clamp(-180.0, 180.0),
            ),
            6..9 => *self.pick(&EDGES),
            _ => (
                self.rng.random_range(-90.0..=90.0),
                self.rng.random_range(-180.0..=180.0),
            ),
        };
        let miles = match self.rng.random_range(0..10) {
            0 => 1e-6,
            1 => self.rng.random_range(0.01..1.0),
            2..5 => self.rng.random_range(1.0..50.0),
            5 => 25.0,
            6 => self.rng.random_range(50.0..MAX_RADIUS_MILES),
            7 => MAX_RADIUS_MILES,
            _ => self.edge_at_somebody(latitude, longitude),
        };
        (latitude, longitude, miles)
    }

    /// A radius that ends a hundredth of a millimetre before or behind somebody.
    fn edge_at_somebody(&mut self, latitude: f64, longitude: f64) -> f64 {
        for _ in 0..200 {
            let (other_latitude, other_longitude) = self.point_of_somebody();
            let meters = Haversine.distance(
                Point::new(longitude, latitude),
                Point::new(other_longitude, other_latitude),
            );
            let aside = if self.percent(50) { 1e-5 } else { -1e-5 };
            let miles = (meters + aside) / METERS_PER_MILE;
            if miles > 0.0 && miles <= MAX_RADIUS_MILES {
                return miles;
            }
        }
        100.0
    }

    fn point_of_somebody(&mut self) -> (f64, f64) {
        loop {
            let person = self.rng.random_range(0..self.people.len());
            let place = self.people[person].locations.first();
            if let Some(position) = place.and_then(|place| place.position) {
                return (position.point.latitude(), position.point.longitude());
            }
        }
    }

    fn jurisdiction(&mut self) -> Jurisdiction {
        *self.pick(Jurisdiction::ALL)
    }

    fn disciplines(&mut self) -> Vec<Discipline> {
        let first = *self.pick(Discipline::ALL);
        let second = *self.pick(&Discipline::ALL[..3]);
        if self.percent(50) {
            vec![first]
        } else {
            vec![second, first]
        }
    }

    /// Past days, days on which it is today somewhere, and days to come.
    fn day(&mut self) -> NaiveDate {
        let today = now().date_naive();
        let ago = *self.pick(&[0_u64, 1, 2, 9, 30, 61, 400, 3_000]);
        let ahead = *self.pick(&[1_u64, 20, 300]);
        if self.percent(70) {
            today - Days::new(ago)
        } else {
            today + Days::new(ahead)
        }
    }

    fn languages(&mut self) -> Vec<String> {
        let ranges = [
            "en", "EN", "es", "zh", "en-US", "es-419", "zh-Hant", "fr", "eng", "xx",
        ];
        let count = self.rng.random_range(1..3);
        (0..count)
            .map(|_| (*self.pick(&ranges)).to_owned())
            .collect()
    }

    /// The beginnings of some words of somebody's name, or what nobody is called.
    fn name(&mut self) -> String {
        if self.percent(5) {
            return (*self.pick(&["Xqz", "o'x", "ö", "-a-"])).to_owned();
        }
        let person = self.rng.random_range(0..self.people.len());
        let provider = &self.people[person];
        let name = provider.former_names.first().filter(|_| self.percent(30));
        let full = name.unwrap_or(&provider.name).full();
        let mut words: Vec<&str> = full.split(' ').collect();
        if self.percent(40) {
            words.reverse();
        }
        words.truncate(self.rng.random_range(1..=2));
        let begun: Vec<String> = words
            .into_iter()
            .map(|word| {
                let letters = word.chars().count();
                let kept = self.rng.random_range(1..=letters);
                let kept = if self.percent(50) { letters } else { kept };
                let begun: String = word.chars().take(kept).collect();
                if self.percent(30) {
                    begun.to_uppercase()
                } else {
                    begun
                }
            })
            .collect();
        begun.join(" ")
    }

    fn percent(&mut self, times: u32) -> bool {
        self.rng.random_range(0..100) < times
    }

    fn pick<'b, T>(&mut self, list: &'b [T]) -> &'b T {
        &list[self.rng.random_range(0..list.len())]
    }

    fn some<T>(&mut self, times: u32, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.percent(times).then(|| value(self))
    }
}
