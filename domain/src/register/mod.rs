//! What a register of licences says, set beside what is claimed.
//!
//! A register is a board's list as of a day. [`Register::look_up`] finds a claimed licence in it by
//! number, name and former names, and says in codes how far the two agree. That a register has no such
//! licence is said only by a register that was read; one that could not be read says nothing.

mod name;
mod number;

pub use name::{NameAgreement, agreement};
pub use number::same_number;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::license::{BoardStatus, CheckOutcome, License, MismatchField};
use crate::name::PersonName;
use crate::place::Jurisdiction;
use crate::taxonomy::Discipline;

/// One licence as a register shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterEntry {
    /// As printed.
    pub number: Box<str>,
    /// Whose it is.
    pub holder: PersonName,
    /// The profession it licenses; `None` where it is of a kind that we do not know.
    pub discipline: Option<Discipline>,
    /// What the register says, in our words.
    pub status: BoardStatus,
    /// What it says, in its own.
    pub status_text: Box<str>,
    /// First day.
    pub issued_on: Option<NaiveDate>,
    /// Last day.
    pub expires_on: Option<NaiveDate>,
}

/// The licences of one jurisdiction and profession, as its board lists them.
#[derive(Debug, Clone)]
pub struct Register {
    /// Whose.
    pub jurisdiction: Jurisdiction,
    /// Of whom.
    pub discipline: Discipline,
    entries: Vec<RegisterEntry>,
    by_number: HashMap<String, Vec<usize>>,
}

/// How far a register agrees with a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterAnswer<'a> {
    /// In a word.
    pub outcome: CheckOutcome,
    /// In which fields it does not.
    pub mismatches: Vec<MismatchField>,
    /// The entry that was found; none where there is none, or where several might be meant.
    pub entry: Option<&'a RegisterEntry>,
    /// Why somebody has to look, in words for them.
    pub note: Option<&'static str>,
}

/// Whose licence is looked up.
#[derive(Debug, Clone, Copy)]
pub struct Claimant<'a> {
    /// The current name.
    pub name: &'a PersonName,
    /// Earlier and other names.
    pub former_names: &'a [PersonName],
}

impl Register {
    /// A register of entries, in any order.
    pub fn new(
        jurisdiction: Jurisdiction,
        discipline: Discipline,
        entries: Vec<RegisterEntry>,
    ) -> Self {
        let mut by_number: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            by_number
                .entry(number::key(&entry.number))
                .or_default()
                .push(at);
        }
        Self {
            jurisdiction,
            discipline,
            entries,
            by_number,
        }
    }

    /// Every entry.
    pub fn entries(&self) -> &[RegisterEntry] {
        &self.entries
    }

    /// Does the register speak of this licence at all?
    pub fn covers(&self, license: &License) -> bool {
        license.jurisdiction == self.jurisdiction && license.discipline == self.discipline
    }

    /// What the register says of a licence that it [covers](Self::covers).
    ///
    /// A number names a licence, and the holder's name must agree with it. Without a number nobody is
    /// recognised by name alone: two people bear it often enough, so somebody has to look.
    pub fn look_up(&self, license: &License, claimant: Claimant<'_>) -> RegisterAnswer<'_> {
        let Some(number) = license.number.as_deref() else {
            return self.by_name_alone(claimant);
        };
        let numbered: Vec<_> = self
            .by_number
            .get(&number::key(number))
            .into_iter()
            .flatten()
            .map(|at| &self.entries[*at])
            .filter(|entry| same_number(number, &entry.number))
            .collect();
        match numbered[..] {
            [] => self.under_another_number(claimant),
            [entry] => compare(license, claimant, entry),
            _ => among(license, claimant, &numbered),
        }
    }

    /// Nobody has the number; does the name stand there with another?
    fn under_another_number(&self, claimant: Claimant<'_>) -> RegisterAnswer<'_> {
        let mut named = self.named(claimant);
        match (named.next(), named.next()) {
            (None, _) => answer(CheckOutcome::NotFound),
            (Some(entry), None) => RegisterAnswer {
                mismatches: vec![MismatchField::LicenseNumber],
                entry: Some(entry),
                ..answer(CheckOutcome::Mismatch)
            },
            (Some(_), Some(_)) => {
                review("several people of that name are listed, none with the number")
            }
        }
    }

    fn by_name_alone(&self, claimant: Claimant<'_>) -> RegisterAnswer<'_> {
        match self.named(claimant).next() {
            None => answer(CheckOutcome::NotFound),
            Some(_) => review("the name is listed; the claim names no number to know it by"),
        }
    }

    fn named(&self, claimant: Claimant<'_>) -> impl Iterator<Item = &RegisterEntry> {
        self.entries
            .iter()
            .filter(move |entry| claimant.agrees(&entry.holder) == NameAgreement::Same)
    }
}

impl Claimant<'_> {
    /// How well a register's name agrees with the best of the claimant's.
    pub fn agrees(&self, shown: &PersonName) -> NameAgreement {
        std::iter::once(self.name)
            .chain(self.former_names)
            .map(|name| agreement(name, shown))
            .max()
            .unwrap_or(NameAgreement::Different)
    }
}

/// Several entries bear the number: the one whose holder agrees is meant.
fn among<'a>(
    license: &License,
    claimant: Claimant<'_>,
    numbered: &[&'a RegisterEntry],
) -> RegisterAnswer<'a> {
    let agreeing: Vec<_> = numbered
        .iter()
        .filter(|entry| claimant.agrees(&entry.holder) == NameAgreement::Same)
        .collect();
    match agreeing[..] {
        [entry] => compare(license, claimant, entry),
        _ => review("several licences of that number are listed"),
    }
}

fn compare<'a>(
    license: &License,
    claimant: Claimant<'_>,
    entry: &'a RegisterEntry,
) -> RegisterAnswer<'a> {
    let mut mismatches = Vec::new();
    let name = claimant.agrees(&entry.holder);
    if name == NameAgreement::Different {
        mismatches.push(MismatchField::Name);
    }
    if entry.discipline != Some(license.discipline) {
        mismatches.push(MismatchField::LicenseType);
    }
    let other_beginning = license
        .issued_on
        .zip(entry.issued_on)
        .is_some_and(|(claimed, shown)| claimed != shown);
    // Another end is no contradiction: licences are renewed, and the register's end is the one taken.
    if other_beginning {
        mismatches.push(MismatchField::Dates);
    }
    if !mismatches.is_empty() {
        return RegisterAnswer {
            outcome: CheckOutcome::Mismatch,
            mismatches,
            entry: Some(entry),
            note: None,
        };
    }
    if name == NameAgreement::Near {
        return RegisterAnswer {
            entry: Some(entry),
            ..review("the number is listed under a name that may or may not be the claimant's")
        };
    }
    if entry.status == BoardStatus::Unknown {
        return RegisterAnswer {
            entry: Some(entry),
            ..review("the register's status has no mapping")
        };
    }
    RegisterAnswer {
        entry: Some(entry),
        ..answer(CheckOutcome::Match)
    }
}

const fn answer<'a>(outcome: CheckOutcome) -> RegisterAnswer<'a> {
    RegisterAnswer {
        outcome,
        mismatches: Vec::new(),
        entry: None,
        note: None,
    }
}

const fn review<'a>(note: &'static str) -> RegisterAnswer<'a> {
    RegisterAnswer {
        outcome: CheckOutcome::NeedsReview,
        mismatches: Vec::new(),
        entry: None,
        note: Some(note),
    }
}

#[cfg(test)]
mod tests;
