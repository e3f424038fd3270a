//! Cases that wait, page by page: the same number of statements however many there are.

use chrono::{DateTime, Utc};
use domain::case::{CaseId, CaseState, Purpose};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use entity::case;
use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::facts::{self, CaseRecord};
use crate::store::StoreError;
use crate::store::provider::number;

/// In which order cases wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueOrder {
    /// What is due first comes first, and what has no day comes last; then the oldest.
    Due,
    /// The oldest comes first.
    Age,
}

/// Where a page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QueuePlace {
    /// When the last case shown is due.
    pub due_at: Option<DateTime<Utc>>,
    /// Its number.
    pub id: CaseId,
}

/// Which cases are asked for.
#[derive(Debug, Clone)]
pub struct QueueFilter {
    /// As read at `now`; without it, whatever is submitted and not ended.
    pub state: Option<CaseState>,
    /// What for.
    pub purpose: Option<Purpose>,
    /// Whose law the subject lives under.
    pub jurisdiction: Option<Jurisdiction>,
    /// In the hands of this account: held, recommended or decided by it.
    pub mine: Option<i64>,
    /// About these people only.
    pub of: Option<Vec<Npi>>,
    /// When it is read.
    pub now: DateTime<Utc>,
    /// In which order.
    pub order: QueueOrder,
}

/// The cases after a place, at most `limit`.
pub async fn queue(
    db: &impl ConnectionTrait,
    filter: &QueueFilter,
    after: Option<QueuePlace>,
    limit: u64,
) -> Result<Vec<CaseRecord>, StoreError> {
    let mut select = case::Entity::find().filter(in_state(filter.state, filter.now));
    if let Some(purpose) = filter.purpose {
        select = select.filter(case::Column::Purpose.eq(purpose.code()));
    }
    if let Some(jurisdiction) = filter.jurisdiction {
        select = select.filter(case::Column::Jurisdiction.eq(jurisdiction.code()));
    }
    if let Some(account) = filter.mine {
        select = select.filter(in_hands_of(account, filter.now));
    }
    if let Some(people) = &filter.of {
        let numbers = people.iter().copied().map(number);
        select = select.filter(case::Column::ProviderNpi.is_in(numbers));
    }
    if let Some(place) = after {
        select = select.filter(beyond(place, filter.order));
    }
    if filter.order == QueueOrder::Due {
        select = select.order_by(due(), Order::Asc);
    }
    facts::read(db, select.order_by_asc(case::Column::Id).limit(limit)).await
}

/// When a case is due, where everything that has no such instant comes after everything that has.
fn due() -> Expr {
    let due = Expr::col(case::Column::DueAt);
    Expr::expr(Func::coalesce([due, Expr::val(never())]))
}

/// Later than anything is due.
fn never() -> DateTime<Utc> {
    // The last second of the year 9999: later years have no spelling that both engines sort.
    DateTime::from_timestamp(253_402_300_799, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn beyond(place: QueuePlace, order: QueueOrder) -> Condition {
    let later = case::Column::Id.gt(place.id.0);
    match order {
        QueueOrder::Age => Condition::all().add(later),
        QueueOrder::Due => {
            let at = place.due_at.unwrap_or_else(never);
            Condition::any()
                .add(due().gt(at))
                .add(Condition::all().add(due().eq(at)).add(later))
        }
    }
}

/// In a state as read at an instant: a lease that has ended is SUBMITTED, and what nobody waits for any
/// longer has LAPSED.
fn in_state(state: Option<CaseState>, now: DateTime<Utc>) -> Condition {
    let stored = |state: CaseState| case::Column::State.eq(state.code());
    let lapses = case::Column::LapsesAt;
    let told = case::Column::InfoNoticeSentAt;
    let waits = Condition::any().add(told.is_null()).add(lapses.gt(now));
    match state {
        Some(CaseState::Submitted) => Condition::any().add(stored(CaseState::Submitted)).add(
            Condition::all()
                .add(stored(CaseState::InReview))
                .add(case::Column::LeaseUntil.lte(now)),
        ),
        Some(CaseState::InReview) => Condition::all()
            .add(stored(CaseState::InReview))
            .add(case::Column::LeaseUntil.gt(now)),
        Some(CaseState::InfoRequested) => Condition::all()
            .add(stored(CaseState::InfoRequested))
            .add(waits),
        Some(CaseState::Lapsed) => Condition::any().add(stored(CaseState::Lapsed)).add(
            Condition::all()
                .add(stored(CaseState::InfoRequested))
                .add(told.is_not_null())
                .add(lapses.lte(now)),
        ),
        Some(other) => Condition::all().add(stored(other)),
        None => Condition::any()
            .add(stored(CaseState::Submitted))
            .add(stored(CaseState::InReview))
            .add(stored(CaseState::PendingDecision))
            .add(
                Condition::all()
                    .add(stored(CaseState::InfoRequested))
                    .add(waits),
            ),
    }
}

fn in_hands_of(account: i64, now: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(
            Condition::all()
                .add(case::Column::LeaseVerifierId.eq(account))
                .add(case::Column::LeaseUntil.gt(now)),
        )
        .add(case::Column::VerifierId.eq(account))
        .add(case::Column::ApproverId.eq(account))
        .add(case::Column::InfoBy.eq(account))
}
