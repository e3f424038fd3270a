//! Exclusion screening, and what registers answered when asked.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::provider::{Provider, RegistryLookup};
use domain::screening::evidence::MatchSubject;
use domain::screening::{ExclusionMatch, MatchChange, Screening};
use entity::{exclusion_match, match_change, provider_screening, registry_lookup};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use super::group::Groups;
use super::number;
use super::selection::Selection;
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

/// Screenings by NPI, of those who were screened or matched at all.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<HashMap<i64, Screening>, StoreError> {
    let mut screenings: HashMap<i64, Screening> = HashMap::new();
    for (npi, at) in times(db, whom).await? {
        screenings.entry(npi).or_default().screened_at.push(at);
    }
    let mut histories = histories(db, whom).await?;
    let table = "exclusion_match";
    let select = exclusion_match::Entity::find()
        .filter(whom.covers(exclusion_match::Column::ProviderNpi))
        // A clinic's name on a list says nothing about the people who work there.
        .filter(exclusion_match::Column::About.eq(MatchSubject::Person.code()))
        .order_by_asc(exclusion_match::Column::Id);
    for found in row::read(db, select).await? {
        let id = found.id;
        let found_match = ExclusionMatch {
            list: row::parse(&found.list, table, "list", id)?,
            tier: row::parse(&found.tier, table, "tier", id)?,
            history: histories.take(id),
        };
        screenings
            .entry(found.provider_npi)
            .or_default()
            .matches
            .push(found_match);
    }
    Ok(screenings)
}

pub(super) async fn read_lookups(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<RegistryLookup>, StoreError> {
    let table = "registry_lookup";
    let select = registry_lookup::Entity::find()
        .filter(whom.covers(registry_lookup::Column::ProviderNpi))
        .order_by_asc(registry_lookup::Column::Id);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.id;
            let lookup = RegistryLookup {
                kind: row::parse(&found.kind, table, "kind", id)?,
                names: found.names.map(Into::into),
                jurisdiction: found
                    .jurisdiction
                    .map(|code| row::parse(&code, table, "jurisdiction", id))
                    .transpose()?,
                looked_up_at: found.looked_up_at,
                found: found.found,
            };
            Ok((found.provider_npi, lookup))
        })
        .collect()
}

pub(super) async fn insert(txn: &WriteTxn, people: &[Provider]) -> Result<(), StoreError> {
    let mut times = Vec::new();
    let mut matches = Vec::new();
    let mut changes = Vec::new();
    let mut lookups = Vec::new();
    for person in people {
        let npi = number(person.npi);
        times.extend(time_rows(npi, &person.screening.screened_at));
        for found in &person.screening.matches {
            let id = txn.take_id();
            matches.extend(match_row(id, npi, found));
            changes.extend(change_rows(id, &found.history));
        }
        for lookup in &person.lookups {
            lookups.push(lookup_row(txn.take_id(), npi, lookup));
        }
    }
    row::insert::<provider_screening::Entity>(txn.db(), times).await?;
    row::insert::<exclusion_match::Entity>(txn.db(), matches).await?;
    row::insert::<match_change::Entity>(txn.db(), changes).await?;
    row::insert::<registry_lookup::Entity>(txn.db(), lookups).await
}

fn time_rows(
    provider_npi: i64,
    times: &[DateTime<Utc>],
) -> impl Iterator<Item = provider_screening::Model> {
    times
        .iter()
        .enumerate()
        .map(move |(ordinal, at)| provider_screening::Model {
            provider_npi,
            ordinal: row::ordinal(ordinal),
            screened_at: row::instant(*at),
            screening_run_id: None,
            screened_seq: None,
        })
}

/// A match without its row: of made-up people. One that nothing ever happened to is none.
fn match_row(id: i64, provider_npi: i64, found: &ExclusionMatch) -> Option<exclusion_match::Model> {
    let (first, last) = (found.history.first()?, found.history.last()?);
    Some(exclusion_match::Model {
        id,
        provider_npi,
        list: found.list.code().to_owned(),
        tier: found.tier.code().to_owned(),
        about: MatchSubject::Person.code().to_owned(),
        state: last.state.code().to_owned(),
        raised_at: row::instant(first.at),
        practice_location_id: None,
        list_snapshot_id: None,
        row_fingerprint: None,
        exclusion_key: None,
        row_columns: None,
        evidence: None,
        person_fingerprint: None,
        row_version: 1,
    })
}

fn change_rows(
    exclusion_match_id: i64,
    history: &[MatchChange],
) -> impl Iterator<Item = match_change::Model> {
    history
        .iter()
        .enumerate()
        .map(move |(ordinal, change)| match_change::Model {
            exclusion_match_id,
            ordinal: row::ordinal(ordinal),
            changed_at: row::instant(change.at),
            state: change.state.code().to_owned(),
            waived_in: change.waived_in.map(|state| state.code().to_owned()),
            waiver_scope: None,
            reason_text: None,
            evidence_ids: None,
            proposed_by: None,
            decided_by: None,
        })
}

pub(in crate::store) fn lookup_row(
    id: i64,
    provider_npi: i64,
    lookup: &RegistryLookup,
) -> registry_lookup::Model {
    registry_lookup::Model {
        id,
        provider_npi,
        kind: lookup.kind.code().to_owned(),
        names: lookup.names.as_deref().map(Into::into),
        jurisdiction: lookup.jurisdiction.map(|state| state.code().to_owned()),
        looked_up_at: row::instant(lookup.looked_up_at),
        found: lookup.found,
    }
}

async fn times(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Vec<(i64, DateTime<Utc>)>, StoreError> {
    let select = provider_screening::Entity::find()
        .filter(whom.covers(provider_screening::Column::ProviderNpi))
        .order_by_asc(provider_screening::Column::ProviderNpi)
        .order_by_asc(provider_screening::Column::Ordinal);
    let rows = row::read(db, select).await?;
    Ok(rows
        .into_iter()
        .map(|found| (found.provider_npi, found.screened_at))
        .collect())
}

async fn histories(
    db: &impl ConnectionTrait,
    whom: &Selection,
) -> Result<Groups<MatchChange>, StoreError> {
    let table = "match_change";
    let of_people = whom.ids::<exclusion_match::Entity>(
        exclusion_match::Column::Id,
        exclusion_match::Column::ProviderNpi,
    );
    let select = match_change::Entity::find()
        .filter(match_change::Column::ExclusionMatchId.in_subquery(of_people))
        .order_by_asc(match_change::Column::ExclusionMatchId)
        .order_by_asc(match_change::Column::Ordinal);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.exclusion_match_id;
            let change = MatchChange {
                at: found.changed_at,
                state: row::parse(&found.state, table, "state", id)?,
                waived_in: found
                    .waived_in
                    .map(|code| row::parse(&code, table, "waived_in", id))
                    .transpose()?,
            };
            Ok((id, change))
        })
        .collect()
}
