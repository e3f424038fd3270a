//! What a registry record changes in the entry we hold, and what it may not touch.
//!
//! Three versions are compared: what the registry said when we last read it (the base), what it says
//! now, and what we hold. The registry may change what is still as it put it. What the person has
//! claimed, or somebody has checked or confirmed, stays; where the registry then says something new,
//! that is a [`Difference`] for somebody to look at. Only NPI status, replacement and self-reported
//! specialities are always the registry's own.

use chrono::NaiveDate;

use super::record::{RegistryLicense, RegistryLocation, RegistryRecord};
use super::words;
use crate::codes::codes;
use crate::license::{License, LicenseId};
use crate::name::PersonName;
use crate::npi::Npi;
use crate::provider::{LocationId, NpiStatusChange, PracticeLocation, Provider};
use crate::screening::Screening;
use crate::taxonomy::TaxonomyCode;

/// The source named on everything that the registry told us.
pub const REGISTRY: &str = "registry";

/// One change to the entry. Numbers of new licences and locations are the store's to give.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// The current name.
    Name(PersonName),
    /// A further former or other name.
    AddFormerName(PersonName),
    /// All specialities, the primary one first.
    Taxonomies(Vec<TaxonomyCode>),
    /// The whole history of the NPI.
    NpiHistory(Vec<NpiStatusChange>),
    /// The NPI that replaced this one.
    ReplacedBy(Option<Npi>),
    /// A further self-reported licence.
    AddLicense(License),
    /// Another number on a self-reported licence.
    LicenseNumber(LicenseId, Box<str>),
    /// The person no longer names this licence.
    RemoveLicense(LicenseId),
    /// A further place of practice.
    AddLocation(PracticeLocation),
    /// The place, all of it, under its old number.
    ReplaceLocation(PracticeLocation),
    /// The person no longer names this place.
    RemoveLocation(LocationId),
}

codes! {
    /// What somebody has to look at.
    pub enum DifferenceKind("difference kind") {
        /// The registry has another name than the entry.
        Name = "NAME",
        /// The registry has another licence number than the entry.
        License = "LICENSE",
        /// The registry has another place of practice than the entry.
        Location = "LOCATION",
        /// The ZIP belongs to another state than the address says.
        ZipState = "ZIP_STATE",
    }
}

/// The registry says something that the entry does not take over.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// About what.
    pub kind: DifferenceKind,
    /// What we hold, in words; `None` when nothing.
    pub held: Option<String>,
    /// What the registry says, in words.
    pub registry: String,
}

/// What a record comes to for an entry.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reconciled {
    /// To be applied in this order.
    pub edits: Vec<Edit>,
    /// To be looked at.
    pub differences: Vec<Difference>,
}

/// The entry of a person whom we did not hold: unclaimed, nothing said about dry needling.
pub fn new_entry(record: &RegistryRecord, seen_on: NaiveDate) -> Provider {
    Provider {
        version: 1,
        npi: record.npi,
        name: record.name.clone(),
        former_names: record.other_names.clone(),
        claimed: false,
        offers_dry_needling: None,
        accepts_new_patients: None,
        languages: Vec::new(),
        website: None,
        taxonomies: record.taxonomies.clone(),
        npi_history: record.npi_history(seen_on),
        replaced_by: record.replaced_by,
        licenses: numbered(&record.licenses, license),
        locations: numbered(&located(record), |(place, name), id| {
            location(place, *name, LocationId(id))
        }),
        training: Vec::new(),
        credentials: Vec::new(),
        attestations: Vec::new(),
        lookups: Vec::new(),
        screening: Screening::default(),
        changed_seq: 0,
    }
}

/// What the record changes in the entry, given what the registry said before.
///
/// `seen_on` is the first day that the registry can be said to have held a number without any date.
pub fn reconcile(
    held: &Provider,
    base: Option<&RegistryRecord>,
    record: &RegistryRecord,
    seen_on: NaiveDate,
) -> Reconciled {
    let mut out = Reconciled::default();
    reconcile_name(held, base, record, &mut out);
    reconcile_registry_facts(held, base, record, seen_on, &mut out);
    reconcile_licenses(held, base, record, &mut out);
    reconcile_locations(held, base, record, &mut out);
    let known = base.map(zip_doubts).unwrap_or_default();
    out.differences.extend(
        zip_doubts(record)
            .into_iter()
            .filter(|doubt| !known.contains(doubt)),
    );
    out
}

/// Places whose ZIP belongs to another state than their address says.
pub fn zip_doubts(record: &RegistryRecord) -> Vec<Difference> {
    record
        .locations()
        .into_iter()
        .filter_map(|place| {
            let zip_state = place.zip_state?;
            Some(Difference {
                kind: DifferenceKind::ZipState,
                held: None,
                registry: format!(
                    "{}; the ZIP belongs to {zip_state}",
                    words::of_location(&place.address(), None)
                ),
            })
        })
        .collect()
}

fn reconcile_name(
    held: &Provider,
    base: Option<&RegistryRecord>,
    record: &RegistryRecord,
    out: &mut Reconciled,
) {
    let untouched = !held.claimed && base.is_some_and(|base| base.name == held.name);
    let news = base.is_none_or(|base| base.name != record.name);
    let mut former = record.other_names.clone();
    if news && held.name != record.name {
        if untouched {
            out.edits.push(Edit::Name(record.name.clone()));
            former.push(held.name.clone());
        } else {
            out.differences.push(Difference {
                kind: DifferenceKind::Name,
                held: Some(held.name.full()),
                registry: record.name.full(),
            });
        }
    }
    // Names are only ever added: screening has to know every name that a person went by.
    for name in former {
        if name != record.name && !held.former_names.contains(&name) {
            out.edits.push(Edit::AddFormerName(name));
        }
    }
}

fn reconcile_registry_facts(
    held: &Provider,
    base: Option<&RegistryRecord>,
    record: &RegistryRecord,
    seen_on: NaiveDate,
    out: &mut Reconciled,
) {
    if held.taxonomies != record.taxonomies {
        out.edits.push(Edit::Taxonomies(record.taxonomies.clone()));
    }
    // A record with the dates of the one before says nothing of the number, such as one without any.
    let is_told = base.is_none_or(|base| base.status_dates() != record.status_dates());
    let history = record.npi_history_after(&held.npi_history, seen_on);
    if is_told && held.npi_history != history {
        out.edits.push(Edit::NpiHistory(history));
    }
    if held.replaced_by != record.replaced_by {
        out.edits.push(Edit::ReplacedBy(record.replaced_by));
    }
}

fn reconcile_licenses(
    held: &Provider,
    base: Option<&RegistryRecord>,
    record: &RegistryRecord,
    out: &mut Reconciled,
) {
    let before: &[RegistryLicense] = base.map_or(&[], |base| &base.licenses);
    let is_held = |license: &&RegistryLicense| held.licenses.iter().any(|other| license.is(other));
    let mut gone: Vec<&License> = before
        .iter()
        .filter(|license| !record.licenses.contains(license))
        .filter_map(|license| held.licenses.iter().find(|other| license.is(other)))
        .filter(|license| !record.licenses.iter().any(|other| other.is(license)))
        .collect();
    let mut dropped: Vec<&License> = gone
        .extract_if(.., |license| {
            held.claimed || !is_registrys_own(license, held)
        })
        .collect();
    let news = record
        .licenses
        .iter()
        .filter(|license| !before.contains(license));
    for (serial, license) in (0..).zip(news.filter(|license| !is_held(license))) {
        if let Some(same) = gone.iter().position(|other| license.is_of(other)) {
            let number = license.number.clone();
            out.edits
                .push(Edit::LicenseNumber(gone.swap_remove(same).id, number));
            continue;
        }
        // One that the registry no longer names is the likeliest to be meant.
        let kept =
            dropped.iter().copied().chain(&held.licenses).find(|other| {
                license.is_of(other) && (held.claimed || !is_registrys_own(other, held))
            });
        if let Some(kept) = kept {
            dropped.retain(|license| license.id != kept.id);
        }
        match kept {
            Some(kept) => out.differences.push(Difference {
                kind: DifferenceKind::License,
                held: Some(words::of_license(
                    kept.discipline,
                    kept.jurisdiction,
                    kept.number.as_deref(),
                )),
                registry: words::of_license(
                    license.discipline,
                    license.jurisdiction,
                    Some(&license.number),
                ),
            }),
            None => out
                .edits
                .push(Edit::AddLicense(self::license(license, serial))),
        }
    }
    out.edits.extend(
        gone.into_iter()
            .map(|license| Edit::RemoveLicense(license.id)),
    );
    for license in dropped {
        let number = license.number.as_deref();
        let held = words::of_license(license.discipline, license.jurisdiction, number);
        out.differences
            .push(no_longer_named(DifferenceKind::License, held));
    }
}

fn reconcile_locations(
    held: &Provider,
    base: Option<&RegistryRecord>,
    record: &RegistryRecord,
    out: &mut Reconciled,
) {
    let before = base.map(located).unwrap_or_default();
    let now = located(record);
    let find = |place: &RegistryLocation| {
        held.locations
            .iter()
            .find(|other| other.address == place.address())
    };
    let may_change = |location: &PracticeLocation| !held.claimed && !is_vouched_for(held, location);
    let mut gone: Vec<&PracticeLocation> = before
        .iter()
        .filter(|(place, _)| now.iter().all(|(other, _)| !other.same_address(place)))
        .filter_map(|(place, _)| find(place))
        .collect();
    let mut dropped: Vec<&PracticeLocation> = gone
        .extract_if(.., |location| !may_change(location))
        .collect();
    for (serial, (place, name)) in (0..).zip(&now) {
        if before.contains(&(*place, *name)) {
            continue;
        }
        if let Some(same) = find(place) {
            let renewed = renewed(same, place, *name);
            if renewed == *same {
                continue;
            }
            if may_change(same) {
                out.edits.push(Edit::ReplaceLocation(renewed));
            } else if renewed.phone != same.phone {
                out.differences.push(Difference {
                    kind: DifferenceKind::Location,
                    held: Some(words::of_location(&same.address, same.phone.as_deref())),
                    registry: words::of_location(&renewed.address, renewed.phone.as_deref()),
                });
            }
            continue;
        }
        let known = before.iter().any(|(other, _)| other.same_address(place));
        if known {
            // Somebody has changed or removed this place here; the registry says nothing new of it.
            continue;
        }
        // The person moved: the place of the main file keeps its number.
        let moved = serial == 0
            && base
                .and_then(|base| base.practice.as_ref())
                .and_then(find)
                .is_some_and(|old| gone.iter().any(|location| location.id == old.id));
        if moved && let Some(old) = base.and_then(|base| base.practice.as_ref()).and_then(find) {
            gone.retain(|location| location.id != old.id);
            out.edits
                .push(Edit::ReplaceLocation(location(place, *name, old.id)));
        } else if held.claimed
            || held
                .locations
                .iter()
                .any(|other| is_vouched_for(held, other))
        {
            // One that the registry no longer names is the likeliest to have been moved.
            let kept = dropped.first().copied().or(held.locations.first());
            dropped.retain(|location| kept.is_none_or(|kept| kept.id != location.id));
            out.differences.push(Difference {
                kind: DifferenceKind::Location,
                held: kept.map(|location| words::of_location(&location.address, None)),
                registry: words::of_location(&place.address(), None),
            });
        } else {
            out.edits.push(Edit::AddLocation(location(
                place,
                *name,
                LocationId(serial),
            )));
        }
    }
    out.edits.extend(
        gone.into_iter()
            .map(|location| Edit::RemoveLocation(location.id)),
    );
    for location in dropped {
        let held = words::of_location(&location.address, None);
        out.differences
            .push(no_longer_named(DifferenceKind::Location, held));
    }
}

/// What we keep although the registry has dropped it. Says what in both words: open tasks are told
/// apart by those of the registry.
fn no_longer_named(kind: DifferenceKind, held: String) -> Difference {
    Difference {
        kind,
        registry: format!("no longer named: {held}"),
        held: Some(held),
    }
}

/// Every place of the record with the name of the clinic there.
fn located(record: &RegistryRecord) -> Vec<(&RegistryLocation, Option<&str>)> {
    let main = record.practice.as_ref();
    let name = record.trade_names.first().map(AsRef::as_ref);
    record
        .locations()
        .into_iter()
        .map(|place| (place, name.filter(|_| main == Some(place))))
        .collect()
}

fn numbered<A, B>(items: &[A], make: impl Fn(&A, i64) -> B) -> Vec<B> {
    (0..).zip(items).map(|(id, item)| make(item, id)).collect()
}

fn license(license: &RegistryLicense, id: i64) -> License {
    License {
        version: 1,
        id: LicenseId(id),
        discipline: license.discipline,
        jurisdiction: license.jurisdiction,
        number: Some(license.number.clone()),
        issued_on: None,
        expires_on: None,
        source: REGISTRY.into(),
        home: None,
        checks: Vec::new(),
    }
}

fn location(place: &RegistryLocation, name: Option<&str>, id: LocationId) -> PracticeLocation {
    PracticeLocation {
        version: 1,
        id,
        name: name.map(Into::into),
        address: place.address(),
        position: place.position(),
        zone: place.zone,
        phone: place.phone.clone(),
        wheelchair_access: None,
        confirmed_at: Vec::new(),
        moved_at: Vec::new(),
    }
}

/// The held place with what the registry may say of it; a name we have stays where it has none.
fn renewed(
    held: &PracticeLocation,
    place: &RegistryLocation,
    name: Option<&str>,
) -> PracticeLocation {
    PracticeLocation {
        version: 1,
        name: name.map(Into::into).or_else(|| held.name.clone()),
        wheelchair_access: held.wheelchair_access,
        ..location(place, name, held.id)
    }
}

/// Told by the registry, and by nobody else since: checked by none, and no privilege is held under it.
fn is_registrys_own(license: &License, held: &Provider) -> bool {
    let is_home = held
        .licenses
        .iter()
        .any(|other| other.home == Some(license.id));
    &*license.source == REGISTRY && license.checks.is_empty() && !is_home
}

/// Has anybody confirmed the place, or attested to needles there?
fn is_vouched_for(held: &Provider, location: &PracticeLocation) -> bool {
    !location.confirmed_at.is_empty()
        || held
            .attestations
            .iter()
            .any(|attestation| attestation.locations.contains(&location.id))
}

impl RegistryLicense {
    /// Is the held licence of the same profession and state?
    fn is_of(&self, held: &License) -> bool {
        self.discipline == held.discipline && self.jurisdiction == held.jurisdiction
    }

    /// Is it the very licence? Spelling of numbers differs in dashes, blanks and case.
    fn is(&self, held: &License) -> bool {
        let folded = |number: &str| -> String {
            number
                .chars()
                .filter(char::is_ascii_alphanumeric)
                .map(|c| c.to_ascii_uppercase())
                .collect()
        };
        self.is_of(held)
            && held
                .number
                .as_deref()
                .is_some_and(|number| folded(number) == folded(&self.number))
    }
}
