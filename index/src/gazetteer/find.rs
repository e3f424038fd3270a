//! What was typed, and the places it may mean.

use std::cmp::Reverse;
use std::collections::HashSet;

use domain::place::Jurisdiction;

use super::spelling::{Typed, line, spellings_of, words, written_out};
use super::{Gazetteer, Name, Place};

/// With fewer hits than this, slips of the pen are looked for as well.
const FEW: usize = 5;

/// Words in the longest name of a jurisdiction.
const LONGEST_STATE: usize = 4;

/// How well a name fits what was typed, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Exact,
    Start,
    Slip,
    SlipOfStart,
}

/// One way of reading what was typed: a name, and the jurisdictions in which it may lie.
#[derive(Debug)]
struct Reading {
    /// One or two: a last word such as "st" may be short for "Saint" or the start of "Stockton".
    texts: Vec<String>,
    within: Option<Vec<Jurisdiction>>,
    /// The jurisdiction is only begun, so the name must be whole: "denver c".
    whole: bool,
}

impl Gazetteer {
    /// The places that a text may mean, best first, at most `first`.
    ///
    /// Digits are the beginning of a ZIP. Anything else is the beginning of the name of a city or
    /// state, or a state's code, perhaps with the state after it ("denver, co"), without regard to
    /// case, accents and signs; one slip of the pen is forgiven from four letters on and two from
    /// eight. Exact names come before beginnings and those before slips; among equals come those with
    /// more ZIPs, then by name and jurisdiction.
    pub fn find(&self, prefix: &str, first: usize) -> Vec<&Place> {
        let typed = words(prefix);
        match zip_start(&typed) {
            Some(digits) => self.zips_beginning(digits, first),
            None => self.named(&readings(prefix, &typed), first),
        }
    }

    fn zips_beginning(&self, digits: &str, first: usize) -> Vec<&Place> {
        let zips = &self.places[..self.zips.len()];
        let start = zips.partition_point(|zip| &*zip.name < digits);
        zips[start..]
            .iter()
            .take_while(|zip| zip.name.starts_with(digits))
            .take(first)
            .collect()
    }

    fn named(&self, readings: &[Reading], first: usize) -> Vec<&Place> {
        let mut fits: Vec<(Fit, &Name)> = Vec::new();
        for reading in readings {
            fits.extend(self.beginnings(reading));
        }
        if fits.len() < FEW.min(first) {
            for reading in readings.iter().filter(|reading| !reading.whole) {
                fits.extend(self.slips(reading, Fit::Slip));
            }
        }
        if fits.is_empty() {
            for reading in readings.iter().filter(|reading| !reading.whole) {
                fits.extend(self.slips(reading, Fit::SlipOfStart));
            }
        }
        fits.sort_by_cached_key(|(fit, name)| {
            let place = self.place(name);
            (*fit, Reverse(name.zips), &place.name, place.jurisdiction)
        });
        let mut seen = HashSet::new();
        fits.into_iter()
            .filter(|(_, name)| seen.insert(name.place))
            .map(|(_, name)| self.place(name))
            .take(first)
            .collect()
    }

    fn beginnings<'a>(&'a self, reading: &'a Reading) -> impl Iterator<Item = (Fit, &'a Name)> {
        reading.texts.iter().flat_map(move |text| {
            let start = self
                .names
                .partition_point(|name| &*name.text < text.as_str());
            self.names[start..]
                .iter()
                .take_while(move |name| name.text.starts_with(text.as_str()))
                .filter(|name| reading.allows(self.place(name)))
                .map(move |name| {
                    let is_exact = name.text.len() == text.len();
                    (if is_exact { Fit::Exact } else { Fit::Start }, name)
                })
                .filter(|(fit, _)| *fit == Fit::Exact || !reading.whole)
        })
    }

    fn slips<'a>(
        &'a self,
        reading: &'a Reading,
        fit: Fit,
    ) -> impl Iterator<Item = (Fit, &'a Name)> {
        reading.texts.iter().flat_map(move |text| {
            let typed = Typed::new(text);
            self.names
                .iter()
                .filter(move |name| match fit {
                    Fit::SlipOfStart => typed.is_slip_of_start(&name.text, name.letters),
                    Fit::Exact | Fit::Start | Fit::Slip => {
                        typed.is_slip_of(&name.text, name.letters)
                    }
                })
                .filter(|name| reading.allows(self.place(name)))
                .map(move |name| (fit, name))
        })
    }

    fn place(&self, name: &Name) -> &Place {
        &self.places[name.place as usize]
    }
}

impl Reading {
    fn new(words: &[String], within: Option<Vec<Jurisdiction>>, whole: bool) -> Self {
        let mut texts = vec![line(words)];
        if let [before @ .., last] = words
            && written_out(last).is_some()
        {
            let before = line(before);
            texts.push(format!("{before} {last}").trim_start().to_owned());
        }
        Self {
            texts,
            within,
            whole,
        }
    }

    fn allows(&self, place: &Place) -> bool {
        self.within
            .as_ref()
            .is_none_or(|within| within.contains(&place.jurisdiction))
    }
}

/// The digits of a ZIP that is typed or being typed, the last four of nine dropped.
fn zip_start(words: &[String]) -> Option<&str> {
    let digits = words.first()?;
    let is_start = digits.len() <= 5 && words.len() == 1;
    let is_whole = digits.len() == 5 || digits.len() == 9;
    (digits.bytes().all(|byte| byte.is_ascii_digit()) && (is_start || is_whole))
        .then(|| &digits[..digits.len().min(5)])
}

fn readings(text: &str, words: &[String]) -> Vec<Reading> {
    if words.is_empty() {
        return Vec::new();
    }
    if let Some(reading) = divided_by_comma(text) {
        return vec![reading];
    }
    let mut readings = vec![Reading::new(words, None, false)];
    for tail in 1..words.len().min(LONGEST_STATE + 1) {
        let (name, state) = words.split_at(words.len() - tail);
        let (called, begun) = jurisdictions(state);
        if !called.is_empty() {
            readings.push(Reading::new(name, Some(called), false));
        }
        if !begun.is_empty() {
            readings.push(Reading::new(name, Some(begun), true));
        }
    }
    readings
}

/// A name, a comma and the beginning of a state, or nothing yet; none when it is no state.
fn divided_by_comma(text: &str) -> Option<Reading> {
    let (name, state) = text.split_once(',')?;
    let (name, state) = (words(name), words(state));
    if name.is_empty() {
        return None;
    }
    if state.is_empty() {
        return Some(Reading::new(&name, None, false));
    }
    let (called, begun) = jurisdictions(&state);
    let within = if called.is_empty() { begun } else { called };
    (!within.is_empty()).then(|| Reading::new(&name, Some(within), false))
}

/// Those called by a name or code, and those of which it is only the beginning.
fn jurisdictions(typed: &[String]) -> (Vec<Jurisdiction>, Vec<Jurisdiction>) {
    let texts = [typed.join(" "), line(typed)];
    let mut called = Vec::new();
    let mut begun = Vec::new();
    for jurisdiction in Jurisdiction::ALL {
        let spellings = spellings_of(*jurisdiction);
        if texts.iter().any(|text| spellings.contains(text)) {
            called.push(*jurisdiction);
        } else if texts
            .iter()
            .any(|text| spellings.iter().any(|it| it.starts_with(text)))
        {
            begun.push(*jurisdiction);
        }
    }
    (called, begun)
}
