//! What a recall takes out of use: lots, and with the last of them the attestation (N9 by SYSTEM, which
//! only lowers).

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};
use chrono_tz::Tz;
use domain::duty::Actor;
use domain::needle::action::{Action, take};
use domain::needle::attestation::{Attestation, Claim};
use domain::needle::check::bare;
use domain::needle::recall::{LotStatus, RecallTable};
use domain::needle::validity::statuses;
use domain::notice::{Addressee, Notice, NoticeKind, Task, TaskKind};
use domain::place::Jurisdiction;
use domain::provider::Provider;
use domain::time::local_day;
use serde::Serialize;

use crate::store::attestation::recall::{self, RecallNotice};
use crate::store::attestation::{self, Filed, Step};
use crate::store::log::{self, NewEvent};
use crate::store::{StoreError, WriteTxn, notice, policy, provider, task};

/// What recalls took out of use.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Applied {
    /// Lots in accepted attestations that may be used no longer.
    pub lots_dropped: u64,
    /// Attestations of which no lot is left.
    pub invalidated: u64,
    /// Tasks that were opened.
    pub tasks_opened: u64,
}

/// Puts notices on file and applies all that is on file to every accepted attestation of their devices.
pub async fn apply(
    txn: &WriteTxn,
    notices: &[RecallNotice],
    at: DateTime<Utc>,
) -> Result<Applied, StoreError> {
    let devices: BTreeSet<String> = notices
        .iter()
        .map(|notice| bare(&notice.recall.device_identifier))
        .collect();
    let devices: Vec<String> = devices.into_iter().collect();
    let before = recall::of_devices(txn.db(), &devices).await?;
    recall::put(txn, notices, at, txn.next_seq()).await?;
    let after = recall::of_devices(txn.db(), &devices).await?;
    // What everybody with such needles is shown changes, also where nothing goes out of force.
    let touched = attestation::people_with_devices(txn.db(), &devices).await?;
    provider::touch(txn, &touched).await?;
    let latest = notices.iter().map(|notice| notice.recall.announced_on);
    let latest = latest.max().unwrap_or(NaiveDate::MIN);
    let ids = attestation::with_devices(txn.db(), &devices).await?;
    let mut applied = Applied::default();
    for filed in attestation::by_ids(txn.db(), &ids).await? {
        let subject = filed.attestation.claim().subject;
        let person = provider::by_npis_hidden_or_not(txn.db(), &[subject])
            .await?
            .pop();
        let zone = zone(person.as_ref(), filed.attestation.claim());
        // A recall of today counts today also where today has not begun yet.
        let on = local_day(at, zone).max(latest);
        let recalls = Recalls {
            before: &before,
            after: &after,
            on,
        };
        one(txn, filed, &recalls, at, &mut applied).await?;
    }
    Ok(applied)
}

struct Recalls<'a> {
    before: &'a RecallTable,
    after: &'a RecallTable,
    on: NaiveDate,
}

async fn one(
    txn: &WriteTxn,
    filed: Filed,
    recalls: &Recalls<'_>,
    at: DateTime<Utc>,
    applied: &mut Applied,
) -> Result<(), StoreError> {
    let claim = filed.attestation.claim().clone();
    let dropped = newly_dropped(&claim, recalls);
    if dropped.is_empty() {
        return Ok(());
    }
    let action = Action::Recall {
        recalls: recalls.after,
        on: recalls.on,
    };
    let moved = take(filed.attestation, &Actor::System, action, at).map_err(|refusal| {
        StoreError::inconsistent("sterility_attestation", "state", claim.id.0, refusal)
    })?;
    let lots = dropped.join(", ");
    let is_over = matches!(moved.attestation, Attestation::Invalidated(_));
    let text = format!("recalled: {lots}");
    let step = Step {
        attestation: &moved.attestation,
        passed: &moved.passed,
        at,
        evidence: &[],
        reason_text: is_over.then_some(text.as_str()),
        sealed: None,
    };
    attestation::save(txn, step).await?;
    let event = NewEvent {
        entity_id: Some(format!("attestation_{}", claim.id.0)),
        entity_version: Some(u64::from(filed.row_version) + 1),
        reason_code: Some("LOT_RECALLED".to_owned()),
        reason_text: Some(text),
        ..NewEvent::by_system("attestation.recall", "sterility_attestation", at)
    };
    log::append(txn, event).await?;
    applied.lots_dropped += dropped.len() as u64;
    applied.invalidated += u64::from(is_over);
    applied.tasks_opened += tell(txn, &claim, &dropped, is_over, at, recalls.on).await?;
    Ok(())
}

/// Lots that were in use or merely expired, and are recalled now.
fn newly_dropped(claim: &Claim, recalls: &Recalls<'_>) -> Vec<Box<str>> {
    let is_out = |status| matches!(status, LotStatus::Recalled | LotStatus::Withdrawn);
    let lines = &claim.content.lines;
    let before = statuses(lines, recalls.before, recalls.on);
    let after = statuses(lines, recalls.after, recalls.on);
    before
        .zip(after)
        .filter(|(before, after)| !is_out(before.status) && is_out(after.status))
        .map(|(_, after)| after.lot.into())
        .collect()
}

/// The person is told, and somebody of ours sees to it.
async fn tell(
    txn: &WriteTxn,
    claim: &Claim,
    dropped: &[Box<str>],
    is_over: bool,
    at: DateTime<Utc>,
    on: NaiveDate,
) -> Result<u64, StoreError> {
    let about = || {
        Some((
            "sterility_attestation".into(),
            claim.id.0.to_string().into(),
        ))
    };
    let lots = dropped.join(", ");
    let policy = policy::in_force(txn.db(), at).await?.unwrap_or_default();
    let by_decision = on
        .checked_add_days(Days::new(policy.notice_days.into()))
        .unwrap_or(on);
    let mut notices = vec![Notice {
        kind: NoticeKind::LotOut,
        to: Addressee::Entry(claim.subject),
        due_on: on,
        case_id: None,
        about: about(),
        subject: "Needles that you use were recalled".into(),
        body: format!(
            "These lots of needles in your sterility attestation were recalled: {lots}. Stop using \
             them. Sign in to read which recall it is."
        )
        .into(),
        once_key: None,
    }];
    if is_over {
        notices.push(Notice {
            kind: NoticeKind::AttestationDecision,
            to: Addressee::Entry(claim.subject),
            due_on: by_decision,
            case_id: None,
            about: about(),
            subject: "Your sterility attestation is no longer in force".into(),
            body: "Every lot of needles in your sterility attestation was recalled, so it is no longer \
                   in force. Sign in to sign a new one or to appeal."
                .into(),
            once_key: None,
        });
    }
    let queued = notice::queue(txn, &notices, at).await?;
    if let Some(decision) = queued.last().filter(|_| is_over) {
        attestation::told_by(txn, claim.id, *decision).await?;
    }
    let tasks: Vec<Task> = dropped
        .iter()
        .map(|lot| Task {
            kind: TaskKind::LotRecalled,
            npi: Some(claim.subject),
            about: about(),
            what: format!("lot {lot} was recalled: hear that it is used no longer").into(),
            due_on: None,
            once_key: format!("lot-recalled:{}:{lot}", claim.id.0).into(),
        })
        .collect();
    task::open(txn, &tasks, at).await
}

fn zone(person: Option<&Provider>, claim: &Claim) -> Tz {
    let named = claim.content.locations.first();
    let place = person.and_then(|person| {
        let mut places = person.locations.iter();
        places.find(|place| named == Some(&place.id))
    });
    place.map_or_else(|| Jurisdiction::Dc.zone(), |place| place.zone)
}
