//! What of a person's record ends, or has to be done again, by which day. All of it is read off the
//! record at an instant; nothing of it is stored.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::business_days_after;
use crate::attestation::AttestationState;
use crate::codes::codes;
use crate::credential::{Credential, EffectiveStatus, Standing};
use crate::place::Jurisdiction;
use crate::policy::Policy;
use crate::provider::Provider;
use crate::time::{Day, days_after, local_day};

codes! {
    /// What is due.
    pub enum DueKind("kind of what is due") {
        /// A verified credential ends.
        Credential = "CREDENTIAL",
        /// The verification of a credential ends.
        Revalidation = "REVALIDATION",
        /// A suspension is to be looked at again.
        SuspensionReview = "SUSPENSION_REVIEW",
        /// A licence ends.
        License = "LICENSE",
        /// The last look at a licence's register counts no longer.
        LicenseCheck = "LICENSE_CHECK",
        /// An attestation ends.
        Attestation = "ATTESTATION",
        /// A lot of needles in use expires.
        NeedleLot = "NEEDLE_LOT",
        /// The confirmation of a place of practice ends.
        LocationConfirmation = "LOCATION_CONFIRMATION",
        /// The last screening counts no longer.
        Screening = "SCREENING",
        /// A notice has to be sent.
        Notice = "NOTICE",
        /// A claim waits for one of us.
        Claim = "CLAIM",
        /// A request that an entry goes has to be decided.
        Removal = "REMOVAL",
        /// A report of a mistake has to be answered.
        Report = "REPORT",
    }
}

impl DueKind {
    /// What to do, in a sentence for one of us.
    pub const fn to_do(self) -> &'static str {
        match self {
            Self::Credential => "Ask for the renewed credential; after its last day it is EXPIRED.",
            Self::Revalidation => "Open a revalidation: after this day the badge is withheld.",
            Self::SuspensionReview => "Review the suspension: reinstate, revoke or keep it.",
            Self::License => "Look at the board's register for the renewal.",
            Self::LicenseCheck => "Look at the board's register again.",
            Self::Attestation => "Ask for a new attestation; after this day it is LAPSED.",
            Self::NeedleLot => "Ask which lot is in use now.",
            Self::LocationConfirmation => "Ask whether the person still works there.",
            Self::Screening => "Screen against a current list.",
            Self::Notice => "Send it by other means, or mend the address.",
            Self::Claim => "Read out or post the code, or decide the claim.",
            Self::Removal => "Hide or erase the entry, or refuse with a reason.",
            Self::Report => "Look into it and answer.",
        }
    }
}

/// Something that ends, or has to be done, by a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What.
    pub kind: DueKind,
    /// The record, by its table and number.
    pub about: (&'static str, i64),
    /// The record, in words.
    pub name: Box<str>,
    /// The last day.
    pub due_on: NaiveDate,
    /// Today, in the zone by which that day is told.
    pub today: NaiveDate,
}

impl Due {
    /// By which reminders and tasks of this very due day are known.
    pub fn key(&self) -> String {
        let (table, id) = self.about;
        let key = format!("{}/{table}_{id}/{}", self.kind, self.due_on);
        match self.kind {
            // An attestation may name several.
            DueKind::NeedleLot => format!("{key}/{}", self.name),
            _ => key,
        }
    }
}

/// Everything on file about a person that has a last day, as of an instant: what has passed and was not
/// made good included.
pub fn dues(person: &Provider, now: DateTime<Utc>, policy: &Policy) -> Vec<Due> {
    let zone = home_zone(person);
    let mut found = Vec::new();
    for credential in credentials(person) {
        of_credential(credential, now, zone, policy, &mut found);
    }
    of_licenses(person, now, policy, &mut found);
    of_attestations(person, now, zone, &mut found);
    for location in &person.locations {
        let today = local_day(now, location.zone);
        let days = policy.location_confirmed_days;
        if let Some(due_on) = location.confirmed_through(today, days) {
            let name = location.name.as_deref().unwrap_or(&location.address.city);
            found.push(Due {
                kind: DueKind::LocationConfirmation,
                about: ("practice_location", location.id.0),
                name: name.into(),
                due_on,
                today,
            });
        }
    }
    if let Some(at) = person.screening.screened_at.iter().max() {
        found.push(Due {
            kind: DueKind::Screening,
            about: ("provider", person.npi.number().cast_signed()),
            name: "screening against the exclusion list".into(),
            due_on: days_after(local_day(*at, zone), policy.screening_due_days),
            today: local_day(now, zone),
        });
    }
    found
}

fn of_credential(
    credential: &Credential,
    now: DateTime<Utc>,
    zone: Tz,
    policy: &Policy,
    found: &mut Vec<Due>,
) {
    let today = local_day(now, zone);
    let months = policy.revalidation_months;
    let due = |kind, due_on| Due {
        kind,
        about: ("credential", credential.id.0),
        name: credential.title.clone(),
        due_on,
        today,
    };
    let status = credential.effective_status(Day::at(today), zone, months);
    match status {
        Some(
            EffectiveStatus::Verified
            | EffectiveStatus::NotYetValid
            | EffectiveStatus::RevalidationRequired
            | EffectiveStatus::Expired,
        ) => {
            // What expired without ever having been verified was never worth anything.
            let Some(revalidation) = credential.revalidation_due_on(today, zone, months) else {
                return;
            };
            found.extend(
                credential
                    .expires_on
                    .map(|last| due(DueKind::Credential, last)),
            );
            if status != Some(EffectiveStatus::Expired) {
                found.push(due(DueKind::Revalidation, revalidation));
            }
        }
        Some(EffectiveStatus::Suspended) => {
            let since = credential
                .standing(today, zone)
                .filter(|change| change.standing == Standing::Suspended);
            found.extend(since.map(|change| {
                let days = policy.suspension_review_business_days;
                due(
                    DueKind::SuspensionReview,
                    business_days_after(local_day(change.at, zone), days),
                )
            }));
        }
        Some(
            EffectiveStatus::Unverified
            | EffectiveStatus::Revoked
            | EffectiveStatus::Withdrawn
            | EffectiveStatus::Superseded,
        )
        | None => {}
    }
}

fn of_licenses(person: &Provider, now: DateTime<Utc>, policy: &Policy, found: &mut Vec<Due>) {
    for license in &person.licenses {
        let zone = license.jurisdiction.zone();
        let today = local_day(now, zone);
        let number = license.number.as_deref().unwrap_or("without a number");
        let what = match license.home {
            Some(_) => "compact privilege",
            None => "licence",
        };
        let due = |kind, due_on| Due {
            kind,
            about: ("license", license.id.0),
            name: format!("{} {what} {number}", license.jurisdiction).into(),
            due_on,
            today,
        };
        if license.board_status(today, zone).bars() {
            continue;
        }
        found.extend(
            // A privilege ends with its home licence.
            license
                .ends_on(&person.licenses, today, zone)
                .map(|last| due(DueKind::License, last)),
        );
        found.extend(
            license
                .check_due_on(today, zone, policy.license_check_days)
                .map(|last| due(DueKind::LicenseCheck, last)),
        );
    }
}

fn of_attestations(person: &Provider, now: DateTime<Utc>, home: Tz, found: &mut Vec<Due>) {
    let zone_of = |locations: &[crate::provider::LocationId]| {
        let first = person
            .locations
            .iter()
            .find(|location| locations.contains(&location.id));
        first.map_or(home, |location| location.zone)
    };
    // Only the last one that was ever in force: an earlier one has been made good.
    let last = person
        .attestations
        .iter()
        .filter_map(|attestation| {
            let zone = zone_of(&attestation.locations);
            let today = local_day(now, zone);
            let state = attestation.state(Day::at(today), zone);
            matches!(state, AttestationState::Accepted | AttestationState::Lapsed)
                .then(|| Some((attestation.holds_through()?, today, attestation)))
                .flatten()
        })
        .max_by_key(|(through, _, attestation)| (*through, attestation.id));
    let Some((due_on, today, attestation)) = last else {
        return;
    };
    found.push(Due {
        kind: DueKind::Attestation,
        about: ("sterility_attestation", attestation.id.0),
        name: "sterility attestation".into(),
        due_on,
        today,
    });
    for lot in attestation.products.iter().flat_map(|it| &it.lots) {
        // The last lot ends the attestation, which is told already; a recall is told at once.
        if lot.expires_on < due_on && lot.recalled_on.is_none() {
            found.push(Due {
                kind: DueKind::NeedleLot,
                about: ("sterility_attestation", attestation.id.0),
                name: format!("lot {}", lot.lot).into(),
                due_on: lot.expires_on,
                today,
            });
        }
    }
}

/// The zone in which a person's days are told where no location says otherwise.
fn home_zone(person: &Provider) -> Tz {
    match (person.locations.first(), person.licenses.first()) {
        (Some(location), _) => location.zone,
        (None, Some(license)) => license.jurisdiction.zone(),
        (None, None) => Jurisdiction::Dc.zone(),
    }
}

fn credentials(person: &Provider) -> impl Iterator<Item = &Credential> {
    person
        .training
        .iter()
        .map(|training| &training.credential)
        .chain(&person.credentials)
}
