//! The search beside a plain scan of the same people, in one run: compare the rows, not the seconds.
//!
//! `cargo bench --bench search`. The people are made up, the places and the law are the seed's.

use std::hint::black_box;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use divan::{AllocProfiler, Bencher};
use domain::eligibility::{self, ListingOutcome, Rulebook};
use domain::place::{GeoPoint, METERS_PER_MILE};
use domain::provider::Provider;
use domain::search::{Criteria, Near, RawCriteria};
use domain::time::{Day, local_day};
use index::{Gazetteer, Page, Snapshot, Want};

const PEOPLE: usize = 20_000;
const DENVER: (f64, f64) = (39.759, -104.966);

struct World {
    rules: Arc<Rulebook>,
    people: Vec<Provider>,
    snapshot: Snapshot,
    now: DateTime<Utc>,
}

static WORLD: LazyLock<World> = LazyLock::new(|| {
    let now = "2026-11-21T12:00:00Z".parse().expect("an instant");
    let places = drypoint::import::seed::places().expect("the seed's places");
    let scope = drypoint::import::seed::law().expect("the seed's law");
    let people: Vec<_> = drypoint::sample::people(PEOPLE, 1, now, &places, &scope).collect();
    let rules = Arc::new(Rulebook {
        scope,
        ..Rulebook::default()
    });
    let gazetteer = Arc::new(Gazetteer::new(places));
    let snapshot = Snapshot::build(1, Arc::clone(&rules), gazetteer, people.iter().cloned());
    World {
        rules,
        people,
        snapshot,
        now,
    }
});

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Building the index of so many people. The row "max alloc" is the memory it takes beside the records.
#[divan::bench(args = [5_000, 20_000], sample_count = 5)]
fn build(bencher: Bencher<'_, '_>, people: usize) {
    let world = &*WORLD;
    bencher
        .with_inputs(|| world.people[..people].to_vec())
        .bench_values(|people| {
            let places = Arc::clone(world.snapshot.places());
            Snapshot::build(1, Arc::clone(&world.rules), places, people)
        });
}

#[divan::bench(args = [5.0, 25.0, 100.0, 500.0])]
fn first_page(bencher: Bencher<'_, '_>, radius_miles: f64) {
    bencher.bench(|| search(radius_miles, Want::default()));
}

#[divan::bench(args = [5.0, 25.0, 100.0, 500.0])]
fn first_page_with_all_counts(bencher: Bencher<'_, '_>, radius_miles: f64) {
    bencher.bench(|| {
        search(
            radius_miles,
            Want {
                total: true,
                notices: true,
                facets: true,
            },
        )
    });
}

/// What the first page costs without an index: distance and judgment of everybody, then a sort.
#[divan::bench(args = [5.0, 25.0, 100.0, 500.0])]
fn plain_scan(bencher: Bencher<'_, '_>, radius_miles: f64) {
    bencher.bench(|| scan(radius_miles));
}

/// Judging one person at one place: what a snapshot pays once, and a day to come each time.
#[divan::bench]
fn one_outcome(bencher: Bencher<'_, '_>) {
    let world = &*WORLD;
    let provider = world
        .people
        .iter()
        .find(|person| !person.training.is_empty())
        .expect("somebody is trained");
    let practice = provider.practices()[0];
    let day = Day::at(local_day(world.now, practice.zone()));
    bencher.bench(|| eligibility::outcome(black_box(provider), practice, &world.rules, day));
}

fn search(radius_miles: f64, want: Want) -> usize {
    let world = &*WORLD;
    let near = Near::new(origin(), Some(black_box(radius_miles))).expect("a possible circle");
    let criteria = Criteria::new(RawCriteria {
        near: Some(near),
        ..RawCriteria::default()
    })
    .expect("possible criteria");
    world
        .snapshot
        .search(
            &criteria,
            world.now,
            Page {
                first: 20,
                after: None,
            },
            want,
        )
        .hits
        .len()
}

fn scan(radius_miles: f64) -> usize {
    let world = &*WORLD;
    let (origin, radius) = (origin(), black_box(radius_miles) * METERS_PER_MILE);
    let mut found = Vec::new();
    for provider in &world.people {
        let nearest = provider
            .practices()
            .into_iter()
            .filter_map(|practice| {
                let distance = origin.distance_meters(practice.location?.position?.point);
                let day = Day::at(local_day(world.now, practice.zone()));
                (distance <= radius
                    && eligibility::outcome(provider, practice, &world.rules, day)
                        == ListingOutcome::Verified)
                    .then_some(distance)
            })
            .min_by(f64::total_cmp);
        found.extend(nearest.map(|distance| (distance, provider.npi)));
    }
    found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    found.truncate(20);
    found.len()
}

fn origin() -> GeoPoint {
    GeoPoint::new(DENVER.0, DENVER.1).expect("a possible point")
}
