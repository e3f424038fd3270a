//! The index looks at few rows, and misses none that it should find.

use domain::screening::compare::same_name;
use domain::screening::evidence::NameRule;
use domain::screening::list::ExclusionListIndex;
use domain::screening::row::{Column, ExclusionRow};
use domain::screening::subject::{FoldedName, Subject};
use proptest::prelude::*;

use super::{a_person, a_row, named};
use crate::support::day;

const FAMILIES: [&str; 10] = [
    "Smith",
    "Smith-Jones",
    "Jones",
    "García López",
    "Garcia",
    "de la Cruz",
    "Cruz",
    "O'Brien",
    "Needham",
    "Needhamson",
];
const GIVEN: [&str; 10] = [
    "William",
    "Bill",
    "Jose",
    "Jose Luis",
    "Pepe",
    "Needham",
    "Ada",
    "Smith",
    "Mary Ann",
    "Mary",
];

fn any_name() -> impl Strategy<Value = (&'static str, &'static str)> {
    (
        proptest::sample::select(&FAMILIES[..]),
        proptest::sample::select(&GIVEN[..]),
    )
}

proptest! {
    /// Whatever is the same name by a rule that does not depend on single letters is found among others.
    #[test]
    fn no_row_of_the_same_name_is_missed(
        person in any_name(),
        rows in proptest::collection::vec(any_name(), 1..40),
    ) {
        let list: Vec<ExclusionRow> = rows.iter().map(|(family, given)| named(family, given)).collect();
        let index = ExclusionListIndex::new(list);
        let subject = Subject::of(&a_person(person.0, person.1), None);
        let found: Vec<usize> = index.find(&subject).iter().map(|hit| hit.row).collect();
        for (at, (family, given)) in rows.iter().enumerate() {
            let row = FoldedName::new(family, given, "");
            let same = same_name(&subject.names[0].folded, &row);
            let is_one = same.is_some_and(|same| !same.has(NameRule::Fuzzy));
            prop_assert_eq!(found.contains(&at), is_one, "{:?} / {} {}", person, family, given);
        }
    }

    /// One letter wrong, missing, too many or changed with its neighbour, anywhere in the family name.
    #[test]
    fn a_slip_of_one_letter_is_found_where_it_is_near_enough(
        family in "[A-Z]{5,12}",
        at in 0_usize..12,
        letter in "[A-Z]",
        kind in 0..4,
    ) {
        let at = at % family.len();
        let mut typed = family.clone();
        match kind {
            0 => typed.replace_range(at..=at, &letter),
            1 => typed.insert_str(at, &letter),
            2 => typed.replace_range(at..=at, ""),
            _ if at + 1 < family.len() => {
                let swapped = format!("{}{}", &family[at + 1..at + 2], &family[at..=at]);
                typed.replace_range(at..at + 2, &swapped);
            }
            _ => {}
        }
        let subject = Subject::of(&a_person(&family, "Ada"), Some(day("1970-03-01")));
        let row = FoldedName::new(&typed, "ADA", "");
        let is_one = same_name(&subject.names[0].folded, &row).is_some();
        let born = a_row(&[
            (Column::LastName, &typed),
            (Column::FirstName, "ADA"),
            (Column::Dob, "19700301"),
        ]);
        let found = ExclusionListIndex::new(vec![born]).find(&subject).len();
        prop_assert_eq!(found == 1, is_one, "{} / {}", family, typed);
    }
}

#[test]
fn an_empty_list_finds_nobody() {
    let index = ExclusionListIndex::new(Vec::new());
    let subject = Subject::of(&a_person("Needham", "Ada"), None);
    assert!(index.is_empty() && index.find(&subject).is_empty());
}
