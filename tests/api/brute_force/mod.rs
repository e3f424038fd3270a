//! The index against a look at everybody, which shares neither its distances nor its filters.
//!
//! `people` are made up, `question` asks at random, `scan` looks at everybody, `compare` says how far
//! two answers may differ: not at all, but for the order of people whose distances are the same within
//! a thousandth of a millimetre.
#![expect(clippy::unwrap_used, reason = "what cannot be made up fails the test")]

mod compare;
mod people;
mod question;
mod scan;

use std::sync::Arc;

use domain::eligibility::Rulebook;
use domain::policy::Policy;
use domain::provider::Provider;
use drypoint::import::seed;
use index::{Gazetteer, Snapshot};

use compare::Tally;
use question::Questions;
use scan::Scan;

/// How many people are on file.
const PEOPLE: usize = 20_000;

/// How many questions are asked.
const QUESTIONS: usize = 1_000;

#[test]
fn a_search_equals_a_look_at_everybody() {
    let rules = Arc::new(Rulebook {
        scope: seed::law().unwrap(),
        compacts: seed::compacts().unwrap(),
        policy: Policy::default(),
    });
    let people = people::made_up(PEOPLE, &rules.scope);
    assert_eq!(people.len(), PEOPLE);
    let snapshots = [whole(&people, &rules), layered(&people, &rules)];
    let mut scan = Scan::new(&people, &rules, people::now());
    let mut tally = Tally::default();
    for (number, question) in Questions::new(&people).take(QUESTIONS).enumerate() {
        let expected = scan.answer(&question);
        compare::check(&snapshots[number % 2], &question, &expected, &mut tally);
    }
    tally.assert_every_edge_was_met();
}

fn whole(people: &[Provider], rules: &Arc<Rulebook>) -> Snapshot {
    let places = Arc::new(Gazetteer::default());
    Snapshot::build(1, Arc::clone(rules), places, people.iter().cloned())
}

/// The same people by way of changes: some come later, some were other people before, some went.
fn layered(people: &[Provider], rules: &Arc<Rulebook>) -> Snapshot {
    let (first, later) = people.split_at(PEOPLE - 2_000);
    let (second, third) = later.split_at(1_500);
    let mut old = first.to_vec();
    for changed in second.iter().chain(third) {
        let mut former = people[0].clone();
        former.npi = changed.npi;
        old.push(former);
    }
    let gone: Vec<Provider> = people::gone(&people[..300]);
    let npis: Vec<_> = gone.iter().map(|provider| provider.npi).collect();
    old.extend(gone);
    let places = Arc::new(Gazetteer::default());
    let snapshot = Snapshot::build(1, Arc::clone(rules), places, old)
        .with_changes(2, second.to_vec(), &npis[..100])
        .with_changes(3, third.to_vec(), &npis[100..]);
    assert_eq!((snapshot.version(), snapshot.len()), (3, PEOPLE));
    snapshot
}
