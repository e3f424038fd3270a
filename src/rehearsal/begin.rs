//! Putting the cast and the staff on file, and telling where a rehearsal stands: the log says when it
//! began and whether it ended.

use chrono::{DateTime, Utc};
use domain::access::{AccountId, Role, Roles};
use domain::npi::Npi;
use domain::provider::Provider;

use super::RehearsalError;
use super::days::{Days, LENGTH};
use super::scene::{Listed, Part, Scene, Staff, Who};
use crate::service::AuthMethod;
use crate::store::account::{self, NewAccount};
use crate::store::log::{self, NewEvent, Wanted};
use crate::store::{self, Store, StoreError, WriteTxn};

const BEGIN: &str = "rehearsal.begin";
const END: &str = "rehearsal.end";

/// The account of whoever says that entries are theirs, by number.
pub(super) fn claimant(nth: u8) -> String {
    format!("sample-claimant-{nth}")
}

/// The account of a person's own.
pub(super) fn holder(npi: Npi) -> String {
    format!("sample-provider-{npi}")
}

/// The account of whoever prepares for others.
pub(super) const DELEGATE: &str = "sample-delegate-dee";

/// How many claim entries.
pub(super) const CLAIMANTS: u8 = 2;

/// When the rehearsal began, if it did.
pub(super) async fn began_at(store: &Store) -> Result<Option<DateTime<Utc>>, StoreError> {
    let begun = told(store, BEGIN).await?;
    let at = begun.map(|event| {
        let at = event.occurred_at.parse();
        at.map_err(|error| StoreError::inconsistent("event", "occurred_at", event.seq, error))
    });
    at.transpose()
}

/// Is it over?
pub(super) async fn has_ended(store: &Store) -> Result<bool, StoreError> {
    Ok(told(store, END).await?.is_some())
}

async fn told(store: &Store, action: &str) -> Result<Option<log::Event>, StoreError> {
    let wanted = Wanted {
        action: Some(action.to_owned()),
        ..Wanted::default()
    };
    let found = log::page_after(store.connection(), &wanted, None, 1).await?;
    Ok(found.into_iter().next())
}

/// Puts everybody on file in one change, where they are not yet.
pub(super) async fn put_on_file(
    store: &Store,
    people: &[Provider],
    script: &[Scene],
    days: Days,
) -> Result<(), RehearsalError> {
    if began_at(store).await?.is_some() {
        return Ok(());
    }
    let at = days.begin();
    let txn = store.begin().await?;
    store::provider::insert_many(&txn, people, txn.next_seq()).await?;
    let event = NewEvent {
        reason_text: Some(format!(
            "{} made-up people and {} made-up accounts of staff, who act through {LENGTH} days",
            people.len(),
            Staff::ALL.len()
        )),
        ..NewEvent::by_system(BEGIN, "provider", at)
    };
    log::append(&txn, event).await?;
    for staff in Staff::ALL {
        add(&txn, staff.account(), &[staff.role()], (None, &[]), at).await?;
    }
    for (person, scene) in people.iter().zip(script) {
        if scene.part != Part::Registered {
            let name = holder(person.npi);
            add(&txn, &name, &[Role::Provider], (Some(person.npi), &[]), at).await?;
        }
    }
    for nth in 1..=CLAIMANTS {
        add(&txn, &claimant(nth), &[Role::Provider], (None, &[]), at).await?;
    }
    let helped = people.iter().zip(script).filter(|(_, scene)| {
        let cues = scene.cues.iter();
        cues.clone().any(|cue| cue.by == Who::Delegate)
    });
    let helped: Vec<Npi> = helped.map(|(person, _)| person.npi).collect();
    add(
        &txn,
        DELEGATE,
        &[Role::ProviderDelegate],
        (None, &helped),
        at,
    )
    .await?;
    Ok(txn.commit().await?)
}

/// An account that nobody can sign in to: no password, no link, no key.
async fn add(
    txn: &WriteTxn,
    name: &str,
    roles: &[Role],
    (provider, delegate_of): (Option<Npi>, &[Npi]),
    at: DateTime<Utc>,
) -> Result<AccountId, StoreError> {
    let roles = Roles::new(roles.iter().copied()).unwrap_or_default();
    let new = NewAccount {
        name,
        email: None,
        roles: &roles,
        provider,
        delegate_of,
    };
    let id = account::insert(txn, &new, at).await?;
    let codes: Vec<_> = roles.iter().map(Role::code).collect();
    let event = NewEvent {
        auth_method: Some(AuthMethod::CommandLine.code().to_owned()),
        entity_id: Some(format!("account_{}", id.0)),
        entity_version: Some(1),
        reason_text: Some(codes.join(" ")),
        ..NewEvent::by_system("account.add", "account", at)
    };
    log::append(txn, event).await?;
    Ok(id)
}

/// Says in the log that everything was acted.
pub(super) async fn end(store: &Store, cases: usize, days: Days) -> Result<(), StoreError> {
    if has_ended(store).await? {
        return Ok(());
    }
    let txn = store.begin().await?;
    let event = NewEvent {
        reason_text: Some(format!("{cases} cases of made-up people")),
        ..NewEvent::by_system(END, "provider", days.end())
    };
    log::append(&txn, event).await?;
    txn.commit().await
}

/// The birth date of whoever the made-up list names by it.
pub(super) fn born_on(scene: &Scene, nth: usize) -> Option<chrono::NaiveDate> {
    let is_named_so = matches!(scene.listed, Some((_, Listed::BirthDate)));
    let year = 1958 + i32::try_from(nth % 37).unwrap_or_default();
    let day = 1 + u32::try_from(nth % 28).unwrap_or_default();
    let month = 1 + u32::try_from(nth % 12).unwrap_or_default();
    chrono::NaiveDate::from_ymd_opt(year, month, day).filter(|_| is_named_so)
}
