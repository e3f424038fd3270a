use std::sync::Arc;

use async_graphql::{Context, Description, ID, Object, SimpleObject};
use chrono_tz::Tz;
use domain::time::local_day;

use super::{WhyNot, reading};
use crate::graphql::codes::{BoardStatus, CheckOutcome, CheckSourceKind, Discipline, Jurisdiction};
use crate::graphql::node::NodeId;
use crate::graphql::scalar::{Date, DateTime};

/// A licence on file, with every answer of a source about it. Until a source confirms it, it is the
/// holder's own word. Its days are told in the zone of its jurisdiction.
#[derive(Description)]
pub struct License {
    /// Whose.
    pub of: Arc<domain::provider::Provider>,
    /// Which of theirs.
    pub at: usize,
}

impl License {
    fn get(&self) -> &domain::license::License {
        &self.of.licenses[self.at]
    }

    fn zone(&self) -> Tz {
        self.get().jurisdiction.zone()
    }

    fn latest_check(&self, ctx: &Context<'_>) -> Option<&domain::license::LicenseCheck> {
        let today = reading(ctx).today(self.zone());
        self.get().latest_check(today, self.zone())
    }
}

/// One answer of a source about a licence, kept as it was.
#[derive(SimpleObject)]
pub struct LicenseCheck {
    /// How near the source stands to the fact.
    source_kind: CheckSourceKind,
    /// The source's name.
    source_name: String,
    /// Where it was read.
    source_url: Option<String>,
    /// When somebody looked.
    checked_at: DateTime,
    /// The day whose truth the source tells.
    as_of: Date,
    /// What came of it.
    outcome: CheckOutcome,
    /// What the register said of the licence; UNKNOWN where it may have shown somebody else's.
    board_status: BoardStatus,
    /// The last day that the register showed; null where it may have shown somebody else's.
    expires_on: Option<Date>,
}

#[Object(use_type_description)]
impl License {
    /// Why it is not verified today; empty where it is.
    async fn why_not_verified(&self, ctx: &Context<'_>) -> Vec<WhyNot> {
        let when = (reading(ctx).today(self.zone()), self.zone());
        let held = &self.of.licenses;
        let why = domain::why::license(self.get(), held, when, reading(ctx).rules());
        why.into_iter().map(Into::into).collect()
    }

    /// Its id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        NodeId::License(self.get().id).into()
    }

    /// How often the licence was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.get().version)
    }

    /// The profession it licenses.
    async fn discipline(&self) -> Discipline {
        self.get().discipline.into()
    }

    /// The jurisdiction that issued it, and in which it counts.
    async fn jurisdiction(&self) -> Jurisdiction {
        self.get().jurisdiction.into()
    }

    /// Its number as printed.
    async fn number(&self) -> Option<&str> {
        self.get().number.as_deref()
    }

    /// What the board's register said when it was last seen; UNKNOWN while nobody has looked.
    async fn board_status(&self, ctx: &Context<'_>) -> BoardStatus {
        let today = reading(ctx).today(self.zone());
        self.get().board_status(today, self.zone()).into()
    }

    /// First day.
    async fn issued_on(&self) -> Option<Date> {
        self.get().issued_on.map(Into::into)
    }

    /// For a compact privilege, the licence that it is held under: it counts only while that one does,
    /// and no longer. Null for a licence of its own.
    async fn home_license(&self) -> Option<License> {
        let home = self.get().home?;
        let at = self.of.licenses.iter().position(|one| one.id == home)?;
        let of = Arc::clone(&self.of);
        Some(License { of, at })
    }

    /// Last day, as the register showed it when it was last seen, else by the holder's word. A compact
    /// privilege may end before it, with its home licence.
    async fn expires_on(&self, ctx: &Context<'_>) -> Option<Date> {
        let today = reading(ctx).today(self.zone());
        self.get().expires_on(today, self.zone()).map(Into::into)
    }

    /// The day on which a source that proves something last answered; null while none has.
    async fn checked_on(&self, ctx: &Context<'_>) -> Option<Date> {
        self.latest_check(ctx)
            .map(|check| local_day(check.checked_at, self.zone()).into())
    }

    /// The last day on which that answer counts.
    async fn check_due_on(&self, ctx: &Context<'_>) -> Option<Date> {
        let days = reading(ctx).policy().license_check_days;
        let today = reading(ctx).today(self.zone());
        let due = self.get().check_due_on(today, self.zone(), days);
        due.map(Into::into)
    }

    /// Who told us of the licence: "registry", "provider", a board's name.
    async fn source(&self) -> &str {
        &self.get().source
    }

    /// Every answer of a source, the latest first. Looks that brought no answer are not shown.
    async fn checks(&self, ctx: &Context<'_>) -> Vec<LicenseCheck> {
        let now = reading(ctx).now();
        let mut answers: Vec<_> = self
            .get()
            .checks
            .iter()
            .filter(|check| check.is_conclusive() && check.checked_at <= now)
            .collect();
        answers.sort_by_key(|check| std::cmp::Reverse(check.checked_at));
        answers.into_iter().map(LicenseCheck::from).collect()
    }
}

impl From<&domain::license::LicenseCheck> for LicenseCheck {
    fn from(check: &domain::license::LicenseCheck) -> Self {
        Self {
            source_kind: check.source_kind.into(),
            source_name: check.source_name.to_string(),
            source_url: check.source_url.as_deref().map(str::to_owned),
            checked_at: check.checked_at.into(),
            as_of: check.as_of.into(),
            outcome: check.outcome.into(),
            board_status: check.told_status().into(),
            expires_on: check.told_end().map(Into::into),
        }
    }
}
