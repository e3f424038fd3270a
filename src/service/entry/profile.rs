//! What a person says of themselves.

use chrono::NaiveDate;
use domain::access::Role;
use domain::birth::BirthDate;
use domain::contact::LanguageTag;
use domain::name::PersonName;
use domain::npi::Npi;
use serde_json::json;

use super::{entry_of, impossible, parsed};
use crate::app::App;
use crate::service::screening::{self, birth};
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::store::entry::profile::{self, Contact, ProfileChange};
use crate::store::exclusion::private;
use crate::store::provider;

/// Languages that one may name, former names that one may have: more is a mistake.
const MOST: usize = 20;

/// What changes, as it was typed; `None` is left as it is, `Some(None)` is emptied.
#[derive(Debug, Clone, Default)]
pub struct ProfileWords {
    /// The current name.
    pub name: Option<PersonName>,
    /// Earlier and other names, all of them.
    pub former_names: Option<Vec<PersonName>>,
    /// Languages spoken with patients, all of them.
    pub languages: Option<Vec<String>>,
    /// The person's own page.
    pub website: Option<Option<String>>,
    /// Does the person do dry needling?
    pub offers_dry_needling: Option<Option<bool>>,
    /// Does the person take patients?
    pub accepts_new_patients: Option<Option<bool>>,
    /// How the directory reaches the person; nobody else is told.
    pub phone: Option<Option<String>>,
    /// The same by e-mail.
    pub email: Option<Option<String>>,
    /// The birth date, which nobody is shown.
    pub birth_date: Option<Option<NaiveDate>>,
}

impl ProfileWords {
    /// Does it change by what the person is found in a list of excluded people?
    const fn changes_identity(&self) -> bool {
        self.name.is_some() || self.former_names.is_some() || self.birth_date.is_some()
    }
}

/// Changes what a person says of themselves. Where that changes by what they are found in a list of excluded
/// people, they are held against it at once.
///
/// # Errors
/// `BAD_INPUT` that names the field, `STALE_VERSION`, `FORBIDDEN` for a delegate who tells a birth date.
pub async fn update(
    app: &App,
    who: &Requester,
    order: &Order,
    (npi, expected_version): (Npi, i64),
    words: ProfileWords,
) -> Result<Npi, Trouble> {
    let mut is_new = false;
    let made = &mut is_new;
    let done = perform(app, who, order, async |change: &Change<'_>| {
        let change_of = read(&words)?;
        let birth_date = match words.birth_date {
            None => None,
            Some(_) if change.role() == Role::ProviderDelegate => {
                return Err(Trouble::field(
                    UserErrorCode::Forbidden,
                    "birthDate",
                    "a birth date is for the person or an admin to tell",
                ));
            }
            Some(told) => Some(super::birth_date(change, told)?),
        };
        let held = entry_of(change, npi).await?;
        change.check_version(expected_version, held.version)?;
        let db = change.txn.db();
        let before = provider::by_npis(db, &[npi]).await?.pop();
        let before = before.ok_or(Trouble::NotFound("provider"))?;
        let contact_before = profile::contact(db, npi).await?;
        let born_before = born(change, npi).await?;
        let contact = contact(&words, contact_before.clone())?;
        profile::update(&change.txn, npi, &change_of).await?;
        if contact != contact_before {
            profile::set_contact(&change.txn, npi, &contact).await?;
        }
        if let Some(birth_date) = birth_date {
            birth::keep(change, npi, birth_date.map(BirthDate::day)).await?;
        }
        let born_after = born(change, npi).await?;
        let after = provider::by_npis(db, &[npi]).await?.pop();
        let after = after.ok_or(Trouble::NotFound("provider"))?;
        let mut event = change.event("provider", format!("provider_{npi}"));
        event.entity_version = Some(u64::from(after.version));
        let was = said(&before, &contact_before, born_before.as_deref());
        let is = said(&after, &contact, born_after.as_deref());
        event.before_hash = Some(change.hash_of(npi, &was).await?);
        event.after_hash = Some(change.hash_of(npi, &is).await?);
        event.changed_fields = changed_fields(&words);
        change.log(event).await?;
        *made = true;
        Ok(npi.to_string())
    })
    .await?;
    if is_new && words.changes_identity() {
        screening::screen_person(app, npi).await;
    }
    done.parse().map_err(|_| Trouble::NotFound("provider"))
}

/// The keyed hash of the birth date on file.
async fn born(change: &Change<'_>, npi: Npi) -> Result<Option<String>, Trouble> {
    let mut kept = private::birth_dates(change.txn.db(), &[npi]).await?;
    Ok(kept.remove(&npi).map(|kept| kept.index))
}

/// What a profile says, as it is hashed.
fn said(
    person: &domain::provider::Provider,
    contact: &Contact,
    birth_date: Option<&str>,
) -> serde_json::Value {
    json!({
        "name": person.name,
        "formerNames": person.former_names,
        "languages": person.languages,
        "website": person.website,
        "offersDryNeedling": person.offers_dry_needling,
        "acceptsNewPatients": person.accepts_new_patients,
        "phone": contact.phone.as_ref().map(ToString::to_string),
        "email": contact.email.as_ref().map(ToString::to_string),
        "birthDate": birth_date,
    })
}

fn read(words: &ProfileWords) -> Result<ProfileChange, Trouble> {
    let languages = words.languages.as_ref().map(|tags| languages(tags));
    let website = words.website.as_ref().map(|website| {
        let website = website.as_deref();
        website.map(|text| parsed("website", text)).transpose()
    });
    if words
        .former_names
        .as_ref()
        .is_some_and(|names| names.len() > MOST)
    {
        return Err(impossible("formerNames", format!("at most {MOST}")));
    }
    Ok(ProfileChange {
        name: words.name.clone(),
        former_names: words.former_names.clone(),
        languages: languages.transpose()?,
        website: website.transpose()?,
        offers_dry_needling: words.offers_dry_needling,
        accepts_new_patients: words.accepts_new_patients,
    })
}

fn languages(tags: &[String]) -> Result<Vec<LanguageTag>, Trouble> {
    if tags.len() > MOST {
        return Err(impossible("languages", format!("at most {MOST}")));
    }
    let mut read: Vec<LanguageTag> = Vec::new();
    for (at, text) in tags.iter().enumerate() {
        let tag = parsed(&format!("languages.{at}"), text)?;
        if !read.contains(&tag) {
            read.push(tag);
        }
    }
    Ok(read)
}

fn contact(words: &ProfileWords, held: Contact) -> Result<Contact, Trouble> {
    let mut contact = held;
    if let Some(phone) = &words.phone {
        let phone = phone.as_deref();
        contact.phone = phone.map(|text| parsed("phone", text)).transpose()?;
    }
    if let Some(email) = &words.email {
        let email = email.as_deref();
        contact.email = email.map(|text| parsed("email", text)).transpose()?;
    }
    Ok(contact)
}

fn changed_fields(words: &ProfileWords) -> Vec<String> {
    [
        ("name", words.name.is_some()),
        ("formerNames", words.former_names.is_some()),
        ("languages", words.languages.is_some()),
        ("website", words.website.is_some()),
        ("offersDryNeedling", words.offers_dry_needling.is_some()),
        ("acceptsNewPatients", words.accepts_new_patients.is_some()),
        ("phone", words.phone.is_some()),
        ("email", words.email.is_some()),
        ("birthDate", words.birth_date.is_some()),
    ]
    .into_iter()
    .filter(|(_, changes)| *changes)
    .map(|(field, _)| field.to_owned())
    .collect()
}
