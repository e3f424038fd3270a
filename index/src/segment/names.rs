//! People by name: the order of lists, and the beginnings of words.

use std::collections::HashMap;
use std::sync::Arc;

use domain::npi::Npi;
use domain::provider::Provider;

use crate::fold::{Word, order_key, words};
use crate::groups::Groups;
use crate::row;

/// Persons by folded family name, folded given name and NPI.
#[derive(Debug, Default)]
pub(crate) struct Order {
    persons: Vec<u32>,
    ranks: Vec<u32>,
}

impl Order {
    pub(crate) fn new(providers: &[Arc<Provider>]) -> Self {
        let mut persons: Vec<u32> = (0..row(providers.len())).collect();
        // Persons are numbered by NPI and the sort is stable.
        persons.sort_by_cached_key(|person| order_key(&providers[*person as usize].name));
        let mut ranks = vec![0; persons.len()];
        for (rank, person) in persons.iter().enumerate() {
            ranks[*person as usize] = row(rank);
        }
        Self { persons, ranks }
    }

    /// A person's place in the order.
    pub(crate) fn rank(&self, person: u32) -> u32 {
        self.ranks[person as usize]
    }

    /// The person at a place in the order.
    pub(crate) fn person(&self, rank: u32) -> u32 {
        self.persons[rank as usize]
    }

    /// The first rank that comes after a key.
    pub(crate) fn rank_after(&self, providers: &[Arc<Provider>], key: (&str, &str, Npi)) -> u32 {
        row(self.persons.partition_point(|person| {
            let provider = &providers[*person as usize];
            let (family, given) = order_key(&provider.name);
            (family.as_str(), given.as_str(), provider.npi) <= key
        }))
    }
}

/// The words of everybody's names, sorted, with the persons who bear them.
#[derive(Debug, Default)]
pub(crate) struct Words {
    words: Vec<Box<str>>,
    persons: Groups,
}

impl Words {
    pub(crate) fn new(providers: &[Arc<Provider>]) -> Self {
        let mut numbers: HashMap<Box<str>, u32> = HashMap::new();
        let mut pairs: Vec<(u32, u32)> = Vec::new();
        for (person, provider) in providers.iter().enumerate() {
            for name in std::iter::once(&provider.name).chain(&provider.former_names) {
                for Word { whole, parts } in words(&name.full()) {
                    for word in parts.into_iter().chain([whole]) {
                        let next = row(numbers.len());
                        let number = *numbers.entry(word.into()).or_insert(next);
                        pairs.push((number, row(person)));
                    }
                }
            }
        }
        let mut sorted: Vec<(Box<str>, u32)> = numbers.into_iter().collect();
        sorted.sort_unstable();
        let mut position = vec![0; sorted.len()];
        for (at, (_, number)) in sorted.iter().enumerate() {
            position[*number as usize] = row(at);
        }
        for (number, _) in &mut pairs {
            *number = position[*number as usize];
        }
        Self {
            persons: Groups::new(sorted.len(), &pairs),
            words: sorted.into_iter().map(|(word, _)| word).collect(),
        }
    }

    /// The persons of whom every word of a text begins a word of a name, by number, each once.
    ///
    /// A word with hyphens or apostrophes is found as a whole or, if all of them are, by its parts.
    /// A text without a letter or digit finds nobody.
    pub(crate) fn find(&self, text: &str) -> Vec<u32> {
        in_all(
            words(text),
            |word| word.whole.len(),
            |word| self.bearers(word),
        )
    }

    fn bearers(&self, word: &Word) -> Vec<u32> {
        let whole = self.beginning_with(&word.whole);
        if word.parts.is_empty() {
            return whole;
        }
        let parts = in_all(word.parts.clone(), String::len, |part| {
            self.beginning_with(part)
        });
        sorted_set([whole, parts].concat())
    }

    fn beginning_with(&self, prefix: &str) -> Vec<u32> {
        let start = self.words.partition_point(|word| &**word < prefix);
        let length = self.words[start..].partition_point(|word| word.starts_with(prefix));
        sorted_set(self.persons.of_all(start..start + length).to_vec())
    }
}

/// The persons in every list; none of no list. The longest words have the shortest lists, and when
/// nobody is left no further list is made, so that many words cost no more than few.
fn in_all<T: Ord>(
    mut words: Vec<T>,
    length: impl Fn(&T) -> usize,
    list: impl Fn(&T) -> Vec<u32>,
) -> Vec<u32> {
    words.sort_unstable_by(|a, b| length(b).cmp(&length(a)).then_with(|| a.cmp(b)));
    words.dedup();
    let mut words = words.iter();
    let mut found = words.next().map(&list).unwrap_or_default();
    while !found.is_empty()
        && let Some(word) = words.next()
    {
        found = intersection(&found, &list(word));
    }
    found
}

fn sorted_set(mut persons: Vec<u32>) -> Vec<u32> {
    persons.sort_unstable();
    persons.dedup();
    persons
}

fn intersection(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    few.iter()
        .copied()
        .filter(|person| many.binary_search(person).is_ok())
        .collect()
}
