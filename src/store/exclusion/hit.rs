//! What lists have raised about people, and what people decided about it.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::npi::Npi;
use domain::place::Jurisdiction;
use domain::screening::evidence::{MatchEvidence, MatchSubject};
use domain::screening::row::ExclusionRow;
use domain::screening::{ExclusionList, MatchState, MatchTier};
use entity::{exclusion_match, match_change};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};
use serde::{Deserialize, Serialize};

use super::list::ListId;
use crate::store::provider::{BATCH, number};
use crate::store::txn::WriteTxn;
use crate::store::{StoreError, row};

const TABLE: &str = "exclusion_match";

/// The stored number of a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct MatchId(pub i64);

/// What a match is, beside what was decided about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How strong it is.
    pub tier: MatchTier,
    /// Whom it is about.
    pub about: MatchSubject,
    /// The list that it was last seen in changed; none of made-up people.
    pub list_id: Option<ListId>,
    /// The digest of the row.
    pub row_fingerprint: Option<Box<str>>,
    /// What of the row stays while the list is corrected.
    pub exclusion_key: Option<Box<str>>,
    /// The row.
    pub row: Option<ExclusionRow>,
    /// Why.
    pub evidence: Option<MatchEvidence>,
    /// The digest of the person as they were judged.
    pub person_fingerprint: Option<Box<str>>,
}

/// One change of a match's state, with its grounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// When.
    pub at: DateTime<Utc>,
    /// To what.
    pub state: MatchState,
    /// Where a waiver lifts the exclusion.
    pub waived_in: Option<Jurisdiction>,
    /// What the waiver is limited to.
    pub waiver_scope: Option<Box<str>>,
    /// Why, in words.
    pub reason: Option<Box<str>>,
    /// The numbers of what was seen.
    pub evidence_ids: Vec<i64>,
    /// The account that proposed it, of two.
    pub proposed_by: Option<i64>,
    /// The account that decided it; none for the program.
    pub decided_by: Option<i64>,
}

/// A match on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredMatch {
    /// Its number.
    pub id: MatchId,
    /// Whose.
    pub npi: Npi,
    /// In which list.
    pub list: ExclusionList,
    /// As it stands.
    pub state: MatchState,
    /// Since when.
    pub raised_at: DateTime<Utc>,
    /// What it is.
    pub facts: Facts,
    /// Counts up with every change.
    pub version: u32,
    /// Every change of state, oldest first.
    pub history: Vec<Change>,
}

/// A match not on file yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMatch {
    /// Whose.
    pub npi: Npi,
    /// In which list.
    pub list: ExclusionList,
    /// What it is.
    pub facts: Facts,
    /// Its changes of state, oldest first; at least one.
    pub history: Vec<Change>,
}

/// Which matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Filter {
    /// Only as they stand now.
    pub state: Option<MatchState>,
    /// Only so strong.
    pub tier: Option<MatchTier>,
    /// Only this person's.
    pub npi: Option<Npi>,
}

impl Change {
    /// A change by the program.
    pub const fn by_system(at: DateTime<Utc>, state: MatchState) -> Self {
        Self {
            at,
            state,
            waived_in: None,
            waiver_scope: None,
            reason: None,
            evidence_ids: Vec::new(),
            proposed_by: None,
            decided_by: None,
        }
    }
}

impl StoredMatch {
    /// The last change of its state.
    pub fn last(&self) -> Option<&Change> {
        self.history.last()
    }

    /// Where a waiver lifts it now.
    pub fn waived_in(&self) -> Option<Jurisdiction> {
        self.last().and_then(|change| change.waived_in)
    }
}

/// The matches of these people in a list, oldest first.
pub async fn of_people(
    db: &impl ConnectionTrait,
    list: ExclusionList,
    npis: &[Npi],
) -> Result<HashMap<Npi, Vec<StoredMatch>>, StoreError> {
    let mut found: HashMap<Npi, Vec<StoredMatch>> = HashMap::new();
    for some in npis.chunks(BATCH) {
        let select = exclusion_match::Entity::find()
            .filter(exclusion_match::Column::List.eq(list.code()))
            .filter(exclusion_match::Column::ProviderNpi.is_in(some.iter().copied().map(number)))
            .order_by_asc(exclusion_match::Column::Id);
        for stored in assemble(db, select).await? {
            found.entry(stored.npi).or_default().push(stored);
        }
    }
    Ok(found)
}

/// Those with these numbers, in the order of their numbers.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[MatchId],
) -> Result<Vec<StoredMatch>, StoreError> {
    let select = exclusion_match::Entity::find()
        .filter(exclusion_match::Column::Id.is_in(ids.iter().map(|id| id.0)))
        .order_by_asc(exclusion_match::Column::Id);
    assemble(db, select).await
}

/// Matches after one, in the order of their numbers: the oldest first.
pub async fn page_after(
    db: &impl ConnectionTrait,
    filter: Filter,
    after: Option<MatchId>,
    limit: u64,
) -> Result<Vec<StoredMatch>, StoreError> {
    let mut select = filter.select().limit(limit);
    if let Some(after) = after {
        select = select.filter(exclusion_match::Column::Id.gt(after.0));
    }
    assemble(db, select).await
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait, filter: Filter) -> Result<u64, StoreError> {
    Ok(filter.select().count(db).await?)
}

/// Puts matches on file.
pub async fn insert_many(txn: &WriteTxn, new: Vec<NewMatch>) -> Result<Vec<MatchId>, StoreError> {
    let mut ids = Vec::with_capacity(new.len());
    let mut rows = Vec::with_capacity(new.len());
    let mut changes = Vec::new();
    for found in new {
        let (Some(first), Some(last)) = (found.history.first(), found.history.last()) else {
            return Err(StoreError::inconsistent(
                TABLE,
                "state",
                found.npi,
                "a match that nothing ever happened to",
            ));
        };
        let id = txn.take_id();
        ids.push(MatchId(id));
        rows.push(exclusion_match::Model {
            id,
            provider_npi: number(found.npi),
            list: found.list.code().to_owned(),
            state: last.state.code().to_owned(),
            raised_at: row::instant(first.at),
            row_version: 1,
            ..facts_row(&found.facts)?
        });
        for (at, change) in found.history.iter().enumerate() {
            changes.push(change_row(id, at, change)?);
        }
    }
    row::insert::<exclusion_match::Entity>(txn.db(), rows).await?;
    row::insert::<match_change::Entity>(txn.db(), changes).await?;
    Ok(ids)
}

/// Writes what became of matches: what they are now, and a change of state where there is one. Their
/// version grows by one.
#[expect(clippy::similar_names, reason = "what changed, and each change")]
pub async fn update_many(
    txn: &WriteTxn,
    changed: &[(StoredMatch, Option<Change>)],
) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(changed.len());
    let mut changes = Vec::new();
    for (stored, change) in changed {
        let state = change.as_ref().map_or(stored.state, |change| change.state);
        rows.push(exclusion_match::Model {
            id: stored.id.0,
            provider_npi: number(stored.npi),
            list: stored.list.code().to_owned(),
            state: state.code().to_owned(),
            raised_at: row::instant(stored.raised_at),
            row_version: row::fit(stored.version + 1, TABLE, "row_version", stored.id.0)?,
            ..facts_row(&stored.facts)?
        });
        if let Some(change) = change {
            changes.push(change_row(stored.id.0, stored.history.len(), change)?);
        }
    }
    row::upsert::<exclusion_match::Entity>(txn.db(), rows).await?;
    row::insert::<match_change::Entity>(txn.db(), changes).await
}

impl Filter {
    fn select(self) -> Select<exclusion_match::Entity> {
        let mut select = exclusion_match::Entity::find().order_by_asc(exclusion_match::Column::Id);
        if let Some(state) = self.state {
            select = select.filter(exclusion_match::Column::State.eq(state.code()));
        }
        if let Some(tier) = self.tier {
            select = select.filter(exclusion_match::Column::Tier.eq(tier.code()));
        }
        if let Some(npi) = self.npi {
            select = select.filter(exclusion_match::Column::ProviderNpi.eq(number(npi)));
        }
        select
    }
}

async fn assemble(
    db: &impl ConnectionTrait,
    select: Select<exclusion_match::Entity>,
) -> Result<Vec<StoredMatch>, StoreError> {
    let rows = row::read(db, select).await?;
    let ids: Vec<i64> = rows.iter().map(|found| found.id).collect();
    let mut histories: HashMap<i64, Vec<Change>> = HashMap::new();
    for some in ids.chunks(BATCH) {
        let select = match_change::Entity::find()
            .filter(match_change::Column::ExclusionMatchId.is_in(some.iter().copied()))
            .order_by_asc(match_change::Column::ExclusionMatchId)
            .order_by_asc(match_change::Column::Ordinal);
        for found in row::read(db, select).await? {
            let id = found.exclusion_match_id;
            histories.entry(id).or_default().push(change(found)?);
        }
    }
    rows.into_iter()
        .map(|found| {
            let history = histories.remove(&found.id).unwrap_or_default();
            of_row(found, history)
        })
        .collect()
}

fn of_row(found: exclusion_match::Model, history: Vec<Change>) -> Result<StoredMatch, StoreError> {
    let id = found.id;
    Ok(StoredMatch {
        id: MatchId(id),
        npi: row::parse(
            &format!("{:010}", found.provider_npi),
            TABLE,
            "provider_npi",
            id,
        )?,
        list: row::parse(&found.list, TABLE, "list", id)?,
        state: row::parse(&found.state, TABLE, "state", id)?,
        raised_at: found.raised_at,
        facts: Facts {
            tier: row::parse(&found.tier, TABLE, "tier", id)?,
            about: row::parse(&found.about, TABLE, "about", id)?,
            list_id: found.list_snapshot_id.map(ListId),
            row_fingerprint: found.row_fingerprint.map(Into::into),
            exclusion_key: found.exclusion_key.map(Into::into),
            row: json(found.row_columns.as_deref(), TABLE, "row_columns", id)?,
            evidence: json(found.evidence.as_deref(), TABLE, "evidence", id)?,
            person_fingerprint: found.person_fingerprint.map(Into::into),
        },
        version: row::fit(found.row_version, TABLE, "row_version", id)?,
        history,
    })
}

/// A row with what a match is; the caller puts in whose it is and how it stands.
fn facts_row(facts: &Facts) -> Result<exclusion_match::Model, StoreError> {
    let location = facts
        .evidence
        .as_ref()
        .and_then(|evidence| evidence.location_id);
    Ok(exclusion_match::Model {
        id: 0,
        provider_npi: 0,
        list: String::new(),
        state: String::new(),
        raised_at: DateTime::UNIX_EPOCH,
        row_version: 1,
        tier: facts.tier.code().to_owned(),
        about: facts.about.code().to_owned(),
        practice_location_id: location,
        list_snapshot_id: facts.list_id.map(|list| list.0),
        row_fingerprint: facts.row_fingerprint.as_deref().map(Into::into),
        exclusion_key: facts.exclusion_key.as_deref().map(Into::into),
        row_columns: text(facts.row.as_ref())?,
        evidence: text(facts.evidence.as_ref())?,
        person_fingerprint: facts.person_fingerprint.as_deref().map(Into::into),
    })
}

fn change_row(of: i64, at: usize, change: &Change) -> Result<match_change::Model, StoreError> {
    Ok(match_change::Model {
        exclusion_match_id: of,
        ordinal: row::ordinal(at),
        changed_at: row::instant(change.at),
        state: change.state.code().to_owned(),
        waived_in: change.waived_in.map(|state| state.code().to_owned()),
        waiver_scope: change.waiver_scope.as_deref().map(Into::into),
        reason_text: change.reason.as_deref().map(Into::into),
        evidence_ids: if change.evidence_ids.is_empty() {
            None
        } else {
            text(Some(&change.evidence_ids))?
        },
        proposed_by: change.proposed_by,
        decided_by: change.decided_by,
    })
}

fn change(found: match_change::Model) -> Result<Change, StoreError> {
    let (table, id) = ("match_change", found.exclusion_match_id);
    let evidence_ids: Option<Vec<i64>> =
        json(found.evidence_ids.as_deref(), table, "evidence_ids", id)?;
    Ok(Change {
        at: found.changed_at,
        state: row::parse(&found.state, table, "state", id)?,
        waived_in: found
            .waived_in
            .map(|code| row::parse(&code, table, "waived_in", id))
            .transpose()?,
        waiver_scope: found.waiver_scope.map(Into::into),
        reason: found.reason_text.map(Into::into),
        evidence_ids: evidence_ids.unwrap_or_default(),
        proposed_by: found.proposed_by,
        decided_by: found.decided_by,
    })
}

fn text<T: Serialize>(value: Option<&T>) -> Result<Option<String>, StoreError> {
    value
        .map(|value| {
            serde_json::to_string(value)
                .map_err(|error| StoreError::inconsistent(TABLE, "evidence", "?", error))
        })
        .transpose()
}

fn json<T: serde::de::DeserializeOwned>(
    text: Option<&str>,
    table: &'static str,
    column: &'static str,
    id: i64,
) -> Result<Option<T>, StoreError> {
    text.map(|text| {
        serde_json::from_str(text)
            .map_err(|error| StoreError::inconsistent(table, column, id, error))
    })
    .transpose()
}
