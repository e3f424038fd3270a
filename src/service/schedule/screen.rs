//! Screening when it is time: whoever is new or changed at every look, everybody once a month.

use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::policy::Policy;

use crate::app::{App, LoadError};
use crate::service::{Trouble, screening};
use crate::store::exclusion::run::{Cause, Run};

/// A run that has not ended after so long was cut short. The longest takes minutes.
const CUT_SHORT: TimeDelta = TimeDelta::hours(2);

/// Everybody is held against the list again so many days before their screening is due.
const DAYS_BEFORE: u64 = 2;

/// Screens whom it is time for. Tells how many people were held against the list.
pub(super) async fn whom_it_is_time_for(app: &App) -> Result<u64, LoadError> {
    let mut screened = 0;
    if let Some(list) = app.exclusion_list().await? {
        let latest = read(screening::read::runs(app, None, 1).await)?
            .into_iter()
            .next();
        let now = app.clock.now();
        let policy = app.snapshot().rules().policy.clone();
        // Not against one so old that it tells nothing of today: then a task asks for the current one.
        let proves = list.snapshot.proves_on(now.date_naive(), &policy);
        if proves && is_due(latest.as_ref(), now, &policy) {
            read(screening::screen(app, Cause::Schedule).await)?;
            screened += latest.map_or(0, |run| run.provider_count);
        }
    }
    Ok(screened + read(screening::screen_changed(app).await)?.providers)
}

/// Is everybody to be held against the list again?
fn is_due(latest: Option<&Run>, now: DateTime<Utc>, policy: &Policy) -> bool {
    let Some(latest) = latest else { return true };
    if latest.finished_at.is_none() {
        return latest.started_at + CUT_SHORT < now;
    }
    let again = u64::from(policy.screening_due_days).saturating_sub(DAYS_BEFORE);
    latest.started_at.date_naive() + Days::new(again) <= now.date_naive()
}

fn read<T>(found: Result<T, Trouble>) -> Result<T, LoadError> {
    found.map_err(|trouble| match trouble {
        Trouble::Load(error) => error,
        Trouble::Store(error) => error.into(),
        // The program asks on nobody's behalf: no right, version or duty stands in its way.
        other => LoadError::Refused(other.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use domain::screening::ExclusionList;

    use super::*;
    use crate::store::exclusion::run::RunId;

    fn at(day: &str) -> DateTime<Utc> {
        format!("{day}T09:00:00Z").parse().unwrap()
    }

    fn run(started: &str, is_finished: bool) -> Run {
        Run {
            id: RunId(1),
            list: ExclusionList::OigLeie,
            cause: Cause::Import,
            requested_by: None,
            file_sha256: String::new(),
            file_dated_on: None,
            row_count: 1,
            provider_count: 1,
            match_count: 0,
            started_at: at(started),
            finished_at: is_finished.then(|| at(started)),
        }
    }

    #[test]
    fn everybody_is_screened_again_shortly_before_it_is_due() {
        let ended = run("2026-11-01", true);
        let due = |day| is_due(Some(&ended), at(day), &Policy::default());
        assert!(!due("2026-11-28"));
        assert!(due("2026-11-29"));
    }

    #[test]
    fn a_run_that_was_cut_short_is_made_again() {
        let cut = run("2026-11-02", false);
        let due = |now| is_due(Some(&cut), now, &Policy::default());
        assert!(!due(at("2026-11-02") + TimeDelta::minutes(90)));
        assert!(due(at("2026-11-02") + TimeDelta::minutes(121)));
    }
}
