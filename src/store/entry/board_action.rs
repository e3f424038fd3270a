//! What a board's action against a licence does at once (S5, verification.md 3.3).
//!
//! This is the system's own hand: it takes out of force and gives nothing. Putting back takes two
//! people and a case.

use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::credential::{CredentialId, Standing, SuspensionKind};
use domain::duty::ReasonCode;
use domain::notice::{Addressee, Due, DueKind, Notice, NoticeKind, Task, TaskKind, dues};
use domain::npi::Npi;
use domain::policy::Policy;
use domain::standing::is_open_to;
use entity::{credential, credential_standing};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::log::{self, NewEvent};
use crate::store::provider::{BATCH, by_npis_hidden_or_not, npi as npi_of, number, touch};
use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, notice, row, task};

/// A credential that a board's action took out of force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspended {
    /// Which.
    pub credential: CredentialId,
    /// Whose.
    pub npi: Npi,
}

/// Suspends every credential of these people that is open to it, has the person told, and opens the task of
/// looking at it again. Each is an entry of the log by itself.
///
/// A board that suspends or revokes after a proceeding puts the person in question, not one paper: the
/// person is listed nowhere until somebody has looked, which a case of reinstatement then undoes.
pub async fn suspend(
    txn: &WriteTxn,
    npis: &[Npi],
    at: DateTime<Utc>,
    policy: &Policy,
) -> Result<Vec<Suspended>, StoreError> {
    let mut suspended: Vec<Suspended> = Vec::new();
    for some in npis.chunks(BATCH) {
        let select = credential::Entity::find()
            .filter(credential::Column::ProviderNpi.is_in(some.iter().copied().map(number)))
            .order_by_asc(credential::Column::Id);
        let held = row::read(txn.db(), select).await?;
        for found in open(txn, held).await? {
            suspend_one(txn, &found, at, policy).await?;
            suspended.push(Suspended {
                credential: CredentialId(found.credential.id),
                npi: npi_of(
                    found.credential.provider_npi,
                    "credential.provider_npi",
                    found.credential.id,
                )?,
            });
        }
    }
    follow(txn, &suspended, at, policy).await?;
    Ok(suspended)
}

/// Asks for the review of each, by the key under which the scheduler knows it too, and tells the people.
async fn follow(
    txn: &WriteTxn,
    suspended: &[Suspended],
    at: DateTime<Utc>,
    policy: &Policy,
) -> Result<(), StoreError> {
    let mut npis: Vec<Npi> = suspended.iter().map(|one| one.npi).collect();
    npis.dedup();
    let within = Days::new(u64::from(policy.notice_days));
    let due_on = at.date_naive().checked_add_days(within);
    let mut tasks = Vec::with_capacity(suspended.len());
    let mut notices = Vec::with_capacity(suspended.len());
    for some in npis.chunks(BATCH) {
        for person in by_npis_hidden_or_not(txn.db(), some).await? {
            let is_concerned = |due: &Due| {
                due.kind == DueKind::SuspensionReview
                    && suspended
                        .iter()
                        .any(|one| ("credential", one.credential.0) == due.about)
            };
            for due in dues(&person, at, policy).into_iter().filter(is_concerned) {
                let about = || Some(("credential".into(), due.about.1.to_string().into()));
                tasks.push(Task {
                    kind: TaskKind::SuspensionReview,
                    npi: Some(person.npi),
                    about: about(),
                    what: format!("{}: {}", due.name, due.kind.to_do()).into(),
                    due_on: Some(due.due_on),
                    once_key: due.key().into(),
                });
                notices.push(Notice {
                    kind: NoticeKind::Suspended,
                    to: Addressee::Entry(person.npi),
                    due_on: due_on.unwrap_or(NaiveDate::MAX),
                    case_id: None,
                    about: about(),
                    subject: format!("{} is suspended", due.name).into(),
                    body: format!(
                        "\u{201c}{}\u{201d} is suspended, because a board has acted against a license of \
                         yours. The suspension is reviewed within {} business days. Sign in to read more.\n",
                        due.name, policy.suspension_review_business_days
                    )
                    .into(),
                    once_key: None,
                });
            }
        }
    }
    task::open(txn, &tasks, at).await?;
    notice::queue(txn, &notices, at).await?;
    Ok(())
}

struct Held {
    credential: credential::Model,
    /// How many changes of standing it has.
    changes: usize,
}

/// Those in force, or held back by nothing but their issuer's taint ([`is_open_to`]). What awaits a
/// revalidation is among them: that it is due is not stored.
async fn open(txn: &WriteTxn, held: Vec<credential::Model>) -> Result<Vec<Held>, StoreError> {
    let ids = held.iter().map(|credential| credential.id);
    let select = credential_standing::Entity::find()
        .filter(credential_standing::Column::CredentialId.is_in(ids))
        .order_by_asc(credential_standing::Column::CredentialId)
        .order_by_asc(credential_standing::Column::Ordinal);
    let changes = row::read(txn.db(), select).await?;
    let mut open = Vec::new();
    for credential in held {
        let of_it = || {
            changes
                .iter()
                .filter(|change| change.credential_id == credential.id)
        };
        let Some(last) = of_it().next_back() else {
            continue;
        };
        if stands_open(last, SuspensionKind::Disciplinary)? {
            let changes = of_it().count();
            open.push(Held {
                credential,
                changes,
            });
        }
    }
    Ok(open)
}

/// Is a credential open to a suspension of that kind, by the last change of its standing?
fn stands_open(
    last: &credential_standing::Model,
    kind: SuspensionKind,
) -> Result<bool, StoreError> {
    let (table, id) = ("credential_standing", last.credential_id);
    let standing: Standing = row::parse(&last.standing, table, "standing", id)?;
    let suspended = last.suspension.as_deref();
    let suspended = suspended.map(|code| row::parse(code, table, "suspension", id));
    Ok(is_open_to(standing, suspended.transpose()?, kind))
}

async fn suspend_one(
    txn: &WriteTxn,
    held: &Held,
    at: DateTime<Utc>,
    policy: &Policy,
) -> Result<(), StoreError> {
    let id = held.credential.id;
    let npi = npi_of(held.credential.provider_npi, "credential.provider_npi", id)?;
    touch(txn, &[npi]).await?;
    let change = credential_standing::Model {
        credential_id: id,
        ordinal: row::ordinal(held.changes),
        decided_at: row::instant(at),
        standing: Standing::Suspended.code().to_owned(),
        suspension: Some(SuspensionKind::Disciplinary.code().to_owned()),
        reason_code: Some(ReasonCode::LicenseDiscipline.code().to_owned()),
        reason_text: None,
        evidence_ids: None,
        case_id: None,
        single_reviewer: false,
        psv_as_of: None,
        assurance: None,
        seq: Some(seq_value(txn.next_seq())),
    };
    row::insert::<credential_standing::Entity>(txn.db(), vec![change]).await?;
    credential::Entity::update_many()
        .col_expr(
            credential::Column::RowVersion,
            Expr::col(credential::Column::RowVersion).add(1),
        )
        .filter(credential::Column::Id.eq(id))
        .exec(txn.db())
        .await?;
    let event = NewEvent {
        entity_id: Some(format!("credential_{id}")),
        entity_version: u64::try_from(held.credential.row_version + 1).ok(),
        reason_code: Some(ReasonCode::LicenseDiscipline.code().to_owned()),
        policy_version: Some(policy.version),
        changed_fields: vec!["standing".to_owned()],
        ..NewEvent::by_system("suspendCredential", "credential", at)
    };
    log::append(txn, event).await?;
    Ok(())
}
