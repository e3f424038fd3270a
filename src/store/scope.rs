//! The law by which people are shown, as stored.
//!
//! A rule that is taken out of the law is retired, never deleted or changed: the log entries that
//! recorded and retired it stand in its row, so an old decision can be traced to what it was made by.

use std::collections::HashMap;

use domain::scope::{Requirement, ScopeLaw, ScopeRule};
use entity::{scope_requirement, scope_rule};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
};

use super::txn::{WriteTxn, seq_value};
use super::{StoreError, row};

/// How a stored set changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Replaced {
    /// In the new set alone.
    pub added: usize,
    /// In the old set alone.
    pub removed: usize,
    /// In both, with other values. Rules have no such: a rule of other words is another rule.
    pub changed: usize,
    /// In both, alike.
    pub unchanged: usize,
}

impl Replaced {
    /// Are both sets alike?
    pub const fn is_nothing(&self) -> bool {
        self.added == 0 && self.removed == 0 && self.changed == 0
    }
}

/// The law in force in the directory.
pub async fn load(db: &impl ConnectionTrait) -> Result<ScopeLaw, StoreError> {
    let rules = stored(db).await?;
    ScopeLaw::new(rules.into_iter().map(|(_, rule)| rule)).map_err(|errors| {
        let first = errors.first().map(ToString::to_string).unwrap_or_default();
        StoreError::inconsistent("scope_rule", "effective_from", "(of a pair)", first)
    })
}

/// Has nobody ever recorded a rule?
pub async fn is_empty(db: &impl ConnectionTrait) -> Result<bool, StoreError> {
    Ok(scope_rule::Entity::find().count(db).await? == 0)
}

/// Makes `law` the law of the directory: retires what is not in it and records what is new, both
/// under the entry `seq` of the log.
pub async fn replace(txn: &WriteTxn, law: &ScopeLaw, seq: u64) -> Result<Replaced, StoreError> {
    let old = stored(txn.db()).await?;
    let mut kept = vec![false; old.len()];
    let mut new = Vec::new();
    for rule in law.rules() {
        let same = (0..old.len()).find(|at| !kept[*at] && old[*at].1 == *rule);
        match same {
            Some(at) => kept[at] = true,
            None => new.push(rule),
        }
    }
    let retired: Vec<i64> = old
        .iter()
        .zip(&kept)
        .filter_map(|((id, _), kept)| (!kept).then_some(*id))
        .collect();
    let replaced = Replaced {
        added: new.len(),
        removed: retired.len(),
        changed: 0,
        unchanged: old.len() - retired.len(),
    };
    if !retired.is_empty() {
        scope_rule::Entity::update_many()
            .col_expr(scope_rule::Column::RetiredSeq, seq_value(seq).into())
            .filter(scope_rule::Column::Id.is_in(retired))
            .exec(txn.db())
            .await?;
    }
    insert(txn, new, seq).await?;
    Ok(replaced)
}

/// Records further rules under the entry `seq` of the log.
pub async fn insert(
    txn: &WriteTxn,
    rules: impl IntoIterator<Item = &ScopeRule>,
    seq: u64,
) -> Result<(), StoreError> {
    let mut rows = Vec::new();
    let mut requirements = Vec::new();
    for rule in rules {
        let id = txn.take_id();
        rows.push(to_row(id, rule, seq)?);
        let asked = rule.requirements.iter().enumerate();
        requirements.extend(asked.map(|(at, asked)| requirement_to_row(id, at, asked)));
    }
    row::insert::<scope_rule::Entity>(txn.db(), rows).await?;
    row::insert::<scope_requirement::Entity>(txn.db(), requirements).await
}

/// Every rule that is not retired, with its number.
async fn stored(db: &impl ConnectionTrait) -> Result<Vec<(i64, ScopeRule)>, StoreError> {
    let mut requirements = requirements(db).await?;
    let select = scope_rule::Entity::find()
        .filter(scope_rule::Column::RetiredSeq.is_null())
        .order_by_asc(scope_rule::Column::Id);
    row::read(db, select)
        .await?
        .into_iter()
        .map(|found| {
            let id = found.id;
            let asked = requirements.remove(&id).unwrap_or_default();
            Ok((id, of_row(found, asked)?))
        })
        .collect()
}

async fn requirements(
    db: &impl ConnectionTrait,
) -> Result<HashMap<i64, Vec<Requirement>>, StoreError> {
    let in_force = scope_rule::Entity::find()
        .select_only()
        .column(scope_rule::Column::Id)
        .filter(scope_rule::Column::RetiredSeq.is_null())
        .into_query();
    let select = scope_requirement::Entity::find()
        .filter(scope_requirement::Column::ScopeRuleId.in_subquery(in_force))
        .order_by_asc(scope_requirement::Column::ScopeRuleId)
        .order_by_asc(scope_requirement::Column::Ordinal);
    let mut by_rule: HashMap<i64, Vec<Requirement>> = HashMap::new();
    for found in row::read(db, select).await? {
        let rule = found.scope_rule_id;
        by_rule
            .entry(rule)
            .or_default()
            .push(requirement_of_row(found)?);
    }
    Ok(by_rule)
}

fn to_row(id: i64, rule: &ScopeRule, seq: u64) -> Result<scope_rule::Model, StoreError> {
    let least = |number: Option<u32>, column| {
        number
            .map(|number| row::fit(number, "scope_rule", column, id))
            .transpose()
    };
    Ok(scope_rule::Model {
        id,
        jurisdiction: rule.jurisdiction.code().to_owned(),
        discipline: rule.discipline.code().to_owned(),
        status: rule.status.code().to_owned(),
        effective_from: rule.effective_from,
        effective_to: rule.effective_to,
        instrument: rule.instrument.code().to_owned(),
        citation: rule.citation.as_deref().map(Into::into),
        source_url: rule.source_url.as_deref().map(Into::into),
        source_as_of: rule.source_as_of,
        confidence: rule.confidence.code().to_owned(),
        summary: rule.summary.to_string(),
        min_training_hours: least(rule.min_training_hours, "min_training_hours")?,
        min_in_person_hours: least(rule.min_in_person_hours, "min_in_person_hours")?,
        min_years_licensed: least(rule.min_years_licensed, "min_years_licensed")?,
        referral_required: rule.referral_required.map(|flag| flag.code().to_owned()),
        consent_required: rule.consent_required.map(|flag| flag.code().to_owned()),
        recorded_seq: seq_value(seq),
        retired_seq: None,
    })
}

fn of_row(
    found: scope_rule::Model,
    requirements: Vec<Requirement>,
) -> Result<ScopeRule, StoreError> {
    let table = "scope_rule";
    let id = found.id;
    let flag = |code: Option<String>, column| {
        code.map(|code| row::parse(&code, table, column, id))
            .transpose()
    };
    let least = |number: Option<i32>, column| {
        number
            .map(|number| row::fit(number, table, column, id))
            .transpose()
    };
    Ok(ScopeRule {
        jurisdiction: row::parse(&found.jurisdiction, table, "jurisdiction", id)?,
        discipline: row::parse(&found.discipline, table, "discipline", id)?,
        status: row::parse(&found.status, table, "status", id)?,
        effective_from: found.effective_from,
        effective_to: found.effective_to,
        instrument: row::parse(&found.instrument, table, "instrument", id)?,
        citation: found.citation.map(Into::into),
        source_url: found.source_url.map(Into::into),
        source_as_of: found.source_as_of,
        confidence: row::parse(&found.confidence, table, "confidence", id)?,
        summary: found.summary.into(),
        min_training_hours: least(found.min_training_hours, "min_training_hours")?,
        min_in_person_hours: least(found.min_in_person_hours, "min_in_person_hours")?,
        min_years_licensed: least(found.min_years_licensed, "min_years_licensed")?,
        referral_required: flag(found.referral_required, "referral_required")?,
        consent_required: flag(found.consent_required, "consent_required")?,
        requirements,
    })
}

fn requirement_to_row(
    scope_rule_id: i64,
    ordinal: usize,
    asked: &Requirement,
) -> scope_requirement::Model {
    scope_requirement::Model {
        scope_rule_id,
        ordinal: row::ordinal(ordinal),
        subject: asked.subject.code().to_owned(),
        kind: asked.kind.code().to_owned(),
        value: asked.value.as_deref().map(Into::into),
        unit: asked.unit.as_deref().map(Into::into),
        alternative_group: asked.alternative_group.as_deref().map(Into::into),
        note: asked.note.as_deref().map(Into::into),
        confidence: asked.confidence.code().to_owned(),
    }
}

fn requirement_of_row(found: scope_requirement::Model) -> Result<Requirement, StoreError> {
    let table = "scope_requirement";
    let id = format!("{}/{}", found.scope_rule_id, found.ordinal);
    Ok(Requirement {
        subject: row::parse(&found.subject, table, "subject", &id)?,
        kind: row::parse(&found.kind, table, "kind", &id)?,
        value: found.value.map(Into::into),
        unit: found.unit.map(Into::into),
        alternative_group: found.alternative_group.map(Into::into),
        note: found.note.map(Into::into),
        confidence: row::parse(&found.confidence, table, "confidence", &id)?,
    })
}
