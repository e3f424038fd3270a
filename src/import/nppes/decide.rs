//! What the rows of one person come to, given what is held of them.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::npi::Npi;
use domain::provider::NpiStatus;
use domain::registry::{RegistryLocation, RegistryRecord, new_entry, reconcile, zip_doubts};
use domain::taxonomy::{Discipline, TaxonomyCode};
use serde::{Deserialize, Serialize};

use super::read::Said;
use super::row::Deactivation;
use crate::store::bulk::{Decision, Held};

/// One staged row: what was said, and in which bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Counts the bundles of a run; a later one knows better.
    pub bundle: usize,
    /// What was said.
    pub said: Said,
}

/// What the files of a run speak of at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Bundles whose main file comes with further locations: who has none there has none.
    pub with_locations: BTreeSet<usize>,
    /// Bundles whose main file comes with other names.
    pub with_other_names: BTreeSet<usize>,
    /// People with a speciality of these are taken over.
    pub disciplines: Vec<Discipline>,
    /// From when on a number without any date counts as active.
    pub seen_on: NaiveDate,
}

/// What a person's rows came to, for the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Not held before.
    New,
    /// The registry says something else than before.
    Changed,
    /// The number went out of use.
    Deactivated,
    /// The registry says what it said before.
    Unchanged,
    /// The row is older than what is held, which stays.
    OlderThanHeld,
    /// A row of a main file that concerns nobody held: another discipline.
    OtherDiscipline,
    /// A row of a main file that concerns nobody held: a number out of use.
    DeactivatedNotHeld,
    /// Changed by the smaller files alone.
    ChangedWithoutMainRow,
    /// No row of a main file, and nothing new.
    NothingNew,
}

/// Decides about one person. `rows` come in the order in which they were read.
pub fn decide(npi: Npi, rows: Vec<Row>, held: Option<&Held>, scope: &Scope) -> (Outcome, Decision) {
    let said = Sayings::of(rows);
    let main = said.main.as_ref().map(|(_, main)| main.kind());
    let is_older = |(_, main): &(usize, Main)| held.is_some_and(|held| main.is_older_than(held));
    if said.main.as_ref().is_some_and(is_older) {
        // The smaller files of its bundle are as old, and have no dates of their own.
        return (Outcome::OlderThanHeld, Decision::Unchanged);
    }
    let before = held.map(|held| held.base.clone().unwrap_or_else(|| unspoken_of(npi, held)));
    let Some(record) = said.record(before.clone(), scope) else {
        let outcome = main.map_or(Outcome::NothingNew, |_| Outcome::DeactivatedNotHeld);
        return (outcome, Decision::Ignore);
    };
    match held {
        // Without a main row the registry has said nothing of the person and the number.
        Some(held) if main.is_none() => news_of(held, before.as_ref(), main, record, scope),
        Some(held) => news_of(held, held.base.as_ref(), main, record, scope),
        None => take_in(record, scope),
    }
}

fn news_of(
    held: &Held,
    base: Option<&RegistryRecord>,
    main: Option<MainKind>,
    record: RegistryRecord,
    scope: &Scope,
) -> (Outcome, Decision) {
    if base == Some(&record) {
        let outcome = main.map_or(Outcome::NothingNew, |_| Outcome::Unchanged);
        return (outcome, Decision::Unchanged);
    }
    let was_deactivated = base.is_some_and(RegistryRecord::is_deactivated);
    let outcome = match main {
        None => Outcome::ChangedWithoutMainRow,
        Some(MainKind::Deactivated) if !was_deactivated => Outcome::Deactivated,
        Some(MainKind::Deactivated | MainKind::Person) => Outcome::Changed,
    };
    let reconciled = reconcile(&held.provider, base, &record, scope.seen_on);
    let record = Box::new(record);
    (outcome, Decision::Changed { record, reconciled })
}

fn take_in(record: RegistryRecord, scope: &Scope) -> (Outcome, Decision) {
    // An earlier row of the same run may have named a discipline that the last one no longer does.
    let is_asked_for = record
        .taxonomies
        .iter()
        .filter_map(TaxonomyCode::discipline)
        .any(|discipline| scope.disciplines.contains(&discipline));
    if !is_asked_for {
        return (Outcome::OtherDiscipline, Decision::Ignore);
    }
    let decision = Decision::New {
        entry: Box::new(new_entry(&record, scope.seen_on)),
        differences: zip_doubts(&record),
        record: Box::new(record),
    };
    (Outcome::New, decision)
}

enum Main {
    Person(Box<RegistryRecord>),
    Deactivated(Deactivation),
}

#[derive(Clone, Copy)]
enum MainKind {
    Person,
    Deactivated,
}

impl Main {
    const fn kind(&self) -> MainKind {
        match self {
            Self::Person(_) => MainKind::Person,
            Self::Deactivated(_) => MainKind::Deactivated,
        }
    }

    /// Is the row older than what was last taken over? Not if either names no day.
    ///
    /// A deactivation gives way to a later deactivation or reactivation only, not to a later update:
    /// it may be entered with a day that has passed.
    fn is_older_than(&self, held: &Held) -> bool {
        let last = held.provider.npi_history.last();
        let out_of_use = last
            .filter(|change| change.status == NpiStatus::Deactivated)
            .map(|change| change.from);
        let base = held.base.as_ref();
        let (row, taken_over) = match self {
            Self::Person(row) => (row.dated(), base.and_then(RegistryRecord::dated)),
            Self::Deactivated(row) => (
                Some(row.deactivated_on).max(row.reactivated_on),
                base.and_then(RegistryRecord::status_dated),
            ),
        };
        row.is_some() && row < taken_over.max(out_of_use)
    }
}

/// The rows of a person, sorted by what they speak of.
#[derive(Default)]
struct Sayings {
    main: Option<(usize, Main)>,
    locations: Vec<(usize, RegistryLocation)>,
    trade_names: Vec<(usize, Box<str>)>,
}

impl Sayings {
    fn of(rows: Vec<Row>) -> Self {
        let mut sayings = Self::default();
        for Row { bundle, said } in rows {
            match said {
                // The last row counts.
                Said::Person(record) => sayings.main = Some((bundle, Main::Person(record))),
                Said::Deactivated(it) => sayings.main = Some((bundle, Main::Deactivated(it))),
                Said::Location(location) => sayings.locations.push((bundle, location)),
                Said::TradeName(name) => sayings.trade_names.push((bundle, name)),
            }
        }
        sayings
    }

    /// What the registry says now: what these rows say and, where they are silent, what it said
    /// before. `None` when neither names the person.
    fn record(self, before: Option<RegistryRecord>, scope: &Scope) -> Option<RegistryRecord> {
        let main_bundle = match &self.main {
            Some((bundle, Main::Person(_))) => Some(*bundle),
            Some((_, Main::Deactivated(_))) | None => None,
        };
        let further = latest(self.locations, main_bundle, &scope.with_locations);
        let trade_names = latest(self.trade_names, main_bundle, &scope.with_other_names);
        let mut record = match (self.main, before) {
            (Some((_, Main::Person(record))), None) => *record,
            (Some((_, Main::Person(record))), Some(before)) => RegistryRecord {
                further: before.further,
                trade_names: before.trade_names,
                ..*record
            },
            (Some((_, Main::Deactivated(it))), Some(before)) => RegistryRecord {
                deactivated_on: Some(it.deactivated_on),
                reactivated_on: it.reactivated_on,
                replaced_by: it.replaced_by.and_then(|npi| npi.parse().ok()),
                ..before
            },
            (None, Some(before)) => before,
            (None | Some((_, Main::Deactivated(_))), None) => return None,
        };
        if let Some(mut further) = further {
            further.sort_by_cached_key(order);
            further.dedup_by(|a, b| a.same_address(b));
            record.further = further;
        }
        if let Some(mut names) = trade_names {
            names.sort_unstable();
            names.dedup();
            record.trade_names = names;
        }
        Some(record)
    }
}

/// The values of the last bundle that speaks of them: by a row, or by its main row and silence.
/// `None` when no bundle does.
fn latest<T>(
    rows: Vec<(usize, T)>,
    main: Option<usize>,
    speaking: &BTreeSet<usize>,
) -> Option<Vec<T>> {
    let by_silence = main.filter(|bundle| speaking.contains(bundle));
    let last = rows
        .iter()
        .map(|(bundle, _)| *bundle)
        .chain(by_silence)
        .max()?;
    let of_last = rows.into_iter().filter(|(bundle, _)| *bundle == last);
    Some(of_last.map(|(_, value)| value).collect())
}

/// A person of whom the registry was never heard, as a record that changes nothing about them.
fn unspoken_of(npi: Npi, held: &Held) -> RegistryRecord {
    RegistryRecord {
        npi,
        name: held.provider.name.clone(),
        other_names: Vec::new(),
        taxonomies: held.provider.taxonomies.clone(),
        licenses: Vec::new(),
        practice: None,
        further: Vec::new(),
        trade_names: Vec::new(),
        enumerated_on: None,
        updated_on: None,
        deactivated_on: None,
        reactivated_on: None,
        replaced_by: held.provider.replaced_by,
    }
}

fn order(place: &RegistryLocation) -> impl Ord + use<> {
    (
        place.state,
        place.postal_code,
        place.city.clone(),
        place.lines.clone(),
        place.phone.clone(),
    )
}
