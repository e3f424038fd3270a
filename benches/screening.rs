//! Holding people against the list of excluded people: the list's own size, and people of names that
//! are as unevenly spread as real ones.

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex};

use divan::{AllocProfiler, Bencher};
use domain::npi::Npi;
use domain::screening::list::ExclusionListIndex;
use domain::screening::row::{Column, ExclusionRow};
use domain::screening::subject::{FoldedName, Subject, SubjectName};
use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Rows of the full list, about as many as there are (80,000 in 2026).
const ROWS: usize = 80_000;

/// People in one transaction of a screening.
const PEOPLE: usize = 2_000;

const GIVEN: [&str; 24] = [
    "JAMES",
    "MARY",
    "ROBERT",
    "PATRICIA",
    "JOHN",
    "JENNIFER",
    "MICHAEL",
    "LINDA",
    "WILLIAM",
    "ELIZABETH",
    "DAVID",
    "BARBARA",
    "JOSE",
    "MARIA",
    "LUIS",
    "CARMEN",
    "BILL",
    "LIZ",
    "PACO",
    "KATE",
    "DIEGO",
    "NANCY",
    "OMAR",
    "XENIA",
];
const BEGIN: [&str; 20] = [
    "SM", "JOHN", "WILL", "BR", "GARC", "MILL", "DAV", "RODR", "MART", "HERN", "LOP", "GONZ",
    "AND", "THOM", "TAYL", "MOOR", "JACK", "LEW", "NGUY", "OST",
];
const MIDDLE: [&str; 12] = [
    "I", "E", "O", "AN", "EN", "ER", "IG", "UE", "A", "ON", "AL", "IN",
];
const END: [&str; 12] = [
    "TH", "SON", "S", "OWN", "IA", "ER", "EZ", "IN", "LEY", "MAN", "TON", "FORD",
];

static INDEXES: LazyLock<Mutex<BTreeMap<usize, &'static ExclusionListIndex>>> =
    LazyLock::new(Mutex::default);

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

/// Building the index of a list; "max alloc" is what a node keeps for it.
#[divan::bench(args = [10_000, ROWS], sample_count = 5)]
fn build(bencher: Bencher<'_, '_>, count: usize) {
    bencher
        .with_inputs(|| rows(count))
        .bench_values(ExclusionListIndex::new);
}

/// One batch of people against lists of two sizes: the time must not grow with people × rows.
#[divan::bench(args = [10_000, ROWS], sample_count = 5)]
fn find_2000_people(bencher: Bencher<'_, '_>, count: usize) {
    let index = index(count);
    let people = people();
    bencher.bench(|| {
        people
            .iter()
            .map(|person| index.find(person).len())
            .sum::<usize>()
    });
}

fn index(count: usize) -> &'static ExclusionListIndex {
    let mut indexes = INDEXES.lock().expect("no bench panics");
    indexes
        .entry(count)
        .or_insert_with(|| Box::leak(Box::new(ExclusionListIndex::new(rows(count)))))
}

fn rows(count: usize) -> Vec<ExclusionRow> {
    let mut dice = ChaCha8Rng::seed_from_u64(1);
    (0..count)
        .map(|_| {
            let (family, given) = name(&mut dice);
            let mut fields = [""; 18];
            fields[Column::LastName as usize] = &family;
            fields[Column::FirstName as usize] = given;
            fields[Column::State as usize] = "CO";
            fields[Column::Npi as usize] = "0000000000";
            fields[Column::ExclType as usize] = "1128b4";
            fields[Column::ExclDate as usize] = "20200120";
            ExclusionRow::new(fields)
        })
        .collect()
}

fn people() -> Vec<Subject> {
    let mut dice = ChaCha8Rng::seed_from_u64(2);
    (0..PEOPLE)
        .map(|serial| {
            let (family, given) = name(&mut dice);
            Subject {
                npi: Npi::sample(u32::try_from(serial).expect("few people")),
                replaced_by: None,
                born_on: None,
                names: vec![SubjectName {
                    text: format!("{given} {family}").into(),
                    folded: FoldedName::new(&family, given, ""),
                    is_former: false,
                }],
                states: Vec::new(),
                disciplines: Vec::new(),
                clinics: Vec::new(),
            }
        })
        .collect()
}

/// Few family names are many people's, and many are few people's.
fn name(dice: &mut ChaCha8Rng) -> (String, &'static str) {
    let mut skewed = |of: usize| dice.random_range(0..of).min(dice.random_range(0..of));
    let mut family = String::from(BEGIN[skewed(BEGIN.len())]);
    family.push_str(MIDDLE[skewed(MIDDLE.len())]);
    if skewed(3) == 0 {
        family.push_str(MIDDLE[skewed(MIDDLE.len())]);
    }
    family.push_str(END[skewed(END.len())]);
    (family, GIVEN[skewed(GIVEN.len())])
}
