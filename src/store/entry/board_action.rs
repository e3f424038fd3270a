//! What a board's action against a licence does at once (S5, verification.md 3.3).
//!
//! This is the system's own hand: it takes out of force and gives nothing. Putting back takes two
//! people and a case.

use chrono::{DateTime, NaiveDate, Utc};
use domain::credential::{CredentialId, Standing, SuspensionKind};
use domain::duty::ReasonCode;
use domain::notice::{Task, TaskKind};
use domain::npi::Npi;
use entity::{credential, credential_standing};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::store::log::{self, NewEvent};
use crate::store::provider::{BATCH, npi as npi_of, number, touch};
use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, row, task};

/// A credential that a board's action took out of force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspended {
    /// Which.
    pub credential: CredentialId,
    /// Whose.
    pub npi: Npi,
}

/// Suspends every verified credential of these people, and opens the task of looking at it again,
/// due on `review_on`. Each is an entry of the log by itself.
///
/// A board that suspends or revokes after a proceeding puts the person in question, not one paper: the
/// person is listed nowhere until somebody has looked, which a case of reinstatement then undoes.
pub async fn suspend(
    txn: &WriteTxn,
    npis: &[Npi],
    at: DateTime<Utc>,
    review_on: NaiveDate,
) -> Result<Vec<Suspended>, StoreError> {
    let mut suspended = Vec::new();
    for some in npis.chunks(BATCH) {
        let select = credential::Entity::find()
            .filter(credential::Column::ProviderNpi.is_in(some.iter().copied().map(number)))
            .order_by_asc(credential::Column::Id);
        let held = row::read(txn.db(), select).await?;
        for found in verified(txn, held).await? {
            suspend_one(txn, &found, at, review_on).await?;
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
    Ok(suspended)
}

struct Held {
    credential: credential::Model,
    /// How many changes of standing it has.
    changes: usize,
}

/// Those whose last decided standing is VERIFIED. What awaits a revalidation is among them: that it is
/// due is not stored.
async fn verified(txn: &WriteTxn, held: Vec<credential::Model>) -> Result<Vec<Held>, StoreError> {
    let ids = held.iter().map(|credential| credential.id);
    let select = credential_standing::Entity::find()
        .filter(credential_standing::Column::CredentialId.is_in(ids))
        .order_by_asc(credential_standing::Column::CredentialId)
        .order_by_asc(credential_standing::Column::Ordinal);
    let changes = row::read(txn.db(), select).await?;
    let held = held.into_iter().filter_map(|credential| {
        let of_it = || {
            changes
                .iter()
                .filter(|change| change.credential_id == credential.id)
        };
        let is_verified = of_it()
            .next_back()
            .is_some_and(|change| change.standing == Standing::Verified.code());
        let changes = of_it().count();
        is_verified.then_some(Held {
            credential,
            changes,
        })
    });
    Ok(held.collect())
}

async fn suspend_one(
    txn: &WriteTxn,
    held: &Held,
    at: DateTime<Utc>,
    review_on: NaiveDate,
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
        case_id: None,
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
    let review = Task {
        kind: TaskKind::SuspensionReview,
        npi: Some(npi),
        about: Some(("credential".into(), id.to_string().into())),
        what: "a board acted against a license of this person: look at the suspension".into(),
        due_on: Some(review_on),
        once_key: format!("suspension:{id}:{}", held.changes).into(),
    };
    task::open(txn, &[review], at).await?;
    let event = NewEvent {
        entity_id: Some(format!("credential_{id}")),
        entity_version: u64::try_from(held.credential.row_version + 1).ok(),
        reason_code: Some(ReasonCode::LicenseDiscipline.code().to_owned()),
        changed_fields: vec!["standing".to_owned()],
        ..NewEvent::by_system("suspendCredential", "credential", at)
    };
    log::append(txn, event).await?;
    Ok(())
}
