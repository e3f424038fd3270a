//! Reminders of what ends, for those who can be reached.

use std::sync::Arc;

use chrono::{Days, NaiveDate};
use domain::notice::{Addressee, Due, DueKind, Notice, NoticeKind, Reminder, Schedule, dues};
use domain::npi::Npi;

use crate::app::{App, LoadError};
use crate::store::log::{self, NewEvent};
use crate::store::{StoreError, notice};

/// Notices queued in one transaction.
const AT_ONCE: usize = 500;

/// Days in which a reminder is to be sent: later it would tell of another day than it was meant for.
const DAYS_TO_SEND: u64 = 3;

/// Queues the reminders that today asks for, each once, for the people of entries who have an address.
pub(super) async fn entries(app: &App) -> Result<u64, LoadError> {
    let now = app.clock.now();
    let reachable = notice::reachable(app.store.connection()).await?;
    let snapshot = app.snapshot();
    let policy = &snapshot.rules().policy;
    let mut waiting = Vec::new();
    let mut queued = 0;
    for npi in reachable {
        let Some(person) = snapshot.provider(npi).map(Arc::clone) else {
            continue;
        };
        let reminders = dues(&person, now, policy);
        waiting.extend(reminders.iter().filter_map(|due| reminder(npi, due)));
        if waiting.len() >= AT_ONCE {
            queued += queue(app, &std::mem::take(&mut waiting)).await?;
        }
    }
    Ok(queued + queue(app, &waiting).await?)
}

/// Queues what was not queued before, with an entry in the log; tells how many.
pub(super) async fn queue(app: &App, notices: &[Notice]) -> Result<u64, StoreError> {
    let keys: Vec<&str> = notices
        .iter()
        .filter_map(|notice| notice.once_key.as_deref())
        .collect();
    // Mostly everything has been said, and then nobody is held up.
    let known = notice::used_keys(app.store.connection(), &keys).await?;
    if keys.iter().all(|key| known.contains(*key)) {
        return Ok(0);
    }
    let now = app.clock.now();
    let txn = app.store.begin().await?;
    let queued = notice::queue(&txn, notices, now).await?.len();
    if queued == 0 {
        txn.rollback().await?;
        return Ok(0);
    }
    let event = NewEvent {
        reason_text: Some(format!("{queued} reminders")),
        ..NewEvent::by_system("remind", "notice", now)
    };
    log::append(&txn, event).await?;
    txn.commit().await?;
    Ok(queued as u64)
}

/// The reminder that today asks for.
fn reminder(npi: Npi, due: &Due) -> Option<Notice> {
    let schedule = match due.kind {
        DueKind::Credential | DueKind::Revalidation | DueKind::License => Schedule::EXPIRY,
        DueKind::Attestation => Schedule::ATTESTATION,
        DueKind::LocationConfirmation => Schedule::LOCATION,
        // These are for us to do.
        DueKind::SuspensionReview
        | DueKind::LicenseCheck
        | DueKind::NeedleLot
        | DueKind::Screening
        | DueKind::Notice
        | DueKind::Claim
        | DueKind::Removal
        | DueKind::Report => return None,
    };
    let reminder = schedule.on(due.today, due.due_on)?;
    let (kind, subject, what) = words(due, reminder);
    let (table, id) = due.about;
    let last = match reminder {
        Reminder::After(_, true) => "\n\nThis is the last reminder.",
        Reminder::Before(_) | Reminder::After(..) => "",
    };
    Some(Notice {
        kind,
        to: Addressee::Entry(npi),
        due_on: send_by(due.today),
        case_id: None,
        about: Some((table.into(), id.to_string().into())),
        subject: subject.into(),
        body: format!("About the entry of NPI {npi} in the directory:\n\n{what}{last}\n").into(),
        once_key: Some(format!("remind/{}/{}", due.key(), reminder.key()).into()),
    })
}

/// The last day on which sending something that was queued today is in time.
pub(super) fn send_by(today: NaiveDate) -> NaiveDate {
    today
        .checked_add_days(Days::new(DAYS_TO_SEND))
        .unwrap_or(NaiveDate::MAX)
}

/// What a reminder says: its kind, one line, and a few sentences.
fn words(due: &Due, reminder: Reminder) -> (NoticeKind, String, String) {
    let (name, day) = (&due.name, due.due_on);
    let is_over = matches!(reminder, Reminder::After(..));
    match due.kind {
        DueKind::Attestation if is_over => (
            NoticeKind::AttestationLapsed,
            format!("Your {name} ended on {day}"),
            format!(
                "Your {name} was valid through {day} and has lapsed. Patients are no longer told \
                 which needles you use, and your entry is not shown as verified. Sign a new one to \
                 mend this."
            ),
        ),
        DueKind::Attestation => (
            NoticeKind::AttestationDue,
            format!("Your {name} ends on {day}"),
            format!(
                "Your {name} is valid through {day}. Sign a new one before then, so that your \
                 entry goes on being shown as verified."
            ),
        ),
        DueKind::LocationConfirmation => (
            NoticeKind::LocationDue,
            format!("Please confirm where you practise: {name}"),
            format!(
                "That you practise at {name} was last confirmed for the days through {day}. Confirm \
                 it again, or change it: from the day after on your entry there is not shown as \
                 verified."
            ),
        ),
        DueKind::Revalidation => (
            NoticeKind::RevalidationDue,
            format!("{name} has to be verified again by {day}"),
            format!(
                "The verification of \u{201c}{name}\u{201d} counts through {day}. Open a \
                 revalidation before then: there is no grace after it."
            ),
        ),
        DueKind::License => (
            NoticeKind::LicenseExpires,
            format!("Your {name} ends on {day}"),
            format!(
                "As far as we know, your {name} ends on {day}. When the board has renewed it, tell \
                 us the new date: we look at the board's register before we show it."
            ),
        ),
        DueKind::Credential
        | DueKind::SuspensionReview
        | DueKind::LicenseCheck
        | DueKind::NeedleLot
        | DueKind::Screening
        | DueKind::Notice
        | DueKind::Claim
        | DueKind::Removal
        | DueKind::Report => (
            NoticeKind::CredentialExpires,
            format!("{name} ends on {day}"),
            format!(
                "\u{201c}{name}\u{201d} ends on {day}. When it has been renewed, put the new one on \
                 file and submit it for verification."
            ),
        ),
    }
}
