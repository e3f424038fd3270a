//! A hundred thousand acts by anybody in whatever order, over the cases and standings of one person's
//! credentials: none panics, the invariants hold, at least a fifth is taken, and so is every row of
//! verification.md 3.2 and 3.3. The rows of 3.6 are walked beside the attestation machine itself.

mod invariant;
mod world;

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use self::world::{Dice, World};

const WALKS: usize = 500;
const STEPS: usize = 200;

const ROWS: [&str; 33] = [
    "C1",
    "C1 for cause",
    "C10",
    "C11",
    "C12",
    "C13 filed",
    "C13 overturned",
    "C13 upheld",
    "C2",
    "C3",
    "C3 after a lease",
    "C4",
    "C5",
    "C6",
    "C7 closed",
    "C8",
    "C9",
    "C9 single reviewer",
    "S1",
    "S10",
    "S11",
    "S2",
    "S3 read",
    "S4",
    "S5 by a taint",
    "S5 by compliance",
    "S6",
    "S6 in bulk",
    "S7",
    "S7 of a suspended",
    "S8",
    "S9",
    "S9 verified",
];

#[test]
fn random_acts_never_break_an_invariant() {
    let mut runner = TestRunner::deterministic();
    let walk = proptest::collection::vec(any::<u64>(), STEPS);
    let mut rows = BTreeMap::new();
    let mut taken = 0;
    for _ in 0..WALKS {
        let mut world = World::new();
        for seed in walk.new_tree(&mut runner).unwrap().current() {
            if world.act(&mut Dice(seed)) {
                taken += 1;
                invariant::hold(&world);
            }
        }
        for (row, count) in world.rows {
            *rows.entry(row).or_insert(0) += count;
        }
    }
    let asked = WALKS * STEPS;
    assert!(taken * 5 >= asked, "{taken} of {asked} were taken");
    let found: Vec<_> = rows.keys().copied().collect();
    assert_eq!(found, ROWS, "{rows:#?}");
}
