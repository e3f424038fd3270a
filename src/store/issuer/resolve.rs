//! Which issuer a name on a certificate means.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::issuer::folded;
use entity::{issuer, issuer_alias};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::{Alias, IssuerId, IssuerRecord, by_ids};
use crate::store::{StoreError, row};

/// Whom a name means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// One issuer, which bore the name on the day.
    Known(IssuerRecord),
    /// One issuer, which bore the name on other days: somebody has to look (verification.md 9, 24).
    OnOtherDays {
        /// Which.
        issuer: IssuerRecord,
        /// When it bore the name, from and up to but not including.
        periods: Vec<(Option<NaiveDate>, Option<NaiveDate>)>,
    },
    /// Several issuers bear the name.
    Ambiguous(Vec<IssuerRecord>),
    /// Nobody on file.
    Unknown,
}

impl Resolved {
    /// The one issuer that the name means, on this day or another.
    pub fn issuer(&self) -> Option<&IssuerRecord> {
        match self {
            Self::Known(issuer) | Self::OnOtherDays { issuer, .. } => Some(issuer),
            Self::Ambiguous(_) | Self::Unknown => None,
        }
    }
}

/// Whom a name means on the day of a certificate; without a day, on any.
///
/// Names are compared as [`folded`] says, here and not by the database, which folds the case of ASCII
/// letters alone; issuers are few. An issuer's
/// own name counts on all days, unless an alias of the same words says from when to when.
pub async fn resolve(
    db: &impl ConnectionTrait,
    name: &str,
    on: Option<NaiveDate>,
) -> Result<Resolved, StoreError> {
    let wanted = folded(name);
    if wanted.is_empty() {
        return Ok(Resolved::Unknown);
    }
    let mut periods: BTreeMap<i64, Vec<Alias>> = BTreeMap::new();
    for found in row::read(db, issuer_alias::Entity::find()).await? {
        if folded(&found.alias) != wanted {
            continue;
        }
        let of = periods.entry(found.issuer_id).or_default();
        of.push(super::alias_of_row(found));
    }
    for found in row::read(db, issuer::Entity::find()).await? {
        if folded(&found.name) != wanted {
            continue;
        }
        periods.entry(found.id).or_insert_with(|| {
            vec![Alias {
                name: found.name.into(),
                from: None,
                to: None,
            }]
        });
    }
    let holds =
        |periods: &[Alias]| on.is_none_or(|day| periods.iter().any(|period| period.holds_on(day)));
    let on_the_day: Vec<_> = periods
        .iter()
        .filter(|(_, periods)| holds(periods))
        .map(|(id, _)| IssuerId(*id))
        .collect();
    let meant = if on_the_day.is_empty() {
        periods.keys().copied().map(IssuerId).collect()
    } else {
        on_the_day.clone()
    };
    let mut found = by_ids(db, &meant).await?;
    Ok(match (found.len(), on_the_day.is_empty()) {
        (0, _) => Resolved::Unknown,
        (1, is_of_other_days) => {
            let issuer = found.remove(0);
            if is_of_other_days {
                let periods = periods.remove(&issuer.id.0).unwrap_or_default();
                Resolved::OnOtherDays {
                    issuer,
                    periods: periods.into_iter().map(|it| (it.from, it.to)).collect(),
                }
            } else {
                Resolved::Known(issuer)
            }
        }
        _ => Resolved::Ambiguous(found),
    })
}
