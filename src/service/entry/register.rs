//! Putting a person on file whom the registry has not told us of yet.

use chrono::NaiveDate;
use domain::access::{Reach, Role};
use domain::claim::{ClaimMethod, ClaimState};
use domain::name::PersonName;
use domain::npi::Npi;
use domain::provider::{NpiStatus, NpiStatusChange, Provider};
use domain::screening::Screening;
use domain::taxonomy::TaxonomyCode;
use serde_json::json;

use super::{account, impossible, told};
use crate::app::App;
use crate::service::screening::{self, birth};
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::store::entry;
use crate::store::entry::claim::{self, Claim};
use crate::store::entry::holder;
use crate::store::{self, provider};

/// Who is put on file.
#[derive(Debug, Clone)]
pub struct Registration {
    /// The number.
    pub npi: Npi,
    /// The name.
    pub name: PersonName,
    /// Self-reported specialities as NUCC taxonomy codes.
    pub taxonomies: Vec<TaxonomyCode>,
    /// Did the admin find the number active in the federal registry? Their word, and only theirs.
    pub is_active_in_registry: bool,
    /// The birth date, which nobody is shown.
    pub birth_date: Option<NaiveDate>,
}

/// Puts a person on file: an admin anybody whose number is not known, a provider themselves.
///
/// An entry that a provider made is theirs to fill in, and not claimed: that it is about them is still
/// to be shown, so the claim is opened with it. Who is new is held against the list of excluded people at
/// once.
///
/// # Errors
/// `GUARD_FAILED` for a number that is on file, and for a made-up one where anybody is real; `BAD_INPUT` for a
/// birth date that cannot be.
pub async fn register(
    app: &App,
    who: &Requester,
    order: &Order,
    new: Registration,
) -> Result<Npi, Trouble> {
    let npi = new.npi;
    let mut is_new = false;
    let made = &mut is_new;
    perform(app, who, order, async |change: &Change<'_>| {
        let db = change.txn.db();
        let birth_date = super::birth_date(change, new.birth_date)?;
        admits(change, npi).await?;
        let is_own = change.reach == Reach::Own;
        let holds = match who.account {
            Some(by) if is_own => holder::entries_of(db, by).await?,
            _ => Vec::new(),
        };
        let mut held = who.entries.iter().chain(&holds);
        if is_own && held.any(|held| *held != npi) {
            return Err(Trouble::guard(
                "this account has an entry of its own; one person has one",
            ));
        }
        if is_own && new.is_active_in_registry {
            return Err(Trouble::field(
                UserErrorCode::Forbidden,
                "activeInRegistry",
                "that the registry holds the number active is for an admin to say",
            ));
        }
        if entry::find(db, npi).await?.is_some() {
            return Err(Trouble::field(
                UserErrorCode::GuardFailed,
                "npi",
                "this number is on file: claim the entry instead",
            ));
        }
        let person = person(npi, &new, change.now.date_naive());
        provider::insert_many(&change.txn, &[person], change.txn.next_seq()).await?;
        if let Some(birth_date) = birth_date {
            birth::keep(change, npi, Some(birth_date.day())).await?;
        }
        if is_own {
            let by = account(change)?;
            if !who.owns(npi) {
                store::account::grant_entry(&change.txn, by, npi, Role::Provider, change.now)
                    .await?;
            }
            let opened = Claim {
                id: claim::next_id(&change.txn),
                npi,
                account: by,
                state: ClaimState::Open,
                method: ClaimMethod::EvidenceSeen,
                disputes: false,
                statement: Some("registered by the claimant".into()),
                requested_at: change.now,
                code_hash: None,
                code_issued_at: None,
                code_expires_at: None,
                code_issued_by: None,
                attempts: 0,
                decided_at: None,
                decided_by: None,
                decision_note: None,
                version: 1,
            };
            claim::save(&change.txn, &opened).await?;
            told::claimed(change, &opened, &[]).await?;
        }
        let mut event = change.event("provider", format!("provider_{npi}"));
        event.entity_version = Some(1);
        event.after_hash = Some(change.hash_of(npi, &json!({ "name": new.name })).await?);
        event.changed_fields = vec!["name".to_owned(), "taxonomies".to_owned()];
        if birth_date.is_some() {
            event.changed_fields.push("birthDate".to_owned());
        }
        change.log(event).await?;
        *made = true;
        Ok(npi.to_string())
    })
    .await?;
    if is_new {
        screening::screen_person(app, npi).await;
    }
    Ok(npi)
}

/// Made-up numbers belong where everybody is made up, and a real number where nobody is.
async fn admits(change: &Change<'_>, npi: Npi) -> Result<(), Trouble> {
    if !npi.is_sample() {
        return Ok(());
    }
    // The lowest number is made up where all are: a real person's begins with a lower digit.
    let lowest = provider::lowest(change.txn.db()).await?;
    if lowest.is_some_and(Npi::is_sample) {
        Ok(())
    } else {
        Err(impossible(
            "npi",
            "an NPI begins with 1 or 2; those beginning with 9 belong to made-up people",
        ))
    }
}

fn person(npi: Npi, new: &Registration, on: NaiveDate) -> Provider {
    Provider {
        npi,
        version: 1,
        name: new.name.clone(),
        former_names: Vec::new(),
        claimed: false,
        offers_dry_needling: None,
        accepts_new_patients: None,
        languages: Vec::new(),
        website: None,
        taxonomies: new.taxonomies.clone(),
        npi_history: new
            .is_active_in_registry
            .then_some(NpiStatusChange {
                from: on,
                status: NpiStatus::Active,
            })
            .into_iter()
            .collect(),
        replaced_by: None,
        licenses: Vec::new(),
        locations: Vec::new(),
        training: Vec::new(),
        credentials: Vec::new(),
        attestations: Vec::new(),
        lookups: Vec::new(),
        screening: Screening::default(),
        changed_seq: 0,
    }
}
