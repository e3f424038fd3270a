//! Attestations out of their rows.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::attestation::{AttestationChange, AttestationId, AttestationState};
use domain::case::CaseId;
use domain::duty::AccountId;
use domain::needle::attestation::{ReviewReason, Sha256};
use domain::needle::check::LotElsewhere;
use domain::npi::Npi;
use entity::{
    attestation_change, attestation_evidence, attestation_finding, attestation_signature,
    needle_lot, needle_product, notice, sterility_attestation,
};
use sea_orm::sea_query::SelectStatement;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait, Select,
};

use super::content::Contents;
use super::state::{Parts, findings, reason_of_row};
use super::{Filed, sha256};
use crate::store::provider::group::Groups;
use crate::store::provider::{self, BATCH};
use crate::store::{StoreError, row};

const TABLE: &str = "sterility_attestation";

/// States in which lots are somebody's claim about what they use: signed, and not refused or taken back.
const CLAIMED: [AttestationState; 3] = [
    AttestationState::Signed,
    AttestationState::UnderReview,
    AttestationState::Accepted,
];

/// One, in whatever state.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: AttestationId,
) -> Result<Option<Filed>, StoreError> {
    Ok(by_ids(db, &[id]).await?.pop())
}

/// Several, as far as there are any, in the order of their numbers.
pub async fn by_ids(
    db: &impl ConnectionTrait,
    ids: &[AttestationId],
) -> Result<Vec<Filed>, StoreError> {
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(BATCH) {
        let numbers = some.iter().map(|id| id.0);
        let select = sterility_attestation::Entity::find()
            .filter(sterility_attestation::Column::Id.is_in(numbers))
            .order_by_asc(sterility_attestation::Column::Id);
        found.extend(assemble(db, row::read(db, select).await?).await?);
    }
    Ok(found)
}

/// All of a person's, in the order of their numbers.
pub async fn of_person(db: &impl ConnectionTrait, npi: Npi) -> Result<Vec<Filed>, StoreError> {
    let select = sterility_attestation::Entity::find()
        .filter(sterility_attestation::Column::ProviderNpi.eq(provider::number(npi)))
        .order_by_asc(sterility_attestation::Column::Id);
    assemble(db, row::read(db, select).await?).await
}

/// Those in a state after a number, of people who are in view, oldest first. None are left when fewer than
/// `limit` come.
pub async fn page_in_state(
    db: &impl ConnectionTrait,
    state: AttestationState,
    after: Option<AttestationId>,
    limit: u64,
) -> Result<Vec<Filed>, StoreError> {
    let after = after.map_or(0, |id| id.0);
    let in_view = entity::provider::Entity::find()
        .select_only()
        .column(entity::provider::Column::Npi)
        .filter(entity::provider::Column::WithdrawnAt.is_null())
        .into_query();
    let select = in_the_state(state)
        .filter(sterility_attestation::Column::Id.gt(after))
        .filter(sterility_attestation::Column::ProviderNpi.in_subquery(in_view))
        .order_by_asc(sterility_attestation::Column::Id)
        .limit(limit);
    assemble(db, row::read(db, select).await?).await
}

/// A person's before a number, the latest first, drafts included. None are left when fewer than `limit`
/// come.
pub async fn page_of_person(
    db: &impl ConnectionTrait,
    npi: Npi,
    before: Option<AttestationId>,
    limit: u64,
) -> Result<Vec<Filed>, StoreError> {
    let before = before.map_or(i64::MAX, |id| id.0);
    let select = sterility_attestation::Entity::find()
        .filter(sterility_attestation::Column::ProviderNpi.eq(provider::number(npi)))
        .filter(sterility_attestation::Column::Id.lt(before))
        .order_by_desc(sterility_attestation::Column::Id)
        .limit(limit);
    assemble(db, row::read(db, select).await?).await
}

/// How many are in a state.
pub async fn in_state(
    db: &impl ConnectionTrait,
    state: AttestationState,
) -> Result<u64, StoreError> {
    Ok(in_the_state(state).count(db).await?)
}

/// Was anything of the person's ever accepted?
pub async fn ever_accepted(db: &impl ConnectionTrait, npi: Npi) -> Result<bool, StoreError> {
    let theirs = sterility_attestation::Entity::find()
        .select_only()
        .column(sterility_attestation::Column::Id)
        .filter(sterility_attestation::Column::ProviderNpi.eq(provider::number(npi)))
        .into_query();
    let accepted = attestation_change::Entity::find()
        .filter(attestation_change::Column::AttestationId.in_subquery(theirs))
        .filter(attestation_change::Column::State.eq(AttestationState::Accepted.code()))
        .count(db)
        .await?;
    Ok(accepted > 0)
}

/// Accepted attestations that speak of one of these devices, by their one spelling.
pub async fn with_devices(
    db: &impl ConnectionTrait,
    devices: &[String],
) -> Result<Vec<AttestationId>, StoreError> {
    let mut found = Vec::new();
    for some in devices.chunks(BATCH) {
        let select = in_the_state(AttestationState::Accepted)
            .filter(sterility_attestation::Column::Id.in_subquery(naming(some)))
            .order_by_asc(sterility_attestation::Column::Id);
        let rows = row::read(db, select).await?;
        found.extend(rows.into_iter().map(|row| AttestationId(row.id)));
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// People with an attestation, in whatever state, that speaks of one of these devices.
pub async fn people_with_devices(
    db: &impl ConnectionTrait,
    devices: &[String],
) -> Result<Vec<Npi>, StoreError> {
    let mut found = Vec::new();
    for some in devices.chunks(BATCH) {
        let numbers: Vec<i64> = sterility_attestation::Entity::find()
            .select_only()
            .column(sterility_attestation::Column::ProviderNpi)
            .distinct()
            .filter(sterility_attestation::Column::Id.in_subquery(naming(some)))
            .into_tuple()
            .all(db)
            .await?;
        for npi in numbers {
            found.push(provider::npi(npi, "provider_npi", npi)?);
        }
    }
    found.sort_unstable();
    found.dedup();
    Ok(found)
}

/// Lots of these devices that other people have signed for.
pub async fn lots_elsewhere(
    db: &impl ConnectionTrait,
    but_of: Npi,
    devices: &[String],
) -> Result<Vec<(Npi, LotElsewhere)>, StoreError> {
    let mut found = Vec::new();
    for some in devices.chunks(BATCH) {
        let of_others = sterility_attestation::Entity::find()
            .select_only()
            .column(sterility_attestation::Column::Id)
            .filter(sterility_attestation::Column::ProviderNpi.ne(provider::number(but_of)))
            .filter(sterility_attestation::Column::State.is_in(CLAIMED.map(AttestationState::code)))
            .into_query();
        let lots: Vec<(String, String, chrono::NaiveDate, i64)> = needle_lot::Entity::find()
            .select_only()
            .column(needle_product::Column::DeviceBare)
            .column(needle_lot::Column::Lot)
            .column(needle_lot::Column::ExpiresOn)
            .column(sterility_attestation::Column::ProviderNpi)
            .inner_join(needle_product::Entity)
            .join(
                sea_orm::JoinType::InnerJoin,
                needle_product::Relation::SterilityAttestation.def(),
            )
            .filter(needle_product::Column::DeviceBare.is_in(some.iter().cloned()))
            .filter(needle_product::Column::AttestationId.in_subquery(of_others))
            .order_by_asc(needle_product::Column::Id)
            .order_by_asc(needle_lot::Column::Ordinal)
            .into_tuple()
            .all(db)
            .await?;
        for (device, lot, last_day, npi) in lots {
            let elsewhere = LotElsewhere {
                device_bare: device.into(),
                lot: lot.into(),
                last_day,
            };
            found.push((provider::npi(npi, "provider_npi", npi)?, elsewhere));
        }
    }
    Ok(found)
}

fn in_the_state(state: AttestationState) -> Select<sterility_attestation::Entity> {
    sterility_attestation::Entity::find()
        .filter(sterility_attestation::Column::State.eq(state.code()))
}

/// Numbers of the attestations that name one of these devices.
fn naming(devices: &[String]) -> SelectStatement {
    needle_product::Entity::find()
        .select_only()
        .column(needle_product::Column::AttestationId)
        .filter(needle_product::Column::DeviceBare.is_in(devices.iter().cloned()))
        .into_query()
}

async fn assemble(
    db: &impl ConnectionTrait,
    rows: Vec<sterility_attestation::Model>,
) -> Result<Vec<Filed>, StoreError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids = sterility_attestation::Entity::find()
        .select_only()
        .column(sterility_attestation::Column::Id)
        .filter(sterility_attestation::Column::Id.is_in(rows.iter().map(|row| row.id)))
        .into_query();
    let mut contents = Contents::read(db, &ids).await?;
    let mut histories = histories(db, ids.clone()).await?;
    let mut signatures = signatures(db, ids.clone()).await?;
    let mut reasons = reasons(db, ids.clone()).await?;
    let mut evidence = evidence(db, ids).await?;
    let notified = notified(db, &rows).await?;
    rows.into_iter()
        .map(|found| {
            let version = found.version;
            let signature = signatures
                .take(found.id)
                .into_iter()
                .find(|signature| signature.version == version);
            let of_version = reasons.take(found.id).into_iter();
            let of_version = of_version
                .filter(|reason| reason.version == version)
                .map(|reason| reason_of_row(&reason, signature.as_ref()))
                .collect::<Result<Vec<ReviewReason>, _>>()?;
            filed(
                Parts {
                    content: contents.take(&found)?,
                    history: histories.take(found.id),
                    reasons: of_version,
                    signature,
                    row: found,
                },
                &mut evidence,
                &notified,
            )
        })
        .collect()
}

fn filed(
    parts: Parts,
    evidence: &mut Groups<Sha256>,
    notified: &BTreeMap<i64, DateTime<Utc>>,
) -> Result<Filed, StoreError> {
    let found = &parts.row;
    let id = found.id;
    let reason = found.reason_code.as_deref();
    Ok(Filed {
        attestation: parts.state()?,
        row_version: row::fit(found.row_version, TABLE, "row_version", id)?,
        drafted_by: found.drafted_by.map(AccountId),
        drafted_at: found.drafted_at,
        findings: findings(&parts.reasons),
        seal: parts.seal()?,
        evidence: evidence.take(id),
        reason: reason
            .map(|code| row::parse(code, TABLE, "reason_code", id))
            .transpose()?,
        reason_text: found.reason_text.as_deref().map(Into::into),
        notified_at: found
            .notice_id
            .and_then(|notice| notified.get(&notice).copied()),
        appealed: found.appealed,
        decided_by: found.decided_by_case_id.map(CaseId),
        overturned_by: found.overturned_by_case_id.map(CaseId),
        supersedes: found.supersedes_id.map(AttestationId),
        history: parts.history,
    })
}

async fn histories(
    db: &impl ConnectionTrait,
    ids: SelectStatement,
) -> Result<Groups<AttestationChange>, StoreError> {
    let select = attestation_change::Entity::find()
        .filter(attestation_change::Column::AttestationId.in_subquery(ids))
        .order_by_asc(attestation_change::Column::AttestationId)
        .order_by_asc(attestation_change::Column::Ordinal);
    let rows = row::read(db, select).await?;
    rows.into_iter()
        .map(|found| {
            let id = found.attestation_id;
            let change = AttestationChange {
                at: found.changed_at,
                state: row::parse(&found.state, "attestation_change", "state", id)?,
            };
            Ok((id, change))
        })
        .collect()
}

/// When those of these notices were sent that were.
async fn notified(
    db: &impl ConnectionTrait,
    rows: &[sterility_attestation::Model],
) -> Result<BTreeMap<i64, DateTime<Utc>>, StoreError> {
    let ids: Vec<i64> = rows.iter().filter_map(|row| row.notice_id).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let select = notice::Entity::find()
        .filter(notice::Column::Id.is_in(ids))
        .filter(notice::Column::SentAt.is_not_null());
    let sent = row::read(db, select).await?.into_iter();
    Ok(sent
        .filter_map(|found| Some((found.id, found.sent_at?)))
        .collect())
}

async fn signatures(
    db: &impl ConnectionTrait,
    ids: SelectStatement,
) -> Result<Groups<attestation_signature::Model>, StoreError> {
    let select = attestation_signature::Entity::find()
        .filter(attestation_signature::Column::AttestationId.in_subquery(ids))
        .order_by_asc(attestation_signature::Column::Version);
    let rows = row::read(db, select).await?;
    let signatures = rows.into_iter().map(|found| (found.attestation_id, found));
    Ok(signatures.collect())
}

async fn reasons(
    db: &impl ConnectionTrait,
    ids: SelectStatement,
) -> Result<Groups<attestation_finding::Model>, StoreError> {
    let select = attestation_finding::Entity::find()
        .filter(attestation_finding::Column::AttestationId.in_subquery(ids))
        .order_by_asc(attestation_finding::Column::AttestationId)
        .order_by_asc(attestation_finding::Column::Version)
        .order_by_asc(attestation_finding::Column::Ordinal);
    let rows = row::read(db, select).await?;
    let reasons = rows.into_iter().map(|found| (found.attestation_id, found));
    Ok(reasons.collect())
}

async fn evidence(
    db: &impl ConnectionTrait,
    ids: SelectStatement,
) -> Result<Groups<Sha256>, StoreError> {
    let select = attestation_evidence::Entity::find()
        .filter(attestation_evidence::Column::AttestationId.in_subquery(ids))
        .order_by_asc(attestation_evidence::Column::AttestationId)
        .order_by_asc(attestation_evidence::Column::Ordinal);
    let rows = row::read(db, select).await?;
    rows.into_iter()
        .map(|found| {
            let id = found.attestation_id;
            let digest = sha256(&found.sha256, "attestation_evidence", "sha256", id)?;
            Ok((id, digest))
        })
        .collect()
}
