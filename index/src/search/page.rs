//! The next people in order.

use std::cmp::Ordering;
use std::sync::Arc;

use domain::search::Near;

use super::asked::{Asked, Candidate};
use super::found::{Hit, Page, SortKey};
use crate::fold::order_key;

/// The first people of a layer after a key, one more than the page holds, in any order.
pub(super) fn page(asked: &Asked<'_>, page: Page<'_>) -> Vec<Hit> {
    let candidates = match (&asked.named, asked.criteria.near) {
        (Some(named), Some(_)) => first_by_distance(
            asked,
            page,
            named.iter().filter_map(|person| asked.best(*person)),
        ),
        (Some(named), None) => {
            let mut named = named.clone();
            named.sort_unstable_by_key(|person| asked.segment().order.rank(*person));
            first_by_name(asked, page, &named)
        }
        (None, Some(near)) => nearest(asked, page, near),
        (None, None) => match asked.criteria.jurisdiction {
            Some(jurisdiction) => {
                first_by_name(asked, page, asked.segment().persons_in(jurisdiction))
            }
            // Criteria name one of the three.
            None => Vec::new(),
        },
    };
    candidates
        .into_iter()
        .map(|candidate| hit(asked, &candidate))
        .collect()
}

/// Walks outwards from the cursor's distance and stops when the page is full.
fn nearest<'a>(asked: &Asked<'a>, page: Page<'_>, near: Near) -> Vec<Candidate<'a>> {
    let segment = asked.segment();
    let from = match page.after {
        None => 0.0,
        Some(SortKey::Near {
            distance_meters, ..
        }) => *distance_meters,
        Some(SortKey::Named { .. }) => return Vec::new(),
    };
    let mut found: Vec<Candidate<'a>> = Vec::new();
    let sites = segment
        .sites
        .nearest(near.origin(), from, near.radius_meters());
    for (distance_meters, site) in sites {
        // Those at one distance are ordered by NPI, so all of them are looked at.
        let is_full = found.len() > page.first;
        if is_full
            && found
                .last()
                .is_some_and(|last| last.distance_meters < distance_meters)
        {
            break;
        }
        let at_site = segment.places_at(site).iter().filter_map(|place| {
            asked
                .best(segment.place(*place).person)
                .filter(|best| best.place == *place)
        });
        found.extend(at_site.filter(|candidate| comes_after(asked, candidate, page)));
    }
    cut_by_distance(found, page)
}

fn first_by_distance<'a>(
    asked: &Asked<'a>,
    page: Page<'_>,
    candidates: impl Iterator<Item = Candidate<'a>>,
) -> Vec<Candidate<'a>> {
    let found = candidates
        .filter(|candidate| comes_after(asked, candidate, page))
        .collect();
    cut_by_distance(found, page)
}

fn comes_after(asked: &Asked<'_>, candidate: &Candidate<'_>, page: Page<'_>) -> bool {
    page.after
        .is_none_or(|after| candidate.near_key(asked.segment()).order(after) == Ordering::Greater)
}

fn cut_by_distance<'a>(mut found: Vec<Candidate<'a>>, page: Page<'_>) -> Vec<Candidate<'a>> {
    // Persons are numbered by NPI.
    found.sort_unstable_by(|a, b| {
        let by_distance = a.distance_meters.total_cmp(&b.distance_meters);
        by_distance.then(a.person.cmp(&b.person))
    });
    found.truncate(page.first + 1);
    found
}

/// `persons` are in the order of names.
fn first_by_name<'a>(asked: &Asked<'a>, page: Page<'_>, persons: &[u32]) -> Vec<Candidate<'a>> {
    let segment = asked.segment();
    let start = match page.after {
        None => 0,
        Some(SortKey::Named { family, given, npi }) => {
            let first = segment
                .order
                .rank_after(segment.providers(), (family, given, *npi));
            persons.partition_point(|person| segment.order.rank(*person) < first)
        }
        Some(SortKey::Near { .. }) => return Vec::new(),
    };
    persons[start..]
        .iter()
        .filter_map(|person| asked.best(*person))
        .take(page.first + 1)
        .collect()
}

fn hit(asked: &Asked<'_>, candidate: &Candidate<'_>) -> Hit {
    let segment = asked.segment();
    let provider = segment.provider(candidate.person);
    let (distance_meters, key) = if asked.criteria.near.is_some() {
        (Some(candidate.distance_meters), candidate.near_key(segment))
    } else {
        let (family, given) = order_key(&provider.name);
        let npi = provider.npi;
        (None, SortKey::Named { family, given, npi })
    };
    Hit {
        provider: Arc::clone(provider),
        location: segment.place(candidate.place).location as usize,
        license: candidate.practice.license.map(|license| license as usize),
        discipline: candidate.practice.discipline,
        distance_meters,
        outcome: candidate.outcome,
        key,
    }
}
