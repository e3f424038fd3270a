//! Notices: what people have to be told, and whether they were.
//!
//! Each is known by its number and, where it is said once only, by its `once_key`, which is never used
//! again: whoever queues it twice, in whatever process, queues it once. Texts are personal data and
//! live here alone; the log knows numbers.

mod address;

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::access::AccountId;
use domain::case::CaseState;
use domain::notice::{Addressee, Notice, NoticeKind};
use domain::npi::Npi;
use entity::{case, notice};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

pub use address::{addresses, reachable};

use super::provider::number;
use super::txn::WriteTxn;
use super::{Store, StoreError, once, row};

/// The stored number of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoticeId(pub i64);

/// A notice as it is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredNotice {
    /// Its number.
    pub id: NoticeId,
    /// What it says, to whom and until when.
    pub notice: Notice,
    /// Since when it waits, or waited.
    pub queued_at: DateTime<Utc>,
    /// How often somebody began to send it.
    pub attempts: u32,
    /// What went wrong the last time.
    pub last_error: Option<Box<str>>,
    /// When it left the house.
    pub sent_at: Option<DateTime<Utc>>,
}

impl StoredNotice {
    /// Was it not sent in time?
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.sent_at.is_none() && self.notice.due_on < today
    }
}

/// How many notices wait, and how many of those are overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// All that were not sent.
    pub unsent: u64,
    /// Those of them whose last day has passed.
    pub overdue: u64,
    /// Those of the overdue that are for made-up people, who have no address and are told by nobody.
    pub overdue_made_up: u64,
}

/// Which notices are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Of whom they speak or who is told.
    pub npi: Option<Npi>,
    /// Only those of a kind.
    pub kind: Option<NoticeKind>,
    /// Only those that were sent, or that were not.
    pub sent: Option<bool>,
}

/// Queues notices. Those that were said already, by their `once_key`, are left out; tells the numbers
/// of the others, in their order.
pub async fn queue(
    txn: &WriteTxn,
    notices: &[Notice],
    at: DateTime<Utc>,
) -> Result<Vec<NoticeId>, StoreError> {
    let keys: Vec<&str> = notices
        .iter()
        .filter_map(|notice| notice.once_key.as_deref())
        .collect();
    let mut known = used_keys(txn.db(), &keys).await?;
    let mut rows = Vec::new();
    for notice in notices {
        if let Some(key) = notice.once_key.as_deref()
            && !known.insert(key.to_owned())
        {
            continue;
        }
        rows.push(to_row(txn.take_id(), notice, at));
    }
    let ids = rows.iter().map(|row| NoticeId(row.id)).collect();
    row::insert::<notice::Entity>(txn.db(), rows).await?;
    Ok(ids)
}

/// Which of these keys were used already, as of the connection.
pub async fn used_keys(
    db: &impl ConnectionTrait,
    keys: &[&str],
) -> Result<HashSet<String>, StoreError> {
    once::used::<notice::Entity>(db, notice::Column::OnceKey, keys).await
}

/// Takes notices that wait for sending, those due first, so that nobody else takes them for a while:
/// longer after each attempt, from five minutes to a day. A program that dies while it sends leaves
/// them to be taken again.
pub async fn take(
    store: &Store,
    at: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<StoredNotice>, StoreError> {
    let waiting = || {
        notice::Entity::find()
            .filter(notice::Column::SentAt.is_null())
            .filter(notice::Column::NextAttemptAt.lte(row::instant(at)))
            .order_by_asc(notice::Column::DueOn)
            .order_by_asc(notice::Column::Id)
            .limit(limit)
    };
    // Looked at first without holding anybody up: mostly there is nothing.
    if row::read(store.connection(), waiting()).await?.is_empty() {
        return Ok(Vec::new());
    }
    let txn = store.begin().await?;
    let found = row::read(txn.db(), waiting()).await?;
    for taken in &found {
        notice::Entity::update_many()
            .col_expr(
                notice::Column::Attempts,
                Expr::value(taken.attempts.saturating_add(1)),
            )
            .col_expr(
                notice::Column::NextAttemptAt,
                Expr::value(row::instant(at + pause(taken.attempts))),
            )
            .filter(notice::Column::Id.eq(taken.id))
            .exec(txn.db())
            .await?;
    }
    txn.commit_work().await?;
    found.into_iter().map(of_row).collect()
}

/// How long nobody else tries after an attempt that follows on so many.
fn pause(attempts: i32) -> TimeDelta {
    match attempts {
        ..=0 => TimeDelta::minutes(5),
        1 => TimeDelta::minutes(30),
        2 => TimeDelta::hours(2),
        3 => TimeDelta::hours(8),
        _ => TimeDelta::days(1),
    }
}

/// Marks a notice as sent to some addresses. Says whether it had not been before.
pub async fn mark_sent(
    txn: &WriteTxn,
    id: NoticeId,
    recipients: &str,
    at: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let done = notice::Entity::update_many()
        .col_expr(notice::Column::SentAt, Expr::value(Some(row::instant(at))))
        .col_expr(
            notice::Column::Recipient,
            Expr::value(Some(recipients.to_owned())),
        )
        .col_expr(notice::Column::LastError, Expr::value(None::<String>))
        .filter(notice::Column::Id.eq(id.0))
        .filter(notice::Column::SentAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Marks the person of a case as told of its decision: from then on the days for an appeal are counted.
pub async fn mark_told(txn: &WriteTxn, case: i64, at: DateTime<Utc>) -> Result<(), StoreError> {
    case::Entity::update_many()
        .col_expr(
            case::Column::NoticeSentAt,
            Expr::value(Some(row::instant(at))),
        )
        .filter(case::Column::Id.eq(case))
        .filter(case::Column::NoticeSentAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Marks the person of a case as told what is asked of them: from then on the case can lapse (C7). A notice
/// that was written before the question that stands now tells nobody of it.
pub async fn mark_asked(
    txn: &WriteTxn,
    case: i64,
    written_at: DateTime<Utc>,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    case::Entity::update_many()
        .col_expr(
            case::Column::InfoNoticeSentAt,
            Expr::value(Some(row::instant(at))),
        )
        .filter(case::Column::Id.eq(case))
        .filter(case::Column::State.eq(CaseState::InfoRequested.code()))
        .filter(case::Column::InfoAt.lte(row::instant(written_at)))
        .filter(case::Column::InfoNoticeSentAt.is_null())
        .exec(txn.db())
        .await?;
    Ok(())
}

/// Keeps what went wrong, where somebody who looks will see it.
pub async fn mark_failed(store: &Store, failed: &[(NoticeId, String)]) -> Result<(), StoreError> {
    if failed.is_empty() {
        return Ok(());
    }
    let txn = store.begin().await?;
    for (id, error) in failed {
        notice::Entity::update_many()
            .col_expr(notice::Column::LastError, Expr::value(Some(error.clone())))
            .filter(notice::Column::Id.eq(id.0))
            .exec(txn.db())
            .await?;
    }
    txn.commit_work().await
}

/// How many notices wait.
pub async fn waiting(db: &impl ConnectionTrait, today: NaiveDate) -> Result<Waiting, StoreError> {
    let unsent = notice::Entity::find().filter(notice::Column::SentAt.is_null());
    let overdue = unsent.clone().filter(notice::Column::DueOn.lt(today));
    // Their numbers come after all real ones.
    let made_up = notice::Column::ProviderNpi.gte(number(Npi::sample(0)));
    Ok(Waiting {
        unsent: unsent.count(db).await?,
        overdue: overdue.clone().count(db).await?,
        overdue_made_up: overdue.filter(made_up).count(db).await?,
    })
}

/// Notices that were not sent by their last day, the longest overdue first.
pub async fn overdue(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    limit: u64,
) -> Result<Vec<StoredNotice>, StoreError> {
    let select = notice::Entity::find()
        .filter(notice::Column::SentAt.is_null())
        .filter(notice::Column::DueOn.lt(today))
        .order_by_asc(notice::Column::DueOn)
        .order_by_asc(notice::Column::Id)
        .limit(limit);
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

/// Notices of some kinds that were not sent by their last day, by number; those after one.
pub async fn owed(
    db: &impl ConnectionTrait,
    kinds: &[NoticeKind],
    today: NaiveDate,
    after: NoticeId,
    limit: u64,
) -> Result<Vec<StoredNotice>, StoreError> {
    let select = notice::Entity::find()
        .filter(notice::Column::SentAt.is_null())
        .filter(notice::Column::DueOn.lt(today))
        .filter(notice::Column::Kind.is_in(kinds.iter().map(|kind| kind.code())))
        .filter(notice::Column::Id.gt(after.0))
        .order_by_asc(notice::Column::Id)
        .limit(limit);
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

/// Which of these notices were sent.
pub async fn sent_among(
    db: &impl ConnectionTrait,
    ids: &[NoticeId],
) -> Result<HashSet<NoticeId>, StoreError> {
    let found: Vec<i64> = notice::Entity::find()
        .select_only()
        .column(notice::Column::Id)
        .filter(notice::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .filter(notice::Column::SentAt.is_not_null())
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().map(NoticeId).collect())
}

/// Notices, the latest first; those before a number.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &Filter,
    before: Option<NoticeId>,
    limit: u64,
) -> Result<Vec<StoredNotice>, StoreError> {
    let mut wanted = Condition::all();
    if let Some(npi) = filter.npi {
        wanted = wanted.add(notice::Column::ProviderNpi.eq(number(npi)));
    }
    if let Some(kind) = filter.kind {
        wanted = wanted.add(notice::Column::Kind.eq(kind.code()));
    }
    wanted = match filter.sent {
        Some(true) => wanted.add(notice::Column::SentAt.is_not_null()),
        Some(false) => wanted.add(notice::Column::SentAt.is_null()),
        None => wanted,
    };
    if let Some(before) = before {
        wanted = wanted.add(notice::Column::Id.lt(before.0));
    }
    let select = notice::Entity::find()
        .filter(wanted)
        .order_by_desc(notice::Column::Id)
        .limit(limit);
    row::read(db, select)
        .await?
        .into_iter()
        .map(of_row)
        .collect()
}

fn to_row(id: i64, notice: &Notice, at: DateTime<Utc>) -> notice::Model {
    let (account_id, provider_npi, recipient) = match &notice.to {
        Addressee::Account(account) => (Some(account.0), None, None),
        Addressee::Entry(npi) => (None, Some(number(*npi)), None),
        Addressee::Address(address) => (None, None, Some(address.to_string())),
    };
    let (subject_type, subject_id) = notice.about.clone().unzip();
    notice::Model {
        id,
        kind: notice.kind.code().to_owned(),
        once_key: notice.once_key.as_deref().map(Into::into),
        account_id,
        provider_npi,
        recipient,
        case_id: notice.case_id,
        subject_type: subject_type.map(Into::into),
        subject_id: subject_id.map(Into::into),
        subject: notice.subject.to_string(),
        body: notice.body.to_string(),
        due_on: notice.due_on,
        queued_at: row::instant(at),
        attempts: 0,
        next_attempt_at: row::instant(at),
        last_error: None,
        sent_at: None,
    }
}

fn of_row(found: notice::Model) -> Result<StoredNotice, StoreError> {
    let (table, id) = ("notice", found.id);
    let to = match (found.account_id, found.provider_npi, found.recipient) {
        (Some(account), _, _) => Addressee::Account(AccountId(account)),
        (None, Some(npi), _) => Addressee::Entry(row::parse(
            &format!("{npi:010}"),
            table,
            "provider_npi",
            id,
        )?),
        (None, None, Some(address)) => Addressee::Address(address.into()),
        (None, None, None) => {
            return Err(StoreError::inconsistent(
                table,
                "recipient",
                id,
                "there is nobody whom to tell",
            ));
        }
    };
    Ok(StoredNotice {
        id: NoticeId(id),
        notice: Notice {
            kind: row::parse(&found.kind, table, "kind", id)?,
            to,
            due_on: found.due_on,
            case_id: found.case_id,
            about: found
                .subject_type
                .zip(found.subject_id)
                .map(|(table, key)| (table.into(), key.into())),
            subject: found.subject.into(),
            body: found.body.into(),
            once_key: found.once_key.map(Into::into),
        },
        queued_at: found.queued_at,
        attempts: row::fit(found.attempts, table, "attempts", id)?,
        last_error: found.last_error.map(Into::into),
        sent_at: found.sent_at,
    })
}
