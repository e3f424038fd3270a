//! A snapshot with changes answers as one built anew.

use std::collections::BTreeMap;

use domain::eligibility::ListingOutcome;
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::search::RawCriteria;
use domain::taxonomy::Discipline;
use index::{Snapshot, SortKey};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::people::*;

const STATES: [Jurisdiction; 4] = [
    Jurisdiction::Co,
    Jurisdiction::Wy,
    Jurisdiction::Ca,
    Jurisdiction::Ut,
];

fn people() -> impl Strategy<Value = Person> {
    let place = (0..4_i8, 0..4_i8, 0..STATES.len(), any::<Option<bool>>());
    let license = (0..3_usize, 0..STATES.len(), 0..60_i64);
    (
        0..40_u32,
        "(Ann|Zoë|Bo) (Smith|O'Hara|Ávila-Roe)",
        vec(place, 0..3),
        vec(license, 0..3),
        vec("(en|en-US|es|zh-Hant)", 0..3),
        any::<(Option<bool>, bool, bool)>(),
    )
        .prop_map(
            |(serial, name, places, licenses, languages, (accepting, verified, gone))| {
                let (given, family) = name.split_once(' ').unwrap();
                let mut person = a_person(serial).named(given, family);
                for (discipline, state, days) in licenses {
                    person = person.licensed(Discipline::ALL[discipline], STATES[state]);
                    if days < 45 {
                        person = person.checked(days);
                    }
                }
                for (north, east, state, access) in places {
                    let point = (
                        HERE.0 + f64::from(north) * 0.1,
                        HERE.1 + f64::from(east) * 0.1,
                    );
                    person = person.at(point, STATES[state]);
                    person.0.locations.last_mut().unwrap().wheelchair_access = access;
                }
                person.0.languages = languages.into_iter().map(Into::into).collect();
                person.0.accepts_new_patients = accepting;
                if verified {
                    person = person.verified();
                }
                if gone {
                    person = person.deactivated(day("2026-06-10"));
                }
                person
            },
        )
}

fn questions() -> impl Strategy<Value = RawCriteria> {
    let where_ = prop_oneof![
        (0.0..40.0_f64).prop_map(|miles| near(miles + 0.1)),
        prop::sample::select(&STATES[..]).prop_map(|state| RawCriteria {
            jurisdiction: Some(state),
            ..RawCriteria::default()
        }),
        prop::sample::select(&["a", "smith", "o'hara", "roe zoe"][..]).prop_map(called),
    ];
    let on = prop::sample::select(&["2026-06-01", "2026-06-12", "2026-06-15", "2026-08-01"][..]);
    (
        where_,
        prop::option::of(on),
        prop::option::of(0..3_usize),
        prop::option::of(any::<bool>()),
        prop::option::of(any::<bool>()),
        prop::option::of(0..40_i64),
        any::<bool>(),
    )
        .prop_map(
            |(asked, on, discipline, accepting, accessible, within, verified)| RawCriteria {
                on: on.map(day),
                disciplines: discipline
                    .map(|at| Discipline::ALL[at])
                    .into_iter()
                    .collect(),
                accepts_new_patients: accepting,
                wheelchair_access: accessible,
                verified_within_days: within,
                at_least: (!verified).then_some(ListingOutcome::Unverified),
                ..asked
            },
        )
}

/// What becomes of people in one version.
type Change = (Vec<Person>, Vec<u32>);

fn changed(snapshot: &Snapshot, version: u64, (changed, removed): &Change) -> Snapshot {
    let removed: Vec<Npi> = removed.iter().map(|serial| Npi::sample(*serial)).collect();
    let changed = changed.iter().map(|person| person.0.clone()).collect();
    snapshot.with_changes(version, changed, &removed)
}

proptest! {
    #[test]
    fn changes_answer_as_a_snapshot_built_anew(
        first in vec(people(), 0..30),
        changes in vec((vec(people(), 0..8), vec(0..40_u32, 0..4)), 1..6),
        questions in vec(questions(), 1..8),
    ) {
        let mut on_file: BTreeMap<Npi, Person> = BTreeMap::new();
        on_file.extend(first.iter().map(|person| (person.0.npi, person.clone())));
        let mut layered = snapshot(first);
        for (version, change) in (2..).zip(&changes) {
            layered = changed(&layered, version, change);
            on_file.extend(change.0.iter().map(|person| (person.0.npi, person.clone())));
            on_file.retain(|npi, _| !change.1.iter().any(|serial| Npi::sample(*serial) == *npi));
        }
        let anew = snapshot(on_file.values().cloned());

        prop_assert_eq!(layered.len(), anew.len());
        for serial in 0..40 {
            let npi = Npi::sample(serial);
            prop_assert_eq!(layered.provider(npi), anew.provider(npi));
        }
        for person in on_file.values() {
            for place in &person.0.locations {
                let owner = layered.provider_of_location(place.id);
                prop_assert_eq!(owner.map(|owner| owner.npi), Some(person.0.npi));
            }
        }
        for asked in &questions {
            prop_assert_eq!(search(&layered, asked), search(&anew, asked), "{:?}", asked);
            prop_assert_eq!(
                pages(&layered, asked, 2),
                search(&anew, asked).hits,
                "{:?}",
                asked
            );
        }
    }

    #[test]
    fn people_who_do_not_change_neither_repeat_nor_skip(
        first in vec(people(), 1..30),
        change in (vec(people(), 0..8), vec(0..40_u32, 0..4)),
        asked in questions(),
        size in 1..5_usize,
    ) {
        let before = snapshot(first);
        let after = changed(&before, 2, &change);
        let touched = |npi: Npi| {
            change.0.iter().any(|person| person.0.npi == npi)
                || change.1.iter().any(|serial| Npi::sample(*serial) == npi)
        };
        let page_before = page(&before, &asked, size, None);
        let Some(last) = page_before.hits.last() else { return Ok(()); };
        let mut seen: Vec<Npi> = page_before.hits.iter().map(|hit| hit.provider.npi).collect();
        seen.extend(page(&after, &asked, 100, Some(&last.key)).hits.iter().map(|hit| hit.provider.npi));
        seen.retain(|npi| !touched(*npi));
        let whole: Vec<Npi> = search(&before, &asked).hits.iter()
            .map(|hit| hit.provider.npi)
            .filter(|npi| !touched(*npi))
            .collect();
        prop_assert_eq!(seen, whole);
    }
}

/// All pages of a size, one after the other.
fn pages(snapshot: &Snapshot, asked: &RawCriteria, size: usize) -> Vec<index::Hit> {
    let mut hits = Vec::new();
    let mut after: Option<SortKey> = None;
    loop {
        let found = page(snapshot, asked, size, after.as_ref());
        assert!(found.hits.len() <= size);
        after = found.hits.last().map(|hit| hit.key.clone());
        hits.extend(found.hits);
        if !found.has_next {
            return hits;
        }
    }
}

#[test]
fn a_version_that_changes_nobody_is_a_version() {
    let people = snapshot([a_pt(1)]);
    let next = people.with_changes(7, Vec::new(), &[]);
    assert_eq!((people.version(), next.version(), next.len()), (1, 7, 1));
}

#[test]
fn somebody_both_changed_and_removed_is_gone() {
    let people = snapshot([a_pt(1), a_pt(2)]);
    let next = people.with_changes(2, vec![a_pt(1).0], &[Npi::sample(1)]);
    assert!(next.provider(Npi::sample(1)).is_none());
    assert_eq!((next.len(), next.is_empty()), (1, false));
}

#[test]
fn of_two_records_with_one_number_the_later_counts() {
    let people = snapshot([
        a_pt(1).named("Old", "Name"),
        a_pt(2),
        a_pt(1).named("New", "Name"),
    ]);
    assert_eq!(people.len(), 2);
    assert_eq!(serials(&search(&people, &called("new"))), [1]);
    assert_eq!(serials(&search(&people, &called("old"))), []);
}
