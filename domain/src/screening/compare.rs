//! Are two names one?

use super::evidence::{Agreement, NameRule};
use super::folded::Folded;
use super::nickname;
use super::subject::FoldedName;

/// Jaro-Winkler similarity from which two names are nearly the same.
pub const FUZZY: f64 = 0.92;

/// Two names that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SameName {
    /// By what else than equality, each rule once.
    pub rules: Vec<NameRule>,
    /// The lower similarity of the two parts, in thousandths, where one is only nearly the same.
    pub similarity_permille: Option<u16>,
}

impl SameName {
    /// Does it count as the name itself, equal or by a short form?
    pub fn is_the_name_itself(&self) -> bool {
        self.rules.iter().all(|rule| rule.is_the_name_itself())
    }

    /// Was it found by this rule, among others?
    pub fn has(&self, rule: NameRule) -> bool {
        self.rules.contains(&rule)
    }

    #[expect(clippy::needless_pass_by_value, reason = "it is made to be added")]
    fn add(&mut self, part: Part) {
        match part {
            Part::Equal => {}
            Part::By(rule) => self.rules.push(rule),
            Part::Nearly(permille) => {
                if !self.has(NameRule::Fuzzy) {
                    self.rules.push(NameRule::Fuzzy);
                }
                let lower = self.similarity_permille.unwrap_or(permille).min(permille);
                self.similarity_permille = Some(lower);
            }
        }
    }
}

/// How a family name or a given name is the same as another.
enum Part {
    Equal,
    By(NameRule),
    Nearly(u16),
}

/// Compares a person's name with a row's. `None` when they are two.
pub fn same_name(person: &FoldedName, row: &FoldedName) -> Option<SameName> {
    in_order(person, row).or_else(|| swapped(person, row))
}

/// Do middle names agree, as far as an initial tells?
pub fn middle_names(person: &Folded, row: &Folded) -> Agreement {
    if person.is_empty() || row.is_empty() {
        return Agreement::NotComparable;
    }
    let is_initial = |name: &Folded| name.whole.len() == 1;
    let same = person.whole == row.whole
        || ((is_initial(person) || is_initial(row)) && person.whole[..1] == row.whole[..1]);
    if same {
        Agreement::Equal
    } else {
        Agreement::Different
    }
}

fn in_order(person: &FoldedName, row: &FoldedName) -> Option<SameName> {
    let mut same = SameName::default();
    same.add(family(&person.family, &row.family)?);
    same.add(given(person, row)?);
    // A family name alone is a name only where it is the whole of it.
    let is_bare = same.has(NameRule::GivenMissing) && same.rules.len() > 1;
    (!is_bare).then_some(same)
}

/// Family and given name in each other's place, both equal.
fn swapped(person: &FoldedName, row: &FoldedName) -> Option<SameName> {
    let is_swapped = !person.family.is_empty()
        && !person.given.is_empty()
        && person.family.whole == row.given.whole
        && person.given.whole == row.family.whole;
    is_swapped.then(|| SameName {
        rules: vec![NameRule::SwappedOrder],
        similarity_permille: None,
    })
}

fn family(person: &Folded, row: &Folded) -> Option<Part> {
    if person.is_empty() || row.is_empty() {
        return None;
    }
    if person.whole == row.whole {
        return Some(Part::Equal);
    }
    // The Office: search each half of a hyphenated name, and the whole.
    if person.parts.contains(&row.whole) || row.parts.contains(&person.whole) {
        return Some(Part::By(NameRule::HyphenHalf));
    }
    nearly(&person.whole, &row.whole)
}

fn given(person: &FoldedName, row: &FoldedName) -> Option<Part> {
    let (one, other) = (&person.given, &row.given);
    if one.is_empty() || other.is_empty() {
        return Some(Part::By(NameRule::GivenMissing));
    }
    if one.whole == other.whole || joined(person, row) || joined(row, person) {
        return Some(Part::Equal);
    }
    if one.first == other.whole || other.first == one.whole {
        return Some(Part::By(NameRule::GivenPart));
    }
    if nickname::are_one(&person.groups, &row.groups) {
        return Some(Part::By(NameRule::Nickname));
    }
    nearly(&one.whole, &other.whole)
}

/// Is `MARY ANN` of one the `MARY`, middle name `ANN`, of the other?
fn joined(one: &FoldedName, other: &FoldedName) -> bool {
    let whole: &str = &one.given.whole;
    !other.middle.is_empty()
        && whole
            .strip_prefix(&*other.given.whole)
            .is_some_and(|rest| *rest == *other.middle.whole)
}

fn nearly(one: &str, other: &str) -> Option<Part> {
    // Jaro's mean is at most (2 + shorter / longer) / 3, and Winkler's four letters take up 0.4 of what is
    // missing to 1: 0.8 + 0.2 * shorter / longer. Below a ratio of 0.6 the bound is out of reach.
    let (shorter, longer) = (one.len().min(other.len()), one.len().max(other.len()));
    if shorter * 5 < longer * 3 {
        return None;
    }
    let similarity = strsim::jaro_winkler(one, other);
    (similarity >= FUZZY).then(|| Part::Nearly(permille(similarity)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a similarity lies between 0 and 1"
)]
fn permille(similarity: f64) -> u16 {
    (similarity * 1_000.0).floor() as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> FoldedName {
        let (family, given) = text.split_once(", ").unwrap_or((text, ""));
        FoldedName::new(family, given, "")
    }

    #[track_caller]
    fn check(person: &str, row: &str, expected: &str) {
        let found = same_name(&name(person), &name(row)).map(|same| {
            let rules: Vec<&str> = same.rules.iter().map(|rule| rule.code()).collect();
            if rules.is_empty() {
                "the same".to_owned()
            } else {
                rules.join(" ")
            }
        });
        let found = found.as_deref().unwrap_or("two");
        assert_eq!(found, expected, "{person} / {row}");
    }

    #[test]
    fn names_are_one_by_a_rule_or_two() {
        check("Needham, Ada", "NEEDHAM, ADA", "the same");
        check("García, José", "GARCIA, JOSE", "the same");
        check("Smith-Jones, Jane", "SMITH, JANE", "HYPHEN_HALF");
        check("Smith-Jones, Jane", "JONES, JANE", "HYPHEN_HALF");
        check("Smith-Jones, Jane", "SMITH JONES, JANE", "the same");
        check("Smith, Jane", "SMITH-JONES, JANE", "HYPHEN_HALF");
        check("Smith-Jones, Jane", "SMITH-BROWN, JANE", "two");
        check("Smith, Bill", "SMITH, WILLIAM", "NICKNAME");
        check("García, Paco", "GARCIA, FRANCISCO", "NICKNAME");
        check("Garcia, Jose Luis", "GARCIA, JOSE", "GIVEN_PART");
        check("Ada, Needham", "NEEDHAM, ADA", "SWAPPED_ORDER");
        check("Rodriguez, Maria", "RODRIGUES, MARIA", "FUZZY");
        check("Rodriguez, Maria", "RODRIGUES, MARRIA", "FUZZY");
        check("Smith", "SMITH, JANE", "GIVEN_MISSING");
        check("Smith-Jones", "SMITH, JANE", "two");
        check("Smith, Jane", "SMITH, ROBERT", "two");
        check("Smith, Jane", "JONES, JANE", "two");
        check("Lee, Kim", "LEA, KIM", "two");
        check("", "SMITH, JANE", "two");
    }

    #[test]
    fn the_bound_of_nearly_the_same_is_met_from_0_92_on() {
        let permille = |one, other| match nearly(one, other) {
            Some(Part::Nearly(permille)) => Some(permille),
            _ => None,
        };
        // Winkler's own examples (1990): 0.9611 and 0.8400.
        assert_eq!(permille("MARTHA", "MARHTA"), Some(961));
        assert_eq!(permille("DWAYNE", "DUANE"), None);
        assert_eq!(permille("DIXON", "DICKSONX"), None);
        // A name that goes on.
        for (one, other, expected) in [
            ("WILLIAM", "WILLIAMSON", 940),
            ("ROBERT", "ROBERTSON", 933),
            ("GUTIER", "GUTIERREZ", 933),
            ("JOHNS", "JOHNSTON", 925),
            ("ALEX", "ALEXIS", 933),
        ] {
            assert_eq!(permille(one, other), Some(expected), "{one} {other}");
        }
    }

    #[test]
    fn a_middle_name_may_stand_in_the_given_name() {
        let person = FoldedName::new("Smith", "Mary Ann", "");
        let row = FoldedName::new("SMITH", "MARY", "ANN");
        assert_eq!(same_name(&person, &row), Some(SameName::default()));
        assert_eq!(same_name(&row, &person), Some(SameName::default()));
    }

    #[test]
    fn an_initial_agrees_with_its_name() {
        for (one, other, expected) in [
            ("Ann", "ANN", Agreement::Equal),
            ("A.", "ANN", Agreement::Equal),
            ("B", "ANN", Agreement::Different),
            ("", "ANN", Agreement::NotComparable),
            ("Robert", "ANN", Agreement::Different),
        ] {
            let found = middle_names(&Folded::given(one), &Folded::given(other));
            assert_eq!(found, expected, "{one} {other}");
        }
    }
}
