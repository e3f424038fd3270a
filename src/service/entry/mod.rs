//! A person's own entry: what the person says of themselves, licences and places, and what is asked of
//! the directory about the entry.
//!
//! Each function is one change, made by [`perform`](super::perform). What anybody says of a licence or
//! a place is their word; what a source says is a check beside it and is never changed.

pub mod claim;
pub mod license;
pub mod location;
pub mod profile;
pub mod register;
pub mod removal;
pub mod report;
mod told;
pub mod waiting;

use std::fmt::Display;
use std::str::FromStr;

use chrono::NaiveDate;
use domain::access::AccountId;
use domain::birth::BirthDate;
use domain::npi::Npi;

use super::{Change, Trouble, UserErrorCode};
use crate::store::entry::{self, Entry};

/// The entry that a change is about, in view and the requester's to change.
///
/// # Errors
/// `NOT_FOUND` where there is none or where it is not theirs: the same answer.
async fn entry_of(change: &Change<'_>, npi: Npi) -> Result<Entry, Trouble> {
    let found = on_record(change, npi).await?;
    if found.withdrawn_at.is_some() {
        return Err(Trouble::guard(
            "this entry was taken from view; it is changed no more",
        ));
    }
    Ok(found)
}

/// The entry that one of us records something about, in view or not.
///
/// # Errors
/// `NOT_FOUND` where there is none, or nothing left of it.
async fn on_record(change: &Change<'_>, npi: Npi) -> Result<Entry, Trouble> {
    change.own(npi, "provider")?;
    let found = entry::find(change.txn.db(), npi).await?;
    let found = found.filter(|found| found.erased_at.is_none());
    found.ok_or(Trouble::NotFound("provider"))
}

/// The account that makes a change. Whoever passed the table of rights has one.
fn account(change: &Change<'_>) -> Result<AccountId, Trouble> {
    change.who.account.ok_or(Trouble::Unauthenticated)
}

/// A text as the value that it should be.
///
/// # Errors
/// `BAD_INPUT` that names the field and says what the value should be.
fn parsed<T: FromStr>(field: &str, text: &str) -> Result<T, Trouble>
where
    T::Err: Display,
{
    text.parse()
        .map_err(|error: T::Err| impossible(field, error.to_string()))
}

/// A birth date as it was told, or none.
///
/// # Errors
/// `BAD_INPUT` for a day on which nobody on file can have been born.
fn birth_date(change: &Change<'_>, told: Option<NaiveDate>) -> Result<Option<BirthDate>, Trouble> {
    let today = change.now.date_naive();
    told.map(|day| BirthDate::new(day, today))
        .transpose()
        .map_err(|error| impossible("birthDate", error.to_string()))
}

/// A field's value is impossible.
fn impossible(field: &str, why: impl Into<Box<str>>) -> Trouble {
    Trouble::field(UserErrorCode::BadInput, field, why)
}

/// A text for people, trimmed, of at most so many characters; nothing where it is blank.
///
/// # Errors
/// `BAD_INPUT` for one that is too long or holds control characters.
fn words(field: &str, text: Option<&str>, most: usize) -> Result<Option<Box<str>>, Trouble> {
    let text = text.unwrap_or_default().trim();
    if text.chars().count() > most {
        return Err(impossible(field, format!("at most {most} characters")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(impossible(field, "no control characters"));
    }
    Ok((!text.is_empty()).then(|| text.into()))
}
