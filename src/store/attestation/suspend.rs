//! What a false statement brings down with it: every verified credential of the person (S5).

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::credential::{CredentialKind, Standing, SuspensionKind};
use domain::duty::ReasonCode;
use domain::npi::Npi;
use entity::{credential, credential_standing};
use sea_orm::sea_query::ExprTrait;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use crate::store::provider::number;
use crate::store::txn::{WriteTxn, seq_value};
use crate::store::{StoreError, row};

/// A credential that was suspended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuspendedCredential {
    /// As ids name it.
    pub name: String,
    /// Its version now.
    pub version: u32,
}

/// Suspends every verified credential of a person under the next entry of the log, and tells which.
pub async fn suspend_credentials(
    txn: &WriteTxn,
    npi: Npi,
    at: DateTime<Utc>,
) -> Result<Vec<SuspendedCredential>, StoreError> {
    let theirs =
        || credential::Entity::find().filter(credential::Column::ProviderNpi.eq(number(npi)));
    let ids = theirs()
        .select_only()
        .column(credential::Column::Id)
        .into_query();
    let standings = credential_standing::Entity::find()
        .filter(credential_standing::Column::CredentialId.in_subquery(ids))
        .order_by_asc(credential_standing::Column::CredentialId)
        .order_by_asc(credential_standing::Column::Ordinal);
    let mut last: BTreeMap<i64, (i32, String)> = BTreeMap::new();
    for standing in row::read(txn.db(), standings).await? {
        last.insert(
            standing.credential_id,
            (standing.ordinal, standing.standing),
        );
    }
    let mut suspended = Vec::new();
    let mut rows = Vec::new();
    for found in row::read(txn.db(), theirs().order_by_asc(credential::Column::Id)).await? {
        let Some((ordinal, standing)) = last.get(&found.id) else {
            continue;
        };
        let standing: Standing = row::parse(standing, "credential_standing", "standing", found.id)?;
        if standing != Standing::Verified {
            continue;
        }
        rows.push(credential_standing::Model {
            credential_id: found.id,
            ordinal: ordinal + 1,
            decided_at: row::instant(at),
            standing: Standing::Suspended.code().to_owned(),
            suspension: Some(SuspensionKind::IntegrityConcern.code().to_owned()),
            reason_code: Some(ReasonCode::FalseStatement.code().to_owned()),
            case_id: None,
            psv_as_of: None,
            assurance: None,
            seq: Some(seq_value(txn.next_seq())),
        });
        let kind: CredentialKind = row::parse(&found.kind, "credential", "kind", found.id)?;
        let version: u32 = row::fit(found.row_version, "credential", "row_version", found.id)?;
        suspended.push(SuspendedCredential {
            name: match kind {
                CredentialKind::DryNeedlingTraining => format!("training_{}", found.id),
                _ => format!("credential_{}", found.id),
            },
            version: version + 1,
        });
        credential::Entity::update_many()
            .col_expr(
                credential::Column::RowVersion,
                sea_orm::sea_query::Expr::col(credential::Column::RowVersion).add(1),
            )
            .filter(credential::Column::Id.eq(found.id))
            .exec(txn.db())
            .await?;
    }
    row::insert::<credential_standing::Entity>(txn.db(), rows).await?;
    Ok(suspended)
}
