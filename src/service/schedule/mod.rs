//! What the passing of time brings: reminders, tasks, and the sending of notices.
//!
//! Nothing here makes anything true: what expires, lapses or is overdue is read off the records by
//! whoever asks, and stays right when none of this ever runs. Every step is a function of the instant
//! and of what is on file, and may be run again, by several nodes at once: what is said or asked once
//! is known by a key that is never used twice. [`watch`] keeps several nodes from all doing it.
//!
//! To add a step: a function in a file of its own, and a line in [`run_once`].

mod cases;
mod deliver;
mod overdue;
mod remind;
mod screen;
mod taint;
mod tasks;
mod watch;

pub use deliver::{Delivered, deliver, note};
pub use watch::{Watch, tick};

use crate::app::{App, LoadError};
use crate::store;

/// What one look at the clock came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Done {
    /// Notices that were queued.
    pub reminders: u64,
    /// Tasks that were opened.
    pub opened: u64,
    /// Tasks that had become needless.
    pub closed: u64,
    /// Credentials that a taint suspended.
    pub suspended: u64,
    /// People who were held against the exclusion list.
    pub screened: u64,
}

/// Does everything that the time asks for, but for sending: [`deliver()`] does that.
///
/// # Errors
/// When the database does not do its part; what was done until then stays, and the next run goes on.
pub async fn run_once(app: &App) -> Result<Done, LoadError> {
    // Taints first: what they suspend is to be reviewed.
    let suspended = taint::go_on(app).await?;
    let screened = screen::whom_it_is_time_for(app).await?;
    app.refresh().await?;
    let mut reminders = remind::entries(app).await?;
    reminders += cases::remind(app).await?;
    let (mut opened, mut closed) = tasks::settle(app).await?;
    let late = overdue::settle(app).await?;
    (opened, closed) = (opened + late.0, closed + late.1);
    let now = app.clock.now();
    let waiting = store::notice::waiting(app.store.connection(), now.date_naive()).await?;
    app.chores.ran(now, waiting.unsent, waiting.overdue);
    if waiting.overdue > 0 {
        tracing::warn!(
            notices = waiting.overdue,
            "notices were not sent by their last day"
        );
    }
    if reminders + opened + closed + suspended > 0 {
        app.refresh().await?;
    }
    Ok(Done {
        reminders,
        opened,
        closed,
        suspended,
        screened,
    })
}
