//! The index's answer, page by page, against the one expected.

use std::collections::BTreeSet;

use domain::npi::Npi;
use index::{Found, Hit, Page, Snapshot, SortKey, Want};

use super::people::now;
use super::question::Question;
use super::scan::{Answer, Match};

/// Distances that differ by less are the same: two formulas round differently.
const SAME_METERS: f64 = 1e-6;

/// Pages of one question; larger pages are asked for when there would be more.
const MOST_PAGES: usize = 25;

/// What the questions met.
#[derive(Debug, Default)]
pub(super) struct Tally {
    answered: usize,
    empty: usize,
    pages: usize,
    hits: usize,
    second_places: usize,
    ties: usize,
    notices: usize,
    largest: usize,
}

impl Tally {
    /// Questions that find nobody prove little: most found somebody, in all the ways there are.
    pub(super) fn assert_every_edge_was_met(&self) {
        assert!(self.empty * 2 < self.answered, "{self:?}");
        assert!(self.pages > 2 * self.answered, "{self:?}");
        assert!(self.largest > 2_000, "{self:?}");
        assert!(self.second_places > 100, "{self:?}");
        assert!(self.ties > 100, "{self:?}");
        assert!(self.notices > 100, "{self:?}");
    }
}

pub(super) fn check(
    snapshot: &Snapshot,
    question: &Question,
    expected: &Answer,
    tally: &mut Tally,
) {
    let count = expected.matches.len();
    let size = question.page.max(count.div_ceil(MOST_PAGES));
    let mut hits: Vec<Hit> = Vec::new();
    let mut after: Option<SortKey> = None;
    loop {
        let found = ask(snapshot, question, size, after.as_ref());
        check_counts(&found, question, expected);
        let is_last = hits.len() + found.hits.len() == count;
        assert_eq!(found.has_next, !is_last, "{question:?}");
        assert!(is_last || found.hits.len() == size, "{question:?}");
        after = found.hits.last().map(|hit| hit.key.clone());
        hits.extend(found.hits);
        tally.pages += 1;
        if is_last {
            break;
        }
    }
    check_order(&hits, expected, question);
    tally.answered += 1;
    tally.empty += usize::from(count == 0);
    tally.hits += count;
    tally.largest = tally.largest.max(count);
    tally.second_places += hits.iter().filter(|hit| hit.location > 0).count();
    tally.notices += expected.notices.len();
    let distances = hits.windows(2).filter(|pair| {
        pair[0].distance_meters.is_some() && pair[0].distance_meters == pair[1].distance_meters
    });
    tally.ties += distances.count();
}

/// The counts are asked for on the first page: they are the same on all.
fn ask(snapshot: &Snapshot, question: &Question, first: usize, after: Option<&SortKey>) -> Found {
    let want = Want {
        total: after.is_none(),
        notices: after.is_none(),
        facets: after.is_none(),
    };
    snapshot.search(&question.criteria, now(), Page { first, after }, want)
}

fn check_counts(found: &Found, question: &Question, expected: &Answer) {
    if let Some(total) = found.total {
        assert_eq!(total, expected.matches.len(), "{question:?}");
    }
    if let Some(notices) = &found.notices {
        assert_eq!(notices, &expected.notices, "{question:?}");
    }
    if let Some(facets) = &found.facets {
        assert_eq!(facets, &expected.facets, "{question:?}");
    }
}

fn check_order(hits: &[Hit], expected: &Answer, question: &Question) {
    assert_eq!(hits.len(), expected.matches.len(), "{question:?}");
    let mut at = 0;
    for same in expected.matches.chunk_by(is_same_distance) {
        let hits = &hits[at..at + same.len()];
        at += same.len();
        let found: Vec<Npi> = hits.iter().map(|hit| hit.provider.npi).collect();
        let wanted: Vec<Npi> = same.iter().map(|one| one.npi).collect();
        // People at one point have one distance, however it is rounded.
        let is_exact = same.windows(2).all(|pair| pair[0].point == pair[1].point);
        if is_exact {
            assert_eq!(found, wanted, "{question:?}");
        } else {
            let sorted = |npis: Vec<Npi>| npis.into_iter().collect::<BTreeSet<_>>();
            assert_eq!(sorted(found), sorted(wanted), "{question:?}");
        }
        for hit in hits {
            let one = same.iter().find(|one| one.npi == hit.provider.npi);
            check_hit(hit, one.unwrap(), question);
        }
    }
}

fn is_same_distance(one: &Match, other: &Match) -> bool {
    match (one.distance_meters, other.distance_meters) {
        (Some(one), Some(other)) => (one - other).abs() < SAME_METERS,
        _ => false,
    }
}

fn check_hit(hit: &Hit, expected: &Match, question: &Question) {
    assert_eq!(
        hit.distance_meters.is_some(),
        expected.distance_meters.is_some()
    );
    if let (Some(found), Some(wanted)) = (hit.distance_meters, expected.distance_meters) {
        assert!(
            (found - wanted).abs() < SAME_METERS,
            "{found} {wanted} {question:?}"
        );
    }
    if hit.location != expected.location {
        // Two places as far as one can tell equally near: either will do.
        let other = expected.distances[hit.location];
        let gap = other
            .zip(expected.distance_meters)
            .map(|(a, b)| (a - b).abs());
        assert!(
            gap.is_some_and(|gap| gap > 0.0 && gap < SAME_METERS),
            "{question:?}"
        );
        return;
    }
    let license = hit.license.map(|at| hit.provider.licenses[at].id);
    assert_eq!(
        (hit.discipline, license, hit.outcome),
        (expected.discipline, expected.license, expected.outcome),
        "{question:?}"
    );
}
