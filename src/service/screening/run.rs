//! Holding people against the list in force: everybody once a month and after every new list, those
//! who are new or changed in between.

use std::sync::Arc;

use chrono::{DateTime, NaiveTime, Utc};
use domain::access::Act;
use domain::npi::Npi;
use domain::policy::Policy;
use domain::screening::ExclusionList;
use serde::{Deserialize, Serialize};
use tracing::{info, warn};

use super::judge::{Batch, Judged, judge};
use crate::app::{App, LoadedList};
use crate::clock::Clock;
use crate::secret::Secret;
use crate::service::{Change, Order, Requester, Trouble, perform};
use crate::store::exclusion::list::ListSnapshot;
use crate::store::exclusion::run::{self, Cause, RunId};
use crate::store::exclusion::{hit, private};
use crate::store::log::{self, NewEvent};
use crate::store::{self, Store, StoreError};

/// People who are held against the list in one transaction.
const BATCH: usize = 2_000;

/// What screening works with, on a running node and on the command line.
pub struct Tools {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// What birth dates are sealed with.
    pub secret: Secret,
}

/// What a run came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// People who were held against the list.
    pub providers: u64,
    /// Matches that were raised or changed.
    pub matches: u64,
}

impl Tools {
    /// Those of a node.
    pub fn of(app: &App) -> Self {
        Self {
            store: app.store.clone(),
            clock: app.clock.clone(),
            secret: app.secret.clone(),
        }
    }
}

/// Holds everybody against the list in force; nothing where there is no list. Called when it is time.
///
/// # Errors
/// Whatever the store says. What was done by then stays: each batch is a change of its own.
pub async fn screen(app: &App, cause: Cause) -> Result<Option<RunId>, Trouble> {
    let Some(list) = app.exclusion_list().await? else {
        return Ok(None);
    };
    let tools = Tools::of(app);
    let (id, _) = screen_against(&tools, &list, cause).await?;
    app.refresh().await?;
    Ok(Some(id))
}

/// The same on the command line, where there is no node: after an import.
pub async fn screen_after_import(tools: &Tools) -> Result<Option<(RunId, Outcome)>, StoreError> {
    let Some(list) = LoadedList::load(&tools.store, ExclusionList::OigLeie).await? else {
        return Ok(None);
    };
    screen_against(tools, &list, Cause::Import).await.map(Some)
}

/// Holds these people against the list in force, where there is one: those whose name, number, birth
/// date or place has just changed, and those who have just come.
pub async fn screen_people(app: &App, people: &[Npi]) -> Result<Outcome, Trouble> {
    let mut outcome = Outcome::default();
    let Some(list) = app.exclusion_list().await? else {
        return Ok(outcome);
    };
    let tools = Tools::of(app);
    for some in people.chunks(BATCH) {
        let whom = Whom::These(some);
        if let Some(done) = batch(&tools, &list, None, whom).await? {
            outcome.add(done);
        }
    }
    app.refresh().await?;
    Ok(outcome)
}

/// The same of one person after a change that is made and stands: what fails here the scheduler makes good,
/// because the person has changed since they were last screened.
pub async fn screen_person(app: &App, npi: Npi) {
    if let Err(error) = screen_people(app, &[npi]).await {
        warn!(provider.npi = %npi, %error, "somebody who changed was not screened at once");
    }
}

/// Holds against the list everybody who was not since they last changed, or never was.
pub async fn screen_changed(app: &App) -> Result<Outcome, Trouble> {
    let Some(list) = app.exclusion_list().await? else {
        return Ok(Outcome::default());
    };
    let outcome = changed_against(&Tools::of(app), &list).await?;
    if outcome.providers > 0 {
        app.refresh().await?;
    }
    Ok(outcome)
}

/// The same on the command line: after an import of people.
pub async fn screen_changed_after_import(tools: &Tools) -> Result<Option<Outcome>, StoreError> {
    match LoadedList::load(&tools.store, ExclusionList::OigLeie).await? {
        Some(list) => changed_against(tools, &list).await.map(Some),
        None => Ok(None),
    }
}

/// A run that somebody asks for; it goes on after the answer, and `screeningRuns` tells when it ended.
///
/// # Errors
/// `GUARD_FAILED` where no list was ever taken in.
pub async fn request(app: &Arc<App>, who: &Requester, order: &Order) -> Result<RunId, Trouble> {
    if who.acting(Act::RunScreening).is_err() {
        // The rights come first, who may not ask is not told what is on file, and the door logs it.
        perform(app, who, order, async |_| Err::<(), _>(Trouble::Forbidden)).await?;
    }
    let list = app.exclusion_list().await?;
    let Some(list) = list else {
        return Err(Trouble::guard(
            "no list of excluded people was ever taken in: `drypoint import leie FILE` does that",
        ));
    };
    let today = app.clock.now().date_naive();
    if !list
        .snapshot
        .proves_on(today, &app.snapshot().rules().policy)
    {
        return Err(Trouble::guard(format!(
            "the list in force is of {}: it proves nothing of today; take the current one in with \
             `drypoint import leie FILE`",
            list.snapshot.listed_on()
        )));
    }
    let against = Arc::clone(&list);
    let mut is_new = false;
    let begun = &mut is_new;
    let id = perform(app, who, order, async |change: &Change<'_>| {
        let by = change.who.account.map(|account| account.0);
        let snapshot = &against.snapshot;
        let id = run::insert(&change.txn, snapshot, Cause::Request, by, change.now).await?;
        change.log(change.event("screening_run", id.0)).await?;
        *begun = true;
        Ok(id)
    })
    .await?;
    // An order that is repeated has its run already.
    if is_new {
        let (app, list) = (Arc::clone(app), Arc::clone(&list));
        // A task of its own: it goes on when the client does not wait for the answer.
        let whole = tokio::spawn(async move {
            everybody(&Tools::of(&app), &list, id).await?;
            app.refresh().await?;
            Ok::<_, Trouble>(())
        });
        match whole.await {
            Ok(done) => done?,
            Err(error) => std::panic::resume_unwind(error.into_panic()),
        }
    }
    Ok(id)
}

async fn screen_against(
    tools: &Tools,
    list: &Arc<LoadedList>,
    cause: Cause,
) -> Result<(RunId, Outcome), StoreError> {
    let txn = tools.store.begin().await?;
    let at = tools.clock.now();
    let id = run::insert(&txn, &list.snapshot, cause, None, at).await?;
    let event = NewEvent {
        entity_id: Some(id.0.to_string()),
        reason_code: Some(cause.code().to_owned()),
        ..NewEvent::by_system("screening.begin", "screening_run", at)
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok((id, everybody(tools, list, id).await?))
}

/// Holds everybody against a list, a batch after the other, and ends the run.
async fn everybody(
    tools: &Tools,
    list: &Arc<LoadedList>,
    id: RunId,
) -> Result<Outcome, StoreError> {
    let mut outcome = Outcome::default();
    let mut after = None;
    while let Some(done) = batch(tools, list, Some(id), Whom::After(after)).await? {
        after = Some(done.last);
        outcome.add(done);
    }
    let txn = tools.store.begin().await?;
    let at = tools.clock.now();
    run::finish(&txn, id, at).await?;
    let event = NewEvent {
        entity_id: Some(id.0.to_string()),
        reason_text: Some(format!(
            "{} people, {} matches raised or changed",
            outcome.providers, outcome.matches
        )),
        after_hash: Some(list.snapshot.file.sha256.clone()),
        ..NewEvent::by_system("screening.end", "screening_run", at)
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    info!(
        run = id.0,
        providers = outcome.providers,
        matches = outcome.matches,
        "everybody was held against the list of excluded people"
    );
    Ok(outcome)
}

async fn changed_against(tools: &Tools, list: &Arc<LoadedList>) -> Result<Outcome, StoreError> {
    let mut outcome = Outcome::default();
    let mut after = None;
    loop {
        let limit = u64::try_from(BATCH).unwrap_or(u64::MAX);
        let npis = run::changed_since(tools.store.connection(), after, limit).await?;
        let Some(furthest) = npis.last() else {
            return Ok(outcome);
        };
        after = Some(*furthest);
        if let Some(done) = batch(tools, list, None, Whom::These(&npis)).await? {
            outcome.add(done);
        }
    }
}

/// The instant for which a search of a list speaks: now, or the day of a list that is too old to tell
/// anything of now.
fn worth(list: &ListSnapshot, policy: &Policy, now: DateTime<Utc>) -> DateTime<Utc> {
    if list.proves_on(now.date_naive(), policy) {
        now
    } else {
        list.listed_on().and_time(NaiveTime::MIN).and_utc().min(now)
    }
}

/// Whom a batch is about.
#[derive(Clone, Copy)]
enum Whom<'a> {
    /// The next people after one, in the order of their NPIs.
    After(Option<Npi>),
    /// These.
    These(&'a [Npi]),
}

/// What a batch came to.
struct Done {
    last: Npi,
    providers: usize,
    matches: usize,
}

impl Outcome {
    #[expect(clippy::needless_pass_by_value, reason = "it is made to be added")]
    fn add(&mut self, done: Done) {
        self.providers += u64::try_from(done.providers).unwrap_or(u64::MAX);
        self.matches += u64::try_from(done.matches).unwrap_or(u64::MAX);
    }
}

/// Holds a batch of people against a list: one transaction with one entry in the log. `None` when there
/// is nobody left.
///
/// People and matches are read after the log's head was taken, so that a decision or a new name of the
/// same moment is either seen or comes after.
async fn batch(
    tools: &Tools,
    list: &Arc<LoadedList>,
    id: Option<RunId>,
    whom: Whom<'_>,
) -> Result<Option<Done>, StoreError> {
    let txn = tools.store.begin().await?;
    let people = match whom {
        Whom::After(after) => store::provider::page_after(txn.db(), after, BATCH).await?,
        Whom::These(npis) => store::provider::by_npis(txn.db(), npis).await?,
    };
    let npis: Vec<Npi> = people.iter().map(|person| person.npi).collect();
    let Some(furthest) = npis.last().copied() else {
        txn.rollback().await?;
        return Ok(None);
    };
    let at = tools.clock.now();
    let policy = store::policy::in_force(txn.db(), at)
        .await?
        .unwrap_or_default();
    let batch = Batch {
        births: private::birth_dates(txn.db(), &npis).await?,
        known: hit::of_people(txn.db(), list.snapshot.file.list, &npis).await?,
        people,
        at,
    };
    let (against, secret) = (Arc::clone(list), tools.secret.clone());
    let judged = tokio::task::spawn_blocking(move || judge(&against, &secret, batch))
        .await
        .map_err(|error| StoreError::inconsistent("exclusion_row", "*", "*", error))??;
    let Judged {
        new,
        changed,
        screened,
    } = judged;
    let done = Done {
        last: furthest,
        providers: screened.len(),
        matches: new.len() + changed.len(),
    };
    let raised = new.len();
    hit::insert_many(&txn, new).await?;
    hit::update_many(&txn, &changed).await?;
    run::stamp(&txn, &screened, worth(&list.snapshot, &policy, at), id).await?;
    if let Some(id) = id {
        run::add(&txn, id, done.providers, done.matches).await?;
    }
    store::provider::touch(&txn, &npis).await?;
    let event = NewEvent {
        entity_id: match (id, &npis[..]) {
            (Some(id), _) => Some(id.0.to_string()),
            (None, [npi]) => Some(npi.to_string()),
            (None, _) => None,
        },
        reason_text: Some(format!(
            "{} people, {raised} matches raised, {} changed",
            npis.len(),
            changed.len()
        )),
        after_hash: Some(list.snapshot.file.sha256.clone()),
        ..NewEvent::by_system(
            "screening.batch",
            if id.is_some() {
                "screening_run"
            } else {
                "provider_screening"
            },
            at,
        )
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(Some(done))
}
