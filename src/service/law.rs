//! The law and the policy as an admin changes them. Both make every node build a new snapshot.

use chrono::{DateTime, NaiveDate, Utc};
use domain::policy::Policy;
use domain::scope::load::{RequirementFields, RuleFields, law};
use domain::scope::{LawError, RuleId, ScopeLaw, ScopeRule};

use super::{Change, Order, Requester, Trouble, UserError, UserErrorCode, perform};
use crate::app::App;
use crate::store::{policy, scope};

/// Puts a period of the law on file: by the same rules as a file of the law, so it is dated, it names where
/// it was read, and on no day are there two.
///
/// # Errors
/// `BAD_INPUT` for a field that cannot be, `GUARD_FAILED` for a period that overlaps another or leaves a
/// gap.
pub async fn add_rule(
    app: &App,
    who: &Requester,
    order: &Order,
    rule: RuleFields,
    requirements: Vec<RequirementFields>,
) -> Result<RuleId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        if rule.effective_from.is_empty() {
            return Err(Trouble::field(
                UserErrorCode::BadInput,
                "effectiveFrom",
                "a change of the law begins on a day",
            ));
        }
        let read = law([(1, rule)], (1..).zip(requirements)).map_err(refused)?;
        let new = read.rules().next().cloned();
        let new = new.ok_or(Trouble::NotFound("rule"))?;
        let id = new.id();
        let on_file = scope::load(change.txn.db()).await?;
        let rules = on_file.rules().cloned().chain([new]);
        write(change, rules, id, "ADDED").await?;
        Ok(id.to_string())
    })
    .await
    .and_then(|id| id.parse().map_err(|_| Trouble::NotFound("rule")))
}

/// Ends a period of the law that is open: `effective_to` is the first day on which it no longer holds.
///
/// # Errors
/// `GUARD_FAILED` for one that has an end, or that would end before it began.
pub async fn close_rule(
    app: &App,
    who: &Requester,
    order: &Order,
    id: RuleId,
    effective_to: NaiveDate,
) -> Result<RuleId, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let on_file = scope::load(change.txn.db()).await?;
        let periods = on_file.periods(id.discipline, id.jurisdiction);
        let held = periods.iter().find(|rule| rule.id() == id);
        let held = held.ok_or(Trouble::NotFound("rule"))?;
        if let Some(end) = held.effective_to {
            return Err(Trouble::guard(format!("this rule ends on {end} already")));
        }
        let rules = on_file.rules().map(|rule| ScopeRule {
            effective_to: if rule.id() == id {
                Some(effective_to)
            } else {
                rule.effective_to
            },
            ..rule.clone()
        });
        write(change, rules, id, "CLOSED").await
    })
    .await?;
    Ok(id)
}

/// Makes these rules the law, under one entry of the log.
async fn write(
    change: &Change<'_>,
    rules: impl Iterator<Item = ScopeRule>,
    id: RuleId,
    what: &str,
) -> Result<(), Trouble> {
    let law = ScopeLaw::new(rules).map_err(refused)?;
    scope::replace(&change.txn, &law, change.txn.next_seq()).await?;
    let mut event = change.event("scope_rule", format!("rule_{id}"));
    event.reason_code = Some(what.to_owned());
    change.log(event).await?;
    Ok(())
}

fn refused(errors: Vec<LawError>) -> Trouble {
    let errors = errors.into_iter().map(|error| match &error {
        LawError::Field { field, reason, .. } => {
            UserError::of(UserErrorCode::BadInput, camel(field), reason.as_str())
        }
        LawError::Unsourced { .. } => UserError::of(
            UserErrorCode::BadInput,
            "citation",
            "name a citation or a source URL",
        ),
        LawError::EmptyPeriod { .. } => {
            UserError::of(UserErrorCode::GuardFailed, "effectiveTo", error.to_string())
        }
        _ => UserError::new(UserErrorCode::GuardFailed, error.to_string()),
    });
    Trouble::Refused(errors.collect())
}

/// A column's name as the API spells it.
fn camel(column: &str) -> String {
    let mut words = column.split('_');
    let mut name = words.next().unwrap_or_default().to_owned();
    for word in words {
        let (first, rest) = word.split_at(1.min(word.len()));
        name += &first.to_ascii_uppercase();
        name += rest;
    }
    name
}

/// When a further version of the policy holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Begins {
    /// From when on; at once where that is nothing.
    pub at: Option<DateTime<Utc>>,
    /// Shall the versions that were to hold from later on never hold?
    pub drops_scheduled: bool,
}

/// Writes a further version of the policy: the one that would hold when it begins, with other choices. So
/// nothing that was put off till later comes into force by it.
///
/// # Errors
/// `BAD_INPUT` for a choice out of its range or an instant that has passed, `STALE_VERSION` where another
/// version was written meanwhile, `GUARD_FAILED` where one is to hold from later on and is not dropped.
pub async fn set_policy(
    app: &App,
    who: &Requester,
    order: &Order,
    expected_version: i64,
    begins: Begins,
    choose: impl FnOnce(&mut Policy),
) -> Result<u32, Trouble> {
    perform(app, who, order, async |change: &Change<'_>| {
        let db = change.txn.db();
        let latest = policy::current(db).await?.unwrap_or_default();
        change.check_version(expected_version, i64::from(latest.version))?;
        let from = begins.at.unwrap_or(change.now);
        if from < change.now {
            return Err(Trouble::field(
                UserErrorCode::BadInput,
                "effectiveAt",
                "a policy holds from now on or later; what was decided was decided",
            ));
        }
        let held = policy::in_force(db, from).await?.unwrap_or_default();
        let mut next = held.clone();
        choose(&mut next);
        next.version = latest.version + 1;
        next.validate().map_err(|invalid| {
            Trouble::field(UserErrorCode::BadInput, invalid.field, invalid.reason)
        })?;
        let coming = policy::scheduled(db, from).await?;
        if let Some((later, at)) = coming.first()
            && !begins.drops_scheduled
        {
            return Err(Trouble::field(
                UserErrorCode::GuardFailed,
                "effectiveAt",
                format!(
                    "version {} holds from {} on and would not know of this change: let it begin then \
                     or later, or say dropsScheduled and write that version anew",
                    later.version,
                    at.to_rfc3339()
                ),
            ));
        }
        policy::set(&change.txn, &next, from, change.txn.next_seq()).await?;
        let mut event = change.event("policy", format!("policy_{}", next.version));
        event.entity_version = Some(u64::from(next.version));
        let dropped = coming.iter().map(|(later, _)| later.version.to_string());
        let dropped: Vec<_> = dropped.collect();
        event.reason_text = Some(match dropped.as_slice() {
            [] => format!("holds from {}", from.to_rfc3339()),
            dropped => format!(
                "holds from {}; drops version {}",
                from.to_rfc3339(),
                dropped.join(", ")
            ),
        });
        event.changed_fields = differing(&held, &next);
        change.log(event).await?;
        Ok(next.version)
    })
    .await
}

fn differing(before: &Policy, after: &Policy) -> Vec<String> {
    let json = |policy: &Policy| serde_json::to_value(policy).unwrap_or_default();
    let (before, after) = (json(before), json(after));
    let fields = after.as_object().into_iter().flatten();
    fields
        .filter(|(field, value)| *field != "version" && before.get(field.as_str()) != Some(*value))
        .map(|(field, _)| field.clone())
        .collect()
}

/// A version of the policy, and since when it holds or from when on it will.
pub async fn policy_version(
    app: &App,
    version: u32,
) -> Result<Option<(Policy, DateTime<Utc>)>, Trouble> {
    Ok(policy::by_version(app.store.connection(), version).await?)
}
