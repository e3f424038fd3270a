//! What a person had begun to say of a credential and nobody has signed goes with them. What was signed
//! and decided about is kept for its time: the decision rests on it.

use domain::content::{Content, NamedIssuer, TrainingContent};
use domain::credential::CredentialId;
use entity::{credential, credential_content};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};
use sha2::{Digest, Sha256};

use super::erase::ERASED;
use crate::store::case::project;
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// Empties every content of the person's credentials that is not frozen, and what the public would read
/// of those that are drafts.
pub(super) async fn erase_drafts(txn: &WriteTxn, npi: i64) -> Result<(), StoreError> {
    let unsigned = credential_content::Entity::find()
        .filter(credential_content::Column::CredentialId.in_subquery(credentials(npi)))
        .filter(credential_content::Column::FrozenAt.is_null())
        .order_by_asc(credential_content::Column::CredentialId)
        .order_by_asc(credential_content::Column::Version);
    let drafts = credential::Entity::find()
        .filter(credential::Column::ProviderNpi.eq(npi))
        .filter(credential::Column::Draft.eq(true));
    let drafts: Vec<i64> = row::read(txn.db(), drafts)
        .await?
        .into_iter()
        .map(|found| found.id)
        .collect();
    for found in row::read(txn.db(), unsigned).await? {
        let key = format!("{}/{}", found.credential_id, found.version);
        let inconsistent =
            |error| StoreError::inconsistent("credential_content", "document", &key, error);
        let held: Content = serde_json::from_str(&found.document).map_err(inconsistent)?;
        let empty = empty(&held);
        let document = serde_json_canonicalizer::to_string(&empty).map_err(inconsistent)?;
        let sha256 = data_encoding::HEXLOWER.encode(&Sha256::digest(&document));
        credential_content::Entity::update_many()
            .col_expr(credential_content::Column::Document, document.into())
            .col_expr(credential_content::Column::Sha256, sha256.into())
            .filter(credential_content::Column::CredentialId.eq(found.credential_id))
            .filter(credential_content::Column::Version.eq(found.version))
            .exec(txn.db())
            .await?;
        if drafts.contains(&found.credential_id) {
            project(txn, CredentialId(found.credential_id), &empty, true).await?;
        }
    }
    Ok(())
}

/// A content that says nothing but what kind of thing it was to be.
fn empty(held: &Content) -> Content {
    Content {
        kind: held.kind,
        title: ERASED.into(),
        holder_name: None,
        issuer: NamedIssuer {
            id: held.issuer.id,
            named: ERASED.into(),
        },
        number: None,
        names: None,
        jurisdiction: None,
        discipline: None,
        sessions: None,
        issued_on: None,
        started_on: None,
        completed_on: None,
        expires_on: None,
        training: held.training.as_ref().map(|_| TrainingContent::default()),
    }
}

/// The numbers of a person's credentials.
pub(super) fn credentials(npi: i64) -> SelectStatement {
    credential::Entity::find()
        .select_only()
        .column(credential::Column::Id)
        .filter(credential::Column::ProviderNpi.eq(npi))
        .into_query()
}
