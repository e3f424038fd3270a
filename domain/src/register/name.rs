//! Is a name in a register that of the claimant?

use crate::name::PersonName;
use crate::screening::folded;

/// How well two names agree, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NameAgreement {
    /// They are names of different people.
    Different,
    /// They may be: an initial, half of a double name, a spelling apart.
    Near,
    /// They are the same but for accents, case, punctuation and middle names.
    Same,
}

/// Jaro-Winkler similarity from which two spellings may be of one name.
const NEAR: f64 = 0.92;

/// How well two names agree, by given and family name.
///
/// Accents, case, apostrophes and hyphens do not tell people apart; titles and generations
/// ("Jr.") are not compared, because registers drop them. An initial agrees with the name it begins,
/// and a half of a double name with the whole, only nearly: somebody has to look.
pub fn agreement(claimed: &PersonName, shown: &PersonName) -> NameAgreement {
    let family = part(
        claimed.family.as_deref(),
        shown.family.as_deref(),
        Half::OfDouble,
    );
    // A middle name written into the given name by one and not by the other is no difference.
    let given = part(
        claimed.given.as_deref(),
        shown.given.as_deref(),
        Half::Leading,
    );
    family.min(given)
}

/// What it is worth that one text is a part of the other.
#[derive(Clone, Copy, PartialEq)]
enum Half {
    /// The words in front of further ones: "Mary" and "Mary Ann".
    Leading,
    /// One of the halves of a double name: "Smith" and "Smith-Jones".
    OfDouble,
}

fn part(claimed: Option<&str>, shown: Option<&str>, half: Half) -> NameAgreement {
    let (claimed, shown) = (words(claimed), words(shown));
    match (claimed.is_empty(), shown.is_empty()) {
        (true, true) => return NameAgreement::Same,
        // People of one name exist, and a list that lost a column is no proof.
        (true, false) | (false, true) => return NameAgreement::Near,
        (false, false) => {}
    }
    if claimed == shown || claimed.concat() == shown.concat() {
        return NameAgreement::Same;
    }
    let (few, many) = if claimed.len() <= shown.len() {
        (&claimed, &shown)
    } else {
        (&shown, &claimed)
    };
    match half {
        Half::Leading if many.starts_with(few) => return NameAgreement::Same,
        Half::OfDouble if few.iter().all(|word| many.contains(word)) => {
            return NameAgreement::Near;
        }
        Half::Leading | Half::OfDouble => {}
    }
    let is_initial = |short: &str, long: &str| short.len() == 1 && long.starts_with(short);
    let (one, other) = (&claimed[0], &shown[0]);
    let initial = half == Half::Leading && (is_initial(one, other) || is_initial(other, one));
    if initial || strsim::jaro_winkler(&claimed.concat(), &shown.concat()) >= NEAR {
        NameAgreement::Near
    } else {
        NameAgreement::Different
    }
}

/// The words of a part of a name as all names are compared.
fn words(text: Option<&str>) -> Vec<String> {
    folded::words(text.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(given: &str, family: &str) -> PersonName {
        PersonName::new(given, "", family, "").unwrap()
    }

    #[test]
    fn what_tells_people_apart_and_what_does_not() {
        use NameAgreement::{Different, Near, Same};
        for (claimed, shown, expected) in [
            (("Zoë", "Núñez"), ("ZOE", "NUNEZ"), Same),
            (("Zoë", "O’Hara"), ("Zoe", "OHARA"), Same),
            (("Zoë", "O'Hara"), ("Zoe", "O Hara"), Same),
            (("Mary Ann", "Lee"), ("Mary", "Lee"), Same),
            (("Zoë", "Smith-Jones"), ("Zoe", "Smith Jones"), Same),
            (("Zoë", "Smith-Jones"), ("Zoe", "Smith"), Near),
            (("Zoë", "Smith"), ("Z", "Smith"), Near),
            (("Catherine", "Smith"), ("Katherine", "Smith"), Near),
            (("Catherine", "Smith"), ("Catherin", "Smith"), Near),
            (("Zoë", "Smith"), ("Anna", "Smith"), Different),
            (("Zoë", "Smith"), ("Zoë", "Brown"), Different),
            (("Олена", "Шевченко"), ("Olena", "Shevchenko"), Same),
            (("", "Madonna"), ("Ann", "Madonna"), Near),
        ] {
            let (claimed, shown) = (name(claimed.0, claimed.1), name(shown.0, shown.1));
            assert_eq!(
                agreement(&claimed, &shown),
                expected,
                "{claimed:?} {shown:?}"
            );
            assert_eq!(
                agreement(&shown, &claimed),
                expected,
                "{shown:?} {claimed:?}"
            );
        }
    }
}
