//! Issuers, told apart by the name in force.

use std::collections::{BTreeSet, HashMap};

use domain::credential::{Credential, Issuer};
use domain::provider::Provider;
use entity::{credential, issuer};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::selection::Selection;
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// The issuers of the people's credentials, by number.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<HashMap<i64, Issuer>, StoreError> {
    let named = credential::Entity::find()
        .select_only()
        .column(credential::Column::IssuerId)
        .filter(whom.covers(credential::Column::ProviderNpi))
        .into_query();
    let select = issuer::Entity::find().filter(issuer::Column::Id.in_subquery(named));
    let rows = row::read(db, select).await?;
    Ok(rows
        .into_iter()
        .map(|found| {
            let issuer = Issuer {
                id: found.id,
                name: found.name.into(),
            };
            (issuer.id, issuer)
        })
        .collect())
}

/// The number of every issuer that the people's credentials name; new names get one.
pub(super) async fn find_or_insert(
    txn: &WriteTxn,
    people: &[Provider],
) -> Result<HashMap<Box<str>, i64>, StoreError> {
    let names: BTreeSet<&str> = people
        .iter()
        .flat_map(all_credentials)
        .map(|credential| &*credential.issuer.name)
        .collect();
    let names: Vec<_> = names.into_iter().collect();
    let mut numbers = HashMap::with_capacity(names.len());
    for some in names.chunks(row::bound_values(txn.db())) {
        let select =
            issuer::Entity::find().filter(issuer::Column::Name.is_in(some.iter().copied()));
        for found in row::read(txn.db(), select).await? {
            numbers.insert(found.name.into_boxed_str(), found.id);
        }
    }
    let mut new = Vec::new();
    for name in names {
        if !numbers.contains_key(name) {
            let id = txn.take_id();
            numbers.insert(name.into(), id);
            new.push(issuer::Model {
                id,
                name: name.to_owned(),
                row_version: 1,
                kind: "OTHER".to_owned(),
                domain: None,
                contact: None,
                source: None,
            });
        }
    }
    row::insert::<issuer::Entity>(txn.db(), new).await?;
    Ok(numbers)
}

/// Trainings and every other credential of a person.
pub(super) fn all_credentials(person: &Provider) -> impl Iterator<Item = &Credential> {
    person
        .training
        .iter()
        .map(|training| &training.credential)
        .chain(&person.credentials)
}
