//! Looking licences up in a board's file, some hundred at a time.

use std::collections::HashMap;
use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use domain::license::{License, LicenseId, RecordedCheck};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::policy::Policy;
use domain::provider::Provider;
use domain::taxonomy::Discipline;
use entity::{license, license_check};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::run::{self, RunId};
use super::sha256;
use crate::store::entry::board_action;
use crate::store::entry::license::{page, recorded_row, said_before, same_answer};
use crate::store::log::{self, NewEvent};
use crate::store::provider::{self, touch};
use crate::store::{Store, StoreError, WriteTxn, row};

/// How many licences are looked up in one transaction.
const AT_ONCE: u64 = 500;

/// The next licences to look up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUp {
    /// Of which run.
    pub run: RunId,
    /// Of which register.
    pub register: (Jurisdiction, Discipline),
    /// The last licence of the batch before; nothing before the first.
    pub after: Option<LicenseId>,
    /// What time it is.
    pub at: DateTime<Utc>,
    /// When somebody looks at a suspension, and its person is told.
    pub policy: Policy,
    /// Undo everything at the end of the batch?
    pub dry_run: bool,
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LookedUp {
    /// The last licence of it: the next batch comes after.
    pub last: LicenseId,
    /// Checks that say something that was not on record as of the file's day.
    pub recorded: u64,
    /// Checks that say what is on record.
    pub unchanged: u64,
    /// Credentials suspended because a board acted.
    pub suspended: u64,
}

/// Looks up the next licences of a run; `None` when there are none left. `ask` gives what the source
/// says of a licence and may be asked once for each; what it said before changes nothing.
pub async fn look_up<E: From<StoreError>>(
    store: &Store,
    batch: LookUp,
    mut ask: impl FnMut(&Provider, &License) -> Result<RecordedCheck, E>,
) -> Result<Option<LookedUp>, E> {
    let txn = store.begin().await?;
    run::still_open(txn.db(), batch.run).await?;
    let licenses = page(txn.db(), batch.register, batch.after, AT_ONCE).await?;
    let Some((last, _)) = licenses.last().copied() else {
        txn.rollback().await?;
        return Ok(None);
    };
    let asked = answers(&txn, &licenses, &mut ask).await?;
    let new = unsaid(&txn, batch.run, asked.checks).await?;
    let mut done = LookedUp {
        last,
        recorded: u64::try_from(new.len()).unwrap_or(u64::MAX),
        unchanged: 0,
        suspended: 0,
    };
    done.unchanged = asked.count - done.recorded;
    if new.is_empty() {
        txn.rollback().await?;
        return Ok(Some(done));
    }
    done.suspended = keep(&txn, &batch, new).await?;
    if batch.dry_run {
        txn.rollback().await?;
    } else {
        txn.commit().await?;
    }
    Ok(Some(done))
}

/// What a source said of a licence, as it would be kept.
struct Said {
    npi: Npi,
    license: LicenseId,
    recorded: RecordedCheck,
    /// Does it show an action of the board that was not known?
    is_new_action: bool,
}

struct Answers {
    checks: Vec<Said>,
    count: u64,
}

async fn answers<E: From<StoreError>>(
    txn: &WriteTxn,
    licenses: &[(LicenseId, Npi)],
    ask: &mut impl FnMut(&Provider, &License) -> Result<RecordedCheck, E>,
) -> Result<Answers, E> {
    let npis: Vec<Npi> = licenses.iter().map(|(_, npi)| *npi).collect();
    let people: HashMap<Npi, Provider> = provider::by_npis_hidden_or_not(txn.db(), &npis)
        .await?
        .into_iter()
        .map(|person| (person.npi, person))
        .collect();
    let mut checks = Vec::new();
    for (id, npi) in licenses {
        // Nobody asks about people who were erased; a hidden one may be in question.
        let Some(person) = people.get(npi) else {
            continue;
        };
        let Some(license) = person.licenses.iter().find(|license| license.id == *id) else {
            continue;
        };
        let recorded = ask(person, license)?;
        checks.push(Said {
            npi: *npi,
            license: *id,
            is_new_action: recorded.is_new_board_action(license),
            recorded,
        });
    }
    let count = u64::try_from(checks.len()).unwrap_or(u64::MAX);
    Ok(Answers { checks, count })
}

/// What the source did not say before as of the same day.
async fn unsaid(
    txn: &WriteTxn,
    run: RunId,
    checks: Vec<Said>,
) -> Result<Vec<(Said, license_check::Model)>, StoreError> {
    let Some(first) = checks.first() else {
        return Ok(Vec::new());
    };
    let licenses: Vec<LicenseId> = checks.iter().map(|said| said.license).collect();
    let check = &first.recorded.check;
    let before = said_before(txn.db(), &licenses, &check.source_name, check.as_of).await?;
    let new = checks.into_iter().filter_map(|said| {
        let row = recorded_row(0, said.license, &said.recorded, None, Some(run.0));
        let known = before.get(&said.license);
        (!known.is_some_and(|known| same_answer(known, &row))).then_some((said, row))
    });
    Ok(new.collect())
}

/// Writes what is new with one entry of the log, and one for each credential that is suspended.
async fn keep(
    txn: &WriteTxn,
    batch: &LookUp,
    new: Vec<(Said, license_check::Model)>,
) -> Result<u64, StoreError> {
    let npis: Vec<Npi> = new.iter().map(|(said, _)| said.npi).collect();
    touch(txn, &npis).await?;
    let licenses: Vec<i64> = new.iter().map(|(said, _)| said.license.0).collect();
    let mut acted_on = Vec::new();
    let mut digest = String::new();
    let mut rows = Vec::with_capacity(new.len());
    for (said, row) in new {
        let check = &said.recorded.check;
        // Writing to a text cannot fail.
        let _ = writeln!(
            digest,
            "license_{} {} {}",
            said.license.0, check.outcome, check.board_status
        );
        if said.is_new_action {
            acted_on.push(said.npi);
        }
        rows.push(license_check::Model {
            id: txn.take_id(),
            ..row
        });
    }
    let recorded = rows.len();
    row::insert::<license_check::Entity>(txn.db(), rows).await?;
    license::Entity::update_many()
        .col_expr(
            license::Column::RowVersion,
            Expr::col(license::Column::RowVersion).add(1),
        )
        .filter(license::Column::Id.is_in(licenses))
        .exec(txn.db())
        .await?;
    acted_on.sort_unstable();
    acted_on.dedup();
    log::append(
        txn,
        NewEvent {
            entity_id: Some(batch.run.to_string()),
            reason_text: Some(format!("{recorded} checks recorded")),
            after_hash: Some(sha256(digest.as_bytes())),
            ..NewEvent::by_system("roster.merge", "import_run", batch.at)
        },
    )
    .await?;
    let suspended = board_action::suspend(txn, &acted_on, batch.at, &batch.policy).await?;
    Ok(u64::try_from(suspended.len()).unwrap_or(u64::MAX))
}
