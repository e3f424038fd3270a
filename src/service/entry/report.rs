//! Reports, by anybody, that an entry is wrong.

use chrono::TimeDelta;
use domain::contact::Email;
use domain::notice::business_days_after;
use domain::npi::Npi;
use domain::report::{MOST_CHARACTERS, MistakeKind, ReportState};

use super::{account, impossible, parsed, told, waiting, words};
use crate::app::App;
use crate::service::{Change, Order, Requester, Trouble, UserErrorCode, perform};
pub use crate::store::entry::report::{Report, ReportId};
use crate::store::entry::{self, report};
use crate::store::idempotency;

/// What somebody says is wrong.
#[derive(Debug, Clone)]
pub struct Mistake {
    /// What.
    pub kind: MistakeKind,
    /// In words.
    pub message: Option<String>,
    /// An address for mail at which to tell what came of it.
    pub reply_to: Option<String>,
}

/// Nobody finds more mistakes by themselves in 24 hours; a script does.
pub const MOST_OF_A_CLIENT: u64 = 10;

/// What one more of 24 hours says of an entry has been said, and each has to be read by one of us.
pub const MOST_OF_AN_ENTRY: u64 = 20;

/// Takes a report from anybody and gives the reference by which its state can be asked.
///
/// Of whoever reports only an address that they leave is kept, until it is answered, and as with every change
/// a keyed hash of where the request came from. No letter goes to the address before one of us has looked: it
/// may be anybody's. The text is bounded, so that it holds what is wrong and no patient's story.
///
/// # Errors
/// `BAD_INPUT` for a text that is too long or an address that is none; `NOT_FOUND` for an entry that is not
/// shown; `GUARD_FAILED` beyond [`MOST_OF_A_CLIENT`] and [`MOST_OF_AN_ENTRY`].
pub async fn file(
    app: &App,
    who: &Requester,
    order: &Order,
    npi: Npi,
    new: Mistake,
) -> Result<Box<str>, Trouble> {
    let kind = new.kind;
    let reply_to = new.reply_to.as_deref();
    let reply_to: Option<Email> = reply_to.map(|text| parsed("replyTo", text)).transpose()?;
    let message = new.message;
    let message = words("message", message.as_deref(), MOST_CHARACTERS)?;
    if kind == MistakeKind::Other && message.is_none() {
        return Err(impossible("message", "say what is wrong"));
    }
    let reference = reference(app);
    perform(app, who, order, async |change: &Change<'_>| {
        let found = entry::find(change.txn.db(), npi).await?;
        let found = found.filter(|found| found.withdrawn_at.is_none());
        found.ok_or(Trouble::NotFound("provider"))?;
        within_bounds(change, npi).await?;
        let today = waiting::today(change.now);
        let new = Report {
            id: report::next_id(&change.txn),
            reference: reference.as_str().into(),
            npi,
            kind,
            message: message.clone(),
            reply_to: reply_to.as_ref().map(|address| address.as_str().into()),
            state: ReportState::Open,
            reported_at: change.now,
            due_on: business_days_after(today, change.policy.publish_business_days),
            resolved_at: None,
            resolved_by: None,
            answer: None,
            version: 1,
        };
        report::save(&change.txn, &new).await?;
        told::report_filed(change, &new).await?;
        let mut event = change.event("mistake_report", format!("report_{}", new.id.0));
        event.entity_version = Some(1);
        event.reason_code = Some(kind.code().to_owned());
        event.reason_text = Some(format!("provider_{npi}"));
        change.log(event).await?;
        Ok(new.reference)
    })
    .await
}

async fn within_bounds(change: &Change<'_>, npi: Npi) -> Result<(), Trouble> {
    let db = change.txn.db();
    let since = change.now - TimeDelta::hours(24);
    let (client, act) = (change.who.key(), change.order.act.code());
    if idempotency::count_done(db, &client, act, since).await? >= MOST_OF_A_CLIENT {
        return Err(Trouble::guard(format!(
            "{MOST_OF_A_CLIENT} reports came from where you are within 24 hours: send the next one tomorrow"
        )));
    }
    if report::count_since(db, npi, since).await? >= MOST_OF_AN_ENTRY {
        return Err(Trouble::guard(format!(
            "{MOST_OF_AN_ENTRY} reports of this entry came within 24 hours, and are read: send what they may \
             lack tomorrow"
        )));
    }
    Ok(())
}

/// Answers a report.
///
/// # Errors
/// `REASON_REQUIRED` without an answer, `ILLEGAL_TRANSITION` once it is answered, `SEPARATION_OF_DUTIES` for
/// the person it is about.
pub async fn resolve(
    app: &App,
    who: &Requester,
    order: &Order,
    (id, expected_version): (ReportId, i64),
    state: ReportState,
    answer: Option<String>,
) -> Result<ReportId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let answer = words("answer", answer.as_deref(), MOST_CHARACTERS)?;
        if state == ReportState::Open {
            return Err(impossible("state", "a report is answered, not opened"));
        }
        if answer.is_none() {
            return Err(Trouble::field(
                UserErrorCode::ReasonRequired,
                "answer",
                "say what was found: whoever reported it reads this",
            ));
        }
        let held = report::find(change.txn.db(), id).await?;
        let held = held.ok_or(Trouble::NotFound("report"))?;
        change.check_version(expected_version, held.version)?;
        if held.state != ReportState::Open {
            return Err(Trouble::refused(
                UserErrorCode::IllegalTransition,
                format!("the report is {} already", held.state),
            ));
        }
        change.about(format!("report_{}", id.0));
        if who.owns(held.npi) {
            return Err(Trouble::duties("nobody answers reports about themselves"));
        }
        let version = held.version + 1;
        let reply_to = held.reply_to;
        let next = Report {
            state,
            reply_to: None,
            resolved_at: Some(change.now),
            resolved_by: Some(account(change)?),
            answer: answer.clone(),
            version,
            ..held
        };
        report::save(&change.txn, &next).await?;
        told::report_answered(change, &next, reply_to.as_deref()).await?;
        let mut event = change.event("mistake_report", format!("report_{}", id.0));
        event.entity_version = u64::try_from(version).ok();
        event.reason_code = Some(state.code().to_owned());
        change.log(event).await?;
        Ok(id)
    })
    .await
}

/// A report by the reference that its reporter was given.
pub async fn by_reference(app: &App, reference: &str) -> Result<Option<Report>, Trouble> {
    // What cannot be one is not looked for.
    let fits = reference.len() == REFERENCE_LENGTH && reference.is_ascii();
    if !fits {
        return Ok(None);
    }
    Ok(report::by_reference(app.store.connection(), reference).await?)
}

/// Reports in a state, or all, oldest first: a page and one more where there is one.
pub async fn page(
    app: &App,
    state: Option<ReportState>,
    after: Option<ReportId>,
    size: usize,
) -> Result<Vec<Report>, Trouble> {
    let limit = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(1);
    Ok(report::page_after(app.store.connection(), state, after, limit).await?)
}

/// A report by its number.
pub async fn find(app: &App, id: ReportId) -> Result<Option<Report>, Trouble> {
    Ok(report::find(app.store.connection(), id).await?)
}

const REFERENCE_LENGTH: usize = 26;

/// 128 random bits in letters and digits.
fn reference(app: &App) -> String {
    let bytes: [u8; 16] = app.chance.bytes();
    data_encoding::BASE32_NOPAD.encode(&bytes)
}
