//! Issuers: put on file, tainted and trusted again. Taints and their lifting take two people: one
//! proposes, another confirms by `confirmAct`.

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::access::{Act, ProposalKind};
use domain::credential::CredentialId;
use domain::duty::ReasonCode;
use domain::issuer::TrustLevel;
use domain::notice::{Addressee, DueKind, Notice, NoticeKind, Task, TaskKind, business_days_after};
use domain::policy::Policy;
use domain::time::local_day;
use serde::{Deserialize, Serialize};

use super::case::read::credential_id;
use super::proposal::{self, NewProposal, Proposal, ProposalId, payload};
use super::provider::home_zone;
use super::terms::Told;
use super::{Change, Order, Requester, Trouble, UserErrorCode, perform};
use crate::app::{App, LoadError};
use crate::store::issuer::suspend::{self, Concerned};
use crate::store::issuer::trust::{self, NewTaint};
use crate::store::log::{self, NewEvent};
use crate::store::{self, StoreError, WriteTxn, issuer, notice, task};

pub use crate::store::issuer::trust::{TrustId, TrustPeriod};
pub use crate::store::issuer::{Alias, IssuerFacts, IssuerId, IssuerKind, IssuerRecord};

/// Credentials that one transaction suspends: nobody else writes meanwhile.
const AT_ONCE: u64 = 500;

/// Letters of an issuer's name. The index that keeps names apart has room for 2,704 bytes in `PostgreSQL`.
const NAME: usize = 200;

/// Which range of an issuer is not to be trusted, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaintRequest {
    /// Whose.
    pub issuer: i64,
    /// The first day of issue; none for all up to the last.
    pub from: Option<NaiveDate>,
    /// The last day of issue; none for all from the first.
    pub through: Option<NaiveDate>,
    /// Why, as a code.
    pub reason_code: ReasonCode,
    /// Why, in words.
    pub reason_text: Box<str>,
}

/// Which taint is to be taken back, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LiftRequest {
    /// Which.
    pub taint: i64,
    /// Why.
    pub reason_text: Box<str>,
}

/// Puts an issuer on file, or says anew what one is. A name that another bears is refused.
///
/// # Errors
/// `BAD_INPUT` names the field: a blank name, an alias that ends before it begins, a name that is
/// another's; `STALE_VERSION`.
pub async fn upsert(
    app: &App,
    who: &Requester,
    order: &Order,
    existing: Option<(IssuerId, Option<i64>)>,
    facts: IssuerFacts,
) -> Result<i64, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let db = change.txn.db();
        check(&facts)?;
        let taken = issuer::named(db, &facts.name).await?;
        if taken.is_some() && taken != existing.map(|(id, _)| id) {
            return Err(bad("input.name", "another issuer bears this name"));
        }
        let Some((id, expected)) = existing else {
            let id = issuer::insert(&change.txn, &facts).await?;
            let mut event = change.event("issuer", name_of(id));
            event.entity_version = Some(1);
            change.log(event).await?;
            return Ok(id.0);
        };
        let held = issuer::by_id(db, id).await?;
        let held = held.ok_or(Trouble::NotFound("issuer"))?;
        let expected = expected.ok_or_else(|| {
            bad(
                "input.expectedVersion",
                "an issuer on file is changed at the version that was read",
            )
        })?;
        change.check_version(expected, i64::from(held.version))?;
        issuer::update(&change.txn, id, &facts).await?;
        if held.facts.name != facts.name {
            issuer::touch_holders(&change.txn, id).await?;
        }
        let mut event = change.event("issuer", name_of(id));
        event.entity_version = Some(u64::from(held.version) + 1);
        event.changed_fields = changed(&held.facts, &facts);
        change.log(event).await?;
        Ok(id.0)
    })
    .await
}

/// A name that an issuer may bear.
///
/// # Errors
/// `BAD_INPUT` names the field: one that is blank or too long.
pub(super) fn check_name(field: &str, name: &str) -> Result<(), Trouble> {
    if name.trim().is_empty() {
        return Err(bad(field, "an issuer has a name"));
    }
    if name.chars().count() > NAME {
        return Err(bad(
            field,
            format!("an issuer's name has at most {NAME} characters"),
        ));
    }
    Ok(())
}

fn check(facts: &IssuerFacts) -> Result<(), Trouble> {
    check_name("input.name", &facts.name)?;
    for (at, alias) in facts.aliases.iter().enumerate() {
        check_name(&format!("input.aliases.{at}.name"), &alias.name)?;
        if alias
            .from
            .zip(alias.to)
            .is_some_and(|(from, to)| from >= to)
        {
            return Err(bad(
                format!("input.aliases.{at}.to"),
                "the first day on which it no longer held comes after its first day",
            ));
        }
    }
    Ok(())
}

fn changed(before: &IssuerFacts, after: &IssuerFacts) -> Vec<String> {
    [
        ("name", before.name != after.name),
        ("kind", before.kind != after.kind),
        ("domain", before.domain != after.domain),
        ("contact", before.contact != after.contact),
        ("source", before.source != after.source),
        ("aliases", before.aliases != after.aliases),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(field, _)| field.to_owned())
    .collect()
}

/// Proposes that what an issuer gave in a range of days be worth nothing.
///
/// # Errors
/// `BAD_INPUT` for a range that ends before it begins, `REASON_REQUIRED`, `STALE_VERSION`.
pub async fn taint(
    app: &App,
    who: &Requester,
    order: &Order,
    expected_version: i64,
    request: TaintRequest,
) -> Result<ProposalId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let id = IssuerId(request.issuer);
        let held = issuer::by_id(change.txn.db(), id).await?;
        let held = held.ok_or(Trouble::NotFound("issuer"))?;
        change.check_version(expected_version, i64::from(held.version))?;
        if request.reason_text.trim().is_empty() {
            return Err(reason_required());
        }
        if request
            .from
            .zip(request.through)
            .is_some_and(|(from, through)| from > through)
        {
            return Err(bad("input.through", "the last day comes before the first"));
        }
        let new = NewProposal {
            kind: ProposalKind::TaintIssuer,
            subject_type: "issuer",
            subject_id: name_of(id).into(),
            payload: plain(&request),
            reason_code: request.reason_code.code().into(),
            reason_text: Some(request.reason_text.clone()),
        };
        let told = Told::of(new.kind, &new.payload);
        let proposed = proposal::propose(change, new).await?;
        let mut event = change.event("issuer", name_of(id));
        event.reason_code = Some(request.reason_code.code().to_owned());
        event.reason_text = Some(request.reason_text.to_string());
        told.write(&mut event);
        change.log(event).await?;
        Ok(proposed)
    })
    .await
}

/// Proposes that a taint be taken back. What it suspended stays suspended until each is decided.
///
/// # Errors
/// `ILLEGAL_TRANSITION` for a taint that was taken back, `REASON_REQUIRED`, `STALE_VERSION` of the
/// issuer.
pub async fn lift(
    app: &App,
    who: &Requester,
    order: &Order,
    expected_version: i64,
    request: LiftRequest,
) -> Result<ProposalId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let db = change.txn.db();
        let held = trust::by_id(db, TrustId(request.taint)).await?;
        let held = held
            .filter(|period| period.level == TrustLevel::Tainted)
            .ok_or(Trouble::NotFound("taint"))?;
        let of = issuer::by_id(db, held.issuer).await?;
        let of = of.ok_or(Trouble::NotFound("issuer"))?;
        change.check_version(expected_version, i64::from(of.version))?;
        if held.lifted_at.is_some() {
            return Err(lifted_already());
        }
        if request.reason_text.trim().is_empty() {
            return Err(reason_required());
        }
        let new = NewProposal {
            kind: ProposalKind::LiftTaint,
            subject_type: "taint",
            subject_id: format!("taint_{}", held.id.0).into(),
            payload: plain(&request),
            reason_code: ReasonCode::Other.code().into(),
            reason_text: Some(request.reason_text.clone()),
        };
        let told = Told::of(new.kind, &new.payload);
        let proposed = proposal::propose(change, new).await?;
        let mut event = change.event("issuer", name_of(held.issuer));
        event.reason_text = Some(request.reason_text.to_string());
        told.write(&mut event);
        change.log(event).await?;
        Ok(proposed)
    })
    .await
}

/// Does what two people agreed on: taints the issuer, and suspends what the range covers, as much as
/// one transaction takes. The scheduler suspends the rest within a quarter of an hour.
pub async fn apply_taint_issuer(change: &Change<'_>, proposal: &Proposal) -> Result<(), Trouble> {
    let request: TaintRequest = payload(proposal)?;
    let confirmed_by = change.who.account.ok_or(Trouble::Unauthenticated)?;
    let new = NewTaint {
        issuer: IssuerId(request.issuer),
        from: request.from,
        through: request.through,
        reason_code: request.reason_code.code().into(),
        reason_text: request.reason_text,
        proposal_id: Some(proposal.id.0),
        people: [proposal.proposed_by, confirmed_by],
    };
    let id = trust::taint(&change.txn, &new, change.now).await?;
    let taint = trust::by_id(change.txn.db(), id).await?;
    let taint = taint.ok_or(Trouble::NotFound("taint"))?;
    let of = issuer::by_id(change.txn.db(), taint.issuer).await?;
    let of = of.ok_or(Trouble::NotFound("issuer"))?;
    let mut event = change.event("issuer", name_of(taint.issuer));
    "taintIssuer".clone_into(&mut event.action);
    event.entity_version = Some(u64::from(of.version));
    event.reason_code = Some(new.reason_code.to_string());
    event.reason_text = Some(new.reason_text.to_string());
    change.log(event).await?;
    let some = suspend::concerned(change.txn.db(), &taint, AT_ONCE).await?;
    suspend_all(
        change.app,
        &change.txn,
        (&taint, &of.facts.name),
        &some,
        change.now,
        &change.policy,
    )
    .await?;
    Ok(())
}

/// Does what two people agreed on: takes the taint back. Nothing springs back by itself.
pub async fn apply_lift_taint(change: &Change<'_>, proposal: &Proposal) -> Result<(), Trouble> {
    let request: LiftRequest = payload(proposal)?;
    let confirmed_by = change.who.account.ok_or(Trouble::Unauthenticated)?;
    let taint = trust::by_id(change.txn.db(), TrustId(request.taint)).await?;
    let taint = taint.ok_or(Trouble::NotFound("taint"))?;
    if taint.lifted_at.is_some() {
        return Err(lifted_already());
    }
    let people = [proposal.proposed_by, confirmed_by];
    trust::lift(&change.txn, &taint, Some(proposal.id.0), people, change.now).await?;
    let of = issuer::by_id(change.txn.db(), taint.issuer).await?;
    let mut event = change.event("issuer", name_of(taint.issuer));
    "liftTaint".clone_into(&mut event.action);
    event.entity_version = of.map(|of| u64::from(of.version));
    event.reason_text = Some(request.reason_text.to_string());
    change.log(event).await?;
    Ok(())
}

/// Suspends some of what a taint in force concerns, in a transaction of its own. Tells how many; 0 when
/// none is left or the taint was taken back.
pub(super) async fn suspend_some(app: &App, taint: &TrustPeriod) -> Result<u64, LoadError> {
    // Mostly there is nothing, and then nobody is held up.
    let db = app.store.connection();
    if suspend::concerned(db, taint, 1).await?.is_empty() {
        return Ok(0);
    }
    let txn = app.store.begin().await?;
    let held = trust::by_id(txn.db(), taint.id).await?;
    let in_force = held.filter(|taint| taint.lifted_at.is_none());
    let some = match &in_force {
        Some(taint) => suspend::concerned(txn.db(), taint, AT_ONCE).await?,
        None => Vec::new(),
    };
    let (Some(taint), false) = (in_force, some.is_empty()) else {
        txn.rollback().await?;
        return Ok(0);
    };
    let of = issuer::by_id(txn.db(), taint.issuer).await?;
    let name = of.map(|of| of.facts.name).unwrap_or_default();
    let now = app.clock.now();
    let policy = store::policy::in_force(txn.db(), now)
        .await?
        .ok_or(LoadError::NoPolicy)?;
    suspend_all(app, &txn, (&taint, &name), &some, now, &policy).await?;
    txn.commit().await?;
    Ok(some.len() as u64)
}

/// Suspends credentials: an entry in the log for each, its person told, and a review asked for. By
/// SYSTEM, which may lower trust and never raise it.
async fn suspend_all(
    app: &App,
    txn: &WriteTxn,
    (taint, issuer): (&TrustPeriod, &str),
    some: &[Concerned],
    now: DateTime<Utc>,
    policy: &Policy,
) -> Result<(), StoreError> {
    if some.is_empty() {
        return Ok(());
    }
    let mut people: Vec<_> = some.iter().map(|one| one.npi).collect();
    people.sort_unstable();
    people.dedup();
    store::provider::touch(txn, &people).await?;
    let mut tasks = Vec::with_capacity(some.len());
    let mut notices = Vec::with_capacity(some.len());
    for one in some {
        suspend::suspend(txn, one, now).await?;
        let event = NewEvent {
            entity_id: Some(credential_id(one.id, one.kind)),
            entity_version: Some(u64::from(one.version) + 1),
            reason_code: Some(ReasonCode::IssuerTainted.code().to_owned()),
            reason_text: Some(format!("taint_{}", taint.id.0)),
            policy_version: Some(policy.version),
            ..NewEvent::by_system(Act::SuspendCredential.code(), "credential", now)
        };
        log::append(txn, event).await?;
        tasks.push(review(app, one, now, policy));
        notices.push(told(taint, issuer, one, now, policy));
    }
    let ids: Vec<CredentialId> = some.iter().map(|one| one.id).collect();
    suspend::keep(txn, taint.id, &ids, now).await?;
    task::open(txn, &tasks, now).await?;
    notice::queue(txn, &notices, now).await?;
    Ok(())
}

/// The review that every suspension asks for (verification.md 3.3, S5), by the key under which the
/// scheduler knows it too.
fn review(app: &App, one: &Concerned, now: DateTime<Utc>, policy: &Policy) -> Task {
    let snapshot = app.snapshot();
    let zone = snapshot.provider(one.npi).map_or_else(
        || domain::place::Jurisdiction::Dc.zone(),
        |person| home_zone(person),
    );
    let days = policy.suspension_review_business_days;
    let due = domain::notice::Due {
        kind: DueKind::SuspensionReview,
        about: ("credential", one.id.0),
        name: one.title.clone(),
        due_on: business_days_after(local_day(now, zone), days),
        today: local_day(now, zone),
    };
    Task {
        kind: TaskKind::SuspensionReview,
        npi: Some(one.npi),
        about: Some(("credential".into(), one.id.0.to_string().into())),
        what: format!("{}: {}", due.name, due.kind.to_do()).into(),
        due_on: Some(due.due_on),
        once_key: due.key().into(),
    }
}

fn told(
    taint: &TrustPeriod,
    issuer: &str,
    one: &Concerned,
    now: DateTime<Utc>,
    policy: &Policy,
) -> Notice {
    let within = Days::new(u64::from(policy.notice_days));
    let today = now.date_naive();
    Notice {
        kind: NoticeKind::Suspended,
        to: Addressee::Entry(one.npi),
        due_on: today.checked_add_days(within).unwrap_or(NaiveDate::MAX),
        case_id: None,
        about: Some(("credential".into(), one.id.0.to_string().into())),
        subject: format!("{} is suspended because of its issuer", one.title).into(),
        body: format!(
            "\u{201c}{}\u{201d} of {issuer} is suspended: what this issuer gave in the range of days \
             in which it falls is not relied on for now. This says nothing about you. The suspension \
             is reviewed within {} business days, and you may show by other means that you were \
             trained.\n",
            one.title, policy.suspension_review_business_days
        )
        .into(),
        once_key: Some(format!("taint_{}/credential_{}", taint.id.0, one.id.0).into()),
    }
}

/// Issuers in the order of their numbers, one more than fits where there is one.
pub async fn page(
    app: &App,
    after: Option<IssuerId>,
    first: usize,
) -> Result<Vec<IssuerRecord>, Trouble> {
    Ok(issuer::page(app.store.connection(), after, first as u64 + 1).await?)
}

/// The issuer with a number.
pub async fn find(app: &App, id: IssuerId) -> Result<Option<IssuerRecord>, Trouble> {
    Ok(issuer::by_id(app.store.connection(), id).await?)
}

/// The issuer whose decision on trust has a number.
pub async fn of_taint(app: &App, id: TrustId) -> Result<Option<IssuerRecord>, Trouble> {
    let Some(taint) = trust::by_id(app.store.connection(), id).await? else {
        return Ok(None);
    };
    find(app, taint.issuer).await
}

/// What a taint suspended and nobody has decided about since, those after one; one more than fits
/// where there is one.
pub async fn suspended_by(
    app: &App,
    taint: TrustId,
    after: Option<CredentialId>,
    first: usize,
) -> Result<Vec<Concerned>, Trouble> {
    let db = app.store.connection();
    Ok(suspend::still_suspended(db, taint, after, first as u64 + 1).await?)
}

fn name_of(id: IssuerId) -> String {
    format!("issuer_{}", id.0)
}

fn plain(request: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(request).expect("a request is plain data")
}

fn bad(field: impl Into<Box<str>>, message: impl Into<Box<str>>) -> Trouble {
    Trouble::field(UserErrorCode::BadInput, field, message)
}

fn reason_required() -> Trouble {
    Trouble::field(UserErrorCode::ReasonRequired, "input.reasonText", "say why")
}

fn lifted_already() -> Trouble {
    Trouble::refused(
        UserErrorCode::IllegalTransition,
        "the taint was taken back already",
    )
}
