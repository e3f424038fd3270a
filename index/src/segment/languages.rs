//! Languages as tags, and the few sets of them that people speak.

use std::collections::HashMap;

use crate::row;

/// Distinct language tags, and distinct sets of them. Most people share a set with many others.
#[derive(Debug, Default)]
pub(crate) struct Languages {
    tags: Vec<Box<str>>,
    sets: Vec<Box<[u32]>>,
}

impl Languages {
    /// The tags of every set, in the order of the sets' numbers.
    pub(crate) fn sets(&self) -> impl ExactSizeIterator<Item = impl Iterator<Item = &str>> {
        self.sets
            .iter()
            .map(|set| set.iter().map(|tag| &*self.tags[*tag as usize]))
    }
}

/// Does a language range match a tag?
///
/// Basic filtering of RFC 4647 §3.3.1: without case, a range matches the tag that it is and every tag
/// that continues it with a hyphen. So `en` matches `en-US`, `en-US` does not match `en`. The wildcard
/// of the standard is no criterion: who speaks any language at all is not asked.
pub(crate) fn matches(range: &str, tag: &str) -> bool {
    !range.is_empty()
        && tag
            .get(..range.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(range))
        && matches!(tag.as_bytes().get(range.len()), None | Some(b'-'))
}

/// Gathers tags and sets.
#[derive(Debug, Default)]
pub(crate) struct LanguagesBuilder {
    tags: HashMap<Box<str>, u32>,
    sets: HashMap<Box<[u32]>, u32>,
}

impl LanguagesBuilder {
    /// The number of a set of tags.
    pub(crate) fn set(&mut self, tags: &[Box<str>]) -> u32 {
        let mut set: Vec<u32> = tags
            .iter()
            .map(|tag| number_of(&mut self.tags, canonical(tag).into()))
            .collect();
        set.sort_unstable();
        set.dedup();
        number_of(&mut self.sets, set.into())
    }

    pub(crate) fn finish(self) -> Languages {
        Languages {
            tags: by_number(self.tags),
            sets: by_number(self.sets),
        }
    }
}

fn number_of<T: Eq + std::hash::Hash>(known: &mut HashMap<T, u32>, value: T) -> u32 {
    let next = row(known.len());
    *known.entry(value).or_insert(next)
}

fn by_number<T: Default + Clone>(known: HashMap<T, u32>) -> Vec<T> {
    let mut list = vec![T::default(); known.len()];
    for (value, number) in known {
        list[number as usize] = value;
    }
    list
}

/// A tag as RFC 5646 §2.1.1 writes it: `zh-Hant-TW`, so that differences of case count as one.
fn canonical(tag: &str) -> String {
    let mut after_singleton = false;
    let mut canonical = String::with_capacity(tag.len());
    for (number, subtag) in tag.split('-').enumerate() {
        if number > 0 {
            canonical.push('-');
        }
        let start = canonical.len();
        canonical.push_str(&subtag.to_ascii_lowercase());
        if number > 0 && !after_singleton && subtag.is_ascii() {
            match subtag.len() {
                2 => canonical[start..].make_ascii_uppercase(),
                4 => canonical[start..=start].make_ascii_uppercase(),
                _ => {}
            }
        }
        after_singleton |= subtag.len() == 1;
    }
    canonical
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_matches_the_tag_and_what_continues_it() {
        for (range, tag, expected) in [
            ("en", "en", true),
            ("EN", "en-US", true),
            ("en-us", "en-US", true),
            ("en-US", "en", false),
            ("e", "en", false),
            ("en", "eng", false),
            ("zh-Hant", "zh-Hant-TW", true),
            ("", "en", false),
            ("é", "es", false),
            ("es", "éé", false),
        ] {
            assert_eq!(matches(range, tag), expected, "{range} {tag}");
        }
    }

    #[test]
    fn tags_are_written_in_one_way() {
        for (tag, expected) in [
            ("EN-us", "en-US"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("en-ca-x-ca", "en-CA-x-ca"),
            ("sl-rozaj", "sl-rozaj"),
            ("es-419", "es-419"),
            ("", ""),
            ("日本-日", "日本-日"),
        ] {
            assert_eq!(canonical(tag), expected);
        }
    }
}
