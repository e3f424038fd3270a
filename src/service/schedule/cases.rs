//! Cases that wait for their person: a reminder of what was asked for, and the word that a case has ended
//! because nothing came.

use domain::notice::{Addressee, Notice, NoticeKind, Schedule};

use super::remind::{queue, send_by};
use crate::app::{App, LoadError};
use crate::store::waiting::{self, InfoWanted};

/// Cases looked at in one go.
const AT_ONCE: u64 = 500;

/// Queues what those have to be told of whom something is wanted, each once.
pub(super) async fn remind(app: &App) -> Result<u64, LoadError> {
    let now = app.clock.now();
    let mut after = 0;
    let mut queued = 0;
    loop {
        let page = waiting::info_wanted(app.store.connection(), after, AT_ONCE).await?;
        let Some(last) = page.last() else {
            return Ok(queued);
        };
        after = last.case_id;
        let notices: Vec<_> = page.iter().filter_map(|case| notice(case, now)).collect();
        queued += queue(app, &notices).await?;
    }
}

fn notice(case: &InfoWanted, now: chrono::DateTime<chrono::Utc>) -> Option<Notice> {
    let today = now.date_naive();
    let id = case.case_id;
    let (kind, key, subject, body) = if case.lapses_at.is_some_and(|at| at <= now) {
        (
            NoticeKind::CaseLapsed,
            format!("lapsed/case_{id}/{}", case.due_on),
            format!("Case {id} has ended without a decision"),
            format!(
                "What was asked for in case {id} was wanted by {} and has not come. The case has \
                 ended without a decision. You may open a new one at any time.\n",
                case.due_on
            ),
        )
    } else {
        let reminder = Schedule::INFO.on(today, case.due_on)?;
        (
            NoticeKind::InfoDue,
            format!("info/case_{id}/{}/{}", case.due_on, reminder.key()),
            format!("Case {id} waits for you"),
            format!(
                "In case {id} something was asked of you that is wanted by {}. Without it the case \
                 ends some time after that day without a decision.\n",
                case.due_on
            ),
        )
    };
    Some(Notice {
        kind,
        to: Addressee::Entry(case.npi),
        due_on: send_by(today),
        case_id: Some(id),
        about: None,
        subject: subject.into(),
        body: body.into(),
        once_key: Some(key.into()),
    })
}
