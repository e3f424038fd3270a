//! A rehearsal: a cast of made-up people and made-up staff who act through the past months by the doors
//! that everybody uses, so that a sample directory has cases, decisions, notices and a log of them.
//!
//! Nothing here writes a state down. What happens is a script of acts, each at its own instant; a clock
//! is moved from one to the next, and the service decides, refuses, logs and remembers as it always
//! does. The same instant of asking and the same places and law give the same acts with the same
//! numbers; only what comes of the installation's own key differs. The cast is apart from the people of
//! [`crate::sample`], so that their shares stay what they are, and is put on file before them, so that
//! the log tells everything in its order.
//!
//! Whoever was made up to work here has no password, no link and no key: nobody can sign in as one of
//! them before somebody who runs the installation makes a link (`drypoint user reset`). The made-up list
//! of excluded people is taken out of force at the end: no real person is ever held against it.
//!
//! Modules in reading order: [`days`], [`scene`] (who acts when), [`scenes`] (the script), [`cast`] (who
//! is made up), [`begin`] (putting them on file), [`stage`] (doing what the script says), [`paper`]
//! (files that are handed in).

mod begin;
mod cast;
mod days;
mod paper;
mod scene;
mod scenes;
mod stage;

use chrono::{DateTime, Utc};

use crate::app::Equipment;
use crate::clock::Clock;
use crate::service::Trouble;
use crate::store::{self, Store, StoreError};
use days::Days;
use stage::Stage;

/// Why a rehearsal did not come to its end. The same again goes on from where it stopped.
#[derive(Debug, thiserror::Error)]
pub enum RehearsalError {
    /// The database did not do what it should.
    #[error("rehearsing with made-up people")]
    Store(#[from] StoreError),
    /// There is nowhere to put people, or the law lets nobody do anything.
    #[error("there are not enough made-up people for {0} parts")]
    TooFewPeople(usize),
    /// An act was refused that should not have been.
    #[error("the made-up act {act} was refused: {trouble:?}")]
    Refused {
        /// Which act, by its key.
        act: String,
        /// Why.
        trouble: Box<Trouble>,
    },
}

/// What was rehearsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rehearsed {
    /// Made-up people who have a part.
    pub people: usize,
    /// Cases about them, of any state.
    pub cases: usize,
    /// Days through which they acted.
    pub days: i64,
}

/// From which instant on a directory has something to tell that is sample by itself.
pub fn begins(now: DateTime<Utc>) -> DateTime<Utc> {
    Days::of(now).begin()
}

/// Is there anything to rehearse: is nobody on file, or was a rehearsal cut short?
pub async fn is_wanted(store: &Store) -> Result<bool, StoreError> {
    let nobody = store::provider::count(store.connection()).await? == 0;
    if nobody {
        return Ok(true);
    }
    let begun = begin::began_at(store).await?.is_some();
    Ok(begun && !begin::has_ended(store).await?)
}

/// Rehearses up to now, in a directory that holds nobody yet; goes on with a rehearsal that was cut
/// short. The equipment's clock says when now is; its vault takes the files.
///
/// # Errors
/// [`RehearsalError`]; what was acted by then stays.
pub async fn rehearse(store: &Store, equipment: Equipment) -> Result<Rehearsed, RehearsalError> {
    let days = match begin::began_at(store).await? {
        Some(began) => Days::begun_at(began),
        None => Days::of(equipment.clock.now()),
    };
    let script = scenes::all();
    let clock = Clock::moved(days.begin());
    let equipment = Equipment { clock, ..equipment };
    let people = cast::assign(store, &script, days).await?;
    begin::put_on_file(store, &people, &script, days).await?;
    let stage = Stage::set(store, equipment, &people, &script, days).await?;
    let cases = Box::pin(stage.play(&script)).await?;
    begin::end(store, cases, days).await?;
    Ok(Rehearsed {
        people: people.len(),
        cases,
        days: days::LENGTH,
    })
}

/// An act that nobody refused.
fn done<T>(act: &str, outcome: Result<T, Trouble>) -> Result<T, RehearsalError> {
    outcome.map_err(|trouble| RehearsalError::Refused {
        act: act.to_owned(),
        trouble: Box::new(trouble),
    })
}
