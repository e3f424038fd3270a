//! Licences, and what sources say of them.

use chrono::NaiveDate;
use domain::check::CheckMethod;
use domain::credential::CredentialKind;
use domain::license::{
    BoardStatus, CheckOutcome, CheckSource, CheckSourceKind, License, LicenseId, LicenseSource,
    MismatchField, NoPrivilege, SourceAnswer, ask,
};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::provider::{Provider, RegistryLookup};
use domain::register::Claimant;
use domain::taxonomy::Discipline;
use domain::time::local_day;
use serde_json::json;

use super::{entry_of, impossible, words};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::store::entry::{board_action, license as licenses};
use crate::store::{compact, provider};

/// A licence as whoever names it tells it.
#[derive(Debug, Clone)]
pub struct LicenseWords {
    /// The profession it licenses.
    pub discipline: Discipline,
    /// Whose licence it is.
    pub jurisdiction: Jurisdiction,
    /// As printed.
    pub number: Option<String>,
    /// First day.
    pub issued_on: Option<NaiveDate>,
    /// Last day.
    pub expires_on: Option<NaiveDate>,
    /// For a compact privilege, the person's licence that it is held under.
    pub home: Option<LicenseId>,
}

/// Which licence is changed, and at which version; or whose a new one is.
#[derive(Debug, Clone, Copy)]
pub enum WhichLicense {
    /// A new one of this person.
    New(Npi),
    /// One on file.
    OnFile(LicenseId, i64),
}

/// Puts a licence on file, or changes what its holder says of it.
///
/// Once a source was asked about a licence, only its last day may be told anew: its answers are about
/// the licence as it stood, and must not come to speak for another.
///
/// # Errors
/// `BAD_INPUT` for days that cannot be, `GUARD_FAILED` for a licence that was checked or is on file, for a
/// compact privilege of a state that issues none or under a licence that cannot carry it, and beyond
/// [`MOST_LICENSES`].
pub async fn upsert(
    app: &App,
    who: &Requester,
    order: &Order,
    which: WhichLicense,
    told: LicenseWords,
) -> Result<LicenseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let number = words("number", told.number.as_deref(), 40)?;
        if told
            .issued_on
            .zip(told.expires_on)
            .is_some_and(|(first, last)| last < first)
        {
            return Err(impossible("expiresOn", "not before its first day"));
        }
        if !domain::license::is_issued(told.discipline, told.jurisdiction) {
            return Err(impossible(
                "jurisdiction",
                "this jurisdiction issues no license to that profession",
            ));
        }
        let today = local_day(change.now, told.jurisdiction.zone());
        if told.issued_on.is_some_and(|first| first > today) {
            return Err(impossible(
                "issuedOn",
                "a license that is held began on a day that has passed",
            ));
        }
        let new = License {
            id: LicenseId(0),
            version: 1,
            discipline: told.discipline,
            jurisdiction: told.jurisdiction,
            number: number.clone(),
            issued_on: told.issued_on,
            expires_on: told.expires_on,
            source: "provider".into(),
            home: told.home,
            checks: Vec::new(),
        };
        match which {
            WhichLicense::New(npi) => add(change, npi, new).await,
            WhichLicense::OnFile(id, expected) => alter(change, id, expected, new).await,
        }
        .map(|id| id.0)
    })
    .await
    .map(LicenseId)
}

/// One of each state and some beside: nobody holds more, and every licence is judged at every place
/// (docs/limits.md).
pub const MOST_LICENSES: usize = 60;

async fn add(change: &Change<'_>, npi: Npi, new: License) -> Result<LicenseId, Trouble> {
    entry_of(change, npi).await?;
    let person = person(change, npi).await?;
    if person.licenses.len() >= MOST_LICENSES {
        return Err(Trouble::guard(format!(
            "{MOST_LICENSES} licenses of this person are on file, which is as many as may be"
        )));
    }
    let is_known = |held: &&License| {
        held.discipline == new.discipline
            && held.jurisdiction == new.jurisdiction
            && match (&held.number, &new.number) {
                (Some(held), Some(new)) => domain::register::same_number(held, new),
                (held, new) => held == new,
            }
    };
    privilege(change, &person, &new).await?;
    if let Some(held) = person.licenses.iter().find(is_known) {
        return Err(Trouble::guard(format!(
            "this license is on file already, as license_{}",
            held.id.0
        )));
    }
    let id = licenses::add(&change.txn, npi, &new).await?;
    let mut event = change.event("license", format!("license_{}", id.0));
    event.entity_version = Some(1);
    event.after_hash = Some(change.hash_of(npi, &said(&new)).await?);
    event.changed_fields = [
        "discipline",
        "jurisdiction",
        "number",
        "issuedOn",
        "expiresOn",
        "homeLicenseId",
    ]
    .map(ToOwned::to_owned)
    .to_vec();
    change.log(event).await?;
    Ok(id)
}

async fn alter(
    change: &Change<'_>,
    id: LicenseId,
    expected: i64,
    new: License,
) -> Result<LicenseId, Trouble> {
    let (npi, held) = on_file(change, id).await?;
    change.check_version(expected, i64::from(held.version))?;
    let new = License {
        id,
        version: held.version,
        ..new
    };
    let person = person(change, npi).await?;
    privilege(change, &person, &new).await?;
    let fields: Vec<&str> = [
        ("discipline", held.discipline == new.discipline),
        ("jurisdiction", held.jurisdiction == new.jurisdiction),
        ("number", held.number == new.number),
        ("issuedOn", held.issued_on == new.issued_on),
        ("expiresOn", held.expires_on == new.expires_on),
        ("homeLicenseId", held.home == new.home),
    ]
    .into_iter()
    .filter_map(|(field, same)| (!same).then_some(field))
    .collect();
    if !held.checks.is_empty()
        && let Some(field) = fields.iter().find(|field| **field != "expiresOn")
    {
        return Err(Trouble::field(
            UserErrorCode::GuardFailed,
            *field,
            "a source was asked about this license as it stands: put the other one on file by itself",
        ));
    }
    licenses::change(&change.txn, npi, &new).await?;
    let mut event = change.event("license", format!("license_{}", id.0));
    event.entity_version = Some(u64::from(held.version) + 1);
    event.before_hash = Some(change.hash_of(npi, &said(&held)).await?);
    event.after_hash = Some(change.hash_of(npi, &said(&new)).await?);
    event.changed_fields = fields.into_iter().map(ToOwned::to_owned).collect();
    change.log(event).await?;
    Ok(id)
}

fn said(license: &License) -> serde_json::Value {
    json!({
        "discipline": license.discipline,
        "jurisdiction": license.jurisdiction,
        "number": license.number,
        "issuedOn": license.issued_on,
        "expiresOn": license.expires_on,
        "source": license.source,
        "homeLicenseId": license.home.map(|home| home.0),
    })
}

/// Can it be a privilege under the licence that it names, and can what is held under it stay that?
async fn privilege(change: &Change<'_>, person: &Provider, new: &License) -> Result<(), Trouble> {
    let under_it = person.licenses.iter().filter(|it| it.home == Some(new.id));
    for other in under_it {
        let field = if other.discipline != new.discipline {
            "discipline"
        } else if other.jurisdiction == new.jurisdiction {
            "jurisdiction"
        } else if new.home.is_some() {
            "homeLicenseId"
        } else {
            continue;
        };
        let other = format!("license_{} is a privilege under this license", other.id.0);
        return Err(Trouble::field(UserErrorCode::GuardFailed, field, other));
    }
    let Some(home) = new.home else {
        return Ok(());
    };
    let home = new.home_among(&person.licenses).filter(|_| home != new.id);
    let home = home.ok_or_else(|| impossible("homeLicenseId", "this is no license of theirs"))?;
    let compacts = compact::load(change.txn.db()).await?;
    let today = local_day(change.now, new.jurisdiction.zone());
    let joined = compacts.joins(home, (new.discipline, new.jurisdiction), today);
    joined.map(|_| ()).map_err(|none| {
        let field = match none {
            NoPrivilege::RemoteNotIssuing(..) => "jurisdiction",
            _ => "homeLicenseId",
        };
        Trouble::field(UserErrorCode::GuardFailed, field, none.to_string())
    })
}

async fn person(change: &Change<'_>, npi: Npi) -> Result<Provider, Trouble> {
    let found = provider::by_npis_hidden_or_not(change.txn.db(), &[npi]).await?;
    found
        .into_iter()
        .next()
        .ok_or(Trouble::NotFound("provider"))
}

/// A licence of an entry that is in view and the requester's to change.
async fn on_file(change: &Change<'_>, id: LicenseId) -> Result<(Npi, License), Trouble> {
    let (npi, license) = on_record(change, id).await?;
    entry_of(change, npi).await?;
    Ok((npi, license))
}

/// A licence on file, its person in view or not: what a source says of it is recorded either way.
async fn on_record(change: &Change<'_>, id: LicenseId) -> Result<(Npi, License), Trouble> {
    let gone = || Trouble::NotFound("license");
    let holder = licenses::holder(change.txn.db(), id).await?;
    let npi = holder.ok_or_else(gone)?;
    change.own(npi, "license")?;
    let person = person(change, npi).await?;
    let mut held = person.licenses.into_iter();
    let license = held.find(|license| license.id == id).ok_or_else(gone)?;
    Ok((npi, license))
}

/// What a verifier saw when they looked a licence up.
#[derive(Debug, Clone)]
pub struct LookUp {
    /// Whom they asked, how, and as of which day.
    pub source: LicenseSource,
    /// What came of it.
    pub outcome: CheckOutcome,
    /// In which fields the register differs.
    pub mismatches: Vec<MismatchField>,
    /// What the register says, in our words; UNKNOWN where it was not asked or did not answer.
    pub board_status: Option<BoardStatus>,
    /// What it says, in its own.
    pub board_status_raw: Option<String>,
    /// The end that it shows.
    pub expires_on: Option<NaiveDate>,
    /// What somebody should know of it.
    pub note: Option<String>,
}

/// A look-up by hand as a source: it answers what the verifier saw.
struct ByHand {
    source: LicenseSource,
    answer: SourceAnswer,
}

impl CheckSource for ByHand {
    fn source(&self) -> &LicenseSource {
        &self.source
    }

    fn covers(&self, _: &License) -> bool {
        true
    }

    fn look_up(&self, _: &License, _: Claimant<'_>) -> SourceAnswer {
        self.answer.clone()
    }
}

/// Records what a source said of a licence. What it said is never changed; a later look says otherwise.
///
/// A source that did not answer is recorded as that: the board's status is UNKNOWN, never `NOT_FOUND`, and
/// nothing that an earlier answer showed is lost. A suspension or revocation after a proceeding takes the
/// person's verified credentials out of force in the same change.
///
/// # Errors
/// `BAD_INPUT` for an answer that contradicts itself.
pub async fn record_check(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (LicenseId, i64),
    seen: LookUp,
) -> Result<LicenseId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let by_hand = read(&seen)?;
        let (npi, held) = on_record(change, id).await?;
        change.check_version(expected_version, i64::from(held.version))?;
        change.about(format!("license_{}", id.0));
        if who.owns(npi) {
            return Err(Trouble::duties("nobody checks a license of their own"));
        }
        let today = local_day(change.now, held.jurisdiction.zone());
        if by_hand.source.as_of > today {
            return Err(impossible(
                "sourceAsOf",
                "a source cannot tell of a day after it was asked",
            ));
        }
        let person = person(change, npi).await?;
        let claimant = Claimant {
            name: &person.name,
            former_names: &person.former_names,
        };
        let recorded = ask(&by_hand, &held, claimant, change.now)
            .map_err(|error| impossible(error.field, error.reason))?;
        let check = licenses::record(&change.txn, npi, id, &recorded, Some(who.key())).await?;
        let mut event = change.event("license", format!("license_{}", id.0));
        event.entity_version = Some(u64::from(held.version) + 1);
        event.reason_code = Some(recorded.check.outcome.code().to_owned());
        event.reason_text = Some(format!("check_{check}: {}", recorded.check.board_status));
        event.changed_fields = vec!["checks".to_owned()];
        let hashed = json!({
            "source": recorded.check.source_name,
            "asOf": recorded.check.as_of,
            "outcome": recorded.check.outcome,
            "boardStatus": recorded.check.board_status,
            "boardStatusRaw": recorded.board_status_raw,
            "expiresOn": recorded.check.expires_on,
            "mismatches": recorded.check.mismatches,
        });
        event.after_hash = Some(change.hash_of(npi, &hashed).await?);
        change.log(event).await?;
        if recorded.is_new_board_action(&held) {
            board_action::suspend(&change.txn, &[npi], change.now, &change.policy).await?;
        }
        Ok(id.0)
    })
    .await
    .map(LicenseId)
}

fn read(seen: &LookUp) -> Result<ByHand, Trouble> {
    let name = words("sourceName", Some(&seen.source.name), 200)?
        .ok_or_else(|| impossible("sourceName", "name the source that was asked"))?;
    if seen.source.kind == CheckSourceKind::Self_ {
        return Err(impossible(
            "sourceKind",
            "the person's own word is no check of it",
        ));
    }
    if seen.source.method == CheckMethod::BoardFile {
        return Err(impossible(
            "method",
            "a board's file is imported: drypoint import roster",
        ));
    }
    let status = match (seen.outcome, seen.board_status) {
        (_, Some(status)) => status,
        (CheckOutcome::NotFound, None) => BoardStatus::NotFound,
        (_, None) => BoardStatus::Unknown,
    };
    let answer = SourceAnswer {
        outcome: seen.outcome,
        mismatches: seen.mismatches.clone(),
        board_status: status,
        board_status_raw: words("boardStatusRaw", seen.board_status_raw.as_deref(), 500)?,
        expires_on: seen.expires_on,
        note: words("note", seen.note.as_deref(), 2_000)?,
    };
    answer
        .validate()
        .map_err(|error| impossible(error.field, error.reason))?;
    if let Some(url) = &seen.source.url {
        super::parsed::<domain::contact::Website>("sourceUrl", url)?;
    }
    Ok(ByHand {
        source: LicenseSource {
            name,
            ..seen.source.clone()
        },
        answer,
    })
}

/// What a register was asked for, and whether it has it.
#[derive(Debug, Clone)]
pub struct Lookup {
    /// Of whom.
    pub npi: Npi,
    /// For what.
    pub kind: CredentialKind,
    /// By which name, where requirements name one.
    pub names: Option<String>,
    /// Whose register.
    pub jurisdiction: Option<Jurisdiction>,
    /// Was there one?
    pub found: bool,
}

/// Records that a register was asked for one kind of credential. That it has none is what lets the law's
/// requirement fail instead of being unknown.
pub async fn record_lookup(
    app: &App,
    who: &Requester,
    order: &Order,
    asked: Lookup,
) -> Result<Npi, Trouble> {
    let npi = asked.npi;
    perform(app, who, order, async |change: &Change<'_>| {
        let names = words("names", asked.names.as_deref(), 100)?;
        super::on_record(change, npi).await?;
        change.about(format!("provider_{npi}"));
        if who.owns(npi) {
            return Err(Trouble::duties("nobody looks up their own credentials"));
        }
        let lookup = RegistryLookup {
            kind: asked.kind,
            names: names.clone(),
            jurisdiction: asked.jurisdiction,
            looked_up_at: change.now,
            found: asked.found,
        };
        let id = licenses::record_lookup(&change.txn, npi, &lookup).await?;
        let mut event = change.event("registry_lookup", id);
        event.reason_code = Some(if asked.found { "FOUND" } else { "NOT_FOUND" }.to_owned());
        event.reason_text = Some(format!("{} of provider_{npi}", asked.kind));
        change.log(event).await?;
        Ok(())
    })
    .await
    .map(|()| npi)
}
