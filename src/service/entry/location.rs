//! Places of practice.

use domain::contact::Phone;
use domain::npi::Npi;
use domain::place::{CoordinatePrecision, Jurisdiction, PostalCode, PostalPlace};
use domain::provider::{Address, LocationId, Position, PracticeLocation};
use serde_json::json;

use super::{entry_of, impossible, parsed, words};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::store::entry::location::{self, Place};
use crate::store::place;

/// A place as it was typed.
#[derive(Debug, Clone)]
pub struct LocationWords {
    /// The clinic's name.
    pub name: Option<String>,
    /// Street and suite.
    pub lines: Vec<String>,
    /// City.
    pub city: String,
    /// State.
    pub state: Jurisdiction,
    /// ZIP.
    pub postal_code: String,
    /// As shown to patients.
    pub phone: Option<String>,
    /// May a wheelchair get in?
    pub wheelchair_access: Option<bool>,
    /// Is the street hidden from the public?
    pub hides_street: bool,
}

/// Which place is changed, and at which version; or whose a new one is.
#[derive(Debug, Clone, Copy)]
pub enum WhichLocation {
    /// A new one of this person.
    New(Npi),
    /// One on file.
    OnFile(LocationId, i64),
}

/// Nobody works at more, and every licence is judged at every place (docs/limits.md). Closed ones do not
/// count.
pub const MOST_PLACES: u64 = 20;

/// Puts a place on file or changes it.
///
/// It lies where its ZIP lies, in the zone of that ZIP; whoever hides the street is shown nothing nearer.
/// Another address is another place: it has to be confirmed anew, and one in another state, under other
/// law, is put on file by itself.
///
/// # Errors
/// `BAD_INPUT` for a ZIP that does not exist or lies in another state, `GUARD_FAILED` beyond
/// [`MOST_PLACES`].
pub async fn upsert(
    app: &App,
    who: &Requester,
    order: &Order,
    which: WhichLocation,
    told: LocationWords,
) -> Result<LocationId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let read = read(told)?;
        let zip = zip(change, &read).await?;
        let id = match which {
            WhichLocation::New(npi) => {
                entry_of(change, npi).await?;
                if location::count_open(change.txn.db(), npi).await? >= MOST_PLACES {
                    return Err(Trouble::guard(format!(
                        "{MOST_PLACES} places of this person are on file, which is as many as may be: \
                         close one where they practise no more"
                    )));
                }
                let located = located(&read, &zip, LocationId(0), 1);
                let id = location::add(&change.txn, npi, &located, read.hides_street).await?;
                log(change, npi, id, 1, None, &(located, read.hides_street)).await?;
                id
            }
            WhichLocation::OnFile(id, expected) => alter(change, id, expected, &read, &zip).await?,
        };
        Ok(id.0)
    })
    .await
    .map(LocationId)
}

async fn alter(
    change: &Change<'_>,
    id: LocationId,
    expected: i64,
    read: &Read,
    zip: &PostalPlace,
) -> Result<LocationId, Trouble> {
    let held = on_file(change, id).await?;
    change.check_version(expected, i64::from(held.location.version))?;
    if held.location.address.state != read.address.state {
        return Err(Trouble::field(
            UserErrorCode::GuardFailed,
            "state",
            "another state has other law: close this place and put the other one on file",
        ));
    }
    let moved = held.location.address != read.address;
    let located = located(read, zip, id, held.location.version);
    if moved {
        location::end_confirmations(&change.txn, id, change.now).await?;
    }
    let place = Place {
        npi: held.npi,
        location: located.clone(),
        hides_street: read.hides_street,
        closed_at: None,
    };
    location::change(&change.txn, &place).await?;
    let before = (held.location, held.hides_street);
    let version = u64::from(located.version) + 1;
    let after = (located, read.hides_street);
    log(change, held.npi, id, version, Some(&before), &after).await?;
    Ok(id)
}

/// Closes a place: the person no longer practises there. What was attested there stays on record.
pub async fn close(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (LocationId, i64),
) -> Result<LocationId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let held = on_file(change, id).await?;
        change.check_version(expected_version, i64::from(held.location.version))?;
        let closed = Place {
            closed_at: Some(change.now),
            ..held
        };
        location::change(&change.txn, &closed).await?;
        let mut event = change.event("practice_location", format!("location_{}", id.0));
        event.entity_version = Some(u64::from(closed.location.version) + 1);
        event.reason_code = Some("CLOSED".to_owned());
        event.changed_fields = vec!["closedAt".to_owned()];
        change.log(event).await?;
        Ok(id.0)
    })
    .await
    .map(LocationId)
}

/// Says that the person works at a place, which holds for as long as the policy lets it.
pub async fn confirm(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (LocationId, i64),
) -> Result<LocationId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let held = on_file(change, id).await?;
        change.check_version(expected_version, i64::from(held.location.version))?;
        location::confirm(&change.txn, held.npi, id, change.now).await?;
        let mut event = change.event("practice_location", format!("location_{}", id.0));
        event.entity_version = Some(u64::from(held.location.version) + 1);
        event.reason_code = Some("CONFIRMED".to_owned());
        event.changed_fields = vec!["confirmedAt".to_owned()];
        change.log(event).await?;
        Ok(id.0)
    })
    .await
    .map(LocationId)
}

/// A place of an entry that is in view and the requester's to change.
async fn on_file(change: &Change<'_>, id: LocationId) -> Result<Place, Trouble> {
    let gone = || Trouble::NotFound("location");
    let found = location::find(change.txn.db(), id).await?;
    let found = found.filter(|place| place.closed_at.is_none());
    let found = found.ok_or_else(gone)?;
    change.own(found.npi, "location")?;
    entry_of(change, found.npi).await?;
    Ok(found)
}

/// A place, read.
struct Read {
    name: Option<Box<str>>,
    address: Address,
    phone: Option<Phone>,
    wheelchair_access: Option<bool>,
    hides_street: bool,
}

#[expect(clippy::needless_pass_by_value, reason = "the words are used up")]
fn read(told: LocationWords) -> Result<Read, Trouble> {
    const MOST_LINES: usize = 3;
    if told.lines.len() > MOST_LINES {
        return Err(impossible("lines", format!("at most {MOST_LINES}")));
    }
    let mut lines = Vec::new();
    for (at, line) in told.lines.iter().enumerate() {
        lines.extend(one_line(&format!("lines.{at}"), line, 100)?);
    }
    if lines.is_empty() {
        return Err(impossible("lines", "name the street"));
    }
    let city = one_line("city", &told.city, 100)?;
    let postal_code: PostalCode = parsed("postalCode", told.postal_code.trim())?;
    let phone = words("phone", told.phone.as_deref(), 40)?;
    let phone = phone.map(|text| parsed("phone", &text)).transpose()?;
    Ok(Read {
        name: one_line("name", told.name.as_deref().unwrap_or_default(), 200)?,
        address: Address {
            lines,
            city: city.ok_or_else(|| impossible("city", "name the city"))?,
            state: told.state,
            postal_code,
        },
        phone,
        wheelchair_access: told.wheelchair_access,
        hides_street: told.hides_street,
    })
}

/// Words on one line with single spaces.
fn one_line(field: &str, text: &str, most: usize) -> Result<Option<Box<str>>, Trouble> {
    let line = words(field, Some(text), most)?;
    Ok(line.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ").into()))
}

async fn zip(change: &Change<'_>, read: &Read) -> Result<PostalPlace, Trouble> {
    let code = read.address.postal_code;
    let found = place::by_code(change.txn.db(), code).await?;
    let found = found.ok_or_else(|| impossible("postalCode", "there is no such ZIP code"))?;
    if found.jurisdiction == read.address.state {
        Ok(found)
    } else {
        Err(impossible(
            "postalCode",
            format!(
                "ZIP {code} lies in {}, not in {}",
                found.jurisdiction, read.address.state
            ),
        ))
    }
}

fn located(read: &Read, zip: &PostalPlace, id: LocationId, version: u32) -> PracticeLocation {
    PracticeLocation {
        id,
        version,
        name: read.name.clone(),
        address: read.address.clone(),
        position: Some(Position {
            point: zip.point,
            precision: CoordinatePrecision::ZipCentroid,
        }),
        zone: zip.zone,
        phone: read.phone.clone().map(Phone::into_text),
        wheelchair_access: read.wheelchair_access,
        confirmed_at: Vec::new(),
        moved_at: Vec::new(),
    }
}

type Shown = (PracticeLocation, bool);

async fn log(
    change: &Change<'_>,
    npi: Npi,
    id: LocationId,
    version: u64,
    before: Option<&Shown>,
    after: &Shown,
) -> Result<(), Trouble> {
    let mut event = change.event("practice_location", format!("location_{}", id.0));
    event.entity_version = Some(version);
    if let Some(before) = before {
        event.before_hash = Some(change.hash_of(npi, &said(before)).await?);
    }
    event.after_hash = Some(change.hash_of(npi, &said(after)).await?);
    event.changed_fields = changed_fields(before, after);
    change.log(event).await?;
    Ok(())
}

fn said((location, hides_street): &Shown) -> serde_json::Value {
    json!({
        "name": location.name,
        "lines": location.address.lines,
        "city": location.address.city,
        "state": location.address.state,
        "postalCode": location.address.postal_code.to_string(),
        "phone": location.phone,
        "wheelchairAccess": location.wheelchair_access,
        "hidesStreet": hides_street,
    })
}

fn changed_fields(before: Option<&Shown>, after: &Shown) -> Vec<String> {
    let (before, after) = (before.map(said), said(after));
    let fields = after.as_object().into_iter().flatten();
    fields
        .filter(|(field, value)| {
            before
                .as_ref()
                .is_none_or(|before| before.get(field.as_str()) != Some(value))
        })
        .map(|(field, _)| field.clone())
        .collect()
}
