//! Doing what the script says, in the order of time, each act as the account of whoever does it.
//!
//! An act bears a key of its own, so that a rehearsal which was cut short is played from its beginning
//! and what was done is not done again: it answers as it answered.

mod credential;
mod entry;
mod file;
mod list;
mod needle;
mod post;
mod review;

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use domain::access::Act;
use domain::attestation::AttestationId;
use domain::case::CaseId;
use domain::check::CheckId;
use domain::credential::{CredentialId, CredentialKind};
use domain::license::LicenseId;
use domain::npi::Npi;
use domain::provider::{LocationId, Provider};

use super::begin::{self, DELEGATE};
use super::days::Days;
use super::scene::{Cue, Move, Scene, Who};
use super::{RehearsalError, done};
use crate::app::{App, Equipment};
use crate::service::proposal::ProposalId;
use crate::service::{AuthMethod, Order, Requester};
use crate::store::entry::claim::ClaimId;
use crate::store::{self, Store, StoreError};

/// Where everything happens: a node with a clock that is moved by hand, and what is known of each scene.
pub(super) struct Stage {
    app: App,
    days: Days,
    hands: HashMap<String, Requester>,
    plays: Vec<Play>,
    /// Of whom no notice of a decision leaves the house.
    untold: BTreeSet<Npi>,
    named: Vec<list::Named>,
}

/// What is known of a scene so far.
struct Play {
    person: Provider,
    location: Option<LocationId>,
    license: Option<LicenseId>,
    credential: Option<CredentialId>,
    case: Option<CaseId>,
    check: Option<CheckId>,
    attestation: Option<AttestationId>,
    proposal: Option<ProposalId>,
    claim: Option<ClaimId>,
}

/// The name of whoever has no account.
const NOBODY: &str = "";

/// Something to be done: one of the script's cues, or what is about everybody.
#[derive(Clone, Copy)]
enum Beat {
    Whole(Whole),
    Cue { scene: usize, cue: usize },
}

/// What is about everybody.
#[derive(Clone, Copy)]
enum Whole {
    /// The made-up list comes into force, in its first or latest edition.
    List(super::scene::Edition),
    /// Everybody is held against it.
    Screen,
    /// Notices leave the house.
    Post,
    /// The made-up list is taken out of force, for good.
    Retire,
}

/// An act under way.
struct Doing<'a> {
    scene: usize,
    by: &'a Requester,
    who: Who,
    key: String,
}

impl Doing<'_> {
    fn order(&self, act: Act) -> Result<Order, RehearsalError> {
        done(&self.key, Order::of(act, &self.key, &self.key))
    }
}

impl Stage {
    /// Everybody in their place, on the first day.
    pub(super) async fn set(
        store: &Store,
        equipment: Equipment,
        people: &[Provider],
        script: &[Scene],
        days: Days,
    ) -> Result<Self, RehearsalError> {
        let app = App::blank(store.clone(), equipment);
        let hands = hands(store).await?;
        // As they are on file: rows have numbers of their own.
        let npis: Vec<Npi> = people.iter().map(|person| person.npi).collect();
        let on_file = store::provider::by_npis(store.connection(), &npis).await?;
        let on_file: HashMap<Npi, Provider> = on_file
            .into_iter()
            .map(|person| (person.npi, person))
            .collect();
        // Also where the rehearsal goes on and has withdrawn it or found it to be an error.
        let db = store.connection();
        let kind = CredentialKind::DryNeedlingTraining;
        let trainings = store::case::firsts(db, &npis, kind).await?;
        let plays = people.iter().map(|person| {
            let filed = on_file.get(&person.npi).unwrap_or(person);
            Play {
                location: filed.locations.first().map(|it| it.id),
                license: filed.licenses.first().map(|it| it.id),
                credential: trainings.get(&person.npi).copied(),
                person: filed.clone(),
                case: None,
                check: None,
                attestation: None,
                proposal: None,
                claim: None,
            }
        });
        let untold = people.iter().zip(script);
        let untold = untold.filter(|(_, scene)| scene.is_untold);
        Ok(Self {
            app,
            days,
            hands,
            plays: plays.collect(),
            untold: untold.map(|(person, _)| person.npi).collect(),
            named: list::named(people, script),
        })
    }

    /// Plays everything; tells how many cases were opened.
    pub(super) async fn play(mut self, script: &[Scene]) -> Result<usize, RehearsalError> {
        let mut beats = self.wholes();
        for (nth, scene) in script.iter().enumerate() {
            for (cue, Cue { when, .. }) in scene.cues.iter().enumerate() {
                beats.push((self.days.at(*when), Beat::Cue { scene: nth, cue }));
            }
        }
        // Stable: what is done at one instant stays in the order of the script.
        beats.sort_by_key(|(at, _)| *at);
        self.births().await?;
        let mut cases = 0;
        for (at, beat) in beats {
            self.app.clock.set(at);
            match beat {
                Beat::Whole(whole) => self.about_everybody(whole).await?,
                Beat::Cue { scene, cue } => {
                    let Cue { by, what, .. } = script[scene].cues[cue];
                    cases += usize::from(matches!(what, Move::Open(_) | Move::Appeal(_)));
                    Box::pin(self.cue((scene, cue), by, what)).await?;
                }
            }
        }
        Ok(cases)
    }

    fn wholes(&self) -> Vec<(DateTime<Utc>, Beat)> {
        use super::days::When::{Day, Minutes};
        use super::scene::Edition;

        let mut wholes = vec![(Minutes(20), Whole::Retire)];
        // Once a month the list as it is then, as everybody does, and a little before today.
        for day in [168, 140, 112, 84, 56, 28, 13] {
            let edition = if day > 13 {
                Edition::First
            } else {
                Edition::Latest
            };
            wholes.push((Day(day, 0), Whole::List(edition)));
            wholes.push((Day(day, 2), Whole::Screen));
        }
        wholes.push((Day(2, 2), Whole::Screen));
        // Office hours end with the post, every third day.
        let posts = (2..166).step_by(3);
        wholes.extend(posts.map(|day| (Day(day, super::days::OFFICE_MINUTES), Whole::Post)));
        wholes
            .into_iter()
            .map(|(when, whole)| (self.days.at(when), Beat::Whole(whole)))
            .collect()
    }

    async fn about_everybody(&self, whole: Whole) -> Result<(), RehearsalError> {
        match whole {
            Whole::List(edition) => self.take_list(edition).await,
            Whole::Screen => self.screen().await,
            Whole::Post => self.post().await,
            Whole::Retire => self.retire_list().await,
        }
    }

    async fn cue(
        &mut self,
        (scene, nth): (usize, usize),
        who: Who,
        what: Move,
    ) -> Result<(), RehearsalError> {
        let by = self.hand(scene, who)?.clone();
        let doing = Doing {
            scene,
            by: &by,
            who,
            key: format!("rehearsal-{scene}-{nth}"),
        };
        match what {
            Move::Draft(_)
            | Move::Succeed(_)
            | Move::Open(_)
            | Move::Submit(_)
            | Move::Supply(_)
            | Move::WithdrawCase(_)
            | Move::Appeal(_)
            | Move::WithdrawCredential
            | Move::Suspend(..)
            | Move::SaysInError(_) => self.credential_act(&doing, what).await,
            Move::Claim
            | Move::Release
            | Move::Check(_)
            | Move::Resolve(..)
            | Move::Ask(..)
            | Move::Recommend(_)
            | Move::Approve(_)
            | Move::Reject(_)
            | Move::SendBack(_) => Box::pin(self.review_act(&doing, what)).await,
            Move::Needles(_)
            | Move::Sign(_)
            | Move::Accept
            | Move::Refuse(_)
            | Move::Revise
            | Move::TakeNeedlesBack
            | Move::Invalidate(_) => self.needle_act(&doing, what).await,
            Move::Decide(decision, reason) => self.decide(&doing, decision, reason).await,
            Move::Taint(_)
            | Move::LiftTaint(_)
            | Move::Confirm
            | Move::Decline(_)
            | Move::Retract
            | Move::ChangeRoles(..)
            | Move::LookUpLicense(_)
            | Move::ConfirmPlace
            | Move::ClaimEntry(..)
            | Move::DeclineClaim(_)
            | Move::AskRemoval(..)
            | Move::Report(..) => self.entry_act(&doing, what).await,
        }
    }

    fn hand(&self, scene: usize, who: Who) -> Result<&Requester, StoreError> {
        let name = match who {
            Who::Staff(staff) => staff.account().to_owned(),
            Who::Holder => begin::holder(self.plays[scene].person.npi),
            Who::Delegate => DELEGATE.to_owned(),
            Who::Claimant(nth) => begin::claimant(nth),
            Who::Anybody => NOBODY.to_owned(),
        };
        self.hands
            .get(&name)
            .ok_or_else(|| absent("account", &name))
    }

    /// The name that somebody signs with.
    fn printed(&self, doing: &Doing<'_>) -> Box<str> {
        match doing.who {
            Who::Staff(staff) => staff.printed().into(),
            Who::Holder | Who::Delegate | Who::Claimant(_) | Who::Anybody => {
                self.plays[doing.scene].person.name.full().into()
            }
        }
    }

    fn today(&self) -> NaiveDate {
        self.app.clock.now().date_naive()
    }
}

/// What the script takes for granted and is not there.
fn absent(table: &'static str, what: impl std::fmt::Display) -> StoreError {
    StoreError::inconsistent(table, "id", what, "the rehearsal's script needs it")
}

/// Every account of the rehearsal, as whoever asks.
async fn hands(store: &Store) -> Result<HashMap<String, Requester>, StoreError> {
    const AT_ONCE: u64 = 500;
    let mut hands = HashMap::new();
    let mut after = None;
    loop {
        let page = store::account::page(store.connection(), after, AT_ONCE).await?;
        let Some(last) = page.last() else {
            break;
        };
        after = Some(last.id);
        for account in page.into_iter().filter(|it| it.name.starts_with("sample-")) {
            let entries = account.own.iter().chain(&account.delegate_of).copied();
            let requester = Requester {
                account: Some(account.id),
                name: account.name.clone(),
                roles: account.roles.clone(),
                entries: entries.collect(),
                auth_method: Some(AuthMethod::CommandLine),
                ..Requester::public()
            };
            hands.insert(account.name.to_string(), requester);
        }
    }
    hands.insert(NOBODY.to_owned(), Requester::public());
    Ok(hands)
}
