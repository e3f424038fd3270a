//! Whom rows are held against: a person, and the clinics at which they practise.

use chrono::NaiveDate;

use super::folded::{Folded, words};
use super::nickname;
use crate::name::PersonName;
use crate::npi::Npi;
use crate::place::Jurisdiction;
use crate::provider::{PracticeLocation, Provider};
use crate::taxonomy::Discipline;

/// What follows a business's name and says nothing about which it is.
const LEGAL_FORMS: [&str; 18] = [
    "CO",
    "COMPANY",
    "CORP",
    "CORPORATION",
    "DBA",
    "INC",
    "INCORPORATED",
    "LC",
    "LIMITED",
    "LLC",
    "LLP",
    "LP",
    "LTD",
    "PA",
    "PC",
    "PLC",
    "PLLC",
    "THE",
];

/// A person as rows are compared with them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Under which number the person is on file.
    pub npi: Npi,
    /// The number that replaced it, where one did.
    pub replaced_by: Option<Npi>,
    /// The birth date, where the person told it.
    pub born_on: Option<NaiveDate>,
    /// The name first, then former ones.
    pub names: Vec<SubjectName>,
    /// Where the person practises or is licensed. Sorted, each once.
    pub states: Vec<Jurisdiction>,
    /// As what. Sorted, each once.
    pub disciplines: Vec<Discipline>,
    /// The clinics that have a name.
    pub clinics: Vec<Clinic>,
}

/// A name that the person bears or bore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectName {
    /// As on file.
    pub text: Box<str>,
    /// What is compared.
    pub folded: FoldedName,
    /// Did the person bear it earlier, or beside the current one?
    pub is_former: bool,
}

/// A person's name, ready to be compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FoldedName {
    /// Family name.
    pub family: Folded,
    /// Given name.
    pub given: Folded,
    /// Middle name or names.
    pub middle: Folded,
    /// The groups of short forms that the given name belongs to.
    pub groups: Vec<u16>,
}

/// A place of practice that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clinic {
    /// The stored number of the place.
    pub location_id: i64,
    /// As on file.
    pub text: Box<str>,
    /// What is compared.
    pub key: Box<str>,
    /// Whose law governs there.
    pub state: Jurisdiction,
}

impl Subject {
    /// A person on file.
    pub fn of(person: &Provider, born_on: Option<NaiveDate>) -> Self {
        let former = person.former_names.iter().map(|name| (name, true));
        let names = std::iter::once((&person.name, false)).chain(former);
        let places = person.locations.iter().map(PracticeLocation::jurisdiction);
        let licensed = person.licenses.iter().map(|license| license.jurisdiction);
        let hinted = person
            .taxonomies
            .iter()
            .filter_map(crate::taxonomy::TaxonomyCode::discipline);
        Self {
            npi: person.npi,
            replaced_by: person.replaced_by,
            born_on,
            names: names
                .map(|(name, is_former)| SubjectName::new(name, is_former))
                .collect(),
            states: sorted(places.chain(licensed)),
            disciplines: sorted(person.disciplines().into_iter().chain(hinted)),
            clinics: person.locations.iter().filter_map(Clinic::of).collect(),
        }
    }

    /// The person's numbers and names as one text, by whose digest it is seen that one of them
    /// changed. `birth` stands for the birth date: a keyed digest of it, never the date itself, which
    /// could be found by trying all days there are.
    pub fn canonical(&self, birth: &str) -> String {
        let mut text = format!("{}\u{1f}{birth}", self.npi);
        if let Some(other) = self.replaced_by {
            text.push('\u{1f}');
            text.push_str(&other.to_string());
        }
        for name in &self.names {
            text.push('\u{1e}');
            for part in [&name.folded.family, &name.folded.given, &name.folded.middle] {
                text.push_str(&part.whole);
                text.push('\u{1f}');
            }
        }
        text
    }
}

impl SubjectName {
    fn new(name: &PersonName, is_former: bool) -> Self {
        Self {
            text: name.full().into(),
            folded: FoldedName::new(
                name.family.as_deref().unwrap_or_default(),
                name.given.as_deref().unwrap_or_default(),
                name.middle.as_deref().unwrap_or_default(),
            ),
            is_former,
        }
    }
}

impl FoldedName {
    /// Folds the parts of a name.
    pub fn new(family: &str, given: &str, middle: &str) -> Self {
        let given = Folded::given(given);
        let mut groups: Vec<u16> = [&given.whole, &given.first]
            .into_iter()
            .flat_map(|name| nickname::groups(name))
            .copied()
            .collect();
        groups.sort_unstable();
        groups.dedup();
        Self {
            family: Folded::family(family),
            middle: Folded::given(middle),
            given,
            groups,
        }
    }
}

impl Clinic {
    fn of(location: &PracticeLocation) -> Option<Self> {
        let text = location.name.as_deref()?;
        let key = business_key(text);
        (!key.is_empty()).then(|| Self {
            location_id: location.id.0,
            text: text.into(),
            key,
            state: location.jurisdiction(),
        })
    }
}

/// A business's name as it is compared: its words without "LLC" and the like, in upper-case ASCII.
pub fn business_key(name: &str) -> Box<str> {
    let all = words(&name.replace('&', " AND "));
    let kept: Vec<&str> = all
        .iter()
        .map(String::as_str)
        .filter(|word| !LEGAL_FORMS.contains(word))
        .collect();
    kept.join(" ").into()
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_business_is_known_by_its_words_and_not_by_its_form() {
        for name in [
            "The Needle & Nerve Clinic, LLC",
            "NEEDLE AND NERVE CLINIC P.L.L.C.",
            "Needle and Nerve Clinic",
        ] {
            assert_eq!(&*business_key(name), "NEEDLE AND NERVE CLINIC", "{name}");
        }
        assert_eq!(&*business_key("L.L.C."), "");
    }
}
