use async_graphql::{Context, Description, ID, Object};

use crate::graphql::acting::acting;
use crate::graphql::codes::Role;
use crate::graphql::error::Fault;
use crate::graphql::scalar::{DateTime, Npi};
use crate::service::account::{Account as Held, ApiKey};

/// Somebody who may sign in. Not public; no secret of theirs is in it.
#[derive(Description)]
pub struct Account(pub Held, pub Vec<ApiKey>);

#[Object(use_type_description)]
impl Account {
    /// Its id.
    async fn id(&self) -> ID {
        ID(format!("account_{}", self.0.id.0))
    }

    /// How often it was changed: the `expectedVersion` of the next change.
    async fn version(&self) -> i64 {
        self.0.version
    }

    /// What is typed to sign in.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// In which capacities it acts.
    async fn roles(&self) -> Vec<Role> {
        self.0.roles.iter().map(Into::into).collect()
    }

    /// The entries that are its own.
    async fn entries(&self) -> Vec<Npi> {
        self.0.own.iter().copied().map(Into::into).collect()
    }

    /// The entries that it acts for as a delegate.
    async fn delegate_of(&self) -> Vec<Npi> {
        self.0.delegate_of.iter().copied().map(Into::into).collect()
    }

    /// Has it a second factor that was confirmed?
    async fn has_second_factor(&self) -> bool {
        self.0.confirmed_factor().is_some()
    }

    /// How many of its keys are in force.
    async fn key_count(&self, ctx: &Context<'_>) -> Result<i32, Fault> {
        let (app, _) = acting(ctx)?;
        let now = app.clock.now();
        Ok(super::count(
            self.1.iter().filter(|key| key.is_good(now)).count(),
        ))
    }

    /// Since when there is one.
    async fn created_at(&self) -> DateTime {
        self.0.created_at.into()
    }

    /// From then on nothing of it is accepted; null while it is in use.
    async fn disabled_at(&self) -> Option<DateTime> {
        self.0.disabled_at.map(Into::into)
    }
}
