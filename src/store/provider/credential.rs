//! Credentials of every kind, trainings among them, and the history of their standing. A draft that
//! was never submitted is its author's own business: it is not read here.

use std::collections::HashMap;

use domain::credential::{
    Credential, CredentialId, CredentialKind, Issuer, Reviewers, StandingChange,
};
use domain::provider::Provider;
use domain::training::TrainingCredential;
use entity::{course_approval, credential, credential_standing, training_detail};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::group::Groups;
use super::selection::Selection;
use super::training;
use super::{issuer, number};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// Trainings, and every other credential. What was entered in error is in neither.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<(Groups<TrainingCredential>, Groups<Credential>), StoreError> {
    let issuers = issuer::read(db, whom).await?;
    let mut histories = histories(db, whom).await?;
    let mut details = training::read(db, whom).await?;
    let select = credential::Entity::find()
        .filter(whom.covers(credential::Column::ProviderNpi))
        .filter(credential::COLUMN.draft.eq(false))
        .order_by_asc(credential::Column::Id);
    let mut trainings = Groups::default();
    let mut others = Groups::default();
    for found in row::read(db, select).await? {
        let (id, npi) = (found.id, found.provider_npi);
        let detail = details.remove(&id);
        let found = of_row(found, &issuers, histories.take(id))?;
        if found.is_in_error() {
            continue;
        }
        match (found.kind, detail) {
            (CredentialKind::DryNeedlingTraining, Some(detail)) => {
                trainings.push(npi, detail.of(found));
            }
            (CredentialKind::DryNeedlingTraining, None) => {
                return Err(StoreError::inconsistent(
                    "training_detail",
                    "credential_id",
                    id,
                    "a dry-needling training has no hours on file",
                ));
            }
            _ => others.push(npi, found),
        }
    }
    Ok((trainings, others))
}

pub(super) async fn insert(
    txn: &WriteTxn,
    people: &[Provider],
    issuers: &HashMap<Box<str>, i64>,
) -> Result<(), StoreError> {
    let mut credentials = Vec::new();
    let mut standings = Vec::new();
    let mut details = Vec::new();
    let mut approvals = Vec::new();
    for person in people {
        let npi = number(person.npi);
        for training in &person.training {
            let id = txn.take_id();
            let kind = CredentialKind::DryNeedlingTraining;
            credentials.push(to_row(id, npi, kind, &training.credential, issuers)?);
            standings.extend(standing_rows(id, &training.credential.history));
            details.push(training::detail_row(id, training)?);
            approvals.extend(training::approval_rows(id, training));
        }
        for credential in &person.credentials {
            let id = txn.take_id();
            credentials.push(to_row(id, npi, credential.kind, credential, issuers)?);
            standings.extend(standing_rows(id, &credential.history));
        }
    }
    row::insert::<credential::Entity>(txn.db(), credentials).await?;
    row::insert::<credential_standing::Entity>(txn.db(), standings).await?;
    row::insert::<training_detail::Entity>(txn.db(), details).await?;
    row::insert::<course_approval::Entity>(txn.db(), approvals).await
}

/// The numbers of the people's credentials.
pub(super) fn ids(whom: &Selection) -> SelectStatement {
    whom.ids::<credential::Entity>(credential::Column::Id, credential::Column::ProviderNpi)
}

fn to_row(
    id: i64,
    provider_npi: i64,
    kind: CredentialKind,
    credential: &Credential,
    issuers: &HashMap<Box<str>, i64>,
) -> Result<credential::Model, StoreError> {
    Ok(credential::Model {
        id,
        row_version: row::version(credential.version),
        provider_npi,
        kind: kind.code().to_owned(),
        title: credential.title.to_string(),
        issuer_id: issuers[&credential.issuer.name],
        names: credential.names.as_deref().map(Into::into),
        jurisdiction: credential.jurisdiction.map(|state| state.code().to_owned()),
        discipline: credential
            .discipline
            .map(|discipline| discipline.code().to_owned()),
        sessions: credential
            .sessions
            .map(|sessions| row::fit(sessions, "credential", "sessions", id))
            .transpose()?,
        issued_on: credential.issued_on,
        completed_on: credential.completed_on,
        expires_on: credential.expires_on,
        draft: false,
        supersedes_id: None,
        replaces_id: None,
        overturned_by_case_id: None,
        overturned_at: credential.overturned_at.map(row::instant),
    })
}

fn of_row(
    found: credential::Model,
    issuers: &HashMap<i64, Issuer>,
    history: Vec<StandingChange>,
) -> Result<Credential, StoreError> {
    let table = "credential";
    let id = found.id;
    let issuer = issuers.get(&found.issuer_id).ok_or_else(|| {
        StoreError::inconsistent(table, "issuer_id", id, "there is no such issuer")
    })?;
    Ok(Credential {
        version: row::fit(found.row_version, table, "row_version", id)?,
        id: CredentialId(id),
        kind: row::parse(&found.kind, table, "kind", id)?,
        title: found.title.into(),
        issuer: issuer.clone(),
        names: found.names.map(Into::into),
        jurisdiction: found
            .jurisdiction
            .map(|code| row::parse(&code, table, "jurisdiction", id))
            .transpose()?,
        discipline: found
            .discipline
            .map(|code| row::parse(&code, table, "discipline", id))
            .transpose()?,
        sessions: found
            .sessions
            .map(|sessions| row::fit(sessions, table, "sessions", id))
            .transpose()?,
        issued_on: found.issued_on,
        completed_on: found.completed_on,
        expires_on: found.expires_on,
        overturned_at: found.overturned_at,
        history,
    })
}

fn standing_rows(
    credential_id: i64,
    history: &[StandingChange],
) -> impl Iterator<Item = credential_standing::Model> {
    history
        .iter()
        .enumerate()
        .map(move |(ordinal, change)| credential_standing::Model {
            credential_id,
            ordinal: row::ordinal(ordinal),
            decided_at: row::instant(change.at),
            standing: change.standing.code().to_owned(),
            suspension: change.suspension.map(|kind| kind.code().to_owned()),
            reason_code: None,
            reason_text: None,
            evidence_ids: None,
            case_id: None,
            single_reviewer: false,
            psv_as_of: None,
            assurance: None,
            seq: None,
        })
}

async fn histories(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<StandingChange>, StoreError> {
    let table = "credential_standing";
    let select = credential_standing::Entity::find()
        .filter(credential_standing::Column::CredentialId.in_subquery(ids(whom)))
        .order_by_asc(credential_standing::Column::CredentialId)
        .order_by_asc(credential_standing::Column::Ordinal);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.credential_id;
            let change = StandingChange {
                at: found.decided_at,
                standing: row::parse(&found.standing, table, "standing", id)?,
                suspension: found
                    .suspension
                    .map(|code| row::parse(&code, table, "suspension", id))
                    .transpose()?,
                decided: found.case_id.map(|_| Reviewers::of(found.single_reviewer)),
            };
            Ok((id, change))
        })
        .collect()
}
