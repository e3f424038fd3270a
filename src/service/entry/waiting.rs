//! What is asked of us about entries and waits for one of us: claims, requests that an entry goes, reports
//! of mistakes. Read off the records at an instant; a task is only how somebody hears of it.

use chrono::{DateTime, NaiveDate, Utc};
use domain::claim::{Awaits, ClaimMethod, ClaimState};
use domain::notice::{DueKind, Task, TaskKind, business_days_after};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::policy::Policy;
use domain::report::{RemovalState, ReportState};
use domain::time::{days_between, local_day};

use crate::store::entry::claim::{self, Claim};
use crate::store::entry::removal::{self, Removal};
use crate::store::entry::report::{self, Report, ReportId};
use crate::store::{Store, StoreError};

/// The kinds of the tasks that tell of it.
pub const TASKS: [TaskKind; 4] = [
    TaskKind::ClaimCode,
    TaskKind::ClaimDecision,
    TaskKind::RemovalDue,
    TaskKind::ReportDue,
];

/// So many days before its last day, what has no open task is asked for again.
const NEAR_DAYS: i64 = 7;

/// Rows read in one go.
const AT_ONCE: u64 = 500;

/// The table of reports.
const REPORTS: &str = "mistake_report";

/// Something that waits for one of us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The kind of task that tells of it.
    pub task: TaskKind,
    /// The kind of what is due.
    pub due: DueKind,
    /// About which entry.
    pub npi: Npi,
    /// The record, by its table and number.
    pub about: (&'static str, i64),
    /// What to do, in words.
    pub what: Box<str>,
    /// The last day, in Washington.
    pub due_on: NaiveDate,
    /// By which this very wait is known.
    key: String,
}

impl Waiting {
    /// The record as a task names it.
    pub fn subject(&self) -> (Box<str>, Box<str>) {
        let (table, id) = self.about;
        (table.into(), id.to_string().into())
    }

    /// The task that tells of it, asked once as it comes, once when its day is near and once when it has
    /// passed.
    pub fn task(&self, now: DateTime<Utc>) -> Task {
        let stage = match days_between(today(now), self.due_on) {
            ..0 => "/passed",
            0..=NEAR_DAYS if self.due == DueKind::Removal => "/near",
            _ => "",
        };
        Task {
            kind: self.task,
            npi: Some(self.npi),
            about: Some(self.subject()),
            what: self.what.clone(),
            due_on: Some(self.due_on),
            once_key: format!("{}{stage}", self.key).into(),
        }
    }
}

/// Today, by the zone in which the days of requests are told.
pub fn today(now: DateTime<Utc>) -> NaiveDate {
    local_day(now, Jurisdiction::Dc.zone())
}

/// Reports that are read at once, the oldest first: anybody may file one, so that there may be more than
/// anybody should read in one go.
pub const MOST_REPORTS: u64 = 5_000;

/// What waits for one of us.
#[derive(Debug, Clone, Default)]
pub struct Everything {
    /// What was read: all of it, but for reports that came after the oldest [`MOST_REPORTS`].
    pub waiting: Vec<Waiting>,
    /// The last report that was read, where there are more.
    pub reports_through: Option<ReportId>,
}

impl Everything {
    /// May a record that is not in it wait all the same?
    pub fn leaves_out(&self, (table, id): &(Box<str>, Box<str>)) -> bool {
        let through = self.reports_through.filter(|_| &**table == REPORTS);
        through.is_some_and(|through| id.parse().is_ok_and(|id: i64| id > through.0))
    }
}

/// Everything that waits for one of us.
pub async fn all(
    store: &Store,
    now: DateTime<Utc>,
    policy: &Policy,
) -> Result<Everything, StoreError> {
    let db = store.connection();
    let mut found = Vec::new();
    let mut after = None;
    loop {
        let page = claim::page_after(db, (Some(ClaimState::Open), None), after, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        found.extend(page.iter().filter_map(|it| of_claim(it, now, policy)));
    }
    let mut after = None;
    loop {
        let page =
            removal::page_after(db, (Some(RemovalState::Open), None), after, AT_ONCE).await?;
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        found.extend(page.iter().filter_map(of_removal));
    }
    // One more than is looked at says whether there are more.
    let limit = MOST_REPORTS + 1;
    let mut reports = report::page_after(db, Some(ReportState::Open), None, limit).await?;
    let has_more = reports.len() > usize::try_from(MOST_REPORTS).unwrap_or(usize::MAX);
    if has_more {
        reports.pop();
    }
    found.extend(reports.iter().filter_map(of_report));
    Ok(Everything {
        waiting: found,
        reports_through: reports.last().map(|last| last.id).filter(|_| has_more),
    })
}

/// What a claim asks of us now; nothing while its claimant has a code to enter, or once it is decided.
pub fn of_claim(claim: &Claim, now: DateTime<Utc>, policy: &Policy) -> Option<Waiting> {
    let (task, since) = match claim.facts().awaits(now, policy)? {
        Awaits::Code { since } => (TaskKind::ClaimCode, since),
        Awaits::Decision { since } => (TaskKind::ClaimDecision, since),
        Awaits::Claimant => return None,
    };
    let id = claim.id.0;
    // Asked once for the first code, and once for each that came to nothing.
    let code = claim.code_issued_at.map_or(0, |at| at.timestamp_micros());
    let what = match claim.method {
        _ if claim.disputes => "decide which of two accounts the entry belongs to",
        ClaimMethod::PracticePhone => "call the practice's telephone and read out a code",
        ClaimMethod::PostalAddress => "post a code to the practice's address",
        ClaimMethod::EvidenceSeen => "see the claimant's evidence and decide",
    };
    Some(Waiting {
        task,
        due: DueKind::Claim,
        npi: claim.npi,
        about: ("claim", id),
        what: format!("claim_{id}: {what}").into(),
        due_on: business_days_after(today(since), policy.claim_business_days),
        key: format!("{task}/claim_{id}/{code}"),
    })
}

/// What a request that an entry goes asks of us; nothing once it is decided.
pub fn of_removal(removal: &Removal) -> Option<Waiting> {
    let id = removal.id.0;
    let how = if removal.wants_erasure {
        "with all data"
    } else {
        "from view"
    };
    (removal.state == RemovalState::Open).then(|| Waiting {
        task: TaskKind::RemovalDue,
        due: DueKind::Removal,
        npi: removal.npi,
        about: ("removal_request", id),
        what: format!("removal_{id}: decide whether the entry goes {how}").into(),
        due_on: removal.due_on,
        key: format!("{}/removal_{id}", TaskKind::RemovalDue),
    })
}

/// What a report asks of us; nothing once it is answered.
pub fn of_report(report: &Report) -> Option<Waiting> {
    let id = report.id.0;
    (report.state == ReportState::Open).then(|| Waiting {
        task: TaskKind::ReportDue,
        due: DueKind::Report,
        npi: report.npi,
        about: (REPORTS, id),
        what: format!("report_{id}: answer the report ({})", report.kind).into(),
        due_on: report.due_on,
        key: format!("{}/report_{id}", TaskKind::ReportDue),
    })
}
