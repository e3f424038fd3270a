//! Names: lists of common ones, combined by chance, and the languages that tend to go with them.

use domain::name::PersonName;

use super::dice::Dice;

/// The lists of `names.txt`: names that are common among speakers of a language.
pub(super) struct Names(Vec<(u32, Tradition)>);

#[derive(Default)]
struct Tradition {
    /// BCP 47; none where English alone goes with the names.
    language: Option<&'static str>,
    given: Vec<&'static str>,
    family: Vec<&'static str>,
}

/// Languages besides one's own that people see patients in, and how often.
const ALSO_SPOKEN: &[(u32, &str)] = &[
    (60, "es"),
    (6, "fr"),
    (6, "zh"),
    (4, "pt"),
    (4, "de"),
    (4, "ru"),
    (3, "ar"),
    (3, "vi"),
    (3, "ko"),
    (3, "tl"),
    (2, "ht"),
    (2, "ase"),
    (1, "it"),
    (1, "ja"),
    (1, "pl"),
];

/// Who a person is.
pub(super) struct Identity {
    pub(super) name: PersonName,
    pub(super) former_names: Vec<PersonName>,
    /// BCP 47, English mostly first.
    pub(super) languages: Vec<Box<str>>,
}

impl Names {
    pub(super) fn new() -> Self {
        let mut traditions = Vec::<(u32, Tradition)>::new();
        for line in include_str!("names.txt").lines() {
            if let Some(head) = line.strip_prefix('[') {
                let (language, weight) = head
                    .trim_end_matches(']')
                    .split_once(' ')
                    .unwrap_or(("-", "0"));
                let tradition = Tradition {
                    language: (language != "-").then_some(language),
                    ..Tradition::default()
                };
                traditions.push((weight.parse().unwrap_or_default(), tradition));
            } else if let Some((_, tradition)) = traditions.last_mut() {
                if let Some(names) = line.strip_prefix("given ") {
                    tradition.given.extend(names.split(", "));
                } else if let Some(names) = line.strip_prefix("family ") {
                    tradition.family.extend(names.split(", "));
                }
            }
        }
        Self(traditions)
    }

    pub(super) fn identity(&self, dice: &mut Dice) -> Identity {
        let tradition = self.tradition(dice);
        // Two of ten bear a given name of the largest list, as children of all families do.
        let givens = if dice.percent(20) {
            &self.0[0].1.given
        } else {
            &tradition.given
        };
        let given = *dice.pick(givens);
        let mut family = (*dice.pick(&tradition.family)).to_owned();
        let mut former_names = Vec::new();
        if dice.percent(6) {
            let another = self.tradition(dice);
            let other = *dice.pick(&another.family);
            if other != family {
                former_names.push(name(given, None, &family, None));
                family = if dice.percent(50) {
                    format!("{family}-{other}")
                } else {
                    other.to_owned()
                };
            }
        }
        let middle = dice.percent(45).then(|| initial(dice));
        let suffix = dice
            .percent(2)
            .then(|| *dice.pick(&["Jr.", "Sr.", "II", "III"]));
        Identity {
            name: name(given, middle.as_deref(), &family, suffix),
            former_names,
            languages: languages(dice, tradition.language),
        }
    }

    fn tradition(&self, dice: &mut Dice) -> &Tradition {
        let weights: Vec<_> = self.0.iter().map(|(weight, it)| (*weight, it)).collect();
        dice.weighted(&weights)
    }
}

fn initial(dice: &mut Dice) -> String {
    let letters = b"ABCDEFGHIJKLMNOPRSTVWYZ";
    char::from(*dice.pick(letters)).to_string()
}

fn name(given: &str, middle: Option<&str>, family: &str, suffix: Option<&str>) -> PersonName {
    PersonName {
        given: Some(given.into()),
        middle: middle.map(Into::into),
        family: Some(family.into()),
        suffix: suffix.map(Into::into),
    }
}

fn languages(dice: &mut Dice, own: Option<&'static str>) -> Vec<Box<str>> {
    let mut spoken = vec!["en"];
    if let Some(own) = own.filter(|_| dice.percent(55)) {
        spoken.push(own);
        if dice.percent(5) {
            // Some see patients in their own language alone.
            spoken.remove(0);
        }
    }
    if dice.percent(9) {
        let also = dice.weighted(ALSO_SPOKEN);
        if !spoken.contains(&also) {
            spoken.push(also);
        }
    }
    spoken.into_iter().map(Into::into).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_names_is_read_whole() {
        let names = Names::new();
        assert_eq!(names.0.len(), 10);
        assert_eq!(names.0.iter().map(|(weight, _)| weight).sum::<u32>(), 100);
        for (_, tradition) in &names.0 {
            assert!(tradition.given.len() >= 16 && tradition.family.len() >= 18);
            for name in tradition.given.iter().chain(&tradition.family) {
                assert!(
                    name.trim() == *name && name.starts_with(char::is_uppercase),
                    "{name:?}"
                );
            }
        }
    }
}
