use std::sync::Arc;

use async_graphql::{Context, Description, Object};
use chrono_tz::Tz;

use super::{Issuer, WhyNot, reading};
use crate::graphql::codes::{CredentialKind, Discipline, EffectiveStatus, Jurisdiction};
use crate::graphql::error::Fault;
use crate::graphql::scalar::{Date, DateTime};
use crate::service;

/// A credential that is neither a licence nor a dry-needling training.
#[derive(Description)]
pub struct Credential {
    /// Whose.
    pub of: Arc<domain::provider::Provider>,
    /// Which of theirs.
    pub at: usize,
}

impl Credential {
    fn get(&self) -> &domain::credential::Credential {
        &self.of.credentials[self.at]
    }

    fn zone(&self) -> Tz {
        service::provider::home_zone(&self.of)
    }
}

#[Object(use_type_description)]
impl Credential {
    /// How often the credential was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i32 {
        super::version(self.get().version)
    }

    /// What it is.
    async fn kind(&self) -> CredentialKind {
        self.get().kind.into()
    }

    /// Its title as printed.
    async fn title(&self) -> &str {
        &self.get().title
    }

    /// Who gave it.
    async fn issuer(&self) -> Issuer {
        (&self.get().issuer).into()
    }

    /// What it proves, by the name that requirements use: an examination, a degree, a permit.
    async fn names(&self) -> Option<&str> {
        self.get().names.as_deref()
    }

    /// The state whose endorsement or permit it is.
    async fn jurisdiction(&self) -> Option<Jurisdiction> {
        self.get().jurisdiction.map(Into::into)
    }

    /// The profession it was given for, where it says so.
    async fn discipline(&self) -> Option<Discipline> {
        self.get().discipline.map(Into::into)
    }

    /// Last day of what it attests, where it has one.
    async fn completed_on(&self) -> Option<Date> {
        self.get().completed_on.map(Into::into)
    }

    /// Its last day, where it has one.
    async fn expires_on(&self) -> Option<Date> {
        self.get().expires_on.map(Into::into)
    }

    /// What it is worth today, by itself.
    async fn status(&self, ctx: &Context<'_>) -> Result<EffectiveStatus, Fault> {
        service::provider::public_status(reading(ctx), self.get(), self.zone())
            .map(Into::into)
            .ok_or_else(|| Fault::internal("a credential that is not public was about to be shown"))
    }

    /// When the verification that stands was given; null where none stands.
    async fn verified_at(&self, ctx: &Context<'_>) -> Option<DateTime> {
        let today = reading(ctx).today(self.zone());
        self.get().verified_at(today, self.zone()).map(Into::into)
    }

    /// Did one reviewer alone check the verification that stands, where the policy allows a single
    /// reviewer? Else one person reviewed and another decided, or none stands.
    async fn single_reviewer(&self, ctx: &Context<'_>) -> bool {
        let today = reading(ctx).today(self.zone());
        self.get().is_by_one_reviewer(today, self.zone())
    }

    /// Why it is not verified today; empty where it is.
    async fn why_not_verified(&self, ctx: &Context<'_>) -> Vec<WhyNot> {
        let why = service::provider::why_not_verified(reading(ctx), self.get(), None, self.zone());
        why.into_iter().map(Into::into).collect()
    }
}
